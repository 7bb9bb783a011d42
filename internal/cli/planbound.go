package cli

import (
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// printBound says how far a plan is from the best one at most, if that was
// asked for.
func (a *app) printBound(p *office.Proposal) {
	if p.Bound == nil {
		return
	}
	key, style := "bound.within", term.Style("")
	switch {
	case *p.Bound == 0:
		key = "bound.nothing"
	case p.Short() == 0:
		key, style = "bound.best", term.Good
	}
	a.printWrapped(style, a.words.Say(key, problem.Params{
		"bound": strconv.Itoa(*p.Bound), "value": strconv.Itoa(p.Plan.Value), "percent": perCent(a.words, p.Short()),
	}))
}

// perCent writes thousandths as a percentage.
func perCent(w *words.Words, perMille int) string {
	return strings.Replace(strconv.FormatFloat(float64(perMille)/10, 'f', 1, 64), ".", w.Say("bound.point", nil), 1)
}

// jsonBound is what "plan --bound --json" has more.
type jsonBound struct {
	Value int `json:"value"`
	Bound int `json:"bound"`
}

func boundJSON(p *office.Proposal) *jsonBound {
	if p.Bound == nil {
		return nil
	}
	return &jsonBound{p.Plan.Value, *p.Bound}
}
