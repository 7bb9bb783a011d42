package tui

import (
	"slices"
	"strings"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/calendar"
	"editorial/pkg/problem"
)

// explained is why something stands where it does: asked once for each draft
// and placement.
type explained struct {
	draft *office.Draft
	key   calendar.Key
	paras []para
}

// explain asks why what the cursor is on stands there.
func (m *model) explain() {
	e, ok := m.entry()
	if !ok || e.placed == nil {
		m.why = explained{}
		return
	}
	if m.why.draft == m.draft() && m.why.key == e.placed.Key {
		return
	}
	m.why = explained{m.draft(), e.placed.Key, m.reasons(*e.placed)}
}

// reasons says why a placement stands where it does: what it would have found
// in earlier slots, and in later ones that are worth more.
func (m *model) reasons(x office.Placement) []para {
	var paras []para
	add := func(style term.Style, mark, text string) { paras = append(paras, para{style, mark, text}) }
	switch {
	case x.Pinned:
		add("", "", m.words.Say("why.pinned", nil))
	case x.Locked:
		add("", "", m.words.Say("why.locked", nil))
	}
	if x.State == office.StateMoved {
		add("", "", m.words.Say("tui.was", problem.Params{"from": m.when(x.From)}))
	}
	p := m.draft().Proposal
	item, value := p.Item(x.Key)
	if item < 0 {
		return paras
	}
	earlier, better := m.office().Passed(p, item, value, x.At)
	if len(earlier) == 0 {
		add("", "", m.words.Say("why.first", nil))
	}
	paras = append(paras, m.groups("why.earlier", earlier)...)
	return append(paras, m.groups("why.better", better)...)
}

// groups words reasons under a title that counts them.
func (m *model) groups(title string, reasons []office.Reason) []para {
	if len(reasons) == 0 {
		return nil
	}
	paras := []para{{text: m.count(title, len(reasons))}}
	for _, g := range office.GroupReasons(reasons, true) {
		paras = append(paras, para{mark: m.pen.pad("  "+itoa(len(g.Reasons)), 5) + " ", text: m.office().SayClosed(m.words, g)})
	}
	return paras
}

// whyPanel is the same in full, with what is known of the post.
func (m *model) whyPanel() panel {
	if m.showLast && m.draft().Last != nil {
		p := panel{title: titleOf(m.draft().Last.Shift)}
		p.add(m.outcome(m.draft(), all)...)
		return p
	}
	e, ok := m.entry()
	if !ok || e.placed == nil {
		return panel{title: m.words.Say("tui.free-slot", problem.Params{"platform": m.platform(), "when": m.when(e.at)})}
	}
	p := panel{title: title(*e.placed)}
	p.add(m.standing(*e.placed), para{})
	p.add(m.why.paras...)
	return p
}

// standing says where a placement stands, and how its post does.
func (m *model) standing(x office.Placement) para {
	params := problem.Params{
		"platform": x.Platform, "when": m.when(x.At), "state": m.words.Say("plan.state-"+string(x.State), nil), "stage": m.stageOf(x),
	}
	if params["stage"] == "" {
		return para{text: m.words.Say("tui.stands-alone", params)}
	}
	return para{text: m.words.Say("tui.stands", params)}
}

// targetParas says what the carried placement would find where the cursor is,
// and what would move because of it.
func (m *model) targetParas(most int) []para {
	e, ok := m.entry()
	if !ok {
		return []para{{text: m.words.Say("why.no-slot", nil)}}
	}
	var paras []para
	if m.carry.from.IsZero() {
		paras = append(paras, para{style: term.Title, text: m.words.Say("tui.to-new", problem.Params{"to": m.when(e.at)})})
	} else {
		paras = append(paras, para{style: term.Title, text: m.words.Say("tui.to", problem.Params{"from": m.when(m.carry.from), "to": m.when(e.at)})})
	}
	tried := m.work.tried
	done := tried.is(target{m.draft(), m.carry.key, e.at}) && tried.err == nil
	if done {
		paras = append(paras, m.sum(tried.draft.Last))
	}
	if r, ok := m.work.finds.at[e.at.Unix()]; ok && m.work.finds.base == m.draft() && m.work.finds.key == m.carry.key {
		paras = append(paras, m.slot(r, e))
	}
	switch {
	case done:
		paras = append(paras, m.outcome(tried.draft, most)[1:]...)
	case !tried.is(target{m.draft(), m.carry.key, e.at}):
		paras = append(paras, para{style: term.Quiet, text: m.words.Say("tui.trying", nil)})
	case tried.err != nil:
		text, _ := m.wordError(tried.err)
		paras = append(paras, para{style: term.Bad, mark: "! ", text: text})
	}
	return paras
}

// slot says what the carried placement would find in a slot.
func (m *model) slot(r office.Reason, e entry) para {
	switch {
	case e.at.Equal(m.carry.from):
		return para{text: m.words.Say("tui.slot-own", nil)}
	case r.Rule == "":
		return para{style: term.Good, text: m.words.Say("tui.slot-open", nil)}
	}
	group := office.GroupReasons([]office.Reason{r}, false)[0]
	return para{style: term.Caution, text: m.words.Say("tui.slot-closed", problem.Params{"why": m.office().SayClosed(m.words, group)})}
}

// outcome says what else the last edit of a draft moves, and names so many.
func (m *model) outcome(d *office.Draft, most int) []para {
	last := d.Last
	paras := []para{m.sum(last)}
	for _, c := range last.Clashes {
		text, _ := m.words.Problem(c)
		paras = append(paras, para{style: term.Caution, mark: "! ", text: text})
	}
	return append(paras, m.shifts(slices.Concat(last.Lost, last.With, last.Besides), most)...)
}

// sum counts what an edit moves: what loses its place first.
func (m *model) sum(last *office.Edited) para {
	var parts []string
	p := para{}
	if n := len(last.Lost); n > 0 {
		p.style = term.Caution
		params := problem.Params{"n": itoa(n), "own": m.ownLost(last)}
		if params["own"] == "" {
			parts = append(parts, m.words.Say("tui.sum-lost", params))
		} else {
			parts = append(parts, m.words.Say("tui.sum-lost-own", params))
		}
	}
	if n := len(last.With); n > 0 {
		parts = append(parts, m.count("tui.sum-with", n))
	}
	if n := len(last.Besides); n > 0 {
		parts = append(parts, m.count("tui.sum-besides", n))
	}
	if len(parts) == 0 {
		return para{style: term.Quiet, text: m.words.Say("tui.nothing-else", nil)}
	}
	p.text = strings.Join(parts, " ")
	return p
}

// ownLost names the platforms on which the post of an edit loses its place.
func (m *model) ownLost(last *office.Edited) string {
	var names []string
	for _, s := range last.Lost {
		if s.Key.Post == last.Key.Post && !slices.Contains(names, s.Key.Platform) {
			names = append(names, s.Key.Platform)
		}
	}
	return strings.Join(names, ", ")
}

// targetPanel is the same in full.
func (m *model) targetPanel() panel {
	p := panel{title: m.carry.title}
	p.add(m.targetParas(all)...)
	return p
}
