package tui

import (
	"strings"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/problem"
)

// shiftsShown is how many shifts are named where there is not much room.
const shiftsShown = 4

// all is more shifts than there are.
const all = 1 << 20

// helpKeys is how many columns the keys take in the help.
const helpKeys = 24

// helpPanel says what the keys and the signs are.
func (m *model) helpPanel() panel {
	p := panel{title: m.words.Say("tui.help-title", nil)}
	for _, k := range []struct{ keys, word string }{
		{"↑ ↓  k j", "step"}, {"← →  h l", "aside"}, {m.words.Say("tui.key-pages", nil) + "  [ ]", "leap"}, {m.words.Say("tui.key-ends", nil), "ends"},
		{"t", "today"}, {"g", "week"}, {"/  n N", "search"}, {"", ""},
		{m.words.Say("tui.key-enter", nil) + "  m", "move"}, {"e", "when"}, {"p", "pin"}, {"o", "left"}, {"u", "undo"}, {"U  Ctrl-R", "redo"}, {"", ""},
		{"i", "why"}, {"c", "changes"}, {"H", "hours"}, {"R", "read"}, {"a  w", "agree"}, {"q  Ctrl-C", "quit"}, {"Ctrl-Z", "suspend"}, {"", ""},
	} {
		if k.word == "" {
			p.add(para{})
			continue
		}
		p.add(para{mark: m.pen.pad("  "+k.keys, helpKeys), text: m.words.Say("tui.help-"+k.word, nil)})
	}
	for _, s := range []office.State{office.StatePublished, office.StateDue, office.StateHeld, office.StateAgreed, office.StateNew, office.StateMoved} {
		mark, _ := signOf(s)
		p.add(para{mark: m.pen.pad("  "+mark, helpKeys), text: m.words.Say("plan.state-"+string(s), nil)})
	}
	p.add(para{mark: m.pen.pad("  *", helpKeys), text: m.words.Say("plan.pinned", nil)})
	p.add(para{mark: m.pen.pad("  •", helpKeys), text: m.words.Say("tui.elsewhere", nil)})
	p.add(para{mark: m.pen.pad("  ·", helpKeys), text: m.words.Say("plan.free", nil)})
	return p
}

// changesPanel says what the edits changed since the files were read.
func (m *model) changesPanel() panel {
	p := panel{title: m.count("tui.changes-title", m.edits())}
	all := m.draft().Since(m.session.First())
	if len(all) == 0 {
		p.add(para{text: m.words.Say("tui.changes-none", nil)})
	}
	for _, s := range all {
		p.add(m.shift(s))
	}
	p.add(para{}, para{text: m.verdict()})
	for _, clash := range m.draft().Proposal.Clashes() {
		text, _ := m.words.Problem(clash)
		p.add(para{style: term.Caution, mark: "! ", text: text})
	}
	return p
}

// shift words what stands elsewhere.
func (m *model) shift(s office.Shift) para {
	key := "tui.shift"
	switch {
	case s.From.IsZero():
		key = "tui.shift-new"
	case s.To.IsZero():
		key = "tui.shift-gone"
	}
	return para{mark: "~ ", text: m.words.Say(key, problem.Params{
		"title": titleOf(s), "platform": s.Key.Platform, "from": m.when(s.From), "to": m.when(s.To),
	})}
}

// shifts words some of them, and how many more there are.
func (m *model) shifts(all []office.Shift, most int) []para {
	var paras []para
	for i, s := range all {
		if i == most {
			return append(paras, para{mark: "  ", text: m.count("move.more", len(all)-most)})
		}
		paras = append(paras, m.shift(s))
	}
	return paras
}

// verdict is how the draft stands.
func (m *model) verdict() string { return m.office().Verdict(m.draft().Proposal).Word(m.words) }

// sayLast notes what the last edit did.
func (m *model) sayLast() {
	last := m.draft().Last
	key := "tui.did-pin"
	switch moved := !last.From.Equal(last.To); {
	case last.Pinned && moved && !last.From.IsZero():
		key = "tui.did-move"
	case last.Pinned && last.From.IsZero():
		key = "tui.did-place"
	case !last.Pinned:
		key = "tui.did-unpin"
	}
	m.note = para{style: term.Good, text: m.words.Say(key, problem.Params{
		"title": titleOf(last.Shift), "from": m.when(last.From), "to": m.when(last.To),
	})}
}

// sayAgreed notes what was written.
func (m *model) sayAgreed(a office.Agreement) {
	m.note = para{style: term.Good, text: m.words.Say("plan.agreed", problem.Params{"n": itoa(a.Placements), "file": office.AgreedFile})}
	if !a.Changed && a.IDs == 0 {
		m.note.text = m.words.Say("plan.agreed-same", problem.Params{"file": office.AgreedFile})
	}
}

// signOf is the sign of a state: never a colour alone.
func signOf(s office.State) (string, term.Style) {
	switch s {
	case office.StatePublished:
		return "✓", term.Good
	case office.StateDue:
		return "»", term.Caution
	case office.StateHeld:
		return "!", term.Bad
	case office.StateMoved:
		return "~", term.New
	case office.StateNew:
		return "+", term.New
	}
	return "=", ""
}

// stageOf says what is known of the work on a post.
func (m *model) stageOf(x office.Placement) string {
	if x.Post == nil {
		return ""
	}
	parts := []string{m.words.Say("stage."+string(x.Post.Stage), nil)}
	if x.Post.Assignee != "" {
		parts = append(parts, m.office().PersonName(x.Post.Assignee))
	}
	return strings.Join(parts, ", ")
}
