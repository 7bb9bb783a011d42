package cli

import (
	"cmp"
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
			a.printf("\n%s\n", a.words.Say("why.left", problem.Params{"platform": l.Key.Platform, "reason": a.shortReason(o, p, l)}))
			a.printRules(p, l.Item, o, 0)
		}
	}
	return nil
}

// printRules says how many slots each rule closes to the item; until (Unix
// seconds) bounds them to those before where it stands, 0 means all.
func (a *app) printRules(p *office.Proposal, item int, o *office.Office, until int64) {
	for _, c := range closedBy(p, item, until) {
		key := string(c.rule)
		if key == "" {
			key = "open"
		}
		a.printf("  %s\n", a.words.Say("why.slots", problem.Params{"n": strconv.Itoa(c.n), "why": a.say("why.rule-" + key)}))
	}
}

type closedCount struct {
	rule calendar.Rule
	n    int
}

func closedBy(p *office.Proposal, item int, until int64) []closedCount {
	counts := map[calendar.Rule]int{}
	for _, c := range calendar.Explain(&p.Instance, p.Plan, item) {
		if until == 0 || p.Instance.Time(p.Instance.Slots[c.Slot].At).Unix() < until {
			counts[c.Rule]++
		}
	}
	var all []closedCount
	for rule, n := range counts {
		all = append(all, closedCount{rule, n})
	}
	slices.SortFunc(all, func(x, y closedCount) int { return cmp.Or(y.n-x.n, cmp.Compare(x.rule, y.rule)) })
	return all
}

func itemOf(p *office.Proposal, key calendar.Key) int {
	return slices.IndexFunc(p.Instance.Items, func(it calendar.Item) bool { return it.Key == key })
}

// shortReason says in a few words what keeps a post out: the rule that closes
// most of the slots that its own dates leave open, else the dates.
func (a *app) shortReason(o *office.Office, p *office.Proposal, l office.Left) string {
	counts := closedBy(p, l.Item, 0)
	if len(counts) == 0 {
		return a.say("why.no-slot")
	}
	for _, c := range counts {
		if c.rule != calendar.RuleClosed {
			return a.say("why.rule-" + string(cmp.Or(c.rule, "open")))
		}
	}
	it := p.Instance.Items[l.Item]
	for _, limit := range slices.Backward(it.Limits) {
		if limit.At > 0 && limit.At < calendar.Never {
			day := o.Zone.Date(p.Instance.Time(limit.At))
			return a.words.Say("why.limit-"+string(limit.Code), problem.Params{"date": a.words.Date(day)})
		}
	}
	return a.say("why.rule-closed")
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
