package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/calendar"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/problem"
)

// question asks before something that cannot be undone.
type question struct {
	panel panel
	// quit says that it is whether to leave.
	quit bool
}

// askQuit asks whether the edits may be lost.
func (m *model) askQuit() {
	m.ask = question{quit: true, panel: panel{
		title: m.count("tui.quit-title", m.edits()),
		paras: []para{{text: m.words.Say("tui.quit-text", nil)}},
		keys:  m.words.Say("tui.quit-keys", nil),
	}}
	m.mode = confirming
}

// askAgree shows what agreeing would write. changed says that the files are no
// longer those that the calendar was made of.
func (m *model) askAgree(changed bool) {
	d := m.draft()
	p := panel{title: m.words.Say("tui.agree-title", problem.Params{"file": office.AgreedFile}), keys: m.words.Say("tui.agree-keys", nil)}
	if changed {
		p.add(para{style: term.Caution, mark: "! ", text: m.words.Say("tui.agree-changed", nil)})
	}
	p.add(m.refusals()...)
	p.add(para{text: m.verdict()})
	changes := d.Changes()
	p.add(para{text: m.changeCounts(changes)}, para{})
	for _, kind := range []agreed.ChangeKind{agreed.Moved, agreed.Removed, agreed.Pinned, agreed.Unpinned, agreed.Added} {
		for _, c := range changes {
			if c.Kind == kind {
				p.add(m.change(c))
			}
		}
	}
	m.ask = question{panel: p}
	m.mode = confirming
}

// changeCounts counts the changes of the file: a pin that comes with a new place
// counts twice, as what it is and as a pin.
func (m *model) changeCounts(changes []agreed.Change) string {
	counts := map[string]int{}
	for _, c := range changes {
		counts[string(c.Kind)]++
		switch {
		case c.Kind != agreed.Pinned && pins(c):
			counts[string(agreed.Pinned)]++
		case c.Kind != agreed.Unpinned && c.Kind != agreed.Removed && c.From.Pin && !c.To.Pin:
			counts[string(agreed.Unpinned)]++
		}
	}
	var parts []string
	for _, kind := range []agreed.ChangeKind{agreed.Added, agreed.Moved, agreed.Removed, agreed.Pinned, agreed.Unpinned} {
		parts = append(parts, m.count("tui.agree-"+string(kind), counts[string(kind)]))
	}
	return m.words.Say("tui.agree-counts", problem.Params{"all": strings.Join(parts, ", ")})
}

// pins reports whether a change writes the mark of a pin that was not there.
func pins(c agreed.Change) bool { return c.To.Pin && !c.From.Pin }

// change words one change of the file.
func (m *model) change(c agreed.Change) para {
	mark := map[agreed.ChangeKind]string{agreed.Added: "+ ", agreed.Removed: "− ", agreed.Moved: "~ ", agreed.Pinned: "* ", agreed.Unpinned: "* "}[c.Kind]
	key := calendar.Key{Post: c.Key.Post, Platform: c.Key.Connection, Occurrence: c.Key.Occurrence}
	x := office.Placement{Key: key, Post: m.office().Post(key.Post)}
	params := problem.Params{
		"title": m.changed(x, c), "platform": key.Platform, "from": m.when(c.From.At.Instant), "to": m.when(c.To.At.Instant),
	}
	text := m.words.Say("tui.change-"+string(c.Kind), params)
	if c.Kind != agreed.Pinned && c.To.Pin {
		mark = strings.TrimRight(mark, " ") + "* "
		text += m.words.Say("tui.and-pinned", nil)
	}
	return para{mark: mark, text: text}
}

// changed names what a change is about: a post that is gone by the title that
// it had, or by the note of its line.
func (m *model) changed(x office.Placement, c agreed.Change) string {
	if x.Post != nil {
		return title(x)
	}
	for _, r := range m.session.Waiting() {
		if r.Edit.Key.Post == x.Key.Post {
			return r.Title
		}
	}
	if c.From.Note != "" {
		return c.From.Note
	}
	return title(x)
}

// refusals words the edits that could not be made anew.
func (m *model) refusals() []para {
	var all []para
	for _, r := range m.refused {
		text, _ := m.wordError(r.Err)
		all = append(all, para{style: term.Bad, mark: "! ", text: m.words.Say("tui.refused", problem.Params{"title": r.Title, "why": text})})
	}
	if len(all) > 0 {
		all = append(all, para{mark: "  ", text: m.words.Say("tui.refused-kept", nil)})
	}
	return all
}

// refusedPanel names the edits that could not be made anew.
func (m *model) refusedPanel() panel {
	p := panel{title: m.count("tui.refused-title", len(m.refused))}
	p.add(m.refusals()...)
	return p
}

// confirm takes a key of a question.
func (m *model) confirm(name string) tea.Cmd {
	yes := name == "enter" || strings.ToLower(name) == m.words.Say("tui.yes", nil) || name == "y"
	switch {
	case name == "esc" || name == "n" || name == "q":
		m.mode = browsing
	case m.ask.quit && name == "a":
		m.mode = browsing
		return m.read(true)
	case m.ask.quit && yes && name != "enter":
		m.leaving = true
	case m.ask.quit:
	case yes:
		m.mode = browsing
		m.say("tui.writing", nil)
		return m.write()
	default:
		m.ask.panel.turn(name)
	}
	return nil
}
