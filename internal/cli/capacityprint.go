package cli

import (
	"fmt"
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// missingShown is how many of the missing hours are named.
const missingShown = 4

func (a *app) printCapacity(o *office.Office, c office.Capacity, scenarios []office.Scenario) {
	style := term.Caution
	switch c.Verdict {
	case office.CapacityFeasible:
		style = term.Good
	case office.CapacityShort:
		style = term.Bad
	}
	a.printWrapped(style, words.Inert(o.SayCapacity(a.words, c)))
	if len(scenarios) > 0 {
		a.printScenarios(append([]office.Scenario{c.Present}, scenarios...))
		return
	}
	if c.Verdict == office.CapacityShort {
		a.printFixes(o, c)
	}
	a.printHours(o, c)
	a.printRunway(o, c)
	a.printAssumed(c)
}

// printFixes says what is missing in all, what closes it, and what hours would.
func (a *app) printFixes(o *office.Office, c office.Capacity) {
	last := a.words.Date(c.Last.Monday().AddDays(6))
	if c.Present.Short != c.Present.WorstShort {
		a.printWrapped("", a.words.Say("capacity.total", problem.Params{"hours": a.words.Hours(c.Present.Short), "last": last}))
	}
	a.printf("\n")
	if len(c.Fixes) == 0 {
		a.printWrapped("", a.say("capacity.no-fix"))
	} else {
		a.printWrapped(term.Title, a.say("capacity.fixes"))
	}
	for i, f := range c.Fixes {
		key := "capacity.fix-line"
		switch {
		case f.Saves <= 0:
			key = "capacity.fix-with"
		case f.Left == 0:
			key = "capacity.fix-last"
		}
		a.printHanging(fmt.Sprintf("  %d. ", i+1), a.words.Say(key, problem.Params{
			"fix": o.SayFix(a.words, f), "hours": a.words.Hours(f.Saves), "left": a.words.Hours(f.Left), "loss": a.percentOf(f.Loss, c.Worth),
		}))
	}
	if n := len(c.Fixes); n > 0 && !c.Mends {
		a.printHanging("  ", a.words.Say("capacity.unmended", problem.Params{"hours": a.words.Hours(c.Fixes[n-1].Left)}))
	}
	var parts []string
	for _, m := range c.Missing {
		key := "capacity.missing-one"
		if m.Person == "" {
			key = "capacity.missing-anybody"
		}
		parts = append(parts, a.words.Say(key, problem.Params{
			"person": o.PersonName(m.Person), "hours": a.words.Hours(m.Minutes), "week": strconv.Itoa(m.Week.Number),
		}))
	}
	text := strings.Join(parts[:min(len(parts), missingShown)], ", ")
	if n := len(parts) - missingShown; n > 0 {
		text = a.words.Say("capacity.missing-more", problem.Params{"list": text, "n": strconv.Itoa(n)})
	}
	a.printHanging("  ", a.words.Say("capacity.missing", problem.Params{"list": text}))
}

// percentOf is a part of a whole with one decimal, rounded up so that a loss is
// never none.
func (a *app) percentOf(part, whole int) string {
	if whole <= 0 || part <= 0 {
		return "0"
	}
	tenths := (1000*part + whole - 1) / whole
	if tenths%10 == 0 {
		return strconv.Itoa(tenths / 10)
	}
	return a.words.Say("capacity.decimal", problem.Params{"whole": strconv.Itoa(tenths / 10), "tenth": strconv.Itoa(tenths % 10)})
}

// hoursColumn is how wide the hours of somebody in a week are.
const hoursColumn = 17

// printHours prints a row a week and a column a person, in blocks that fit.
func (a *app) printHours(o *office.Office, c office.Capacity) {
	if len(c.Weeks) == 0 {
		return
	}
	var people []string
	byPerson := map[string][]office.Hours{}
	for _, h := range c.Weeks {
		if byPerson[h.Person] == nil {
			people = append(people, h.Person)
		}
		byPerson[h.Person] = append(byPerson[h.Person], h)
	}
	a.printf("\n")
	a.printWrapped(term.Title, a.say("capacity.table"))
	lacks := map[office.Hours]bool{}
	for _, m := range c.Missing {
		lacks[office.Hours{Person: m.Person, Week: m.Week}] = true
	}
	label := term.Width(a.say("capacity.week-head")) + 4
	fit := max(1, (a.screen.Width-label)/hoursColumn)
	for len(people) > 0 {
		block := people[:min(fit, len(people))]
		people = people[len(block):]
		a.printHoursBlock(o, label, block, byPerson, lacks)
		if len(people) > 0 {
			a.printf("\n")
		}
	}
}

// printHoursBlock marks who lacks hours; the team is marked where it lacks more
// than its people do.
func (a *app) printHoursBlock(o *office.Office, label int, people []string, byPerson map[string][]office.Hours, lacks map[office.Hours]bool) {
	line := term.Fit("  "+a.say("capacity.week-head"), label)
	for _, id := range people {
		name := a.say("capacity.team")
		if id != "" {
			name = words.Inert(o.PersonName(id))
		}
		line += term.Fit(term.Cut(name, hoursColumn-1), hoursColumn)
	}
	a.printf("%s\n", a.screen.Paint(term.Quiet, strings.TrimRight(line, " ")))
	for w, first := range byPerson[people[0]] {
		line := term.Fit("  "+strconv.Itoa(first.Week.Number), label)
		for i, id := range people {
			h := byPerson[id][w]
			text, style := a.words.Say("capacity.cell", problem.Params{"needed": a.words.Hours(h.Needed), "had": a.words.Hours(h.Had)}), term.Style("")
			if lacks[office.Hours{Person: id, Week: h.Week}] {
				text, style = text+" !", term.Bad
			}
			if i < len(people)-1 {
				text = term.Fit(text, hoursColumn)
			}
			line += a.screen.Paint(style, text)
		}
		a.printf("%s\n", strings.TrimRight(line, " "))
	}
}

func (a *app) printRunway(o *office.Office, c office.Capacity) {
	if len(c.Present.Runways) == 0 {
		return
	}
	a.printf("\n")
	a.printWrapped(term.Title, a.say("capacity.runway"))
	label := 0
	for _, r := range c.Present.Runways {
		label = max(label, term.Width(r.Platform))
	}
	for _, r := range c.Present.Runways {
		until := a.words.Say("capacity.runway-end", problem.Params{"date": a.words.Date(c.End.Monday().AddDays(6))})
		if !r.Empty.IsZero() {
			local := o.Zone.DateTime(r.Empty)
			until = a.words.Say("capacity.runway-from", problem.Params{"date": a.words.ShortDate(local.Date) + ", " + local.Clock.String()})
		}
		a.printHanging("  "+term.Fit(r.Platform, min(label, 14))+"  ", a.count("capacity.runway-weeks", r.Weeks)+" · "+until)
	}
}

// printAssumed says what the figures rest on.
func (a *app) printAssumed(c office.Capacity) {
	var known, unknown []string
	for _, u := range c.Usual {
		switch {
		case u.Own+u.Version == 0:
			unknown = append(unknown, u.Platform)
		case u.Derived && u.Own > 0:
			known = append(known, a.words.Say("capacity.usual-derived", problem.Params{
				"platform": u.Platform, "version": a.words.Hours(u.Version), "hours": a.words.Hours(u.Own + u.Version),
			}))
		default:
			known = append(known, a.words.Say("capacity.usual-one", problem.Params{"platform": u.Platform, "hours": a.words.Hours(u.Own + u.Version)}))
		}
	}
	a.printf("\n")
	quiet := func(key string, p problem.Params) {
		for _, line := range term.Wrap(a.words.Say(key, p), a.screen.Width, 0) {
			a.printf("%s\n", a.screen.Paint(term.Quiet, line))
		}
	}
	if c.Reserved > 0 {
		quiet("capacity.reserve", problem.Params{"percent": a.percentOf(c.Reserve, 1000), "hours": a.words.Hours(c.Reserved)})
	}
	if len(known) > 0 {
		quiet("capacity.usual", problem.Params{"list": strings.Join(known, ", ")})
	}
	if len(unknown) > 0 {
		quiet("capacity.unknown", problem.Params{"list": strings.Join(unknown, ", ")})
	}
	if n := c.Present.Unslotted; n > 0 {
		quiet("capacity.unslotted", problem.Params{"n": strconv.Itoa(n), "last": a.words.Date(c.End.Monday().AddDays(6))})
	}
}

// scenarioColumn is the width of a column that compares, scenarioLines how many
// lines its name has at most.
const (
	scenarioColumn = 15
	scenarioLines  = 6
)

// printScenarios compares, a column each, in blocks that fit; each block begins
// with what is.
func (a *app) printScenarios(all []office.Scenario) {
	type row struct {
		name string
		cell func(office.Scenario) string
	}
	rows := []row{
		{a.say("capacity.row-value"), func(s office.Scenario) string { return strconv.Itoa(s.Value) }},
		{a.say("capacity.row-placed"), func(s office.Scenario) string { return strconv.Itoa(s.Placed) }},
		{a.say("capacity.row-left"), func(s office.Scenario) string { return strconv.Itoa(s.Left) }},
		{a.say("capacity.row-short"), func(s office.Scenario) string { return a.words.Hours(s.Short) }},
		{a.say("capacity.row-worst"), func(s office.Scenario) string {
			if s.Short == 0 {
				return a.say("capacity.none")
			}
			return a.words.Say("capacity.worst", problem.Params{"hours": a.words.Hours(s.WorstShort), "week": strconv.Itoa(s.Worst.Number)})
		}},
	}
	for _, r := range all[0].Runways {
		name := r.Platform
		rows = append(rows, row{a.words.Say("capacity.row-runway", problem.Params{"platform": name}), func(s office.Scenario) string {
			for _, r := range s.Runways {
				if r.Platform == name {
					return a.count("capacity.runway-weeks", r.Weeks)
				}
			}
			return "–"
		}})
	}
	label := 0
	for _, r := range rows {
		label = max(label, term.Width(r.name))
	}
	label = min(label, max(10, a.screen.Width/3)) + 2
	fit := max(1, (a.screen.Width-label)/scenarioColumn-1)
	for rest := all[1:]; len(rest) > 0; {
		block := append([]office.Scenario{all[0]}, rest[:min(fit, len(rest))]...)
		rest = rest[len(block)-1:]
		a.printf("\n")
		a.printScenarioNames(label, block)
		for _, r := range rows {
			line := term.Fit(term.Cut(r.name, label-1), label)
			for _, s := range block {
				line += term.Fit(r.cell(s), scenarioColumn)
			}
			a.printf("%s\n", strings.TrimRight(line, " "))
		}
	}
}

// printScenarioNames prints what each column is, the names broken at commas.
func (a *app) printScenarioNames(label int, block []office.Scenario) {
	heads := make([][]string, len(block))
	lines := 0
	for i, s := range block {
		heads[i] = []string{a.say("capacity.now")}
		if i > 0 {
			heads[i] = nil
			for part := range strings.SplitSeq(words.Inert(s.Name), ",") {
				part = strings.TrimSpace(part)
				if name, value, ok := strings.Cut(part, "="); ok && term.Width(part) >= scenarioColumn {
					heads[i], part = append(heads[i], term.Cut(name, scenarioColumn-1)), "  = "+strings.TrimSpace(value)
				}
				heads[i] = append(heads[i], term.Cut(part, scenarioColumn-1))
			}
			if len(heads[i]) > scenarioLines {
				heads[i] = append(heads[i][:scenarioLines-1], "…")
			}
		}
		lines = max(lines, len(heads[i]))
	}
	for n := range lines {
		line := term.Fit("", label)
		for _, head := range heads {
			text := ""
			if n < len(head) {
				text = head[n]
			}
			line += term.Fit(text, scenarioColumn)
		}
		a.printf("%s\n", a.screen.Paint(term.Title, strings.TrimRight(line, " ")))
	}
}
