package tui

import (
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Update takes a message: a key, a size, or an answer of what runs beside.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.update(msg)
	m.scroll()
	m.explain()
	if m.leaving && !m.work.writing {
		m.result.Lost = m.edits()
		return m, tea.Quit
	}
	return m, cmd
}

func (m *model) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		if msg.Width > 0 && msg.Height > 0 { // a terminal that does not tell has the size that it had
			m.width, m.height = msg.Width, msg.Height
		}
	case tea.KeyPressMsg:
		if msg.Mod&tea.ModAlt != 0 {
			// Esc and, right after it, another key: terminals send both alike.
			first := m.key(tea.KeyPressMsg{Code: tea.KeyEscape})
			msg.Mod &^= tea.ModAlt
			if msg.Mod == 0 && msg.Text == "" && unicode.IsPrint(msg.Code) {
				msg.Text = string(msg.Code)
			}
			return tea.Batch(first, m.key(msg))
		}
		return m.key(msg)
	case tea.PasteMsg:
		if m.mode == asking {
			return m.typed(msg.Content)
		}
	case tea.ModeReportMsg:
		if msg.Mode == ansi.ModeUnicodeCore && (msg.Value.IsReset() || msg.Value.IsSet() || msg.Value.IsPermanentlySet()) {
			m.pen.columns = ansi.GraphemeWidth // as the renderer does then
		}
	case edited:
		cmd := m.edited(msg)
		if m.mode == carrying {
			cmd = tea.Batch(cmd, m.look(), m.try())
		}
		return cmd
	case trial:
		return m.trial(msg)
	case found:
		if msg.base == m.draft() && msg.key == m.carry.key {
			m.work.finds = msg
		}
	case read:
		return m.take(msg)
	case written:
		return m.wrote(msg)
	}
	return nil
}

// key does what a key is for.
func (m *model) key(msg tea.KeyPressMsg) tea.Cmd {
	m.note = para{}
	name := msg.String()
	switch {
	case name == "ctrl+z":
		return tea.Suspend
	case name == "ctrl+c":
		return m.interrupt()
	case m.width < leastWidth || m.height < leastHeight:
		if name == "q" {
			return m.quit() // asks where it must, once there is room
		}
		return nil
	}
	switch m.mode {
	case asking:
		return m.answer(msg)
	case reading:
		m.turn(name)
		return nil
	case picking:
		return m.pick(name)
	case confirming:
		return m.confirm(name)
	case carrying:
		return m.carryKey(name)
	}
	if m.work.writing && name != "q" {
		m.walk(name) // the calendar that is being written stays as it is
		return nil
	}
	return m.browse(name)
}

// interrupt leaves at once where nothing is lost, and else asks; a second time
// it leaves.
func (m *model) interrupt() tea.Cmd {
	if m.mode == confirming && m.ask.quit || m.edits() == 0 || m.width < leastWidth || m.height < leastHeight {
		m.leaving, m.result.Interrupted = true, true
		return nil
	}
	return m.quit()
}

// quit leaves, and asks first where edits would be lost.
func (m *model) quit() tea.Cmd {
	if m.edits() == 0 {
		m.leaving = true
		return nil
	}
	m.askQuit()
	return nil
}
