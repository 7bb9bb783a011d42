package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"editorial/internal/office"
	"editorial/pkg/problem"
)

// browse does what a key does in the calendar.
func (m *model) browse(name string) tea.Cmd {
	if m.walk(name) {
		m.showLast = false
		return nil
	}
	switch name {
	case "q":
		return m.quit()
	case "?", "f1":
		m.open(m.helpPanel())
	case "enter", "m":
		return m.pickUp()
	case "p", "space":
		return m.pin()
	case "e":
		m.askWhen()
	case "u":
		return m.undo()
	case "U", "ctrl+r":
		return m.redo()
	case "a", "w":
		return m.read(true)
	case "R":
		return m.read(false)
	case "o":
		m.pickLeft("", time.Time{})
	case "c":
		m.open(m.changesPanel())
	case "i":
		m.open(m.whyPanel())
	case "H":
		m.open(m.hoursPanel())
	case "/":
		m.askSearch()
	case "n":
		m.search(m.query, 1)
	case "N":
		m.search(m.query, -1)
	case "g":
		m.askWeek()
	}
	return nil
}

// walk moves the cursor; it reports whether the key is for that.
func (m *model) walk(name string) bool {
	switch name {
	case "up", "k":
		m.step(-1)
	case "down", "j":
		m.step(1)
	case "left", "h":
		m.aside(-1)
	case "right", "l":
		m.aside(1)
	case "pgup", "[":
		m.leap(-1)
	case "pgdown", "]":
		m.leap(1)
	case "home":
		m.jump(0)
	case "end":
		m.jump(m.entries() - 1)
	case "t":
		m.jump(m.from(m.office().Now))
	default:
		return false
	}
	return true
}

// entries is how many the lane of the cursor has.
func (m *model) entries() int {
	if m.lane >= len(m.board.lanes) {
		return 0
	}
	return len(m.board.lanes[m.lane].entries)
}

// jump puts the cursor on an entry of its lane.
func (m *model) jump(index int) {
	if n := m.entries(); n > 0 {
		m.index = min(max(index, 0), n-1)
		m.keep()
	}
}

// step goes to the next entry. Who carries goes from slot to slot.
func (m *model) step(by int) {
	before, ok := m.entry()
	m.jump(m.index + by)
	for m.mode == carrying && ok {
		e, _ := m.entry()
		if next := m.index + by; !e.at.Equal(before.at) || next < 0 || next >= m.entries() {
			break
		}
		m.jump(m.index + by)
	}
}

// aside goes to the lane beside, near the same time.
func (m *model) aside(by int) {
	if next := m.lane + by; next >= 0 && next < len(m.board.lanes) {
		m.lane = next
		m.index = m.board.near(next, m.office().Zone, m.goal)
	}
}

// leap goes a week on, or to the next entry where that one is farther away.
func (m *model) leap(by int) {
	zone := m.office().Zone
	was := m.index
	day := zone.Date(m.goal).AddDays(7 * by)
	goal := zone.Instant(day.At(zone.DateTime(m.goal).Clock))
	if m.entries() == 0 {
		m.goal = goal
		return
	}
	m.jump(m.board.near(m.lane, zone, goal))
	if m.index == was {
		m.step(by)
	}
}

// from is the first entry of the lane from an instant on, the last one where
// there is none; -1 where the lane is empty.
func (m *model) from(at time.Time) int {
	for i := range m.entries() {
		if !m.board.lanes[m.lane].entries[i].at.Before(at) {
			return i
		}
	}
	return m.entries() - 1
}

// pickUp begins to move what the cursor is on; on a free slot it asks what to
// put there.
func (m *model) pickUp() tea.Cmd {
	e, ok := m.entry()
	switch {
	case !ok:
		m.say("tui.no-slot", nil)
		return nil
	case e.placed == nil:
		m.pickLeft(m.platform(), e.at)
		return nil
	case e.placed.State == office.StatePublished || e.placed.State == office.StateDue || e.placed.State == office.StateHeld:
		m.say("tui.stays", problem.Params{"state": m.words.Say("plan.state-"+string(e.placed.State), nil)})
		return nil
	}
	m.carry = carry{e.placed.Key, title(*e.placed), e.at}
	return m.startCarry()
}

func (m *model) startCarry() tea.Cmd {
	m.mode, m.showLast = carrying, false
	m.work.tried, m.work.finds = trial{}, found{}
	return tea.Batch(m.look(), m.try())
}

// carryKey does what a key does while a placement is carried.
func (m *model) carryKey(name string) tea.Cmd {
	switch name {
	case "left", "h", "right", "l":
		m.say("tui.same-platform", nil)
		return nil
	case "esc", "q":
		m.putBack()
		return nil
	case "?", "f1":
		m.open(m.helpPanel())
		return nil
	case "i":
		m.open(m.targetPanel())
		return nil
	case "enter", "m":
		return m.drop()
	}
	if m.walk(name) {
		return m.try()
	}
	return nil
}

// putBack ends carrying without an edit.
func (m *model) putBack() {
	m.mode = browsing
	m.follow(m.carry.key)
}

// drop pins the carried placement where the cursor is.
func (m *model) drop() tea.Cmd {
	e, ok := m.entry()
	if !ok {
		return nil
	}
	m.mode = browsing
	t := target{m.draft(), m.carry.key, e.at}
	if m.work.tried.is(t) && !m.work.busy {
		if m.work.tried.err != nil {
			m.mode = carrying
			m.complain(m.work.tried.err)
			return nil
		}
		m.do(m.work.tried.draft)
		return nil
	}
	edit := office.Edit{Key: t.key, At: t.at}
	return m.wish(wish{t.key, func(d *office.Draft) (*office.Draft, error) { return d.Edit(edit) }})
}

// pin pins what the cursor is on where it stands, or takes its pin off.
func (m *model) pin() tea.Cmd {
	e, ok := m.entry()
	if !ok || e.placed == nil {
		m.say("tui.nothing-to-pin", nil)
		return nil
	}
	edit := office.Edit{Key: e.placed.Key, At: e.at}
	if e.placed.Pinned {
		edit.At = time.Time{}
	}
	return m.wish(wish{edit.Key, func(d *office.Draft) (*office.Draft, error) { return d.Edit(edit) }})
}

// undo takes back the last edit, rather one that is not planned yet.
func (m *model) undo() tea.Cmd {
	if m.cancel() {
		m.say("tui.undone", nil)
		return nil
	}
	last := m.draft().Last
	if !m.session.Undo() {
		m.noUndo()
		return nil
	}
	m.again("tui.undone", last)
	return nil
}

// noUndo gives up an edit that waits for its post; where none does, it says why
// nothing can be undone.
func (m *model) noUndo() {
	given, waited := m.session.Forget()
	switch {
	case waited:
		m.say("tui.forgot", problem.Params{"title": given.Title})
	case len(m.draft().Edits) > 0:
		m.say("tui.undo-no-more", nil)
	case len(m.result.Agreed) > 0:
		m.say("tui.undo-agreed", problem.Params{"file": office.AgreedFile})
	default:
		m.say("tui.nothing-to-undo", nil)
	}
}

// redo makes the edit again that was taken back.
func (m *model) redo() tea.Cmd {
	if m.work.busy || !m.session.Redo() {
		m.say("tui.nothing-to-redo", nil)
		return nil
	}
	m.again("tui.redone", m.draft().Last)
	m.showLast = true
	return nil
}

// again shows the draft after one step back or forth, at what that was about.
func (m *model) again(key string, last *office.Edited) {
	if m.work.reading {
		m.work.seq++ // what is being read has other edits
	}
	m.showLast = false
	m.relay()
	m.follow(last.Key)
	m.say(key, nil)
}
