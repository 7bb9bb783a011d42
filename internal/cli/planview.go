package cli

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/internal/office"
	"editorial/pkg/calendar"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// The views of a plan.
const (
	viewWeek    = "week"
	viewMonth   = "month"
	viewQuarter = "quarter"
	viewPerson  = "person"
	viewBoard   = "board"
)

// planViews are the values of --view.
func planViews() []string { return []string{viewWeek, viewMonth, viewQuarter, viewPerson, viewBoard} }

// How many weeks a view shows where nobody says.
const (
	weeksOfQuarter = 13
	weeksOfPerson  = 4
)

// viewNamed is the view that the flags ask for: a person has one of its own,
// and so has a month.
func viewNamed(opts planOptions) string {
	switch {
	case opts.view != "":
		return opts.view
	case opts.person != "":
		return viewPerson
	case opts.month != "":
		return viewMonth
	}
	return viewWeek
}

// checkViewFlags refuses flags that name nothing, and those that do not go
// together.
func (a *app) checkViewFlags(opts planOptions) error {
	if known := planViews(); opts.view != "" && !slices.Contains(known, opts.view) {
		return a.usage("views.unknown-view", problem.Params{"name": opts.view, "known": list(known)})
	}
	if err := a.checkFormat(opts.format); err != nil {
		return err
	}
	_, noMonth := civil.ParseMonth(opts.month)
	switch {
	case opts.month != "" && noMonth != nil:
		return a.usage("views.bad-month", problem.Params{"value": opts.month})
	case !formatHas(opts):
		return a.usage("views.no-"+opts.format, problem.Params{"name": opts.view})
	case opts.format != formatText && (a.json || opts.write):
		return a.usage("views.format-alone", problem.Params{"name": opts.format})
	case opts.month != "" && (opts.week != "" || opts.weeks != 0):
		return a.usage("views.month-alone", nil)
	case viewNamed(opts) == viewBoard && (opts.week != "" || opts.weeks != 0):
		return a.usage("views.board-weeks", nil)
	}
	return nil
}

// chooseWeeks sets the weeks that a view shows.
func (a *app) chooseWeeks(o *office.Office, v *planView, opts planOptions, weeksGiven bool) error {
	v.first = v.proposal.First
	if opts.week != "" {
		week, err := civil.ParseWeek(opts.week)
		if err != nil {
			return a.usage("cli.bad-week", problem.Params{"value": opts.week})
		}
		v.first = week
	}
	if v.name == viewMonth && opts.week == "" && !weeksGiven || v.name == viewBoard || opts.month != "" {
		v.chooseMonth(o, opts.month)
		return nil
	}
	if opts.weeks == 0 && !weeksGiven {
		opts.weeks = a.weeksShown(o, v)
	}
	if opts.weeks < 1 || opts.weeks > 520 {
		return a.usage("cli.bad-weeks", nil)
	}
	v.last = v.first.Add(opts.weeks - 1)
	return nil
}

// chooseMonth shows the weeks of a month, "2026-12", or of the present one.
func (v *planView) chooseMonth(o *office.Office, name string) {
	v.month = o.Zone.Date(o.Now)
	v.month.Day = 1
	if m, err := civil.ParseMonth(name); err == nil {
		v.month = m
	}
	v.first, v.last = civil.WeekOf(v.month), civil.WeekOf(monthAfter(v.month).AddDays(-1))
}

// monthAfter is the first day of the month after that of a first day.
func monthAfter(first civil.Date) civil.Date {
	next := first.AddDays(31)
	next.Day = 1
	return next
}

// weeksShown is how many weeks a person sees who does not say. Of the calendar
// of a week it is one, and the next too when nothing more goes out in the
// present one.
func (a *app) weeksShown(o *office.Office, v *planView) int {
	switch v.name {
	case viewMonth:
		return 5
	case viewQuarter:
		return weeksOfQuarter
	case viewPerson:
		return weeksOfPerson
	}
	if a.json || v.first != v.proposal.First {
		return 1
	}
	v.last = v.first
	for _, x := range v.proposal.Placements {
		if !x.At.Before(o.Now) && v.shows(o, x.Platform, x.At) {
			return 1
		}
	}
	return 2
}

// personNamed is the id of one of the office's people, by id or name; "" for
// "".
func (a *app) personNamed(o *office.Office, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	for _, p := range o.Config.People {
		if strings.EqualFold(p.ID, name) || strings.EqualFold(p.Name, name) {
			return p.ID, nil
		}
	}
	known := personNames(o)
	return "", a.unknownName("person", name, problem.Nearest(strings.ToLower(name), known), known)
}

// holds reports whether a stretch of weeks holds a day.
func (v *planView) holds(day civil.Date) bool {
	return day.Compare(v.first.Monday()) >= 0 && day.Compare(v.last.Monday().AddDays(6)) <= 0
}

// shows reports whether the view holds what a platform has at an instant.
func (v *planView) shows(o *office.Office, platform string, at time.Time) bool {
	return (v.platform == "" || v.platform == platform) && v.holds(o.Zone.Date(at))
}

// has reports whether the view holds a placement. The board has all that are to
// come; a person's work stands where it is due.
func (v *planView) has(o *office.Office, x office.Placement) bool {
	switch {
	case v.platform != "" && v.platform != x.Platform || !v.concerns(x):
		return false
	case v.name == viewBoard:
		return x.State != office.StatePublished
	case v.name == viewPerson:
		return x.State != office.StatePublished && v.holds(v.dueDay(o, x))
	}
	return v.shows(o, x.Platform, x.At)
}

// dueDay is the day on which the work on a placement is shown: what is overdue
// stands today.
func (v *planView) dueDay(o *office.Office, x office.Placement) civil.Date {
	due, today := o.Zone.Date(o.WorkDue(x)), o.Zone.Date(o.Now)
	if due.Before(today) {
		return today
	}
	return due
}

// concerns reports whether a placement is the affair of the person shown.
func (v *planView) concerns(x office.Placement) bool {
	return v.person == "" || x.Post != nil && x.Post.Assignee == v.person ||
		slices.ContainsFunc(v.tasks[x.Key], func(t office.Task) bool { return t.Person == v.person })
}

// placements are those that the view holds.
func (v *planView) placements(o *office.Office) []office.Placement {
	var all []office.Placement
	for _, x := range v.proposal.Placements {
		if v.has(o, x) {
			all = append(all, x)
		}
	}
	return all
}

// gaps are the free slots that the view holds: they are nobody's.
func (v *planView) gaps(o *office.Office) []office.Gap {
	var all []office.Gap
	for _, g := range v.proposal.Gaps {
		if v.person == "" && v.name != viewPerson && v.name != viewBoard && v.shows(o, g.Platform, g.At) {
			all = append(all, g)
		}
	}
	return all
}

// weeks are the weeks that the view shows.
func (v *planView) weeks() []civil.Week {
	var all []civil.Week
	for week := v.first; week.Monday().Compare(v.last.Monday()) <= 0; week = week.Add(1) {
		all = append(all, week)
	}
	return all
}

// tasksByKey is what everybody has to do, by placement.
func tasksByKey(o *office.Office, p *office.Proposal) map[calendar.Key][]office.Task {
	all := map[calendar.Key][]office.Task{}
	for _, t := range o.Tasks(p) {
		all[t.Placement.Key] = append(all[t.Placement.Key], t)
	}
	return all
}

// owed is how many minutes are left to do for a placement.
func (v *planView) owed(x office.Placement) int {
	sum := 0
	for _, t := range v.tasks[x.Key] {
		sum += t.Minutes
	}
	return sum
}

// marksOfPlatforms shortens the names of platforms: each is the shortest
// beginning that no other name has; what would be long is a number.
func marksOfPlatforms(names []string) map[string]string {
	marks := map[string]string{}
	for i, name := range names {
		runes := []rune(name)
		for n := 1; n <= min(markLongest, len(runes)) && marks[name] == ""; n++ {
			mark := string(runes[:n])
			if !slices.ContainsFunc(names, func(other string) bool {
				return other != name && (n < len(runes) || other == mark) && strings.HasPrefix(other, mark)
			}) {
				marks[name] = mark
			}
		}
		marks[name] = cmp.Or(marks[name], "#"+strconv.Itoa(i+1))
	}
	return marks
}

// markLongest is how long the mark of a platform may be.
const markLongest = 3

// viewLegend explains the signs that one view has.
func (a *app) viewLegend(o *office.Office, v *planView) []string {
	var parts []string
	switch v.name {
	case viewBoard:
		return []string{a.say("views.priority-legend")}
	case viewWeek, viewPerson:
		return nil
	}
	if len(v.gaps(o)) > 0 {
		parts = append(parts, "· "+a.say("plan.free"))
	}
	if v.name == viewMonth && a.showsClosed(v) {
		parts = append(parts, "× "+a.say("plan.closed-day"))
	}
	if a.hasLoad(v) {
		parts = append(parts, a.say("views.load-legend"))
	}
	return parts
}

// showsClosed reports whether any day shown is closed.
func (a *app) showsClosed(v *planView) bool {
	for _, week := range v.weeks() {
		for d := range 7 {
			if _, ok := v.proposal.ClosedOn(week.Monday().AddDays(d)); ok {
				return true
			}
		}
	}
	return false
}

// signed are the placements of which a view shows the signs: on the board those
// of what is ready.
func (a *app) signed(o *office.Office, v *planView) []office.Placement {
	if v.name != viewBoard {
		return v.placements(o)
	}
	var all []office.Placement
	for _, c := range v.cards(o)[content.Ready] {
		if c.Next != nil {
			x := *c.Next
			x.Pinned = false // the card does not say so
			all = append(all, x)
		}
	}
	return all
}
