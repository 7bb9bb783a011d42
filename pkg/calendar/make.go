package calendar

import (
	"cmp"
	"slices"
)

// improveSteps bounds how often the improvement of one plan asks the rules.
// It is counted in steps so that the plan does not depend on the machine.
const improveSteps = 200_000

// maxRounds bounds how often Make plans again from its own result.
const maxRounds = 8

// Make plans. It builds from nothing, the pair worth most first, and, where
// something is agreed, from what is agreed, too; betters both by exchanges,
// and takes the one worth more, in doubt the one that is nearer to what is
// agreed. No rule is ever broken: every step is checked against all.
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
	b := newBuilder(&inst)

	// From nothing it is built as if nothing were agreed: so it is the same
	// plan whatever is.
	b.agree(nothing(len(agreed)))
	slots := b.build()
	b.agree(agreed)
	best := b.better(slots, agreed)
	for range maxRounds {
		if slices.Equal(best, b.agreed()) {
			break // nothing would change
		}
		if b.hold(best) {
			slots = b.build()
		}
		b.agree(best)
		next := b.better(slots, best)
		if slices.Equal(next, best) {
			break
		}
		best = next
	}
	clear(b.held)
	b.agree(agreed)
	return b.placed(best).plan()
}

// option is an item in a slot that might be open to it, and its worth there.
type option struct{ item, slot, value int }

// sort puts what is worth most first.
func (inst *Instance) sort(options []option) {
	slices.SortFunc(options, func(a, b option) int {
		return cmp.Or(b.value-a.value, inst.Slots[a.slot].At-inst.Slots[b.slot].At, a.slot-b.slot, a.item-b.item)
	})
}

// builder holds what several attempts at one plan share.
type builder struct {
	*survey
	// options are all pairs that fixed placements alone do not close, byItem
	// the same by item, bySlot those of editions of two or more; what is worth
	// most comes first.
	options []option
	byItem  [][]option
	bySlot  map[int][]option
	// byWorth are the items, that of the highest priority first.
	byWorth []int
}

func newBuilder(inst *Instance) *builder {
	b := &builder{survey: newSurvey(inst), byItem: make([][]option, len(inst.Items)), bySlot: map[int][]option{}}
	empty := b.state()
	room := 0
	for _, it := range inst.Items {
		room += it.SlotHi - it.SlotLo - len(it.Closed)
	}
	all := make([]option, 0, room)
	for i := range inst.Items {
		from := len(all)
		for t := inst.Items[i].SlotLo; t < inst.Items[i].SlotHi; t++ {
			if empty.ever(i, t) {
				all = append(all, option{i, t, inst.Value(i, t)})
			}
		}
		b.byItem[i] = all[from:len(all):len(all)]
		b.byWorth = append(b.byWorth, i)
		inst.sort(b.byItem[i])
	}
	slices.SortStableFunc(b.byWorth, func(x, y int) int { return inst.Items[y].Priority - inst.Items[x].Priority })
	return b
}

// ever reports, of a state without free placements, whether the pair can be
// part of a plan: what closes it now is opened by other placements, as that of
// its leader or a change in the mix.
func (s *state) ever(item, slot int) bool {
	switch b := s.fits(item, slot); b.Rule {
	case "", RuleMix:
		return true
	case RuleLeader:
		return b.Item >= 0
	}
	return false
}

// hold keeps what a plan has in the lock window: once it is agreed, it stands.
// It leaves only that agreed, to build on, and reports whether there is any.
func (b *builder) hold(plan []int) bool {
	only, some := nothing(len(plan)), false
	for item, slot := range plan {
		b.held[item] = slot >= 0 && b.inst.Slots[slot].At <= b.inst.Lock
		if b.held[item] {
			only[item], some = slot, true
		}
	}
	b.agree(only)
	return some
}

// nothing is a plan of n items that places none.
func nothing(n int) []int { return slices.Repeat([]int{-1}, n) }

// agreed returns where each item is agreed to stand.
func (b *builder) agreed() []int {
	slots := make([]int, len(b.inst.Items))
	for i := range slots {
		slots[i] = b.inst.Items[i].Agreed
	}
	return slots
}

// agree says where each item is agreed to stand, and what that is worth.
func (b *builder) agree(slots []int) {
	for i, slot := range slots {
		if b.inst.Items[i].Agreed == slot {
			continue
		}
		b.inst.Items[i].Agreed = slot
		for k, o := range b.byItem[i] {
			b.byItem[i][k].value = b.inst.Value(o.item, o.slot)
		}
		b.inst.sort(b.byItem[i])
	}
	b.options = slices.Concat(b.byItem...)
	b.inst.sort(b.options)
	clear(b.bySlot)
	for _, o := range b.options {
		if b.inst.Slots[o.slot].Min > 1 {
			b.bySlot[o.slot] = append(b.bySlot[o.slot], o)
		}
	}
}

// better returns a plan, or the one built from what is agreed unless that is
// worth less.
func (b *builder) better(plan, agreed []int) []int {
	if !slices.ContainsFunc(agreed, func(slot int) bool { return slot >= 0 }) {
		return plan
	}
	if near := b.build(); b.placed(near).value >= b.placed(plan).value {
		return near
	}
	return plan
}

// placed returns the state of a plan that keeps the rules.
func (b *builder) placed(slots []int) *state {
	s := b.state()
	for item, slot := range slots {
		if slot >= 0 {
			s.put(item, slot)
		}
	}
	return s
}

// build makes a plan, from what is agreed if there is anything.
func (b *builder) build() []int {
	var kept []option
	for i := range b.inst.Items {
		if t := b.inst.Items[i].Agreed; t >= 0 {
			kept = append(kept, option{i, t, b.inst.Value(i, t)})
		}
	}
	b.inst.sort(kept)
	s := b.state()
	s.keep(kept)
	s.fill(b.options)
	s.settle(0)
	s.log = s.log[:0]
	s.steps = improveSteps
	b.improve(s)
	b.repair(s)
	return s.slot
}

// keep places what was agreed: all of it at once, since each may be what lets
// the others stand, and then without what breaks a rule.
func (s *state) keep(kept []option) {
	for _, o := range kept {
		closed := !s.inst.Admissible(o.item, o.slot)
		for _, rule := range []func(int, int) Block{s.full, s.cap, s.gap, s.spread, s.capacity} {
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

// fill places what fits, the first of the options first, again and again: a
// placement can let another in, a leader its followers, a conversation the
// next promotion.
func (s *state) fill(options []option) {
	options = slices.Clone(options)
	for placed := true; placed; {
		placed = false
		rest := options[:0]
		for _, o := range options {
			if s.slot[o.item] >= 0 {
				continue
			}
			if s.fits(o.item, o.slot).Rule == "" {
				s.put(o.item, o.slot)
				placed = true
				continue
			}
			rest = append(rest, o)
		}
		options = rest
	}
}

// settle takes out what earlier removals, or an edition that stayed too small,
// leave without ground: until every rule holds again in all that changed since
// the mark. Whatever it takes is looked at in its turn.
func (s *state) settle(mark int) {
	for i := mark; i < len(s.log); i++ {
		c := s.log[i]
		for _, slot := range []int{c.from, c.to} {
			if slot >= 0 {
				s.settleEdition(slot)
				s.settleMix(slot)
			}
		}
		s.settleFollowers(c.item)
	}
}

func (s *state) settleEdition(slot int) {
	if t := &s.inst.Slots[slot]; t.Fixed > 0 || len(s.inn[slot]) >= t.Min {
		return
	}
	for _, item := range slices.Clone(s.inn[slot]) {
		s.take(item)
	}
}

// settleMix takes out what is worth least of what a block has too much of.
func (s *state) settleMix(slot int) {
	for _, row := range s.mixes[slot] {
		for {
			above, below := s.unmixed(row, s.n[row], s.c[row])
			if !above && !below {
				break
			}
			item := s.cheapest(s.mixed(&s.inst.Mixes[row], above))
			if item < 0 {
				break
			}
			s.take(item)
		}
	}
}

func (s *state) settleFollowers(leader int) {
	for _, row := range s.leads[leader] {
		a := &s.inst.After[row]
		if a.Item < 0 || s.slot[a.Item] < 0 || s.held[a.Item] {
			continue
		}
		if t := s.slot[leader]; t < 0 || s.inst.release(a, t) > s.inst.Slots[s.slot[a.Item]].At {
			s.take(a.Item)
		}
	}
}
