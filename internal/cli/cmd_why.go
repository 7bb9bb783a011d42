package cli

import (
	"errors"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/calendar"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

func (a *app) newWhy() *cobra.Command {
	return &cobra.Command{
		Use:     "why " + a.say("start.value-post"),
		Short:   a.say("cli.why-short"),
		Example: "  editorial why freins-avant-l-hiver",
		Args:    a.args(1, 1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runWhy(cmd, args[0]) },

		ValidArgsFunction: a.completePost,
	}
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
	a.printf("%s\n", a.screen.Paint(term.Title, words.Inert(post.Title)))
	for _, x := range p.Placements {
		if x.Post == post {
			local := o.Zone.DateTime(x.At)
			a.printf("\n%s\n", a.words.Say("why.placed", problem.Params{
				"platform": x.Platform, "date": a.words.LongDate(local.Date), "time": local.Clock.String(), "state": a.say("plan.state-" + string(x.State)),
			}))
			if item := itemOf(p, x.Key); item >= 0 {
				a.printRules(p, item, o, x.At.Unix())
			}
		}
	}
	for _, l := range p.Left {
		if l.Post == post {
			a.printf("\n%s\n", a.words.Say("why.left", problem.Params{"platform": l.Key.Platform, "reason": o.WhyLeft(a.words, p, l)}))
			a.printRules(p, l.Item, o, 0)
		}
	}
	return nil
}

// printRules says how many slots each rule closes to the item; until (Unix
// seconds) bounds them to those before where it stands, 0 means all.
func (a *app) printRules(p *office.Proposal, item int, o *office.Office, until int64) {
	for _, c := range p.ClosedBy(item, until) {
		key := string(c.Rule)
		if key == "" {
			key = "open"
		}
		a.printf("  %s\n", a.words.Say("why.slots", problem.Params{"n": strconv.Itoa(c.N), "why": a.say("why.rule-" + key)}))
	}
}

func itemOf(p *office.Proposal, key calendar.Key) int {
	return slices.IndexFunc(p.Instance.Items, func(it calendar.Item) bool { return it.Key == key })
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

func (a *app) printAgreement(g office.Agreement) error {
	if !g.Changed && g.IDs == 0 {
		a.printf("%s\n", a.words.Say("plan.agreed-same", problem.Params{"file": office.AgreedFile}))
		return nil
	}
	a.printf("%s\n", a.words.Say("plan.agreed", problem.Params{"n": strconv.Itoa(g.Placements), "file": office.AgreedFile}))
	if g.IDs > 0 {
		a.printf("%s\n", a.count("plan.agreed-ids", g.IDs))
	}
	return nil
}
