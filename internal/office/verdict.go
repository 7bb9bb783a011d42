package office

import (
	"cmp"
	"slices"
	"strconv"

	"editorial/pkg/calendar"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// Codes of verdicts; docs/json.md lists them.
const (
	VerdictEmpty    = "empty"
	VerdictFeasible = "feasible"
	VerdictOver     = "over"
	VerdictHeld     = "held"
	VerdictClash    = "clash"
)

// Verdict is how a proposal stands, what is worst first.
type Verdict struct {
	Code string
	// Placed are to come until Last; Left have no place; Held are due and must
	// not go out; Clashes are contradictions of what is fixed.
	Placed, Left, Held, Clashes int
	Last                        civil.Date
	// Person is the name of who has too much, Over the minutes, in Week.
	Person string
	Week   civil.Week
	Over   int
}

// Verdict judges a proposal.
func (o *Office) Verdict(p *Proposal) Verdict {
	v := Verdict{Code: VerdictFeasible, Left: len(p.Left), Clashes: problem.Errors(p.Problems), Last: p.Last.Monday().AddDays(6)}
	for _, x := range p.Placements {
		switch {
		case x.State == StateHeld:
			v.Held++
		case !x.At.Before(o.Now):
			v.Placed++
		}
	}
	if len(p.Placements) == 0 && len(p.Left) == 0 {
		v.Code = VerdictEmpty
		return v
	}
	for _, l := range p.Load {
		if l.Needed > l.Had && l.Person != "" {
			v.Code, v.Person, v.Week, v.Over = VerdictOver, o.PersonName(l.Person), l.Week, l.Needed-l.Had
			return v
		}
	}
	switch {
	case v.Held > 0:
		v.Code = VerdictHeld
	case v.Clashes > 0:
		v.Code = VerdictClash
	}
	return v
}

// Word says the verdict in a sentence.
func (v Verdict) Word(w *words.Words) string {
	return w.Say("plan."+v.Code, problem.Params{
		"n": strconv.Itoa(v.Placed), "left": strconv.Itoa(v.Left), "held": strconv.Itoa(v.Held), "clashes": strconv.Itoa(v.Clashes),
		"last": w.Date(v.Last), "person": v.Person, "week": strconv.Itoa(v.Week.Number), "hours": w.Hours(v.Over),
	})
}

// Changes counts what a proposal would change in the agreed calendar.
type Changes struct{ New, Moved, Removed int }

// Any reports whether there is a change.
func (c Changes) Any() bool { return c != Changes{} }

// Changes counts what the proposal would change.
func (p *Proposal) Changes() Changes {
	c := Changes{Removed: len(p.Removed)}
	for _, x := range p.Placements {
		switch x.State {
		case StateNew:
			c.New++
		case StateMoved:
			c.Moved++
		}
	}
	return c
}

// Next is the command that is useful after a look at the proposal.
func (o *Office) Next(p *Proposal) string {
	switch {
	case problem.Errors(o.Problems) > 0:
		return "editorial check"
	case p.Changes().Any():
		return "editorial plan --write"
	}
	return "editorial build"
}

// Closed is how many slots a rule closes to an item; the rule "" are those
// open to it.
type Closed struct {
	Rule calendar.Rule
	N    int
}

// ClosedBy counts what closes which slots to an item of the proposal; until
// (Unix seconds) bounds them to those before, 0 means all. What closes most
// comes first.
func (p *Proposal) ClosedBy(item int, until int64) []Closed {
	counts := map[calendar.Rule]int{}
	for _, c := range calendar.Explain(&p.Instance, p.Plan, item) {
		if until == 0 || p.Instance.Time(p.Instance.Slots[c.Slot].At).Unix() < until {
			counts[c.Rule]++
		}
	}
	var all []Closed
	for rule, n := range counts {
		all = append(all, Closed{rule, n})
	}
	slices.SortFunc(all, func(x, y Closed) int { return cmp.Or(y.N-x.N, cmp.Compare(x.Rule, y.Rule)) })
	return all
}

// WhyLeft says in a few words what keeps a post out: the rule that closes most
// of the slots that its own dates leave open, else the dates.
func (o *Office) WhyLeft(w *words.Words, p *Proposal, l Left) string {
	counts := p.ClosedBy(l.Item, 0)
	if len(counts) == 0 {
		return w.Say("why.no-slot", nil)
	}
	for _, c := range counts {
		if c.Rule != calendar.RuleClosed {
			return w.Say("why.rule-"+string(cmp.Or(c.Rule, "open")), nil)
		}
	}
	for _, limit := range slices.Backward(p.Instance.Items[l.Item].Limits) {
		if limit.At > 0 && limit.At < calendar.Never {
			day := o.Zone.Date(p.Instance.Time(limit.At))
			return w.Say("why.limit-"+string(limit.Code), problem.Params{"date": w.Date(day)})
		}
	}
	return w.Say("why.rule-closed", nil)
}
