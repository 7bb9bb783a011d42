package office

import (
	"slices"
	"strconv"
	"strings"
	"time"

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
	v := Verdict{Code: VerdictFeasible, Left: len(p.Left), Clashes: len(p.Clashes()), Last: p.Last.Monday().AddDays(6)}
	for _, x := range p.Placements {
		switch {
		case x.State == StateHeld:
			if !x.At.After(o.Now) {
				v.Held++
			}
		case !x.At.Before(o.Now):
			v.Placed++
		}
	}
	if len(p.Placements) == 0 && len(p.Left) == 0 {
		v.Code = VerdictEmpty
		return v
	}
	for _, l := range p.Load {
		if l.Over() > 0 && l.Person != "" {
			v.Code, v.Person, v.Week, v.Over = VerdictOver, o.PersonName(l.Person), l.Week, l.Over()
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

// Clashes returns the breaks of rules between what is fixed.
func (p *Proposal) Clashes() []problem.Problem {
	return slices.DeleteFunc(slices.Clone(p.Problems), func(x problem.Problem) bool { return !isClash(x) })
}

// Misdated returns the others: dates that people want, where they cannot be.
func (p *Proposal) Misdated() []problem.Problem {
	return slices.DeleteFunc(slices.Clone(p.Problems), isClash)
}

func isClash(p problem.Problem) bool { return strings.HasPrefix(string(p.Code), "clash-") }

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

// Changed lists what the proposal would move in the agreed calendar, then what
// it would take out of it.
func (p *Proposal) Changed() []Shift {
	var all []Shift
	for _, x := range p.Placements {
		if x.State == StateMoved {
			all = append(all, Shift{x.Key, x.Post, x.From, x.At})
		}
	}
	for _, x := range p.Removed {
		all = append(all, Shift{x.Key, x.Post, x.At, time.Time{}})
	}
	return all
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
