package office

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/words"
)

// ChangeKind says what became of a placement.
type ChangeKind string

const (
	ChangeMoved   ChangeKind = "moved"
	ChangeNew     ChangeKind = "new"
	ChangeRemoved ChangeKind = "removed"
)

// CauseCode says why a placement changed. "" where nothing can be told.
type CauseCode string

const (
	CauseBetter     CauseCode = "better"      // the old slot is open, and worth less
	CauseEdition    CauseCode = "edition"     // the old slot is open; its new edition would have too few posts
	CauseWhole      CauseCode = "whole"       // the old slot is open, and worth as much or more: the sum counts
	CauseRule       CauseCode = "rule"        // a rule closes the old slot, or every slot
	CauseClosed     CauseCode = "closed"      // the day is closed now
	CauseNoSlot     CauseCode = "no-slot"     // the platform has no slot there any more
	CausePinned     CauseCode = "pinned"      // somebody pinned it where it is now
	CauseLocked     CauseCode = "locked"      // agreed there, and too near to move
	CauseOut        CauseCode = "out"         // it went out
	CauseNewPost    CauseCode = "new-post"    // the post was not there
	CauseWasLeft    CauseCode = "was-left"    // a rule had left it out
	CauseWasBroken  CauseCode = "was-broken"  // the post had errors
	CauseWanted     CauseCode = "wanted"      // it was not meant for the platform
	CauseNoPost     CauseCode = "no-post"     // the post is gone
	CauseArchived   CauseCode = "archived"    // the post is archived
	CauseBroken     CauseCode = "broken"      // the post has errors
	CauseUnwanted   CauseCode = "unwanted"    // it is not meant for the platform any more
	CauseNoPlatform CauseCode = "no-platform" // there is no such platform any more
)

// Cause is why a placement changed.
type Cause struct {
	Code CauseCode
	// Reasons are what it finds in its old slot, or, where it has or had no
	// place, in all slots; of CauseBetter, CauseEdition, CauseWhole, CauseRule
	// and CauseWasLeft.
	Reasons []Reason
	// Name is what a closed day is called.
	Name string
	// Least is how many posts the edition needs, of CauseEdition.
	Least int

	office *Office // whose reasons they are
	placed bool
}

// Change is a placement that is elsewhere, or only in one of two plans.
type Change struct {
	Kind ChangeKind
	Shift
	// State is how it stands now; "" of what is removed.
	State State
	Cause Cause
}

// WorkChange is the work of a person ("" is the team) that is due by the end
// of a week, before and after.
type WorkChange struct {
	Person, Name string
	Week         civil.Week
	// Needed, Had and Over (how much more is needed than there is) are minutes.
	NeededBefore, HadBefore, OverBefore int
	Needed, Had, Over                   int
}

// PlanDiff is what differs between two plans of an office.
type PlanDiff struct {
	// Changes are what moved, then what is new, then what is removed, each in
	// order of time.
	Changes []Change
	// Work has the weeks in which somebody's hours differ, by week and person.
	Work []WorkChange
}

// DiffAgreed compares a proposal with the agreed calendar. The work before is
// that of what is agreed alone.
func (o *Office) DiffAgreed(p *Proposal) PlanDiff {
	var d PlanDiff
	for _, x := range p.Placements {
		switch x.State {
		case StateMoved:
			d.Changes = append(d.Changes, Change{ChangeMoved, Shift{x.Key, x.Post, x.From, x.At}, x.State, o.whyMoved(p, x, x.From)})
		case StateNew:
			c := Change{Kind: ChangeNew, Shift: Shift{Key: x.Key, Post: x.Post, To: x.At}, State: x.State}
			if x.Pinned {
				c.Cause.Code = CausePinned
			}
			d.Changes = append(d.Changes, c)
		}
	}
	for _, x := range p.Removed {
		d.Changes = append(d.Changes, Change{Kind: ChangeRemoved, Shift: Shift{Key: x.Key, Post: x.Post, From: x.At}, Cause: o.whyRemoved(p, x.Key)})
	}
	d.Work = o.diffWork(o.loadOf(p, o.owed(p, o.asAgreed(p))), o.names(), p.Load)
	d.sort()
	return d
}

// DiffPlans compares the plan of an office with an earlier plan of what it was
// then. What was out before the present week, as both know it, does not count.
func (o *Office) DiffPlans(before *Office, was, is *Proposal) PlanDiff {
	var d PlanDiff
	start := is.Instance.Start
	old := make(map[calendar.Key]Placement, len(was.Placements))
	for _, x := range was.Placements {
		old[x.Key] = x
	}
	for _, x := range is.Placements {
		y, known := old[x.Key]
		delete(old, x.Key)
		switch {
		case known && sameMinute(x.At, y.At), x.At.Before(start) && (!known || y.At.Before(start)):
		case known:
			d.Changes = append(d.Changes, Change{ChangeMoved, Shift{x.Key, cmp.Or(x.Post, y.Post), o.local(y.At), x.At}, x.State, o.whyMoved(is, x, y.At)})
		default:
			d.Changes = append(d.Changes, Change{ChangeNew, Shift{x.Key, x.Post, time.Time{}, x.At}, x.State, before.whyNew(was, x)})
		}
	}
	for _, x := range was.Placements {
		if _, gone := old[x.Key]; gone && !x.At.Before(start) {
			post := cmp.Or(o.post(x.Key.Post), x.Post)
			d.Changes = append(d.Changes, Change{Kind: ChangeRemoved, Shift: Shift{Key: x.Key, Post: post, From: o.local(x.At)}, Cause: o.whyRemoved(is, x.Key)})
		}
	}
	names := before.names()
	for id, name := range o.names() {
		names[id] = name
	}
	d.Work = o.diffWork(was.Load, names, is.Load)
	d.sort()
	return d
}

func (d *PlanDiff) sort() {
	kinds := []ChangeKind{ChangeMoved, ChangeNew, ChangeRemoved}
	slices.SortStableFunc(d.Changes, func(a, b Change) int {
		at := func(c Change) time.Time {
			if c.Kind == ChangeRemoved {
				return c.From
			}
			return c.To
		}
		return cmp.Or(slices.Index(kinds, a.Kind)-slices.Index(kinds, b.Kind), at(a).Compare(at(b)),
			strings.Compare(a.Key.Platform, b.Key.Platform), a.Key.Compare(b.Key))
	})
}

// whyMoved looks at the place that a placement had.
func (o *Office) whyMoved(p *Proposal, x Placement, from time.Time) Cause {
	switch {
	case x.State == StatePublished:
		return Cause{Code: CauseOut}
	case x.Pinned:
		return Cause{Code: CausePinned}
	case x.Locked:
		return Cause{Code: CauseLocked}
	}
	item, value := p.Item(x.Key)
	if item < 0 {
		return Cause{}
	}
	for _, r := range o.Reasons(p, item) {
		if !sameMinute(r.At, from) {
			continue
		}
		c := Cause{Code: CauseRule, Reasons: []Reason{r}, office: o, placed: true}
		if r.Rule == "" {
			c.Code, c.Least = p.whyLeft(item, value, r.Value)
		}
		return c
	}
	if name, ok := p.ClosedOn(o.Zone.Date(from)); ok {
		return Cause{Code: CauseClosed, Name: name}
	}
	return Cause{Code: CauseNoSlot}
}

// whyLeft says why an item stands where it is worth a value, while its old slot
// is open and worth another; least is of CauseEdition.
func (p *Proposal) whyLeft(item, value, old int) (code CauseCode, least int) {
	if old < value {
		return CauseBetter, 0
	}
	slot, n := -1, 0
	for _, x := range p.Plan.Placements {
		if x.Item == item {
			slot = x.Slot
		}
	}
	for _, x := range p.Plan.Placements {
		if x.Slot == slot {
			n++
		}
	}
	if slot >= 0 {
		if s := p.Instance.Slots[slot]; s.Min > 1 && n+s.Fixed <= s.Min {
			return CauseEdition, s.Min
		}
	}
	return CauseWhole, 0
}

// whyRemoved says why a placement that was is no more.
func (o *Office) whyRemoved(p *Proposal, key calendar.Key) Cause {
	for _, l := range p.Left {
		if l.Key == key {
			return Cause{Code: CauseRule, Reasons: o.Reasons(p, l.Item), office: o}
		}
	}
	post := o.post(key.Post)
	_, known := o.Config.Platforms[key.Platform]
	switch {
	case !known:
		return Cause{Code: CauseNoPlatform}
	case post == nil:
		return Cause{Code: CauseNoPost}
	case post.HasErrors():
		return Cause{Code: CauseBroken}
	case post.Stage == content.Archived:
		return Cause{Code: CauseArchived}
	case !slices.Contains(o.platformsOf(post), key.Platform), key.Occurrence > max(1, post.Repeat.Times):
		return Cause{Code: CauseUnwanted}
	}
	return Cause{}
}

// whyNew says, of the office as it was, why it had no place for what has one
// now.
func (o *Office) whyNew(was *Proposal, x Placement) Cause {
	for _, l := range was.Left {
		if l.Key == x.Key {
			return Cause{Code: CauseWasLeft, Reasons: o.Reasons(was, l.Item), office: o}
		}
	}
	post := o.post(x.Key.Post)
	switch {
	case post == nil:
		return Cause{Code: CauseNewPost}
	case post.HasErrors():
		return Cause{Code: CauseWasBroken}
	case !slices.Contains(o.platformsOf(post), x.Platform), x.Key.Occurrence > max(1, post.Repeat.Times):
		return Cause{Code: CauseWanted}
	}
	return Cause{}
}

// Word says the cause in a few words; "" where there is none.
func (c Cause) Word(w *words.Words) string {
	switch c.Code {
	case "":
		return ""
	case CauseClosed:
		if c.Name == "" {
			return w.Say("plandiff.by-closed-day", nil)
		}
		return w.Say("plandiff.by-closed", map[string]string{"why": c.Name})
	case CauseEdition:
		return w.Say("plandiff.by-edition", map[string]string{"n": strconv.Itoa(c.Least)})
	case CauseRule:
		return w.Say("plandiff.by-rule-"+c.of(), map[string]string{"why": c.rule(w)})
	case CauseWasLeft:
		return w.Say("plandiff.by-was-left", map[string]string{"why": c.rule(w)})
	}
	return w.Say("plandiff.by-"+string(c.Code), nil)
}

func (c Cause) of() string {
	if c.placed {
		return "moved"
	}
	return "removed"
}

// rule words what closes most of the slots, its own dates last.
func (c Cause) rule(w *words.Words) string {
	groups := GroupReasons(c.Reasons, c.placed)
	if len(groups) == 0 {
		return w.Say("why.no-slot", nil)
	}
	for _, g := range groups {
		if g.key.limit == "" {
			return c.office.SayClosed(w, g)
		}
	}
	return c.office.SayClosed(w, groups[0])
}

// names are the names of the people by their ids; "" is the team.
func (o *Office) names() map[string]string {
	names := map[string]string{"": ""}
	for _, p := range o.Config.People {
		names[p.ID] = o.PersonName(p.ID)
	}
	return names
}

// diffWork compares hours, by week and person, the team first; only those that
// differ.
func (o *Office) diffWork(before []Work, names map[string]string, after []Work) []WorkChange {
	type of struct {
		person string
		week   civil.Week
	}
	rows := map[of]*WorkChange{}
	row := func(l Work) *WorkChange {
		k := of{l.Person, l.Week}
		if rows[k] == nil {
			rows[k] = &WorkChange{Person: l.Person, Name: names[l.Person], Week: l.Week}
		}
		return rows[k]
	}
	for _, l := range before {
		r := row(l)
		r.NeededBefore, r.HadBefore = l.Needed, l.Had
	}
	for _, l := range after {
		r := row(l)
		r.Needed, r.Had = l.Needed, l.Had
	}
	var all []WorkChange
	for _, r := range rows {
		r.OverBefore, r.Over = max(0, r.NeededBefore-r.HadBefore), max(0, r.Needed-r.Had)
		if r.Needed != r.NeededBefore || r.Had != r.HadBefore {
			all = append(all, *r)
		}
	}
	slices.SortFunc(all, func(a, b WorkChange) int {
		return cmp.Or(a.Week.Monday().Compare(b.Week.Monday()), strings.Compare(a.Person, b.Person))
	})
	return all
}

// Posts counts the posts of the changes of a kind, and their placements.
func (d PlanDiff) Posts(kind ChangeKind) (posts, placements int) {
	seen := map[string]bool{}
	for _, c := range d.Changes {
		if c.Kind == kind {
			seen[c.Key.Post] = true
			placements++
		}
	}
	return len(seen), placements
}

// Overs are, for everybody, the first week that is more over than it was, and
// the first that is over no more. The team counts only where nobody has hours
// of their own that changed.
func (d PlanDiff) Overs() (now, nomore []WorkChange) {
	more, less := map[string]bool{}, map[string]bool{}
	people := slices.ContainsFunc(d.Work, func(r WorkChange) bool { return r.Person != "" })
	for _, r := range d.Work {
		switch {
		case people && r.Person == "":
		case r.Over > r.OverBefore && !more[r.Person]:
			more[r.Person] = true
			now = append(now, r)
		case r.OverBefore > 0 && r.Over == 0 && !less[r.Person]:
			less[r.Person] = true
			nomore = append(nomore, r)
		}
	}
	return now, nomore
}
