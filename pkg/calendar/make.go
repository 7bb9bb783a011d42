package calendar

import (
	"math"
	"slices"
	"time"
)

// maxRounds bounds how often Make plans again from its own result.
const maxRounds = 8

// Make plans. It keeps what is agreed where that still fits, adds what else
// does, the greatest priority first, and betters the whole by a search. No
// rule is ever broken: every step is checked against all.
//
// Then it does what will be done once this plan is agreed: it plans from it,
// until nothing moves any more. So agreeing and planning again comes to rest.
// What is agreed is worth more than the same plan not agreed: each round but
// the last gives a plan worth more than the one before.
func Make(inst Instance) Plan {
	agreed := make([]int, len(inst.Items))
	for i := range inst.Items {
		agreed[i] = inst.Items[i].Agreed
	}
	inst.Items = slices.Clone(inst.Items)
	v := newSurvey(&inst)
	best := v.better(agreed, len(agreed))
	for range maxRounds {
		if slices.Equal(best, agreed) {
			break // nothing would change
		}
		v.hold(best)
		v.agree(best)
		next := v.better(best, len(best))
		if slices.Equal(next, best) {
			break
		}
		best = next
	}
	clear(v.held)
	v.agree(agreed)
	return v.placed(best).plan()
}

// Placed is where an item stood in an earlier plan.
type Placed struct {
	Key Key
	At  time.Time
}

// Again plans after a small change, from a plan made before it, in a small
// part of the work of [Make]: what stood somewhere is worth as much more there
// as if it were agreed. So few others move; and what a whole search would find
// may be missed.
func Again(inst Instance, was []Placed) Plan {
	agreed, from := make([]int, len(inst.Items)), nothing(len(inst.Items))
	items := make(map[Key]int, len(inst.Items))
	for i := range inst.Items {
		agreed[i], items[inst.Items[i].Key] = inst.Items[i].Agreed, i
	}
	for _, p := range was {
		if i, ok := items[p.Key]; ok {
			from[i] = inst.slotAt(inst.Items[i].Platform, int(p.At.Sub(inst.Start)/time.Minute))
		}
	}
	inst.Items = slices.Clone(inst.Items)
	v := newSurvey(&inst)
	v.agree(from)
	best := v.better(from, len(from)/32)
	v.agree(agreed)
	return v.placed(best).plan()
}

// better returns a plan made from one; of what is new in it so many items count
// at most.
func (v *survey) better(from []int, most int) []int {
	s := v.state()
	s.keep(from)
	s.steps = math.MaxInt
	s.log = s.log[:0]
	s.insert(v.urgency(), finder{partial: true})
	if !s.settle(0) {
		s.back(0)
	}
	s.insert(v.urgency(), finder{})
	news := 0
	for item, slot := range s.slot {
		if slot != from[item] {
			news++
		}
	}
	t := v.placed(newSearch(v).run(s, steps(len(v.inst.Items), min(news, most))))
	t.tidy()
	return t.slot
}

// steps is how much work a search may do: little where a plan stands, and a
// good deal more for what is new in it. A small office is searched somewhat
// longer, as there is time for it.
func steps(items, news int) int {
	little := min(5_000*items, 50_000) + 50*items
	full := min(70_000*items, 1_800_000-600*min(items, 1_000)) + 100*items + min(items*items/8, 600*items)
	return little + full*min(4*news, items)/max(items, 1)
}

// hold keeps what a plan has in the lock window: once it is agreed, it stands.
func (v *survey) hold(plan []int) {
	for item, slot := range plan {
		v.held[item] = slot >= 0 && v.inst.Slots[slot].At <= v.inst.Lock
	}
}

// agree says where each item is agreed to stand.
func (v *survey) agree(slots []int) {
	for i, slot := range slots {
		v.inst.Items[i].Agreed = slot
	}
}

// keep places what a plan has that still keeps the rules: all of it at once,
// since each may be what lets the others stand, and then without what breaks a
// rule.
func (s *state) keep(plan []int) {
	var kept []option
	for i, t := range plan {
		if t >= 0 {
			kept = append(kept, option{i, t, s.inst.Value(i, t)})
		}
	}
	s.inst.sort(kept)
	for _, o := range kept {
		closed := !s.inst.Admissible(o.item, o.slot)
		for _, rule := range []func(int, int) Block{s.full, s.cap, s.apart, s.scattered, s.capacity} {
			closed = closed || rule(o.item, o.slot).Rule != ""
		}
		if !closed {
			s.put(o.item, o.slot)
		}
	}
	for _, o := range kept {
		if s.slot[o.item] >= 0 && (s.leader(o.item, o.slot).Rule != "" || s.follower(o.item, o.slot).Rule != "") {
			s.take(o.item)
		}
	}
	s.settle(0)
}

// option is an item in a slot, and its worth there.
type option struct{ item, slot, value int }

// sort puts what is worth most first.
func (inst *Instance) sort(options []option) {
	slices.SortFunc(options, func(a, b option) int {
		if a.value != b.value {
			return b.value - a.value
		}
		return inst.order(Placement{a.item, a.slot}, Placement{b.item, b.slot})
	})
}
