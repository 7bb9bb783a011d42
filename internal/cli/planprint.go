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

// leftShown is how many left-out posts are named.
const leftShown = 8

func (a *app) printPlan(o *office.Office, v *planView) {
	p := v.proposal
	a.printVerdict(o.Verdict(p))
	for week := v.first; ; week = week.Add(1) {
		a.printWeek(o, v, week)
		if week == v.last {
			break
		}
	}
	a.printLegend(o, v)
	a.printGapsAndClashes(o, v)
	a.printLeft(o, p)
	if changes := p.Changes(); changes.Any() {
		a.printf("\n")
		a.printWrapped("", a.words.Say("plan.changes", problem.Params{
			"new": strconv.Itoa(changes.New), "moved": strconv.Itoa(changes.Moved), "removed": strconv.Itoa(changes.Removed),
		}))
	}
	a.next(o.Next(p))
}

// printWrapped prints a sentence on as many lines as it takes.
func (a *app) printWrapped(style term.Style, text string) {
	for _, line := range term.Wrap(text, a.screen.Width, 0) {
		a.printf("%s\n", a.screen.Paint(style, line))
	}
}

// printVerdict prints the first line of the answer.
func (a *app) printVerdict(v office.Verdict) {
	style := term.Caution
	switch v.Code {
	case office.VerdictFeasible:
		style = term.Good
	case office.VerdictOver:
		style = term.Bad
	}
	a.printWrapped(style, v.Word(a.words))
}

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
		if v.shows(o, platform, at) && civil.WeekOf(local.Date) == week {
			c.day, c.clock = local.Date, local.Clock
			rows[platform] = append(rows[platform], c)
		}
	}
	for _, x := range v.proposal.Placements {
		mark, style := markOf(x)
		add(x.Platform, x.At, cell{mark: mark + pinOf(x), style: style, text: titleOf(x)})
	}
	for _, g := range v.proposal.Gaps {
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

// printGrid draws a row a platform and a column a day.
func (a *app) printGrid(o *office.Office, v *planView, monday civil.Date, rows map[string][]cell) {
	names := v.platforms(o)
	label := 0
	for _, name := range names {
		label = max(label, term.Width(name))
	}
	label = min(label, 14) + 2
	column := (a.screen.Width - label) / 7
	line := strings.Repeat(" ", label)
	today := o.Zone.Date(o.Now)
	for d := range 7 {
		day := monday.AddDays(d)
		head := term.Fit(a.words.ShortWeekday(day.Weekday())+" "+strconv.Itoa(day.Day), column)
		style := term.Quiet
		if day == today {
			style = term.Today
		}
		line += a.screen.Paint(style, head)
	}
	a.printf("%s\n", strings.TrimRight(line, " "))
	a.printClosed(v.proposal, label, column, monday)
	for _, name := range names {
		a.printRow(name, label, column, monday, rows[name])
	}
}

// printClosed names the closed days of a grid, below their dates.
func (a *app) printClosed(p *office.Proposal, label, column int, monday civil.Date) {
	days := make([][]styled, 7)
	for d := range days {
		if why, ok := p.ClosedOn(monday.AddDays(d)); ok {
			for _, text := range term.Wrap(a.closed(why), column-1, 3) {
				days[d] = append(days[d], styled{term.Quiet, text})
			}
		}
	}
	a.printColumns("", label, column, days)
}

func (a *app) printRow(name string, label, column int, monday civil.Date, cells []cell) {
	days := make([][]styled, 7)
	for _, c := range cells {
		d := c.day.DaysSince(monday)
		lines := []styled{{c.style, c.clock.String() + " " + c.mark}}
		if c.mark == "·" {
			lines[0].text += " " + c.text
		} else {
			for _, text := range term.Wrap(c.text, column-1, 3) {
				lines = append(lines, styled{"", text})
			}
		}
		days[d] = append(days[d], lines...)
	}
	if !a.printColumns(name, label, column, days) {
		a.printf("%s\n", a.screen.Paint(term.Title, strings.TrimRight(term.Fit(name, label), " ")))
	}
}

// styled is a piece of a line.
type styled struct {
	style term.Style
	text  string
}

// printColumns prints seven columns side by side after a label; it reports
// whether there was a line.
func (a *app) printColumns(name string, label, column int, days [][]styled) bool {
	height := 0
	for _, lines := range days {
		height = max(height, len(lines))
	}
	for i := range height {
		line := term.Fit("", label)
		if i == 0 {
			line = a.screen.Paint(term.Title, term.Fit(name, label))
		}
		for _, lines := range days {
			if i < len(lines) {
				text := term.Cut(lines[i].text, column-1)
				line += a.screen.Paint(lines[i].style, text) + strings.Repeat(" ", column-term.Width(text))
			} else {
				line += strings.Repeat(" ", column)
			}
		}
		a.printf("%s\n", strings.TrimRight(line, " "))
	}
	return height > 0
}

// closed words why a day has no slot.
func (a *app) closed(why string) string {
	if why == "" {
		return a.say("plan.closed-day")
	}
	return a.words.Say("plan.closed", problem.Params{"why": why})
}

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
		if l.Week != week || l.Person == "" || l.Needed == 0 && l.Had == 0 {
			continue
		}
		style := term.Good
		note := ""
		if l.Needed > l.Had {
			style = term.Bad
			note = " " + a.words.Say("plan.load-over", problem.Params{"hours": a.words.Hours(l.Needed - l.Had)})
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
	for _, x := range v.proposal.Placements {
		if v.shows(o, x.Platform, x.At) {
			mark, _ := markOf(x)
			seen[mark] = string(x.State)
		}
	}
	var parts []string
	for _, mark := range []string{"✓", "»", "!", "=", "+", "~"} {
		if state, ok := seen[mark]; ok {
			parts = append(parts, mark+" "+a.say("plan.state-"+state))
		}
	}
	if v.pinned(o) {
		parts = append(parts, "* "+a.say("plan.pinned"))
	}
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
		a.printf("%s\n", a.screen.Paint(term.Quiet, line))
	}
}

// printGapsAndClashes counts the free slots of what is shown, and names the
// clashes in what is fixed: everywhere, since a person must know of them.
func (a *app) printGapsAndClashes(o *office.Office, v *planView) {
	free := 0
	for _, g := range v.proposal.Gaps {
		if v.shows(o, g.Platform, g.At) {
			free++
		}
	}
	clashes := v.proposal.Problems
	line := a.count("plan.free-slots", free)
	if len(clashes) > 0 {
		count := a.count("plan.clashes", len(clashes))
		between := " · "
		if term.Width(line+between+count) > a.screen.Width {
			between = "\n"
		}
		line += between + a.screen.Paint(term.Caution, count)
	}
	a.printf("\n%s\n", line)
	for i, p := range clashes {
		if i == leftShown {
			a.printf("  %s\n", a.count("move.more", len(clashes)-leftShown))
			break
		}
		sentence, _ := a.words.Problem(p)
		a.printHanging("  ! ", sentence)
	}
}

func (a *app) printLeft(o *office.Office, p *office.Proposal) {
	if len(p.Left) == 0 {
		return
	}
	a.printf("\n%s\n", a.screen.Paint(term.Title, a.count("plan.left", len(p.Left))))
	for i, l := range p.Left {
		if i == leftShown {
			a.printf("  %s\n", a.count("plan.left-more", len(p.Left)-leftShown))
			break
		}
		title := l.Key.String()
		if l.Post != nil {
			title = l.Post.Title
		}
		a.printf("  %s %s\n", term.Fit(l.Key.Platform, 11), term.Cut(words.Inert(title), max(20, a.screen.Width-14)))
		a.printf("  %s %s\n", term.Fit("", 11), a.screen.Paint(term.Quiet, term.Cut(o.WhyLeft(a.words, p, l), max(20, a.screen.Width-14))))
	}
}

func list(names []string) string { return strings.Join(names, ", ") }
