package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// monthWidth is the least width at which a month is drawn as a grid; below it
// the days stand one under the other.
const monthWidth = 76

// Columns of a month's grid.
const (
	weekColumn  = 5  // "W43", and a space
	emptyColumn = 5  // of a day of the week on which nothing ever stands
	lineFrom    = 13 // up to this width a title has two lines, not one
	clockFrom   = 24 // the least width at which an entry says its times
)

// monthGrid is where the columns of a month stand.
type monthGrid struct {
	marks map[string]string // of platforms
	sign  int               // columns of the signs in front of an entry
	// titles is how many lines a title has at most.
	titles int
	days   [7]int // widths
	load   int    // of the margin; 0: there is none
}

// printMonth draws weeks as rows and days as columns.
func (a *app) printMonth(o *office.Office, v *planView) {
	a.printf("\n")
	a.printWrapped(term.Title, a.titleOfWeeks(v))
	g := a.monthGrid(o, v)
	if a.screen.Width < monthWidth {
		for _, week := range v.weeks() {
			a.printMonthList(o, v, g, week)
		}
		return
	}
	head := strings.Repeat(" ", weekColumn)
	for d := range 7 {
		head += term.Fit(a.words.ShortWeekday(v.first.Monday().AddDays(d).Weekday()), g.days[d])
	}
	if g.load > 0 {
		head += term.Cut(a.say("views.load-head"), g.load)
	}
	a.printf("%s\n", a.screen.Paint(term.Quiet, strings.TrimRight(head, " ")))
	for _, week := range v.weeks() {
		a.printMonthWeek(o, v, g, week)
	}
}

// titleOfWeeks names the month shown, or the days.
func (a *app) titleOfWeeks(v *planView) string {
	if !v.month.IsZero() {
		return capital(a.words.Say("views.month", problem.Params{"month": a.words.Month(v.month.Month), "year": strconv.Itoa(v.month.Year)}))
	}
	return a.words.Days(v.first.Monday(), v.last.Monday().AddDays(6))
}

// monthGrid measures the columns: days of the week on which nothing stands in
// all weeks shown are narrow.
func (a *app) monthGrid(o *office.Office, v *planView) monthGrid {
	names := v.platforms(o)
	g := monthGrid{marks: marksOfPlatforms(names), sign: 1, titles: 1}
	if v.pinned(o) {
		g.sign = 2
	}
	if a.hasLoad(v) {
		g.load = 9
	}
	var used [7]bool
	for _, week := range v.weeks() {
		days := a.monthDays(o, v, g, week)
		for d := range days {
			used[d] = used[d] || len(days[d]) > 0
		}
	}
	wide, rest := 0, a.screen.Width-weekColumn-g.load
	for d := range used {
		if used[d] {
			wide++
		} else {
			g.days[d] = emptyColumn
			rest -= emptyColumn
		}
	}
	if wide == 0 {
		used, wide, rest = [7]bool{true, true, true, true, true, true, true}, 7, a.screen.Width-weekColumn-g.load
	}
	for d := range used {
		if used[d] {
			g.days[d] = rest / wide
			if g.days[d] <= lineFrom {
				g.titles = 2
			}
			rest, wide = rest-g.days[d], wide-1
		}
	}
	return g
}

// monthEntry is what stands on a day: a post and where it goes out, the free
// slots, or why the day is closed.
type monthEntry struct {
	style term.Style // of sign
	sign  string
	text  string
	// post is its id, outs are the marks of its platforms and the times; "" and
	// none of what is no post.
	post string
	outs []monthOut
}

type monthOut struct{ mark, clock string }

// monthDays is what stands on each day of a week. What a post does on one day
// stands together.
func (a *app) monthDays(o *office.Office, v *planView, g monthGrid, week civil.Week) [7][]monthEntry {
	var days [7][]monthEntry
	monday := week.Monday()
	for _, x := range v.placements(o) {
		local := o.Zone.DateTime(x.At)
		d := local.DaysSince(monday)
		if d < 0 || d > 6 {
			continue
		}
		sign, style := markOf(x)
		sign += pinOf(x)
		out := monthOut{g.marks[x.Platform], local.Clock.String()}
		i := slices.IndexFunc(days[d], func(e monthEntry) bool { return e.post == x.Key.Post && e.sign == sign })
		if i < 0 {
			days[d] = append(days[d], monthEntry{style, sign, titleOf(x), x.Key.Post, []monthOut{out}})
		} else {
			days[d][i].outs = append(days[d][i].outs, out)
		}
	}
	var free [7][]string
	for _, gap := range v.gaps(o) {
		if d := o.Zone.Date(gap.At).DaysSince(monday); d >= 0 && d < 7 {
			free[d] = append(free[d], g.marks[gap.Platform])
		}
	}
	for d := range days {
		if len(free[d]) > 0 {
			days[d] = append(days[d], monthEntry{style: term.Quiet, sign: "·", text: strings.Join(free[d], " ")})
		}
		if why, ok := v.proposal.ClosedOn(monday.AddDays(d)); ok {
			if why == "" {
				why = a.say("plan.closed-day")
			}
			days[d] = append([]monthEntry{{style: term.Quiet, sign: "×", text: words.Inert(why)}}, days[d]...)
		}
	}
	return days
}

// monthLine is a line of a cell; sign is how many bytes at its start have the
// style, and the others that of the rest; 0: all of it has the style.
type monthLine struct {
	style term.Style
	text  string
	sign  int
	rest  term.Style
}

// printMonthWeek draws a row of the grid.
func (a *app) printMonthWeek(o *office.Office, v *planView, g monthGrid, week civil.Week) {
	a.printf("%s\n", a.screen.Paint(term.Quiet, strings.Repeat("─", a.screen.Width)))
	columns := make([][]monthLine, 8)
	for d, entries := range a.monthDays(o, v, g, week) {
		columns[d] = []monthLine{a.dayOfMonth(o, v, week.Monday().AddDays(d), g.days[d])}
		for _, e := range entries {
			columns[d] = append(columns[d], g.lines(e, g.days[d]-1, g.titles)...)
		}
	}
	columns[7] = a.marginOf(o, v, week, g.load)
	height := 0
	for _, lines := range columns {
		height = max(height, len(lines))
	}
	for i := range height {
		line := strings.Repeat(" ", weekColumn)
		if i == 0 {
			line = a.screen.Paint(term.Title, term.Fit(a.weekMark(week), weekColumn))
		}
		for d, lines := range columns {
			width := g.load
			if d < 7 {
				width = g.days[d]
			}
			if i < len(lines) {
				text := term.Fit(term.Cut(lines[i].text, width-1), width)
				line += a.paintStart(lines[i], text)
			} else {
				line += strings.Repeat(" ", width)
			}
		}
		a.printf("%s\n", strings.TrimRight(line, " "))
	}
}

// paintStart paints the sign at the start of a cell, or the whole of it.
func (a *app) paintStart(s monthLine, text string) string {
	if bare := strings.TrimRight(text, " "); s.sign == 0 || len(bare) < s.sign {
		return a.screen.Paint(s.style, bare) + text[len(bare):]
	}
	bare := strings.TrimRight(text, " ")
	return a.screen.Paint(s.style, bare[:s.sign]) + a.screen.Paint(s.rest, bare[s.sign:]) + text[len(bare):]
}

// dayOfMonth heads a day: its number, today in brackets, and the month where
// one begins.
func (a *app) dayOfMonth(o *office.Office, v *planView, day civil.Date, width int) monthLine {
	text := strconv.Itoa(day.Day)
	if width > emptyColumn && (day.Day == 1 || day == v.first.Monday() && day.Month != v.month.Month) {
		text += " " + a.words.ShortMonth(day.Month)
	}
	switch {
	case day == o.Zone.Date(o.Now):
		return monthLine{style: term.Today, text: "[" + text + "]"}
	case !v.month.IsZero() && day.Month != v.month.Month:
		return monthLine{style: term.Quiet, text: text}
	}
	return monthLine{style: term.Title, text: text}
}

// lines are those of an entry in a column: where a post goes out, which is never
// cut, and below it its title, which is.
func (g monthGrid) lines(e monthEntry, width, titles int) []monthLine {
	sign := term.Fit(e.sign, g.sign)
	if len(e.outs) == 0 {
		sign = e.sign + " "
	}
	room := width - term.Width(sign)
	var marks []string
	for _, out := range e.outs {
		if mark := out.mark + "\u00a0" + out.clock; width >= clockFrom && term.Width(mark) <= room {
			marks = append(marks, mark)
		} else {
			marks = append(marks, out.mark)
		}
	}
	var all []monthLine
	for i, line := range term.Wrap(strings.Join(marks, " "), room, 0) {
		if i > 0 {
			sign = strings.Repeat(" ", term.Width(sign))
		}
		all = append(all, monthLine{style: e.style, text: sign + line, sign: len(sign), rest: term.Title})
	}
	if len(all) > 0 {
		sign = strings.Repeat(" ", term.Width(sign))
	}
	for _, line := range term.Wrap(e.text, room, titles) {
		all = append(all, monthLine{text: sign + line})
		sign = strings.Repeat(" ", term.Width(sign))
	}
	if len(e.outs) == 0 { // what is free or closed is all of one style
		for i := range all {
			all[i].style = e.style
		}
	}
	return all
}

// weekMark is the short name of a week: "W43".
func (a *app) weekMark(week civil.Week) string {
	return a.words.Say("views.week-mark", problem.Params{"week": fmt.Sprintf("%02d", week.Number)})
}

// printMonthList lists the days of a week on which anything stands, one under
// the other.
func (a *app) printMonthList(o *office.Office, v *planView, g monthGrid, week civil.Week) {
	monday := week.Monday()
	a.printf("\n%s", a.screen.Paint(term.Title, a.weekMark(week)+" · "+a.shortDays(monday, monday.AddDays(6))))
	if w, ok := v.proposal.WorkIn(v.person, week); ok && g.load > 0 {
		a.printf("  %s", a.screen.Paint(workStyle(v.proposal, w, week), hoursOf(w)))
	}
	a.printf("\n")
	today := o.Zone.Date(o.Now)
	label := 0
	for d := range 7 {
		label = max(label, term.Width(a.words.ShortWeekday(monday.AddDays(d).Weekday())+" 00")+2)
	}
	for d, entries := range a.monthDays(o, v, g, week) {
		day := monday.AddDays(d)
		name := a.words.ShortWeekday(day.Weekday()) + " " + strconv.Itoa(day.Day)
		style := term.Quiet
		if day == today {
			name, style = "["+name+"]", term.Today
			if len(entries) == 0 {
				a.printf("%s\n", a.screen.Paint(style, name))
			}
		} else {
			name = " " + name
		}
		for _, e := range entries {
			for _, line := range g.lines(e, a.screen.Width-label-1, 1) {
				a.printf("%s %s\n", a.screen.Paint(style, term.Fit(name, label)), a.paintStart(line, term.Cut(line.text, a.screen.Width-label-1)))
				name = ""
			}
		}
	}
}
