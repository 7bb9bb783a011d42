package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// The least size at which there is something to see.
const (
	leastWidth  = 60
	leastHeight = 15
)

// View draws the screen.
func (m *model) View() tea.View {
	var v tea.View
	v.AltScreen = true
	if m.width < leastWidth || m.height < leastHeight {
		v.Content = strings.Join(m.tooSmall(), "\n")
		return v
	}
	lines := m.head()
	room := m.height - len(lines) - 2 // the note and the keys
	switch m.mode {
	case reading:
		lines = append(lines, m.panel.draw(m.pen, m.width, room)...)
	case picking:
		lines = append(lines, m.drawPicker(room)...)
	case confirming:
		lines = append(lines, m.ask.panel.draw(m.pen, m.width, room)...)
	default:
		lines = append(lines, m.calendar(room)...)
	}
	for len(lines) < m.height-2 {
		lines = append(lines, "")
	}
	if m.mode == asking {
		text := m.promptLine()
		v.Cursor = tea.NewCursor(m.pen.width(text), len(lines))
		lines = append(lines, m.pen.ink("", text))
	} else {
		note := m.noteLines()
		lines = append(lines[:m.height-1-len(note)], note...)
	}
	lines = append(lines, m.pen.fit(term.Quiet, m.keysLine(), m.width))
	v.Content = strings.Join(lines, "\n")
	return v
}

// noteLines is the note: on two lines where it takes them, the upper one in
// place of what stands there.
func (m *model) noteLines() []string {
	if m.note.text == "" {
		return []string{""}
	}
	lines := m.pen.flow([]para{m.note}, m.width)
	if len(lines) > 2 {
		lines = []string{lines[0], m.pen.cut(lines[1], m.width-2) + " …"}
	}
	for i := range lines {
		lines[i] += strings.Repeat(" ", max(0, m.width-m.pen.width(lines[i])))
	}
	return lines
}

// promptLine is the line that is typed: its end, where it is longer than the
// screen.
func (m *model) promptLine() string {
	text := []rune(plain(m.prompt.label + " " + m.prompt.text))
	for len(text) > 0 && m.pen.width(string(text)) > m.width-1 {
		text = text[1:]
	}
	return string(text)
}

// tooSmall says that there is no room.
func (m *model) tooSmall() []string {
	lines := m.pen.flow([]para{{text: m.words.Say("tui.too-small", problem.Params{
		"width": itoa(leastWidth), "height": itoa(leastHeight), "now": itoa(m.width) + "×" + itoa(m.height),
	})}}, max(1, m.width))
	return lines[:min(len(lines), max(1, m.height))]
}

// head is the title of the screen, and how the calendar stands where there is
// room for that.
func (m *model) head() []string {
	week := civil.WeekOf(m.office().Zone.Date(m.goal))
	left := m.words.Say("plan.week", problem.Params{"week": itoa(week.Number), "days": m.words.Days(week.Monday(), week.Monday().AddDays(6))})
	var right []string
	if n := m.edits(); n > 0 {
		right = append(right, m.count("tui.edits", n))
	}
	switch {
	case m.work.writing:
		right = append(right, m.words.Say("tui.state-writing", nil))
	case m.work.reading:
		right = append(right, m.words.Say("tui.state-reading", nil))
	case m.work.busy || m.work.trying:
		right = append(right, m.words.Say("tui.state-planning", nil))
	}
	side := plain(strings.Join(right, " · "))
	wide := m.pen.width(side)
	lines := []string{m.pen.fit(term.Title, left, m.width-wide-1) + " " + m.pen.ink(term.New, side)}
	if m.height >= 20 {
		lines = append(lines, m.pen.fit(verdictStyle(m.office().Verdict(m.draft().Proposal).Code), m.verdict(), m.width))
	}
	return lines
}

func verdictStyle(code string) term.Style {
	switch code {
	case "feasible":
		return term.Good
	case "over":
		return term.Bad
	}
	return term.Caution
}

// keysLine says which keys there are.
func (m *model) keysLine() string {
	switch m.mode {
	case carrying:
		return m.words.Say("tui.keys-carry", nil)
	case asking:
		return m.words.Say("tui.keys-ask", nil)
	case reading:
		return m.words.Say("tui.keys-read", nil)
	case picking:
		return m.words.Say("tui.keys-pick", nil)
	case confirming:
		return m.ask.panel.keys
	}
	return m.fitting(strings.Split(m.words.Say("tui.keys", nil), "   "))
}

// fitting joins as many of the keys as there is room for, the last of them, the
// help, in any case.
func (m *model) fitting(keys []string) string {
	help := keys[len(keys)-1]
	for n := len(keys) - 1; n > 0; n-- {
		if line := strings.Join(keys[:n], "  ") + "  " + help; m.pen.width(line) <= m.width {
			return line
		}
	}
	return help
}

// calendar draws the grid and the pane below it.
func (m *model) calendar(height int) []string {
	pane := m.paneHeight()
	lines := m.grid(height - pane - 1)
	return append(lines, m.pane(pane)...)
}

// paneHeight is how many lines the pane has.
func (m *model) paneHeight() int { return max(4, min(12, m.height/4)) }
