package office

import (
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/advice"
	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// Reason says what an item would find in one slot of its platform.
type Reason struct {
	At time.Time
	// Value is what the item would be worth there; 0 where the slot is closed
	// to it by itself.
	Value int
	// Rule keeps it out; "" where the slot is open. Limit says which of its
	// own limits does, of calendar.RuleClosed.
	Rule  calendar.Rule
	Limit calendar.LimitCode
	// Bound is the instant that a limit, a leader or a follower sets; zero:
	// none.
	Bound time.Time
	// Other is who stands in the way, if it is one placement; its At is zero
	// where it has no place itself. Worth is what it is worth there, 0 where it
	// is fixed.
	Other *Placement
	Worth int
	// Held says that what it follows is in flight and held back.
	Held bool
	// Person ("" is the team), Week and Minutes say whose hours are missing.
	Person  string
	Minutes int
	// Week is that of the hours or of a weekly cap; zero of a daily one.
	Week civil.Week
	// Cap is the limit that is reached.
	Cap int
	// Share is the intent or pillar whose share would be wrong, Below says
	// that it would be too small, Percent is the bound.
	Share   string
	Below   bool
	Percent int
	// Posts are those that an edition would lack, or that a share needs first:
	// of Share where Below, else of others. 0: more than one would ask for.
	Posts int
}

// Reasons says of every slot of a free item's platform, in order of time, what
// it would find there while all others stand as the proposal has them.
func (o *Office) Reasons(p *Proposal, item int) []Reason {
	inst := &p.Instance
	var all []Reason
	known := map[[2]int]int{}
	lacking := func(b calendar.Block) int {
		side := 0
		if b.Below {
			side = 1
		}
		n, ok := known[[2]int{b.Row, side}]
		if !ok {
			n = advice.Lacking(inst, p.Plan, item, b.Row, b.Below)
			known[[2]int{b.Row, side}] = n
		}
		return n
	}
	for _, x := range p.explainer.Explain(item) {
		b := x.Block
		r := Reason{At: o.local(inst.Time(inst.Slots[x.Slot].At)), Value: x.Value, Rule: b.Rule}
		switch b.Rule {
		case calendar.RuleClosed:
			r.Limit, r.Bound = b.Limit.Code, o.local(inst.Time(b.Limit.At))
		case calendar.RuleLeader, calendar.RuleFollower:
			if b.At != calendar.Never {
				r.Bound = o.local(inst.Time(b.At))
			}
			r.Held = b.Fixed >= 0 && inst.Fixed[b.Fixed].Held
		case calendar.RuleCap:
			row := inst.Caps[b.Row]
			if r.Cap = row.Limit; row.Week >= 0 {
				r.Week = p.First.Add(row.Week)
			}
		case calendar.RuleMix:
			row := inst.Mixes[b.Row]
			r.Share, r.Below, r.Percent = row.Intent+row.Pillar, b.Below, row.Max/10
			if b.Below {
				r.Percent = row.Min / 10
			}
			r.Posts = lacking(b)
		case calendar.RuleCapacity:
			row := inst.Capacity[b.Row]
			r.Week, r.Minutes = p.First.Add(row.Week), b.Short
			if row.Person >= 0 {
				r.Person = inst.People[row.Person]
			}
		case calendar.RuleEdition:
			r.Posts = b.Short
		}
		r.Other, r.Worth = o.inTheWay(p, b)
		all = append(all, r)
	}
	return all
}

// Yielding returns what would stand where a placed free item stands, and be
// worth more there than where it is, if that item had no place. What is left out
// has no At.
func (o *Office) Yielding(p *Proposal, item int) []Placement {
	var all []Placement
	for _, i := range p.explainer.Yielding(item) {
		x, _ := o.inTheWay(p, calendar.Block{Item: i, Fixed: -1})
		all = append(all, *x)
	}
	return all
}

// inTheWay returns the placement that a block names.
func (o *Office) inTheWay(p *Proposal, b calendar.Block) (*Placement, int) {
	inst := &p.Instance
	switch {
	case b.Item >= 0:
		key := inst.Items[b.Item].Key
		for _, x := range p.Plan.Placements {
			if x.Item == b.Item {
				at := o.local(inst.Time(inst.Slots[x.Slot].At))
				return &Placement{Key: key, Platform: key.Platform, At: at, Post: o.post(key.Post)}, inst.Value(x.Item, x.Slot)
			}
		}
		return &Placement{Key: key, Platform: key.Platform, Post: o.post(key.Post)}, 0
	case b.Fixed >= 0:
		x := o.fixed(inst, inst.Fixed[b.Fixed])
		return &x, 0
	}
	return nil, 0
}

// Passed are reasons of slots that a placed item did not take: those before its
// own, and later ones that are worth more to it than the value it has.
func (o *Office) Passed(p *Proposal, item, value int, at time.Time) (earlier, better []Reason) {
	for _, r := range o.Reasons(p, item) {
		switch {
		case r.At.Before(at):
			earlier = append(earlier, r)
		case r.Value > value:
			better = append(better, r)
		}
	}
	return earlier, better
}

// Item returns the index of a free item in the Instance and, if it is placed,
// what it is worth there; item is -1 for what is fixed.
func (p *Proposal) Item(key calendar.Key) (item, value int) {
	item = -1
	for i := range p.Instance.Items {
		if p.Instance.Items[i].Key == key {
			item = i
		}
	}
	for _, x := range p.Plan.Placements {
		if x.Item == item {
			return item, p.Instance.Value(x.Item, x.Slot)
		}
	}
	return item, 0
}

// Of returns the placements and the left-out items of a post.
func (p *Proposal) Of(post *content.Post) (placed []Placement, left []Left) {
	for _, x := range p.Placements {
		if x.Post == post {
			placed = append(placed, x)
		}
	}
	for _, l := range p.Left {
		if l.Post == post {
			left = append(left, l)
		}
	}
	return placed, left
}
