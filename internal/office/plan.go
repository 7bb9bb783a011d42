package office

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/calendar/capacity"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

// State says how a placement of the plan stands.
type State string

const (
	StatePublished State = "published" // it is out
	StateDue       State = "due"       // its time has come: a person posts it
	StateHeld      State = "held"      // its time has come, and it must not go out
	StateAgreed    State = "agreed"    // where the agreed calendar has it
	StateNew       State = "new"       // not agreed yet
	StateMoved     State = "moved"     // agreed elsewhere
	StateRemoved   State = "removed"   // agreed, and no longer placed
)

// Placement is a post where the calendar has it.
type Placement struct {
	Key      calendar.Key
	Platform string
	At       time.Time
	State    State
	// Pinned placements stay where a person wants them, locked ones because
	// their time is near.
	Pinned, Locked bool
	// From is where a moved placement was agreed.
	From time.Time
	// Post is nil if it is gone from the corpus.
	Post *content.Post
}

// Left is a post that has no place.
type Left struct {
	Key  calendar.Key
	Item int // in the Instance
	Post *content.Post
}

// Gap is a slot that nothing fills, and that neither a cap nor the gap between
// placements keeps empty beside what stands.
type Gap struct {
	Platform string
	At       time.Time
}

// Work is the minutes of work due in a week, and those there are, of one
// person or, for Person "", of the team.
type Work struct {
	Person      string
	Week        civil.Week
	Needed, Had int
}

// Over is how much more is needed than there is, in minutes; 0 where there is
// enough.
func (w Work) Over() int { return max(0, w.Needed-w.Had) }

// Proposal is the calendar that the office proposes at now.
type Proposal struct {
	Instance calendar.Instance
	Plan     calendar.Plan
	// Bound is what no plan is worth more than; nil until Weigh has set it.
	Bound *int
	// Problems are clashes and contradictions of what is fixed.
	Problems []problem.Problem
	// Placements are what is out, what is agreed and what is new, by instant,
	// platform and key.
	Placements []Placement
	// Removed are agreed placements to come that the plan no longer has.
	Removed []Placement
	Left    []Left
	Gaps    []Gap
	Load    []Work
	// First and Last are the weeks of the horizon.
	First, Last civil.Week

	input     calendar.Input
	explainer *calendar.Explainer
	closed    []rhythm.Day
	runways   []capacity.Runway
}

// ClosedOn returns why a day has no slot on any platform: what the office, or
// the calendar of holidays, calls it.
func (p *Proposal) ClosedOn(day civil.Date) (why string, ok bool) {
	i := slices.IndexFunc(p.closed, func(d rhythm.Day) bool { return d.Date == day })
	if i < 0 {
		return "", false
	}
	return p.closed[i].Name, true
}

// Propose plans the office from its posts, its configuration, the agreed
// calendar and now. Nothing changes until the proposal is agreed.
func (o *Office) Propose() *Proposal { return o.propose(calendar.Make) }

// ProposeFrom is Propose after a small change: what the proposal before it
// placed moves only where the change makes it.
func (o *Office) ProposeFrom(was *Proposal) *Proposal {
	return o.propose(func(inst calendar.Instance) calendar.Plan { return calendar.Again(inst, was.free()) })
}

// free are the placements that the plan chose.
func (p *Proposal) free() []calendar.Placed {
	placed := make([]calendar.Placed, len(p.Plan.Placements))
	for i, x := range p.Plan.Placements {
		placed[i] = calendar.Placed{Key: p.Instance.Items[x.Item].Key, At: p.Instance.Time(p.Instance.Slots[x.Slot].At)}
	}
	return placed
}

func (o *Office) propose(plan func(calendar.Instance) calendar.Plan) *Proposal {
	past, over := o.history()
	input := o.planInput(over)
	inst, problems := calendar.Expand(input)
	p := &Proposal{Instance: inst, Plan: plan(inst), Placements: past, input: input}
	p.explainer, p.closed = calendar.NewExplainer(&p.Instance, p.Plan), o.closed().Days
	p.Problems = append(problems, calendar.Clashes(&p.Instance, p.Plan)...)
	problem.Sort(p.Problems)
	for _, pr := range p.Problems {
		if who, ok := pr.Params["person"]; ok {
			pr.Params["person"] = o.PersonName(who)
		}
	}
	p.First = civil.WeekOf(o.Zone.Date(inst.Start))
	p.Last = p.First.Add(inst.Weeks - 1)
	o.fill(p)
	return p
}

// fill turns indices and minutes into posts and instants.
func (o *Office) fill(p *Proposal) {
	inst := p.Instance
	placed := map[calendar.Key]bool{}
	for _, f := range inst.Fixed {
		placed[f.Key] = true
		p.Placements = append(p.Placements, o.fixed(&inst, f))
	}
	for _, x := range p.Plan.Placements {
		item, slot := inst.Items[x.Item], inst.Slots[x.Slot]
		placed[item.Key] = true
		p.Placements = append(p.Placements, o.against(Placement{
			Key: item.Key, Platform: item.Key.Platform, At: o.local(inst.Time(slot.At)), Post: o.post(item.Key.Post),
		}))
	}
	slices.SortFunc(p.Placements, comparePlacements)
	for _, i := range p.Plan.Left {
		key := inst.Items[i].Key
		p.Left = append(p.Left, Left{Key: key, Item: i, Post: o.post(key.Post)})
	}
	for _, e := range o.Agreed.Entries {
		if key := planKey(e.Key); !placed[key] && e.At.Instant.After(o.Now) {
			p.Removed = append(p.Removed, Placement{
				Key: key, Platform: e.Platform, At: o.local(e.At.Instant), State: StateRemoved, Post: o.post(key.Post),
			})
		}
	}
	free := capacity.Free(p.input, &inst, p.Plan)
	for _, i := range free {
		s := inst.Slots[i]
		p.Gaps = append(p.Gaps, Gap{Platform: inst.Platforms[s.Platform].Name, At: o.local(inst.Time(s.At))})
	}
	p.runways = capacity.Runways(&inst, free)
	slices.SortFunc(p.Gaps, func(a, b Gap) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Platform, b.Platform))
	})
	o.load(p)
}

func comparePlacements(a, b Placement) int {
	return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Platform, b.Platform), a.Key.Compare(b.Key))
}

func (o *Office) fixed(inst *calendar.Instance, f calendar.Fixed) Placement {
	p := Placement{Key: f.Key, Platform: f.Key.Platform, At: o.local(inst.Time(f.At)), Post: o.post(f.Key.Post)}
	switch f.Why {
	case calendar.WhyPublished:
		p.State = StatePublished
		if p.Post != nil && f.Key.Occurrence == 1 {
			if at, ok := o.publishedOn(p.Post, p.Platform); ok && sameMinute(at, p.At) {
				p.At = o.local(at) // to the second
			}
		}
		return p
	case calendar.WhyInFlight:
		p.State = StateDue
		if e, ok := o.agreedKey(f.Key); ok && o.outcome(e) == calendar.StateHeld {
			p.State = StateHeld
		}
		return p
	case calendar.WhyPinned:
		p.Pinned = true
	case calendar.WhyLocked:
		p.Locked = true
	}
	return o.against(p)
}

// against says how a placement to come stands to the agreed calendar.
func (o *Office) against(p Placement) Placement {
	switch e, ok := o.agreedKey(p.Key); {
	case !ok:
		p.State = StateNew
	case sameMinute(e.At.Instant, p.At):
		p.State = StateAgreed
	default:
		p.State, p.From = StateMoved, o.local(e.At.Instant)
	}
	return p
}

// sameMinute: planning counts whole minutes, files may have seconds.
func sameMinute(a, b time.Time) bool {
	return a.Truncate(time.Minute).Equal(b.Truncate(time.Minute))
}

// load sums up the work.
func (o *Office) load(p *Proposal) {
	for _, row := range calendar.Load(&p.Instance, p.Plan) {
		l := Work{Week: p.First.Add(row.Week), Needed: row.Needed, Had: row.Avail}
		if row.Person >= 0 {
			l.Person = p.Instance.People[row.Person]
		}
		p.Load = append(p.Load, l)
	}
}

func (o *Office) local(t time.Time) time.Time { return t.In(o.Zone.Location()) }

func (o *Office) agreedKey(k calendar.Key) (agreed.Entry, bool) {
	e, ok := o.agreedBy[agreed.Key{Post: k.Post, Connection: k.Platform, Occurrence: k.Occurrence}]
	return e, ok
}

// agreedOn returns the first occurrence of a post on a platform in the agreed
// calendar.
func (o *Office) agreedOn(id, platform string) (agreed.Entry, bool) {
	return o.agreedKey(calendar.Key{Post: id, Platform: platform, Occurrence: 1})
}
