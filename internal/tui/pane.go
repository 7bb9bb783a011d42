package tui

import (
	"strings"

	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// pane draws what is known of the cursor's place: why, on the left, and the
// hours of its week, on the right.
func (m *model) pane(height int) []string {
	week := civil.WeekOf(m.office().Zone.Date(m.goal))
	side := min(max(30, m.width*2/5), 46)
	left, right := m.leftPane(), m.hoursParas(week, side)
	if len(right) == 0 {
		side = 0
	}
	lw := m.width - side
	if side > 0 {
		lw -= 3
	}
	var lines []string
	if left[0].style == term.Title { // a title on one line, so that there is room for the rest
		lines, left = []string{m.pen.fit(term.Title, left[0].text, lw)}, left[1:]
	}
	lines = append(lines, m.pen.flow(left, lw)...)
	if len(lines) > height {
		lines = lines[:height]
		lines[height-1] = m.pen.fit(term.Quiet, m.words.Say("tui.more", nil), lw)
	}
	hours := m.pen.flow(right, max(8, side))
	if len(hours) > height {
		hours = append(hours[:height-1], m.pen.ink(term.Quiet, m.words.Say("tui.more-hours", nil)))
	}
	out := []string{m.rule(lw, side, week)}
	for i := range height {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		if side > 0 {
			line += strings.Repeat(" ", max(0, lw-m.pen.width(line))) + m.pen.ink(term.Quiet, " │ ")
			if i < len(hours) {
				line += hours[i]
			}
		}
		out = append(out, line)
	}
	return out
}

// rule draws the line above the pane.
func (m *model) rule(lw, side int, week civil.Week) string {
	name := "tui.pane-why"
	switch {
	case m.mode == carrying:
		name = "tui.pane-target"
	case m.showLast && m.draft().Last != nil:
		name = "tui.pane-last"
	}
	dash := func(text string, width int) string {
		text = "── " + text + " "
		return m.pen.pad(text+strings.Repeat("─", max(0, width-m.pen.width(text))), width)
	}
	line := dash(m.words.Say(name, nil), lw)
	if side > 0 {
		line += "─┬─" + dash(m.words.Say("tui.pane-hours", problem.Params{"week": itoa(week.Number)}), side)
	}
	return m.pen.fit(term.Quiet, line, m.width)
}

// leftPane says why what the cursor is on stands there; what a move would
// find; or what the last edit did.
func (m *model) leftPane() []para {
	e, ok := m.entry()
	switch {
	case m.mode == carrying:
		return append([]para{{style: term.Title, text: m.carry.title}}, m.targetParas(shiftsShown)...)
	case m.showLast && m.draft().Last != nil:
		return append([]para{{style: term.Title, text: titleOf(m.draft().Last.Shift)}}, m.outcome(m.draft(), shiftsShown)...)
	case len(m.board.lanes) == 0:
		return []para{{text: m.words.Say("plan.empty", nil)}}
	case !ok:
		return []para{{text: m.words.Say("tui.no-slots", problem.Params{"platform": m.platform()})}}
	case e.placed == nil:
		return []para{
			{style: term.Title, text: m.words.Say("tui.free-slot", problem.Params{"platform": m.platform(), "when": m.when(e.at)})},
			{text: m.words.Say("tui.free-hint", nil)},
		}
	}
	paras := []para{{style: term.Title, text: title(*e.placed)}, m.standing(*e.placed)}
	return append(paras, m.why.paras...)
}
