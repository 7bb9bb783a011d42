package tui

import (
	"context"
	"errors"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/calendar"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// Options say what is shown where.
type Options struct {
	// Office is the office as it was read; Load reads it again.
	Office *office.Office
	Load   func(context.Context) (*office.Office, error)
	Words  *words.Words
	// WordError words what is no problem of a file, and what to do about it, as
	// the other commands do; nil: as the error words itself.
	WordError func(error) (text, hint string)
	// Screen says whether styles are written.
	Screen term.Screen
	// Week and Platform, unless zero, are where the cursor begins.
	Week     civil.Week
	Platform string
}

// Result is what was done.
type Result struct {
	// Agreed are the agreements, one each time.
	Agreed []office.Agreement
	// Lost are the edits that were not agreed.
	Lost int
	// Interrupted says that Ctrl-C ended it.
	Interrupted bool
}

// mode is what keys are for.
type mode int

const (
	browsing   mode = iota
	carrying        // a placement, to another slot
	asking          // for a line of text
	reading         // a text
	picking         // one of the posts that are left out
	confirming      // a question
)

// model is the calendar on the screen. It is one value that changes: Bubble
// Tea calls its methods one after another.
type model struct {
	ctx   context.Context
	opts  Options
	words *words.Words
	pen   pen

	session *office.Session
	board   board
	work    work
	result  Result
	refused []office.Refused

	width, height int
	mode          mode
	// lane and index are the cursor; index is -1 where the lane is empty. goal
	// is the instant that the cursor keeps to as it changes lanes.
	lane, index int
	goal        time.Time
	// top is the first row shown, left the first lane.
	top, left int

	carry  carry
	prompt prompt
	panel  panel
	picker picker
	ask    question
	// query is what was searched for last.
	query string
	// note is said below the calendar until the next key.
	note para
	// showLast says that what the last edit did is shown.
	showLast bool
	why      explained
	leaving  bool
}

// carry is the placement that is being moved.
type carry struct {
	key   calendar.Key
	title string
	// from is where it stands; zero: nowhere.
	from time.Time
}

func newModel(ctx context.Context, opts Options, first *office.Draft) *model {
	m := &model{
		ctx: ctx, opts: opts, words: opts.Words, pen: pen{screen: opts.Screen}, width: 80, height: 24,
		session: office.NewSession(first),
	}
	m.board = newBoard(m.draft(), m.session.First())
	m.goal = m.office().Now
	if opts.Week != (civil.Week{}) {
		m.goal = m.office().Zone.Instant(opts.Week.Monday().At(civil.Clock{Hour: 0}))
	}
	m.index = -1
	if i, ok := m.board.lane(opts.Platform); ok {
		m.lane = i
		m.index = m.from(m.goal)
	}
	for i := 0; m.index < 0 && i < len(m.board.lanes); i++ {
		m.lane = i
		m.index = m.from(m.goal)
	}
	m.keep()
	m.top = -1 << 20 // far from everywhere
	m.scroll()
	return m
}

// Init asks for nothing: the first size comes by itself.
func (m *model) Init() tea.Cmd { return nil }

func (m *model) draft() *office.Draft   { return m.session.Draft() }
func (m *model) office() *office.Office { return m.draft().Office }

// entry is what the cursor is on.
func (m *model) entry() (entry, bool) {
	if m.lane >= len(m.board.lanes) || m.index < 0 || m.index >= len(m.board.lanes[m.lane].entries) {
		return entry{}, false
	}
	return m.board.lanes[m.lane].entries[m.index], true
}

// platform is that of the lane of the cursor.
func (m *model) platform() string {
	if m.lane >= len(m.board.lanes) {
		return ""
	}
	return m.board.lanes[m.lane].platform
}

// relay lays the board out anew and keeps the cursor where it was.
func (m *model) relay() {
	platform := m.platform()
	m.board = newBoard(m.draft(), m.session.First())
	if i, ok := m.board.lane(platform); ok {
		m.lane = i
	} else {
		m.lane = 0
	}
	m.index = -1
	if len(m.board.lanes) > 0 {
		m.index = m.board.near(m.lane, m.office().Zone, m.goal)
	}
	if m.mode == carrying {
		m.recarry()
	}
}

// recarry looks again where the carried placement stands.
func (m *model) recarry() {
	m.carry.from = time.Time{}
	if l, i, ok := m.board.find(m.carry.key); ok {
		m.carry.from = m.board.lanes[l].entries[i].at
	}
}

// follow puts the cursor on a placement.
func (m *model) follow(key calendar.Key) {
	if l, i, ok := m.board.find(key); ok {
		m.lane, m.index = l, i
		m.keep()
	}
}

// keep makes the instant of the cursor the one that it keeps to.
func (m *model) keep() {
	if e, ok := m.entry(); ok {
		m.goal = e.at
	}
}

// say notes a sentence.
func (m *model) say(key string, params problem.Params) { m.note = para{text: m.words.Say(key, params)} }

// complain notes what went wrong, and what to do about it.
func (m *model) complain(err error) {
	text, hint := m.wordError(err)
	if hint != "" {
		text += " (" + hint + ")"
	}
	m.note = para{style: term.Bad, mark: "! ", text: text}
}

// wordError words an error.
func (m *model) wordError(err error) (text, hint string) {
	var p problem.Problem
	if !errors.As(err, &p) {
		if m.opts.WordError == nil {
			return err.Error(), ""
		}
		return m.opts.WordError(err)
	}
	if state := p.Params["state"]; state != "" {
		params := problem.Params{}
		for k, v := range p.Params {
			params[k] = v
		}
		params["state"] = m.words.Say("plan.state-"+state, nil)
		p.Params = params
	}
	if m.words.Has("tui.hint-" + string(p.Code)) {
		text, _ = m.words.Problem(p)
		return text, m.words.Say("tui.hint-"+string(p.Code), nil)
	}
	text, hint = m.words.Problem(p)
	if at := p.Position.String(); at != "" && p.Line > 0 {
		text = words.Inert(at) + ": " + text
	}
	return text, hint
}

// when words an instant: "Tue 3 Nov, 09:00".
func (m *model) when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	local := m.office().Zone.DateTime(t)
	return m.words.ShortDate(local.Date) + ", " + local.Clock.String()
}

// count words a key whose parameter n is a number.
func (m *model) count(key string, n int) string {
	return m.words.Say(key, problem.Params{"n": strconv.Itoa(n)})
}

// title names a placement or a post that has none.
func title(x office.Placement) string { return office.TitleOf(x) }

// titleOf names what a shift is about.
func titleOf(s office.Shift) string { return title(office.Placement{Key: s.Key, Post: s.Post}) }

// edits is how many edits are not agreed, those that wait included.
func (m *model) edits() int {
	return len(m.draft().Edits) + len(m.work.wishes) + len(m.session.Waiting())
}
