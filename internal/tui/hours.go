package tui

import (
	"cmp"
	"slices"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// hours is the work of one person due by the end of a week, in minutes: before,
// now, and what there is.
type hours struct {
	name                string
	week                civil.Week
	before, needed, had int
}

// hoursOf compares the load of two drafts.
func hoursOf(before, after *office.Draft) []hours {
	type row struct {
		person string
		week   civil.Week
	}
	was := map[row]int{}
	for _, l := range before.Proposal.Load {
		was[row{l.Person, l.Week}] = l.Needed
	}
	var all []hours
	for _, l := range after.Proposal.Load {
		if l.Person != "" && (l.Needed != 0 || l.Had != 0 || was[row{l.Person, l.Week}] != 0) {
			all = append(all, hours{after.Office.PersonName(l.Person), l.Week, was[row{l.Person, l.Week}], l.Needed, l.Had})
		}
	}
	return all
}

// compared are the two drafts whose hours are shown side by side: while a
// placement is carried, without and with it there; else before all edits and
// now.
func (m *model) compared() (before, after *office.Draft) {
	if t := m.work.tried; m.mode == carrying && t.draft != nil && t.is(m.work.wanted) {
		return m.draft(), t.draft
	}
	if m.mode == carrying {
		return m.draft(), m.draft()
	}
	return m.session.First(), m.draft()
}

// say words hours: "5 h 10 → 7 h of 10 h".
func (m *model) sayHours(h hours) (text string, style term.Style) {
	style = term.Good
	if h.needed > h.had {
		style = term.Bad
	}
	params := problem.Params{
		"before": m.words.Hours(h.before), "needed": m.words.Hours(h.needed), "had": m.words.Hours(h.had), "over": m.words.Hours(h.needed - h.had),
	}
	switch {
	case h.before != h.needed && h.needed > h.had:
		return m.words.Say("tui.hours-changed-over", params), style
	case h.before != h.needed:
		return m.words.Say("tui.hours-changed", params), style
	case h.needed > h.had:
		return m.words.Say("tui.hours-over", params), style
	}
	return m.words.Say("tui.hours", params), style
}

// hoursParas is the load of one week: who has too much first, then whose
// changed.
func (m *model) hoursParas(week civil.Week, width int) []para {
	before, after := m.compared()
	all := slices.DeleteFunc(hoursOf(before, after), func(h hours) bool { return h.week != week })
	rank := func(h hours) int {
		switch {
		case h.needed > h.had:
			return 0
		case h.before != h.needed:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(all, func(x, y hours) int { return cmp.Compare(rank(x), rank(y)) })
	name, widest := 0, 0
	for _, h := range all {
		text, _ := m.sayHours(h)
		name, widest = max(name, m.pen.width(plain(h.name))), max(widest, m.pen.width(text))
	}
	name = max(6, min(name, 20, width-3-widest))
	var paras []para
	for _, h := range all {
		text, style := m.sayHours(h)
		mark := "  "
		switch rank(h) {
		case 0:
			mark = "! "
		case 1:
			mark = "~ "
		}
		paras = append(paras, para{style, mark + m.pen.pad(h.name, name) + " ", text})
	}
	return paras
}

// hoursPanel is the load of all weeks.
func (m *model) hoursPanel() panel {
	p := panel{title: m.words.Say("tui.hours-title", nil)}
	before, after := m.compared()
	all := hoursOf(before, after)
	if len(all) == 0 {
		p.add(para{text: m.words.Say("tui.hours-none", nil)})
	}
	last := ""
	for _, h := range all {
		if h.name != last {
			if last != "" {
				p.add(para{})
			}
			p.add(para{style: term.Title, text: h.name})
			last = h.name
		}
		text, style := m.sayHours(h)
		p.add(para{style, "  " + m.pen.pad(m.words.Say("tui.week", problem.Params{"week": itoa(h.week.Number)}), 12) + term.Bar(h.needed, h.had, 12) + "  ", text})
	}
	return p
}
