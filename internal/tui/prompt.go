package tui

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"editorial/internal/office"
	"editorial/pkg/problem"
)

// promptMost is the most characters that a line takes.
const promptMost = 200

// prompt asks for a line of text.
type prompt struct {
	label, text string
	// done takes the line; typed, unless nil, every change of it.
	done  func(string) tea.Cmd
	typed func(string)
	// lane and index are where the cursor goes back to.
	lane, index int
}

func (m *model) askFor(p prompt) {
	p.lane, p.index = m.lane, m.index
	m.prompt, m.mode = p, asking
}

// answer takes a key of the line.
func (m *model) answer(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "esc":
		m.mode, m.lane, m.index = browsing, m.prompt.lane, m.prompt.index
		m.keep()
	case "enter":
		m.mode = browsing
		return m.prompt.done(strings.TrimSpace(m.prompt.text))
	case "backspace", "ctrl+h":
		if runes := []rune(m.prompt.text); len(runes) > 0 {
			m.retype(string(runes[:len(runes)-1]))
		}
	case "ctrl+w":
		text := strings.TrimRight(m.prompt.text, " ")
		m.retype(text[:strings.LastIndex(text, " ")+1])
	case "ctrl+u":
		m.retype("")
	default:
		return m.typed(msg.Text)
	}
	return nil
}

// typed adds text to the line.
func (m *model) typed(text string) tea.Cmd {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
	if text != "" && len([]rune(m.prompt.text+text)) <= promptMost {
		m.retype(m.prompt.text + text)
	}
	return nil
}

func (m *model) retype(text string) {
	m.prompt.text = text
	if m.prompt.typed != nil {
		m.prompt.typed(text)
	}
}

// askWhen asks to when the placement is to be moved.
func (m *model) askWhen() {
	e, ok := m.entry()
	if !ok || e.placed == nil {
		m.say("tui.nothing-to-move", nil)
		return
	}
	key := e.placed.Key
	m.askFor(prompt{label: m.words.Say("tui.ask-when", nil), done: func(text string) tea.Cmd {
		if text == "" {
			return nil
		}
		return m.wish(wish{key, func(d *office.Draft) (*office.Draft, error) { return d.EditWhen(key, text) }})
	}})
}

// askWeek asks where to go.
func (m *model) askWeek() {
	m.askFor(prompt{label: m.words.Say("tui.ask-week", nil), done: func(text string) tea.Cmd {
		if text != "" {
			m.goTo(text)
		}
		return nil
	}})
}

// askSearch asks for a part of a title, and goes there while it is typed.
func (m *model) askSearch() {
	lane, index := m.lane, m.index
	m.askFor(prompt{
		label: m.words.Say("tui.ask-search", nil),
		typed: func(text string) {
			m.lane, m.index = lane, index
			m.keep()
			if text != "" {
				m.search(text, 0)
			}
		},
		done: func(text string) tea.Cmd {
			if text != "" {
				m.query = text
				m.search(text, 0) // and say again what was found
			}
			return nil
		},
	})
}

// search goes to the next entry whose title holds a text: by 1 the next one,
// by -1 the one before, by 0 the one of the cursor too. After the last comes
// the first.
func (m *model) search(text string, by int) {
	if text == "" {
		m.say("tui.nothing-searched", nil)
		return
	}
	hits := m.hits(text)
	if len(hits) == 0 {
		for _, l := range m.draft().Proposal.Left {
			if contains(leftTitle(l), text) {
				m.say("tui.found-left", problem.Params{"title": leftTitle(l)})
				return
			}
		}
		m.say("tui.found-none", problem.Params{"text": text})
		return
	}
	best := -1
	for i, h := range hits {
		after := m.after(h)
		if by >= 0 && best < 0 && (after > 0 || after == 0 && by == 0) {
			best = i
		}
		if by < 0 && after < 0 {
			best = i
		}
	}
	switch {
	case best < 0 && by >= 0:
		best = 0
	case best < 0:
		best = len(hits) - 1
	}
	m.lane, m.index = hits[best].lane, hits[best].index
	m.keep()
	m.say("tui.found", problem.Params{"i": itoa(best + 1), "n": itoa(len(hits))})
}
