package cli

import (
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// hasLoad reports whether a view can say what work there is: hours belong to
// people, not to one platform.
func (a *app) hasLoad(v *planView) bool { return v.platform == "" && len(v.proposal.Load) > 0 }

// hoursOf says in whole hours what is due in a week and what there is: "4/14 h".
// What is begun counts as an hour due, and not as one that there is.
func hoursOf(w office.WeekWork) string {
	return strconv.Itoa((w.Due+59)/60) + "/" + strconv.Itoa(w.Had/60) + " h"
}

// workStyle is that of a week's work: bad where somebody shown has too much by
// its end, of caution where some of it must be done in the weeks before.
func workStyle(p *office.Proposal, w office.WeekWork, week civil.Week) term.Style {
	switch {
	case w.Over > 0 || w.Person == "" && len(p.Overloaded(week)) > 0:
		return term.Bad
	case w.Due > w.Had:
		return term.Caution
	}
	return term.Good
}

// overNote is what stands behind hours of which so many minutes are too many,
// with a space before; "" where none are.
func (a *app) overNote(over int) string {
	if over <= 0 {
		return ""
	}
	return " " + a.words.Say("plan.load-over", problem.Params{"hours": a.words.Hours(over)})
}

// overWords says who has too much by the end of a week, and how much.
func (a *app) overWords(o *office.Office, v *planView, week civil.Week) []string {
	var all []string
	for _, l := range v.proposal.Overloaded(week) {
		if v.person == "" || v.person == l.Person {
			name, _, _ := strings.Cut(o.PersonName(l.Person), " ")
			all = append(all, words.Inert(name)+" +"+a.words.Hours(l.Over()))
		}
	}
	return all
}

// marginOf is what stands beside a week of the month: its work, as numbers and
// as a bar, and who has too much.
func (a *app) marginOf(o *office.Office, v *planView, week civil.Week, width int) []monthLine {
	w, ok := v.proposal.WorkIn(v.person, week)
	if !ok || width == 0 {
		return nil
	}
	style := workStyle(v.proposal, w, week)
	lines := []monthLine{{style: style, text: hoursOf(w)}, {style: style, text: term.Bar(w.Due, w.Had, width-1)}}
	for _, l := range v.proposal.Overloaded(week) { // how much stands below the grid
		if v.person == "" || v.person == l.Person {
			name, _, _ := strings.Cut(o.PersonName(l.Person), " ")
			lines = append(lines, monthLine{style: term.Bad, text: "! " + words.Inert(name)})
		}
	}
	return lines
}

// shortDays names a stretch of days without the year: "19–25 Oct",
// "26 Oct – 1 Nov".
func (a *app) shortDays(first, last civil.Date) string {
	day := func(d civil.Date) string {
		_, rest, _ := strings.Cut(a.words.ShortDate(d), " ")
		return rest
	}
	if first.Month == last.Month {
		number, _, _ := strings.Cut(day(first), " ")
		return number + "–" + day(last)
	}
	return day(first) + " – " + day(last)
}

// printOverloaded names those who have too much in the weeks shown.
func (a *app) printOverloaded(o *office.Office, v *planView) {
	if !a.hasLoad(v) {
		return
	}
	first := true
	for _, week := range v.weeks() {
		for _, l := range v.proposal.Overloaded(week) {
			if v.person != "" && v.person != l.Person {
				continue
			}
			if first {
				a.printf("\n")
				first = false
			}
			a.printWrapped(term.Bad, a.words.Say("views.overloaded", problem.Params{
				"person": o.PersonName(l.Person), "hours": a.words.Hours(l.Over()), "week": strconv.Itoa(week.Number),
			}))
		}
	}
}
