package tui

import (
	"slices"

	"editorial/internal/term"
)

// panel is a text over the calendar, which can be longer than the screen.
type panel struct {
	title string
	paras []para
	// keys says which keys there are; "": those of a text.
	keys string
	top  int
	// back is the mode that it returns to.
	back mode
}

func (p *panel) add(paras ...para) { p.paras = append(p.paras, paras...) }

// open shows a text.
func (m *model) open(p panel) {
	p.back = m.mode
	m.panel, m.mode = p, reading
}

// turn does what a key does in a text.
func (m *model) turn(name string) {
	if slices.Contains([]string{"esc", "q", "enter", "?", "f1", "i", "c", "H"}, name) {
		m.mode = m.panel.back
		return
	}
	m.panel.turn(name)
}

// turn scrolls; drawing keeps top inside the text.
func (p *panel) turn(name string) {
	switch name {
	case "up", "k":
		p.top--
	case "down", "j":
		p.top++
	case "pgup", "[":
		p.top -= 10
	case "pgdown", "]", "space":
		p.top += 10
	case "home":
		p.top = 0
	case "end":
		p.top = 1 << 20
	}
	p.top = max(p.top, 0)
}

// draw draws the text on so many lines.
func (p *panel) draw(pen pen, width, height int) []string {
	lines := []string{pen.fit(term.Title, p.title, width), ""}
	text := pen.flow(p.paras, width)
	room := height - len(lines)
	p.top = min(p.top, max(0, len(text)-room))
	end := min(len(text), p.top+room)
	lines = append(lines, text[p.top:end]...)
	if end < len(text) {
		lines[len(lines)-1] = pen.ink(term.Quiet, "… ↓")
	}
	return lines
}
