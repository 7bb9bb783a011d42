package tui

import (
	"bytes"
	"time"

	tea "charm.land/bubbletea/v2"

	"editorial/internal/office"
	"editorial/pkg/calendar"
)

// wish is an edit that waits for the ones before it to be planned.
type wish struct {
	key calendar.Key
	do  func(*office.Draft) (*office.Draft, error)
}

// work is what runs beside the keys. Each answer carries what it was asked
// for; one that is not waited for any more is dropped.
type work struct {
	// wishes are the edits that are not planned yet; the first of them is
	// being planned while busy is set.
	wishes []wish
	busy   bool
	seq    int
	// reading says that the files are being read, writing that they are written.
	reading, writing bool
	// later says that agreeing was asked for while edits wait.
	later bool

	// wanted is where the carried placement would be put down, tried what came
	// of that; trying says that something is being tried.
	wanted target
	tried  trial
	trying bool
	// finds is what the carried placement would find in each slot.
	finds found
}

// target is a placement, and where it would be pinned.
type target struct {
	base *office.Draft
	key  calendar.Key
	at   time.Time
}

// trial is the answer to a target.
type trial struct {
	target
	draft *office.Draft
	err   error
}

// found is what a placement would find in the slots of its platform.
type found struct {
	base *office.Draft
	key  calendar.Key
	at   map[int64]office.Reason // by Unix second
}

// edited is the answer to a wish.
type edited struct {
	seq   int
	key   calendar.Key
	draft *office.Draft
	err   error
}

// read is the office as it is on the disk now, with the edits made on it.
type read struct {
	seq     int
	session *office.Session
	refused []office.Refused
	// changed says that the result is not the one that was on the screen.
	changed bool
	agree   bool
	err     error
}

// written is the answer to agreeing.
type written struct {
	agreement office.Agreement
	session   *office.Session
	err, lost error // lost: what was written could not be read again
}

// wish queues an edit.
func (m *model) wish(w wish) tea.Cmd {
	m.work.wishes = append(m.work.wishes, w)
	return m.next()
}

// next plans the first edit that waits.
func (m *model) next() tea.Cmd {
	if m.work.busy || len(m.work.wishes) == 0 {
		return nil
	}
	m.work.busy = true
	m.work.seq++
	base, w, seq := m.session.Draft(), m.work.wishes[0], m.work.seq
	return func() tea.Msg {
		d, err := w.do(base)
		return edited{seq, w.key, d, err}
	}
}

// cancel takes back the edit that was wished last, if it is not planned yet.
func (m *model) cancel() bool {
	n := len(m.work.wishes)
	if n == 0 {
		return false
	}
	if m.work.wishes = m.work.wishes[:n-1]; n == 1 {
		m.work.busy, m.work.later = false, false
		m.work.seq++ // nobody waits for the answer
	}
	return true
}

// edited takes the answer to a wish.
func (m *model) edited(msg edited) tea.Cmd {
	if msg.seq != m.work.seq || !m.work.busy {
		return nil
	}
	m.work.busy = false
	m.work.wishes = m.work.wishes[1:]
	if msg.err != nil {
		m.work.later = false
		m.complain(msg.err)
		return m.next()
	}
	m.do(msg.draft)
	if m.work.later && len(m.work.wishes) == 0 {
		return m.read(true)
	}
	return m.next()
}

// do makes a draft the present one, and goes to what was edited.
func (m *model) do(d *office.Draft) {
	m.session.Do(d)
	m.relay()
	if m.mode != carrying {
		m.follow(d.Last.Key)
	}
	m.showLast = true
	m.sayLast()
}

// try plans what the carried placement would do where the cursor is.
func (m *model) try() tea.Cmd {
	e, ok := m.entry()
	if m.mode != carrying || !ok {
		return nil
	}
	m.work.wanted = target{m.session.Draft(), m.carry.key, e.at}
	if m.work.trying || m.work.busy || m.work.wanted.is(m.work.tried.target) {
		return nil
	}
	m.work.trying = true
	t := m.work.wanted
	return func() tea.Msg {
		d, err := t.base.Edit(office.Edit{Key: t.key, At: t.at})
		return trial{t, d, err}
	}
}

func (t target) is(other target) bool {
	return t.base == other.base && t.key == other.key && t.at.Equal(other.at)
}

// trial takes what was tried; what is wanted by now is tried next.
func (m *model) trial(msg trial) tea.Cmd {
	m.work.trying = false
	m.work.tried = msg
	return m.try()
}

// look asks what the carried placement would find in each slot.
func (m *model) look() tea.Cmd {
	base, key := m.session.Draft(), m.carry.key
	return func() tea.Msg {
		f := found{base, key, map[int64]office.Reason{}}
		for _, r := range base.Finds(key) {
			f.at[r.At.Unix()] = r
		}
		return f
	}
}

// read reads the files again and makes the edits on them. agree says that
// agreeing is asked for next.
func (m *model) read(agree bool) tea.Cmd {
	if m.work.busy || m.work.reading {
		m.work.later = m.work.busy && agree
		m.say("tui.wait", nil)
		return nil
	}
	m.work.later = false
	m.work.reading = true
	m.work.seq++
	// What is undone meanwhile must not change what is read: it has a session of
	// its own.
	seq, session, load, ctx := m.work.seq, m.session.Copy(), m.opts.Load, m.ctx
	return func() tea.Msg {
		o, err := load(ctx)
		if err != nil {
			return read{seq: seq, agree: agree, err: err}
		}
		before := session.Draft().Text()
		next, refused := session.Onto(o)
		return read{seq, next, refused, !bytes.Equal(before, next.Draft().Text()), agree, nil}
	}
}

// take takes the office as it is on the disk.
func (m *model) take(msg read) tea.Cmd {
	m.work.reading = false
	if msg.seq != m.work.seq {
		m.say("tui.interrupted", nil)
		return nil
	}
	if msg.err != nil {
		m.complain(msg.err)
		return nil
	}
	m.session, m.refused = msg.session, msg.refused
	m.mode, m.showLast = browsing, false
	m.relay()
	switch {
	case msg.agree && len(msg.refused) == 0 && m.draft().Same():
		m.say("tui.agree-nothing", nil)
	case msg.agree:
		m.askAgree(msg.changed)
	case len(msg.refused) > 0:
		m.open(m.refusedPanel())
	case msg.changed && m.edits() == 0:
		m.say("tui.read-changed-only", nil)
	case msg.changed:
		m.say("tui.read-changed", nil)
	default:
		m.say("tui.read-same", nil)
	}
	return nil
}

// write writes what was asked about.
func (m *model) write() tea.Cmd {
	session, d, load, ctx := m.session.Copy(), m.session.Draft(), m.opts.Load, m.ctx
	m.work.reading, m.work.writing = true, true
	return func() tea.Msg {
		a, err := d.Agree(ctx)
		if err != nil {
			return written{err: err}
		}
		o, err := load(ctx)
		if err != nil {
			return written{agreement: a, lost: err}
		}
		return written{agreement: a, session: session.After(o.Draft())}
	}
}

// wrote takes the answer to agreeing.
func (m *model) wrote(msg written) tea.Cmd {
	m.work.reading, m.work.writing = false, false
	if msg.err != nil {
		m.complain(msg.err)
		return nil
	}
	m.result.Agreed = append(m.result.Agreed, msg.agreement)
	if msg.lost != nil {
		m.session = m.session.After(m.session.Draft().Settled())
		m.relay()
		m.complain(msg.lost)
		return nil
	}
	m.session = msg.session
	m.showLast = false
	m.relay()
	m.sayAgreed(msg.agreement)
	return nil
}
