package cli

import (
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

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
