package advice

import (
	"time"

	"editorial/pkg/calendar"
)

// place is where an item stands, and the weight of its slot.
type place struct{ at, weight int }

// places are where items stand that people or the planner can still move: free
// ones, pinned ones and those of the lock window.
func places(inst *calendar.Instance, plan calendar.Plan) map[calendar.Key]place {
	all := make(map[calendar.Key]place, len(plan.Placements))
	for _, f := range inst.Fixed {
		if movable(inst, &f) {
			all[f.Key] = place{f.At, weight(inst, f.Slot)}
		}
	}
	for _, p := range plan.Placements {
		s := &inst.Slots[p.Slot]
		all[inst.Items[p.Item].Key] = place{s.At, s.Weight}
	}
	return all
}

// movable reports whether a fixed placement is to come, and stands where it is
// because somebody wants it there or it was agreed.
func movable(inst *calendar.Instance, f *calendar.Fixed) bool {
	return (f.Why == calendar.WhyPinned || f.Why == calendar.WhyLocked) && f.At >= inst.Now
}

// weight is that of a slot, or the usual one where there is none.
func weight(inst *calendar.Instance, slot int) int {
	if slot < 0 {
		return 1000
	}
	return inst.Slots[slot].Weight
}

// standing is what the worth of an item depends on, as the office is: so that a
// change is measured by what the others were worth before it.
type standing struct {
	priority, from int
	// agreed is the minute at which it is agreed or pinned; -1: nowhere.
	agreed int
}

// standings lists all items but those that are out or on their way.
func standings(o Office) map[calendar.Key]standing {
	inst := o.Inst
	all := make(map[calendar.Key]standing, len(inst.Items))
	for i := range inst.Items {
		it := &inst.Items[i]
		x := standing{1 << (it.Priority - 1), it.From, -1}
		if it.Agreed >= 0 {
			x.agreed = inst.Slots[it.Agreed].At
		}
		all[it.Key] = x
	}
	posts := map[string]*calendar.Post{}
	for i := range o.In.Posts {
		posts[o.In.Posts[i].ID] = &o.In.Posts[i]
	}
	for i := range inst.Fixed {
		f := &inst.Fixed[i]
		if p := posts[f.Key.Post]; p != nil && movable(inst, f) {
			all[f.Key] = standing{priority(p), from(inst, p), f.At}
		}
	}
	return all
}

// priority is the factor of a post's priority.
func priority(p *calendar.Post) int {
	n := p.Priority
	if n == 0 {
		n = calendar.DefaultPriority
	}
	return 1 << (min(max(n, 1), 5) - 1)
}

// from is the first minute that a post's own dates allow.
func from(inst *calendar.Instance, p *calendar.Post) int {
	first := 0
	if !p.Embargo.IsZero() {
		first = max(first, minute(inst, p.Embargo.Instant))
	}
	if !p.NotBefore.IsZero() {
		first = max(first, minute(inst, p.NotBefore.Instant))
	}
	return first
}

// minute counts from the start, rounded up.
func minute(inst *calendar.Instance, t time.Time) int {
	d := t.Sub(inst.Start)
	m := int(d / time.Minute)
	if d > 0 && d%time.Minute > 0 {
		m++
	}
	return m
}

// worth is the value of an item at a place: that of docs/planning.md, also for
// what is pinned. What stands earlier than its dates allowed waits no less
// than nothing.
func (x standing) worth(inst *calendar.Instance, p place) int {
	wait := max(0, p.at-x.from)
	v := x.priority * max(0, 1000-500*wait/inst.Horizon) * p.weight / 1000
	if x.agreed == p.at {
		v += 200 * x.priority
	}
	return v
}
