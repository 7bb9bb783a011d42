package office

import (
	"bytes"
	"context"
	"slices"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// Edit is one change that a person makes to the agreed calendar, as "editorial
// move" makes it.
type Edit struct {
	Key calendar.Key
	// At is when it is pinned; zero: the pin comes off.
	At time.Time
}

// Draft is the calendar while a person edits it in memory: the agreed calendar
// as edited, and the plan that follows from it. Nothing is written before
// [Draft.Agree]. A Draft never changes, an edit makes another one, so that
// several goroutines may read it.
type Draft struct {
	// Office is the office with the agreed calendar as edited.
	Office   *Office
	Proposal *Proposal
	// Edits are those made since the files were read.
	Edits []Edit
	// Last is what the last of them did; nil without one.
	Last *Edited

	// written is the agreed calendar as the file has it.
	written agreed.List
	// moved are the ids of the posts of the edits: a move writes its post's.
	moved []string
}

// Edited is what one edit did.
type Edited struct {
	Shift
	// Pinned says whether it stays where it is from now on.
	Pinned bool
	// Lost are placements that lose their place because of it.
	Lost []Shift
	// With are those of its post, and those that follow it, that move with it;
	// Besides are others that the plan moves because of it.
	With, Besides []Shift
	// Clashes are new breaks of rules between what is fixed.
	Clashes []problem.Problem
}

// Draft begins to edit the office's calendar.
func (o *Office) Draft() *Draft {
	return &Draft{Office: o, Proposal: o.Propose(), written: o.Agreed}
}

// Edit makes one change and plans again. What must not be is a
// problem.Problem, and this draft stays as it is.
func (d *Draft) Edit(e Edit) (*Draft, error) {
	post := d.Office.post(e.Key.Post)
	if post == nil {
		return nil, problem.Problem{Code: CodeMoveGone, Params: problem.Params{"value": e.Key.String()}}
	}
	return d.move(MoveRequest{
		Post: post, Platform: e.Key.Platform, Occurrence: e.Key.Occurrence, At: e.At, Unpin: e.At.IsZero(),
	})
}

// EditWhen pins a placement to a day or a time as a person types it.
func (d *Draft) EditWhen(key calendar.Key, when string) (*Draft, error) {
	post := d.Office.post(key.Post)
	if post == nil {
		return nil, problem.Problem{Code: CodeMoveGone, Params: problem.Params{"value": key.String()}}
	}
	return d.move(MoveRequest{Post: post, Platform: key.Platform, Occurrence: key.Occurrence, When: when})
}

func (d *Draft) move(req MoveRequest) (*Draft, error) {
	m, err := d.Office.moveFrom(d.Proposal, req, d.planned)
	if err != nil {
		return nil, err
	}
	edit := Edit{Key: m.Key}
	if m.Pinned {
		edit.At = m.pinnedAt()
	}
	next := &Draft{
		Office: d.Office.with(d.Office.lined(m.list)), Proposal: m.After, written: d.written,
		Edits: append(slices.Clip(d.Edits), edit), moved: append(slices.Clip(d.moved), m.post.ID),
	}
	if !bytes.Equal(m.list.Format(), m.planned.Format()) {
		next.Proposal = next.Office.ProposeFrom(m.After)
	}
	next.Last = d.edited(m, next)
	return next, nil
}

// planned plans the office as an edit leaves it, from what the draft shows.
func (d *Draft) planned(o *Office) *Proposal { return o.ProposeFrom(d.Proposal) }

// edited says what a move did between two drafts.
func (d *Draft) edited(m *Move, next *Draft) *Edited {
	did := &Edited{Shift: m.Shift, Pinned: m.Pinned, Clashes: m.Clashes}
	before, after := followers(&d.Proposal.Instance, m.Key), followers(&next.Proposal.Instance, m.Key)
	for _, s := range shifts(d.Proposal, next.Proposal) {
		switch {
		case s.Key == m.Key:
			did.Shift = s
		case s.To.IsZero():
			did.Lost = append(did.Lost, s)
		case s.Key.Post == m.Key.Post || before[s.Key] || after[s.Key]:
			did.With = append(did.With, s)
		default:
			did.Besides = append(did.Besides, s)
		}
	}
	return did
}

// pinnedAt is the instant at which a move pins its placement.
func (m *Move) pinnedAt() time.Time {
	e, _ := m.list.Find(agreedKeyOf(m.Key))
	return e.At.Instant
}

// again is the draft on the office as it is read now, where the files say what
// they said: only the clock has gone on.
func (d *Draft) again(o *Office) *Draft {
	next := *d
	next.Office = o.with(d.Office.Agreed)
	if len(d.Edits) == 0 {
		next.Proposal = next.Office.Propose()
	} else {
		next.Proposal = d.planned(next.Office)
	}
	return &next
}

// Settled is the draft after it was agreed: it has no edits.
func (d *Draft) Settled() *Draft {
	next := *d
	next.Edits, next.Last, next.moved = nil, nil, nil
	return &next
}

// Since says what stands elsewhere than in another draft of the same office,
// in order of time; what lost its place comes last.
func (d *Draft) Since(other *Draft) []Shift { return shifts(other.Proposal, d.Proposal) }

// Changes says what agreeing would change in the file.
func (d *Draft) Changes() []agreed.Change {
	list, _, _ := d.Office.agreeing(d.Proposal)
	return agreed.Diff(d.written, list)
}

// Same reports whether agreeing would leave every file as it is.
func (d *Draft) Same() bool {
	list, ids, _ := d.Office.agreeing(d.Proposal)
	return len(ids) == 0 && len(d.moved) == 0 && bytes.Equal(list.Format(), d.Office.agreedSource)
}

// Text is calendar.txt as agreeing would write it.
func (d *Draft) Text() []byte {
	list, _, _ := d.Office.agreeing(d.Proposal)
	return list.Format()
}

// Agree writes the agreed calendar with the edits and the plan that the draft
// shows. A file that somebody changed since it was read is left alone.
func (d *Draft) Agree(ctx context.Context) (Agreement, error) {
	o := d.Office
	if o.agreedBroken {
		return Agreement{}, problem.Problem{Position: problem.Position{File: AgreedFile}, Code: CodeAgreedBroken}
	}
	list, ids, a := o.agreeing(d.Proposal)
	for _, post := range o.Corpus.Posts {
		if post.IDDerived && slices.Contains(d.moved, post.ID) && !slices.Contains(ids, post) {
			ids = append(ids, post)
		}
	}
	a.IDs = len(ids)
	var err error
	a.Changed, err = o.writeAgreed(ctx, list, ids)
	return a, err
}

// Finds says of every slot of a placement's platform, in order of time, what
// the placement would find there while all others stand as they do: also of one
// that is pinned or locked, as if it were not. What a date in its post pins has
// no choice, and no answer.
func (d *Draft) Finds(key calendar.Key) []Reason {
	if item, _ := d.Proposal.Item(key); item >= 0 {
		return d.Office.Reasons(d.Proposal, item)
	}
	if _, known := d.Office.agreedKey(key); !known {
		return nil
	}
	o := d.Office.with(d.Office.Agreed.Remove(agreedKeyOf(key)))
	_, over := o.history()
	inst, _ := calendar.Expand(o.planInput(over))
	p := &Proposal{Instance: inst, Plan: asItIs(&inst, d.Proposal), First: d.Proposal.First, Last: d.Proposal.Last}
	item, _ := p.Item(key)
	if item < 0 {
		return nil
	}
	p.explainer = calendar.NewExplainer(&p.Instance, p.Plan)
	return o.Reasons(p, item)
}

// asItIs is the plan that has everything free where a proposal has it.
func asItIs(inst *calendar.Instance, p *Proposal) calendar.Plan {
	type place struct {
		platform string
		at       time.Time
	}
	slots := make(map[place]int, len(inst.Slots))
	for i, s := range inst.Slots {
		slots[place{inst.Platforms[s.Platform].Name, inst.Time(s.At).UTC()}] = i
	}
	at := make(map[calendar.Key]time.Time, len(p.Placements))
	for _, x := range p.Placements {
		at[x.Key] = x.At.Truncate(time.Minute).UTC()
	}
	var plan calendar.Plan
	for i := range inst.Items {
		key := inst.Items[i].Key
		if slot, ok := slots[place{key.Platform, at[key]}]; ok && inst.Admissible(i, slot) {
			plan.Placements = append(plan.Placements, calendar.Placement{Item: i, Slot: slot})
		}
	}
	return plan
}

// Post returns the post of an id, or nil.
func (o *Office) Post(id string) *content.Post { return o.post(id) }
