package cli

import (
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

func (a *app) newWhy() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "why " + a.say("start.value-post"),
		Short:   a.say("cli.why-short"),
		Long:    a.say("advice.why-long"),
		Example: "  editorial why freins-avant-l-hiver\n  editorial why freins --json",
		Args:    a.args(1, 1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runWhy(cmd, args[0]) },

		ValidArgsFunction: a.completePost,
	}
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) runWhy(cmd *cobra.Command, name string) error {
	o, err := a.load(cmd.Context())
	if err != nil {
		return err
	}
	post, err := a.find(o, name)
	if err != nil {
		return err
	}
	p := o.Propose()
	if a.json {
		return a.printJSON(a.whyJSON(o, p, post))
	}
	a.printWrapped(term.Title, titleOf(office.Placement{Post: post}))
	placed, left := p.Of(post)
	for _, x := range placed {
		a.printPlaced(o, p, x)
	}
	for _, l := range left {
		a.printLeftOut(o, p, l)
	}
	if len(placed)+len(left) == 0 {
		a.printf("\n")
		a.printWrapped("", a.say("why.nowhere"))
	}
	return nil
}

// printPlaced says where an item stands, and what it would have found in the
// slots that are earlier, or later and worth more.
func (a *app) printPlaced(o *office.Office, p *office.Proposal, x office.Placement) {
	local := o.Zone.DateTime(x.At)
	a.printf("\n")
	a.printWrapped(term.Title, a.words.Say("why.placed", problem.Params{
		"platform": x.Platform, "date": a.words.LongDate(local.Date), "time": local.Clock.String(), "state": a.say("plan.state-" + string(x.State)),
	}))
	switch {
	case x.Pinned:
		a.printHanging("  ", a.say("why.pinned"))
	case x.Locked:
		a.printHanging("  ", a.say("why.locked"))
	}
	item, value := p.Item(x.Key)
	if item < 0 {
		return
	}
	earlier, better := o.Passed(p, item, value, x.At)
	if len(earlier) == 0 {
		a.printHanging("  ", a.say("why.first"))
	}
	a.printReasons(o, "why.earlier", nil, office.GroupReasons(earlier, true))
	a.printReasons(o, "why.better", nil, office.GroupReasons(better, true))
	if text := o.SayYielding(a.words, o.Yielding(p, item)); text != "" {
		a.printHanging("  ", text)
	}
}

// printLeftOut says what keeps an item out and what would let it in, then what
// closes each slot to it.
func (a *app) printLeftOut(o *office.Office, p *office.Proposal, l office.Left) {
	a.printf("\n")
	a.printWrapped(term.Title, a.words.Say("why.left", problem.Params{"platform": l.Key.Platform}))
	reasons, answer := o.Reasons(p, l.Item), o.Advise(p, l.Item)
	text := o.SayKept(a.words, reasons, answer)
	if n := answer.Needs; n != nil {
		text += " " + o.SayNeed(a.words, *n)
	}
	a.printHanging("  ", text)
	a.printHanging("  ", o.SayAnswer(a.words, answer))
	a.printReasons(o, "why.slots", problem.Params{"last": a.words.Date(p.Last.Monday().AddDays(6))}, office.GroupReasons(reasons, false))
	others := answer.Others()
	if len(others) == 0 {
		return
	}
	a.printHanging("  ", a.say("advice.others"))
	for _, x := range others {
		a.printHanging("    - ", o.SayAdvice(a.words, x))
	}
}

// printReasons prints groups of slots under a title.
func (a *app) printReasons(o *office.Office, title string, params problem.Params, groups []office.ReasonGroup) {
	n := 0
	for _, g := range groups {
		n += len(g.Reasons)
	}
	if n == 0 {
		return
	}
	all := problem.Params{"n": strconv.Itoa(n)}
	for k, v := range params {
		all[k] = v
	}
	a.printHanging("  ", a.words.Say(title, all))
	for _, g := range groups {
		count := strconv.Itoa(len(g.Reasons))
		a.printHanging(term.Fit("    "+count, 7)+" ", o.SayClosed(a.words, g))
	}
}

// printHanging prints a text after a mark, wrapped beside it.
func (a *app) printHanging(mark, text string) {
	for _, line := range term.Wrap(words.Inert(text), max(20, a.screen.Width-term.Width(mark)-1), 0) {
		a.printf("%s%s\n", mark, line)
		mark = term.Fit("", term.Width(mark))
	}
}

// find returns the post that a person means.
func (a *app) find(o *office.Office, name string) (*content.Post, error) {
	post, err := o.Find(name)
	var many office.ManyPostsError
	switch {
	case errors.Is(err, office.ErrNoPost):
		return nil, a.usage("cli.no-post", problem.Params{"name": name})
	case errors.As(err, &many):
		return nil, a.usage("cli.many-posts", problem.Params{"name": name, "known": list(many.Paths)})
	}
	return post, err
}
