package cli

import (
	"slices"
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/civil"
)

// quarterStrip is how many signs a cell of the quarter has at most; more are
// counted.
const quarterStrip = 10

// quarterBar is the width of the bars of a quarter.
const quarterBar = 5

// sign is one of the signs of a calendar, how it looks, and how many there are.
type sign struct {
	text  string
	style term.Style
	n     int
}

// signsOf are the signs of a tally, in the order of what is most certain.
func signsOf(t office.Tally) []sign {
	all := []sign{
		{"✓", term.Good, t.Published}, {"»", term.Caution, t.Due}, {"!", term.Bad, t.Held},
		{"=", "", t.Agreed}, {"~", term.New, t.Moved}, {"+", term.New, t.New}, {"·", term.Quiet, t.Free},
	}
	return slices.DeleteFunc(all, func(s sign) bool { return s.n == 0 })
}

// piece is a part of a line that has a style of its own.
type piece struct {
	style term.Style
	text  string
}

// strip draws a tally: a sign for each placement and each free slot, or, where
// that is long, each sign once with its number.
func strip(t office.Tally, longest int) []piece {
	var all []piece
	if t.Filled()+t.Free <= longest {
		for _, s := range signsOf(t) {
			all = append(all, piece{s.style, strings.Repeat(s.text, s.n)})
		}
		return all
	}
	for i, s := range signsOf(t) {
		if i > 0 {
			all = append(all, piece{"", " "})
		}
		all = append(all, piece{s.style, strconv.Itoa(s.n) + s.text})
	}
	return all
}

func widthOf(pieces []piece) int {
	sum := 0
	for _, p := range pieces {
		sum += term.Width(p.text)
	}
	return sum
}

func (a *app) paintAll(pieces []piece) string {
	line := ""
	for _, p := range pieces {
		line += a.screen.Paint(p.style, p.text)
	}
	return line
}

// quarter is what the view of thirteen weeks shows.
type quarter struct {
	names   []string // of platforms
	tallies map[office.PlatformWeek]office.Tally
	sums    map[string]office.Tally // by platform
}

func (a *app) quarterOf(o *office.Office, v *planView) quarter {
	q := quarter{names: v.platforms(o), sums: map[string]office.Tally{}}
	q.tallies = o.Tallies(v.placements(o), v.gaps(o))
	for at, t := range q.tallies {
		q.sums[at.Platform] = q.sums[at.Platform].Plus(t)
	}
	return q
}

// printQuarter draws weeks as rows and platforms as columns.
func (a *app) printQuarter(o *office.Office, v *planView) {
	a.printf("\n")
	a.printWrapped(term.Title, a.words.Days(v.first.Monday(), v.last.Monday().AddDays(6)))
	q := a.quarterOf(o, v)
	label := 0
	for _, week := range v.weeks() {
		label = max(label, term.Width(a.weekHead(week)))
	}
	for _, key := range []string{"views.sum", "views.runway"} {
		label = max(label, term.Width(a.say(key)))
	}
	load := 0
	for _, week := range v.weeks() {
		if w, ok := v.proposal.WorkIn(v.person, week); ok && a.hasLoad(v) {
			load = max(load, quarterBar+1+term.Width(hoursOf(w)))
		}
	}
	widths, ok := q.columns(a.screen.Width-label-2-load, a.runwayWords(o, v, q))
	if !ok {
		a.printQuarterList(o, v, q)
		return
	}
	a.printQuarterHead(q, widths, label, load)
	for _, week := range v.weeks() {
		a.printQuarterWeek(v, q, week, widths, label)
	}
	a.printQuarterFoot(o, v, q, widths, label)
}

// columns returns the widths of the platforms' columns with the space after
// each. Where the screen is narrow that is one column, and names are cut, the
// widest first; signs never are. False: they have no room.
func (q quarter) columns(room int, runway map[string]string) ([]int, bool) {
	least, widths := make([]int, len(q.names)), make([]int, len(q.names))
	sum := 0
	for i, name := range q.names {
		least[i] = max(min(3, term.Width(name)), term.Width(q.sumWord(name)), term.Width(runway[name]))
		for at, t := range q.tallies {
			if at.Platform == name {
				least[i] = max(least[i], widthOf(strip(t, quarterStrip)))
			}
		}
		widths[i] = max(least[i], term.Width(name))
		sum += widths[i]
	}
	gap := 2
	if sum+gap*len(widths) > room {
		gap = 1
	}
	for sum+gap*len(widths) > room {
		widest := -1
		for i := range widths {
			if widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return nil, false
		}
		widths[widest]--
		sum--
	}
	for i := range widths {
		widths[i] += gap
	}
	return widths, true
}

// sumWord says how many of a platform's slots are filled: "12/14".
func (q quarter) sumWord(name string) string {
	t := q.sums[name]
	return strconv.Itoa(t.Used) + "/" + strconv.Itoa(t.Used+t.Free)
}

// weekHead names a week and its Monday: "W43 19 Oct".
func (a *app) weekHead(week civil.Week) string {
	_, day, _ := strings.Cut(a.words.ShortDate(week.Monday()), " ")
	return a.weekMark(week) + " " + day
}

func (a *app) printQuarterHead(q quarter, widths []int, label, load int) {
	line := strings.Repeat(" ", label+2)
	for i, name := range q.names {
		line += a.screen.Paint(term.Title, term.Cut(name, widths[i]-1)) + strings.Repeat(" ", widths[i]-term.Width(term.Cut(name, widths[i]-1)))
	}
	if load > 0 {
		line += a.screen.Paint(term.Quiet, a.say("views.load-head"))
	}
	a.printf("%s\n", strings.TrimRight(line, " "))
}

func (a *app) printQuarterWeek(v *planView, q quarter, week civil.Week, widths []int, label int) {
	style := term.Quiet
	if week == v.proposal.First {
		style = term.Today
	}
	line := a.screen.Paint(style, term.Fit(a.weekHead(week), label)) + "  "
	for i, name := range q.names {
		cell := strip(q.tallies[office.PlatformWeek{Platform: name, Week: week}], quarterStrip)
		line += a.paintAll(cell) + strings.Repeat(" ", widths[i]-widthOf(cell))
	}
	if w, ok := v.proposal.WorkIn(v.person, week); ok && a.hasLoad(v) {
		style := workStyle(v.proposal, w, week)
		line += a.screen.Paint(style, term.Bar(w.Due, w.Had, quarterBar)) + " " + a.screen.Paint(style, hoursOf(w))
	}
	a.printf("%s\n", strings.TrimRight(line, " "))
}

// runwayWords says, by platform, for how many weeks what is planned lasts.
func (a *app) runwayWords(o *office.Office, v *planView, q quarter) map[string]string {
	all := map[string]string{}
	for _, name := range q.names {
		switch l, ok := o.Reach(v.proposal, name); {
		case !ok:
			all[name] = "–"
		case l.Empty.IsZero():
			all[name] = strconv.Itoa(l.Weeks) + "+"
		default:
			all[name] = strconv.Itoa(l.Weeks)
		}
	}
	return all
}

func (a *app) printQuarterFoot(o *office.Office, v *planView, q quarter, widths []int, label int) {
	runway := a.runwayWords(o, v, q)
	sum := a.screen.Paint(term.Title, term.Fit(a.say("views.sum"), label)) + "  "
	weeks := a.screen.Paint(term.Title, term.Fit(a.say("views.runway"), label)) + "  "
	for i, name := range q.names {
		sum += term.Fit(q.sumWord(name), widths[i])
		weeks += term.Fit(runway[name], widths[i])
	}
	a.printf("%s\n%s\n", strings.TrimRight(sum, " "), strings.TrimRight(weeks, " "))
}

// printQuarterList draws the weeks one under the other, where the platforms
// have no room side by side.
func (a *app) printQuarterList(o *office.Office, v *planView, q quarter) {
	marks := marksOfPlatforms(q.names)
	for _, week := range v.weeks() {
		style := term.Quiet
		if week == v.proposal.First {
			style = term.Today
		}
		a.printf("%s", a.screen.Paint(style, a.weekHead(week)))
		if w, ok := v.proposal.WorkIn(v.person, week); ok && a.hasLoad(v) {
			style := workStyle(v.proposal, w, week)
			a.printf("  %s %s", a.screen.Paint(style, term.Bar(w.Due, w.Had, quarterBar)), a.screen.Paint(style, hoursOf(w)))
		}
		a.printf("\n")
		var items [][]piece
		for _, name := range q.names {
			if t := q.tallies[office.PlatformWeek{Platform: name, Week: week}]; t != (office.Tally{}) {
				items = append(items, append([]piece{{term.Title, marks[name]}, {"", " "}}, strip(t, quarterStrip)...))
			}
		}
		a.printItems("  ", "  ", items)
	}
	runway := a.runwayWords(o, v, q)
	var filled, weeks [][]piece
	for _, name := range q.names {
		filled = append(filled, []piece{{term.Title, marks[name]}, {"", " " + q.sumWord(name)}})
		weeks = append(weeks, []piece{{term.Title, marks[name]}, {"", " " + runway[name]}})
	}
	a.printf("\n%s\n", a.say("views.sum"))
	a.printItems("  ", "  ", filled)
	a.printf("%s\n", a.say("views.runway"))
	a.printItems("  ", "  ", weeks)
	a.printMarks(q.names, marks)
}

// printItems prints pieces that belong together side by side, something between
// them, on as many lines as they take.
func (a *app) printItems(indent, between string, items [][]piece) {
	line, width := indent, len(indent)
	for _, item := range items {
		if width > len(indent) && width+term.Width(between)+widthOf(item) > a.screen.Width {
			a.printf("%s\n", line)
			line, width = indent, len(indent)
		}
		if width > len(indent) {
			line, width = line+between, width+term.Width(between)
		}
		line += a.paintAll(item)
		width += widthOf(item)
	}
	if width > len(indent) {
		a.printf("%s\n", line)
	}
}

// printMarks says which platform a mark stands for.
func (a *app) printMarks(names []string, marks map[string]string) {
	var items [][]piece
	for _, name := range names {
		if marks[name] != name {
			items = append(items, []piece{{term.Title, marks[name]}, {term.Quiet, " " + name}})
		}
	}
	if len(items) > 0 {
		a.printf("\n")
		a.printItems("", "  ", items)
	}
}
