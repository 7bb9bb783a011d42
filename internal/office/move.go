package office

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// Codes of why something is not moved.
const (
	CodeMoveWhen       problem.Code = "move-when"
	CodeMovePast       problem.Code = "move-past"
	CodeMoveEarly      problem.Code = "move-early"
	CodeMoveLate       problem.Code = "move-late"
	CodeMoveOut        problem.Code = "move-out"
	CodeMoveDue        problem.Code = "move-due"
	CodeMovePlatform   problem.Code = "move-platform"
	CodeMoveOccurrence problem.Code = "move-occurrence"
	CodeMoveIdle       problem.Code = "move-idle"
	CodeMoveNoSlot     problem.Code = "move-no-slot"
	CodeMoveTaken      problem.Code = "move-taken"
	CodeMoveNoEdition  problem.Code = "move-no-edition"
	CodeMoveNotPinned  problem.Code = "move-not-pinned"
	CodeMovePinnedDate problem.Code = "move-pinned-by-date"
	// CodeMoveGone: its post is gone.
	CodeMoveGone problem.Code = "move-gone"
)

// MoveRequest says what to move where.
type MoveRequest struct {
	Post *content.Post
	// Platform is one of the post's; "" means its root.
	Platform string
	// Occurrence counts from 1; 0 means 1.
	Occurrence int
	// When is a day or a time as a person types it. Unpin takes the pin off
	// instead.
	When  string
	Unpin bool
	// At, unless zero, is when: nothing is read from When.
	At time.Time
}

// Shift is a placement that is elsewhere in one of two plans.
type Shift struct {
	Key  calendar.Key
	Post *content.Post
	// From and To are zero where it had, or has, no place.
	From, To time.Time
}

// Move is a move that is thought through and not yet made.
type Move struct {
	Shift
	// Pinned says whether it stays where it is from now on.
	Pinned bool
	// With are agreed placements that follow it, and are agreed elsewhere, or
	// no longer, with it. Besides are those that the next plan would move.
	With, Besides []Shift
	// Clashes are new breaks of rules between what is fixed.
	Clashes []problem.Problem
	// Before and After are the plans without and with the move.
	Before, After *Proposal

	list agreed.List
	// planned is the list that After is the plan of: list, unless others follow.
	planned agreed.List
	post    *content.Post
}

// Move thinks a move through: it plans again with the item pinned where it is
// wanted, and says what else that changes. Nothing is written. What must not
// be is a problem.Problem.
func (o *Office) Move(req MoveRequest) (*Move, error) {
	return o.moveFrom(nil, req, (*Office).Propose)
}

// moveFrom is Move where the plan without the move is known; nil: it is not.
// again plans the office as it is with the move.
func (o *Office) moveFrom(before *Proposal, req MoveRequest, again func(*Office) *Proposal) (*Move, error) {
	if o.agreedBroken {
		return nil, problem.Problem{Position: problem.Position{File: AgreedFile}, Code: CodeAgreedBroken}
	}
	if before == nil {
		before = o.Propose()
	}
	m := &mover{Office: o, post: req.Post, before: before, again: again}
	if err := m.find(req); err != nil {
		return nil, err
	}
	entry, known := o.agreedKey(m.key)
	if req.Unpin {
		if !known || !entry.Pin {
			return nil, m.notPinned()
		}
		entry.Pin = false
	} else {
		at, err := m.wish(req)
		if err != nil {
			return nil, err
		}
		entry = agreed.Entry{Key: agreedKeyOf(m.key), Platform: m.key.Platform, At: o.moment(at), Pin: true, Note: req.Post.Slug}
	}
	return m.plan(entry), nil
}

// wish is when the post is wanted.
func (m *mover) wish(req MoveRequest) (time.Time, error) {
	if req.At.IsZero() {
		return m.when(req.When)
	}
	at := m.local(req.At.Truncate(time.Minute))
	if at.Before(m.Now) {
		return at, m.fail(CodeMovePast, problem.Params{"date": m.wall(at)})
	}
	return at, m.allowed(at)
}

// mover thinks one move through.
type mover struct {
	*Office
	post   *content.Post
	key    calendar.Key
	before *Proposal
	// now is where the item stands, if it does.
	now *Placement
	// again plans the office as it is with the move.
	again func(*Office) *Proposal
}

func (m *mover) fail(code problem.Code, params problem.Params) error {
	if params == nil {
		params = problem.Params{}
	}
	params["title"], params["platform"] = m.post.Title, m.key.Platform
	if params["file"] == "" {
		params["file"] = ContentDir + "/" + m.post.Path
	}
	return problem.Problem{Code: code, Params: params}
}

// find says which item is meant, and whether it can move at all.
func (m *mover) find(req MoveRequest) error {
	names := m.platformsOf(req.Post)
	m.key = calendar.Key{Post: req.Post.ID, Platform: req.Platform, Occurrence: max(1, req.Occurrence)}
	if m.key.Platform == "" {
		m.key.Platform = m.root(names)
	}
	times := max(1, req.Post.Repeat.Times)
	switch {
	case m.key.Platform == "" || !slices.Contains(names, m.key.Platform):
		return m.fail(CodeMovePlatform, problem.Params{"known": strings.Join(names, ", ")})
	case m.key.Occurrence > times || req.Occurrence < 0:
		return m.fail(CodeMoveOccurrence, problem.Params{"n": strconv.Itoa(times), "value": strconv.Itoa(req.Occurrence)})
	}
	for i, x := range m.before.Placements {
		if x.Key == m.key {
			m.now = &m.before.Placements[i]
		}
	}
	left := slices.ContainsFunc(m.before.Left, func(l Left) bool { return l.Key == m.key })
	switch {
	case m.now == nil && !left:
		return m.fail(CodeMoveIdle, nil)
	case m.now == nil:
		return nil
	case m.now.State == StatePublished:
		return m.fail(CodeMoveOut, problem.Params{"date": m.wall(m.now.At)})
	case m.now.State == StateHeld, m.now.State == StateDue:
		return m.fail(CodeMoveDue, problem.Params{"date": m.wall(m.now.At), "state": string(m.now.State), "file": AgreedFile})
	}
	return nil
}

// root is the platform that the post's own date is about.
func (m *mover) root(names []string) string {
	return calendar.Root(names, func(name string) (string, bool) {
		p, ok := m.Config.Platforms[name]
		return p.DerivesFrom, ok
	})
}

func (m *mover) notPinned() error {
	if m.now != nil && m.now.Pinned {
		err := m.fail(CodeMovePinnedDate, nil).(problem.Problem)
		err.Position = m.post.At("date")
		if v, ok := m.post.Variants[m.key.Platform]; ok && !v.Date.IsZero() {
			err.Position = m.post.At("variants", m.key.Platform, "date")
		}
		err.File = ContentDir + "/" + err.File
		return err
	}
	return m.fail(CodeMoveNotPinned, nil)
}

func (m *mover) wall(t time.Time) string { return m.Zone.DateTime(t).String() }

// plan plans again with the entry agreed, and compares.
func (m *mover) plan(entry agreed.Entry) *Move {
	out := &Move{Before: m.before, Pinned: entry.Pin, post: m.post}
	list := m.Agreed.Put(entry)
	after := m.again(m.with(m.lined(list)))
	out.planned = list
	for loose := list; ; {
		// The lock window holds for plans: what follows a person's move does so.
		early := outrun(&after.Instance, m.key)
		if len(early) == 0 {
			break
		}
		for _, k := range early {
			loose = loose.Remove(agreedKeyOf(k))
		}
		after, out.planned = m.again(m.with(m.lined(loose))), loose
	}
	follows := followers(&after.Instance, m.key)
	for _, s := range shifts(m.before, after) {
		switch _, known := m.agreedKey(s.Key); {
		case s.Key == m.key:
			out.Shift = s
		case known && follows[s.Key]:
			out.With = append(out.With, s)
			if list = list.Remove(agreedKeyOf(s.Key)); !s.To.IsZero() {
				old, _ := m.agreedKey(s.Key)
				old.At = m.moment(s.To)
				list = list.Put(old)
			}
		default:
			out.Besides = append(out.Besides, s)
		}
	}
	if out.Key == (calendar.Key{}) {
		at := m.local(entry.At.Instant)
		out.Shift = Shift{m.key, m.post, at, at}
		if m.now != nil {
			out.From = m.now.At
		}
	}
	known := map[string]bool{}
	same := func(p problem.Problem) string {
		p.Position = problem.Position{} // a line moves with those above it
		return p.Error()
	}
	for _, p := range m.before.Problems {
		known[same(p)] = true
	}
	for _, p := range after.Problems {
		if !known[same(p)] {
			out.Clashes = append(out.Clashes, p)
		}
	}
	out.list, out.After = list, after
	return out
}

// lined gives every entry the line that it has once the list is written.
func (o *Office) lined(list agreed.List) agreed.List {
	read, problems := agreed.Parse(AgreedFile, list.Format(), o.Zone)
	if len(problems) > 0 {
		return list
	}
	return read
}

// with is the office with another agreed calendar.
func (o *Office) with(list agreed.List) *Office {
	other := *o
	other.Agreed = list
	other.agreedBy = make(map[agreed.Key]agreed.Entry, len(list.Entries))
	for _, e := range list.Entries {
		other.agreedBy[e.Key] = e
	}
	return &other
}

// outrun returns the followers of an item that only the lock window holds
// where they are, too early after what they follow.
func outrun(inst *calendar.Instance, key calendar.Key) []calendar.Key {
	follows := followers(inst, key)
	var keys []calendar.Key
	for _, a := range inst.After {
		if a.FixedItem < 0 || a.FixedLeader < 0 {
			continue
		}
		if f := inst.Fixed[a.FixedItem]; f.Why == calendar.WhyLocked && follows[f.Key] && a.First != calendar.Never && a.First > f.At && !slices.Contains(keys, f.Key) {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// followers returns what follows an item, directly or not.
func followers(inst *calendar.Instance, key calendar.Key) map[calendar.Key]bool {
	next := map[calendar.Key][]calendar.Key{}
	name := func(item, fixed int) calendar.Key {
		if item >= 0 {
			return inst.Items[item].Key
		}
		return inst.Fixed[fixed].Key
	}
	for _, a := range inst.After {
		leader := name(a.Leader, a.FixedLeader)
		next[leader] = append(next[leader], name(a.Item, a.FixedItem))
	}
	seen := map[calendar.Key]bool{}
	for todo := []calendar.Key{key}; len(todo) > 0; {
		k := todo[0]
		todo = todo[1:]
		for _, f := range next[k] {
			if !seen[f] {
				seen[f] = true
				todo = append(todo, f)
			}
		}
	}
	return seen
}

// shifts compares two plans, in the order of the later one; what lost its
// place comes last.
func shifts(before, after *Proposal) []Shift {
	was := map[calendar.Key]time.Time{}
	for _, x := range before.Placements {
		was[x.Key] = x.At
	}
	var all []Shift
	for _, x := range after.Placements {
		if from := was[x.Key]; !from.Equal(x.At) {
			all = append(all, Shift{x.Key, x.Post, from, x.At})
		}
		delete(was, x.Key)
	}
	for _, x := range before.Placements {
		if from, gone := was[x.Key]; gone {
			all = append(all, Shift{x.Key, x.Post, from, time.Time{}})
		}
	}
	return all
}

// WriteMove writes a move: the agreed calendar, and before it the post's id, where
// it has none of its own. If anything fails, nothing is moved.
func (o *Office) WriteMove(ctx context.Context, m *Move) error {
	var ids []*content.Post
	if m.post.IDDerived {
		ids = append(ids, m.post)
	}
	_, err := o.writeAgreed(ctx, m.list, ids)
	return err
}
