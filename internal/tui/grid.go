package tui

import (
	"strings"

	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// laneLeast is the least width of a lane.
const laneLeast = 22

// shape is how the grid is cut into columns.
type shape struct {
	// label is the width of the days, lane that of each lane, of which so many
	// are shown.
	label, lane, lanes int
}

func (m *model) shape() shape {
	var s shape
	for d := range 7 {
		s.label = max(s.label, m.pen.width(m.words.ShortWeekday(civil.Date{Year: 2026, Month: 10, Day: 19}.AddDays(d).Weekday())+" 00"))
	}
	s.label = max(s.label, m.pen.width(m.words.Say("tui.today", nil)+" 00")) + 1
	rest := m.width - s.label
	s.lanes = min(max(1, rest/laneLeast), max(1, len(m.board.lanes)))
	s.lane = rest / s.lanes
	return s
}

// gridHeight is how many rows the grid shows.
func (m *model) gridHeight() int {
	n := m.height - 2 - 1 - m.paneHeight() - 1 - 1 // note, keys; head; pane; names; rule
	if m.height >= 20 {
		n--
	}
	return max(1, n)
}

// scroll keeps the cursor on the screen.
func (m *model) scroll() {
	s := m.shape()
	m.left = min(max(m.left, m.lane-s.lanes+1), m.lane)
	m.left = max(0, min(m.left, len(m.board.lanes)-s.lanes))
	m.board.lay(m.draft(), m.left, m.left+s.lanes)
	height := m.gridHeight()
	e, ok := m.entry()
	if !ok {
		m.top = m.firstRow(m.office().Zone.Date(m.goal))
	} else {
		m.reach(m.board.row(e), height)
	}
	m.top = max(0, min(m.top, len(m.board.rows)-height+1))
}

// reach scrolls to a row: as little as can be, and, where that is far, so that
// its week begins at the top.
func (m *model) reach(row, height int) {
	height-- // the names of the platforms
	monday := row
	for monday > 0 && !m.board.rows[monday].day.IsZero() {
		monday--
	}
	const near = 8
	switch last := m.top + height - 1; {
	case row < m.top-near || row > last+near:
		m.top = monday
	case row-1 == monday:
		m.top = min(m.top, monday)
	default:
		m.top = min(m.top, row)
	}
	m.top = max(m.top, row-height+1)
}

// firstRow is the first row that is not before a day.
func (m *model) firstRow(day civil.Date) int {
	for i, r := range m.board.rows {
		if !r.day.IsZero() && !r.day.Before(day) {
			return i
		}
	}
	return max(0, len(m.board.rows)-1)
}

// grid draws the names of the platforms and so many rows.
func (m *model) grid(height int) []string {
	s := m.shape()
	lines := []string{m.names(s)}
	for i := m.top; i < min(len(m.board.rows), m.top+height-1); i++ {
		lines = append(lines, m.row(s, m.board.rows[i]))
	}
	for len(lines) < height {
		lines = append(lines, "")
	}
	return lines
}

// names draws the head of the grid.
func (m *model) names(s shape) string {
	line := m.pen.fit("", map[bool]string{true: "  ◂"}[m.left > 0], s.label)
	for i := m.left; i < min(len(m.board.lanes), m.left+s.lanes); i++ {
		name, style := " "+m.board.lanes[i].platform, term.Quiet
		if i == m.lane {
			name, style = "["+m.board.lanes[i].platform+"]", term.Title
		}
		width := s.lane
		if more := i == m.left+s.lanes-1 && i < len(m.board.lanes)-1; more {
			width -= 2
			line += m.pen.fit(style, name, width) + m.pen.fit(term.Quiet, "▸", 2)
			continue
		}
		line += m.pen.fit(style, name, width)
	}
	return line
}

// row draws a line of the grid.
func (m *model) row(s shape, r row) string {
	if r.day.IsZero() {
		monday := r.week.Monday()
		text := "── " + m.words.Say("plan.week", problem.Params{"week": itoa(r.week.Number), "days": m.words.Days(monday, monday.AddDays(6))}) + " "
		return m.pen.fit(term.Quiet, text+strings.Repeat("─", max(0, m.width-m.pen.width(text))), m.width)
	}
	label, style := "", term.Quiet
	if r.nth == 0 {
		label = m.words.ShortWeekday(r.day.Weekday()) + " " + itoa(r.day.Day)
	}
	if r.day == m.office().Zone.Date(m.office().Now) {
		style = term.Today
		if r.nth == 0 {
			label = m.words.Say("tui.today", nil) + " " + itoa(r.day.Day)
		}
	}
	line := m.pen.fit(style, label, s.label)
	if r.shut && m.emptyRow(r) {
		why := m.words.Say("plan.closed-day", nil)
		if r.why != "" {
			why = m.words.Say("plan.closed", problem.Params{"why": r.why})
		}
		return line + m.pen.fit(term.Quiet, " "+why, m.width-s.label)
	}
	for lane := m.left; lane < min(len(m.board.lanes), m.left+s.lanes); lane++ {
		line += m.cell(s, lane, r)
	}
	return line
}

// emptyRow reports whether no lane has anything in a row.
func (m *model) emptyRow(r row) bool {
	for lane := range m.board.lanes {
		if _, ok := m.board.on(lane, r); ok {
			return false
		}
	}
	return true
}

// cell draws what a lane has in a row.
func (m *model) cell(s shape, lane int, r row) string {
	i, ok := m.board.on(lane, r)
	if !ok {
		return m.pen.fit("", "", s.lane)
	}
	e := m.board.lanes[lane].entries[i]
	on := lane == m.lane && i == m.index
	pointer := " "
	if on {
		pointer = "▸"
	}
	sign, pin, text, style := "·", " ", m.words.Say("plan.free", nil), term.Quiet
	if e.placed != nil {
		sign, style = signOf(e.placed.State)
		text = title(*e.placed)
		switch {
		case e.placed.Pinned:
			pin = "*"
		case e.elsewhere:
			pin = "•"
		}
		if m.mode == carrying && e.placed.Key == m.carry.key && !on {
			style = term.Quiet
			text = "(" + text + ")"
		}
	}
	if on && m.mode == carrying {
		sign, pin, text = "→", " ", m.carry.title
	}
	head := pointer + e.local.Clock.String() + sign + pin
	if on {
		return m.pen.fit(here, head+m.pen.pad(text, max(1, s.lane-9)), s.lane-1) + " "
	}
	wide := s.lane - 10
	return m.pen.ink(style, head) + m.pen.fit(textStyle(e, style), text, wide) + strings.Repeat(" ", max(0, s.lane-m.pen.width(head)-wide))
}

// textStyle is that of a title: what stands elsewhere because of the edits is
// bold, and a free slot is quiet.
func textStyle(e entry, style term.Style) term.Style {
	switch {
	case e.placed == nil || style == term.Quiet:
		return term.Quiet
	case e.elsewhere:
		return term.Title
	}
	return ""
}
