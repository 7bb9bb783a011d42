package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// gridWidth is the least width at which a week is drawn as a grid; below it
// the days stand one under the other.
const gridWidth = 100

// narrow is the width below which names and bars are short.
const narrow = 60

// titleLeast is how many columns a title has before the platforms' names get
// shorter.
const titleLeast = 10

// cell is one entry of a week: a placement, or a free slot.
type cell struct {
	day   civil.Date
	clock civil.Clock
	mark  string // a sign, and "*" after it if a person pinned the placement
	style term.Style
	text  string
}

func (a *app) printWeek(o *office.Office, v *planView, week civil.Week) {
	monday := week.Monday()
	title := a.words.Say("plan.week", problem.Params{
		"week": strconv.Itoa(week.Number), "days": a.words.Days(monday, monday.AddDays(6)),
	})
	a.printf("\n")
	a.printWrapped(term.Title, title)
	rows := a.cells(o, v, week)
	if a.screen.Width >= gridWidth {
		a.printGrid(o, v, monday, rows)
	} else {
		a.printDays(o, v, monday, rows)
	}
	a.printLoad(o, v, week)
}

// cells returns what a week holds, by platform and time.
func (a *app) cells(o *office.Office, v *planView, week civil.Week) map[string][]cell {
	rows := map[string][]cell{}
	add := func(platform string, at time.Time, c cell) {
		local := o.Zone.DateTime(at)
		if civil.WeekOf(local.Date) == week {
			c.day, c.clock = local.Date, local.Clock
			rows[platform] = append(rows[platform], c)
		}
	}
	for _, x := range v.placements(o) {
		mark, style := markOf(x)
		add(x.Platform, x.At, cell{mark: mark + pinOf(x), style: style, text: titleOf(x)})
	}
	for _, g := range v.gaps(o) {
		add(g.Platform, g.At, cell{mark: "·", style: term.Quiet, text: a.say("plan.free")})
	}
	for _, cells := range rows {
		slices.SortStableFunc(cells, func(x, y cell) int { return x.day.At(x.clock).Compare(y.day.At(y.clock)) })
	}
	return rows
}

// markOf returns the sign of a placement: never a colour alone.
func markOf(x office.Placement) (string, term.Style) {
	switch x.State {
	case office.StatePublished:
		return "✓", term.Good
	case office.StateDue:
		return "»", term.Caution
	case office.StateHeld:
		return "!", term.Bad
	case office.StateMoved:
		return "~", term.New
	case office.StateNew:
		return "+", term.New
	}
	return "=", ""
}

// pinOf returns the sign of what a person pinned, which stands after the mark.
func pinOf(x office.Placement) string {
	if x.Pinned {
		return "*"
	}
	return ""
}

func titleOf(x office.Placement) string { return words.Inert(office.TitleOf(x)) }

// printDays lists the days one under the other.
func (a *app) printDays(o *office.Office, v *planView, monday civil.Date, rows map[string][]cell) {
	label := 0
	names := v.platforms(o)
	for _, name := range names {
		label = max(label, term.Width(name))
	}
	label = min(label, 12)
	today := o.Zone.Date(o.Now)
	dayWidth := 0
	for d := range 7 {
		dayWidth = max(dayWidth, term.Width(a.words.ShortWeekday(monday.AddDays(d).Weekday())+" 00"))
	}
	mark := 1 // columns of the sign, the same in all weeks shown
	if v.pinned(o) {
		mark = 2
	}
	rest := a.screen.Width - dayWidth - mark - 11 // for platform and title
	label = min(label, max(4, rest-titleLeast))
	rest -= label
	for d := range 7 {
		day := monday.AddDays(d)
		head := term.Fit(a.words.ShortWeekday(day.Weekday())+" "+strconv.Itoa(day.Day), dayWidth)
		style := term.Quiet
		if day == today {
			style = term.Today
		}
		type entry struct {
			cell
			platform string
		}
		var entries []entry
		for _, name := range names {
			for _, c := range rows[name] {
				if c.day == day {
					entries = append(entries, entry{c, name})
				}
			}
		}
		slices.SortStableFunc(entries, func(x, y entry) int { return x.day.At(x.clock).Compare(y.day.At(y.clock)) })
		if len(entries) == 0 {
			line := strings.TrimRight(head, " ")
			if why, ok := v.proposal.ClosedOn(day); ok {
				line = term.Cut(head+"  "+a.closed(why), a.screen.Width)
			}
			a.printf("%s\n", a.screen.Paint(style, line))
		}
		for i, e := range entries {
			if i > 0 {
				head = strings.Repeat(" ", dayWidth)
			}
			a.printf("%s  %s %s %s %s\n", a.screen.Paint(style, head), e.clock,
				a.screen.Paint(e.style, term.Fit(e.mark, mark)), term.Fit(e.platform, label), term.Cut(e.text, max(rest, 4)))
		}
	}
}

// printLoad draws the work due in a week.
func (a *app) printLoad(o *office.Office, v *planView, week civil.Week) {
	if v.platform != "" {
		return
	}
	label, bar := 16, 12
	if a.screen.Width < narrow {
		label, bar = 8, 5
	}
	var lines []string
	for _, l := range v.proposal.Load {
		if l.Week != week || l.Person == "" || l.Needed == 0 && l.Had == 0 || v.person != "" && v.person != l.Person {
			continue
		}
		style, note := term.Good, a.overNote(l.Over())
		if note != "" {
			style = term.Bad
		}
		name := term.Fit(words.Inert(o.PersonName(l.Person)), label)
		text := a.words.Say("plan.load", problem.Params{"needed": a.words.Hours(l.Needed), "had": a.words.Hours(l.Had)})
		lines = append(lines, fmt.Sprintf("  %s %s %s", name, a.screen.Paint(style, term.Bar(l.Needed, l.Had, bar)), text))
		if last := len(lines) - 1; note != "" && 4+label+bar+term.Width(text+note) <= a.screen.Width {
			lines[last] += a.screen.Paint(style, note)
		} else if note != "" {
			lines = append(lines, "   "+strings.Repeat(" ", label)+a.screen.Paint(style, note[1:]))
		}
	}
	if len(lines) > 0 {
		a.printf("\n%s\n%s\n", a.screen.Paint(term.Quiet, a.say("plan.load-title")), strings.Join(lines, "\n"))
	}
}

// printLegend explains the signs that stand above.
func (a *app) printLegend(o *office.Office, v *planView) {
	seen := map[string]string{}
	pinned := false
	for _, x := range a.signed(o, v) {
		mark, _ := markOf(x)
		seen[mark] = string(x.State)
		pinned = pinned || x.Pinned
	}
	var parts []string
	for _, mark := range []string{"✓", "»", "!", "=", "+", "~"} {
		if state, ok := seen[mark]; ok {
			parts = append(parts, mark+" "+a.say("plan.state-"+state))
		}
	}
	if pinned && v.name != viewQuarter {
		parts = append(parts, "* "+a.say("plan.pinned"))
	}
	parts = append(parts, a.viewLegend(o, v)...)
	var lines []string
	for _, part := range parts {
		if last := len(lines) - 1; last >= 0 && term.Width(lines[last]+"   "+part) <= a.screen.Width {
			lines[last] += "   " + part
		} else {
			lines = append(lines, part)
		}
	}
	for i, line := range lines {
		if i == 0 {
			a.printf("\n")
		}
		if term.Width(line) > a.screen.Width {
			a.printWrapped(term.Quiet, line)
			continue
		}
		a.printf("%s\n", a.screen.Paint(term.Quiet, line))
	}
}
