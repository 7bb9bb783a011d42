package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/problem"
)

// picker is the list of the posts that are left out.
type picker struct {
	left []office.Left
	// why says what keeps each of them out, once asked.
	why []string
	// platform and at are the slot that one of them is for; zero: none.
	platform string
	at       time.Time

	index, top int
}

// pickLeft shows what is left out: of a platform, for a slot, or everything.
func (m *model) pickLeft(platform string, at time.Time) {
	p := picker{platform: platform, at: at}
	for _, l := range m.draft().Proposal.Left {
		if platform == "" || l.Key.Platform == platform {
			p.left = append(p.left, l)
		}
	}
	if len(p.left) == 0 {
		if platform == "" {
			m.say("tui.none-left", nil)
		} else {
			m.say("tui.none-left-here", problem.Params{"platform": platform})
		}
		return
	}
	p.why = make([]string, len(p.left))
	m.picker, m.mode = p, picking
}

// pick does what a key does in the list.
func (m *model) pick(name string) tea.Cmd {
	p := &m.picker
	switch name {
	case "up", "k":
		p.index--
	case "down", "j":
		p.index++
	case "pgup", "[":
		p.index -= 5
	case "pgdown", "]":
		p.index += 5
	case "home":
		p.index = 0
	case "end":
		p.index = len(p.left) - 1
	case "esc", "q", "o":
		m.mode = browsing
	case "enter", "m":
		return m.place(p.left[p.index])
	}
	p.index = min(max(p.index, 0), len(p.left)-1)
	return nil
}

// place begins to carry a post that is left out: to the slot that was asked
// about, or the first that is open to it.
func (m *model) place(l office.Left) tea.Cmd {
	lane, ok := m.board.lane(l.Key.Platform)
	if !ok {
		return nil
	}
	m.lane = lane
	if at := m.picker.at; !at.IsZero() {
		m.goal = at
	} else {
		m.goal = m.opening(l)
	}
	m.index = m.board.near(lane, m.office().Zone, m.goal)
	m.keep()
	m.carry = carry{key: l.Key, title: leftTitle(l)}
	return m.startCarry()
}

// opening is the first slot that is open to a post that is left out; else the
// first that its own dates allow, else now.
func (m *model) opening(l office.Left) time.Time {
	var allowed time.Time
	for _, r := range m.draft().Finds(l.Key) {
		switch {
		case r.Rule == "":
			return r.At
		case r.Value > 0 && allowed.IsZero():
			allowed = r.At
		}
	}
	if allowed.IsZero() {
		return m.office().Now
	}
	return allowed
}

// reason says what keeps the i-th of the list out: of the slot that was asked
// about, or of all.
func (m *model) reason(i int) string {
	p := &m.picker
	if p.why[i] != "" {
		return p.why[i]
	}
	o, l := m.office(), p.left[i]
	if p.at.IsZero() {
		p.why[i] = o.WhyLeft(m.words, m.draft().Proposal, l)
		return p.why[i]
	}
	p.why[i] = m.words.Say("tui.no-such-slot", nil)
	for _, r := range o.Reasons(m.draft().Proposal, l.Item) {
		if r.At.Equal(p.at) {
			p.why[i] = o.SayClosed(m.words, office.GroupReasons([]office.Reason{r}, false)[0])
		}
	}
	return p.why[i]
}

// drawPicker draws the list on so many lines.
func (m *model) drawPicker(height int) []string {
	p := &m.picker
	head := m.count("plan.left", len(p.left))
	if !p.at.IsZero() {
		head = m.words.Say("tui.pick-for", problem.Params{"platform": p.platform, "when": m.when(p.at)})
	}
	lines := []string{m.pen.fit(term.Title, head, m.width), ""}
	shown := max(1, (height-len(lines))/2)
	p.top = min(max(p.top, p.index-shown+1), p.index)
	for i := p.top; i < min(len(p.left), p.top+shown); i++ {
		l := p.left[i]
		mark, style := "  ", term.Style("")
		if i == p.index {
			mark, style = "▸ ", here
		}
		lines = append(lines,
			m.pen.fit(style, mark+m.pen.pad(l.Key.Platform, 11)+" "+leftTitle(l), m.width),
			m.pen.fit(term.Quiet, "  "+m.pen.pad("", 12)+m.reason(i), m.width))
	}
	return lines
}
