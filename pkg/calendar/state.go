package calendar

import (
	"cmp"
	"slices"
)

// state is a plan in the making. All counters are kept up to date by put and
// take.
type state struct {
	*survey
	slot []int // of each item, or -1
	// worth is what each item is worth where it stands.
	worth []int
	inn   [][]int // free items in each slot
	// left are, by platform and priority, the items without a place, at says
	// where in its list each is.
	left [][]int
	at   []int
	// open are the slots, as bits by platform, that another item may go into
	// as far as they themselves go: there is room, and, where they are not
	// used yet, neither a cap nor the gap forbids it.
	open []uint64
	// shut counts, by slot, the placements in others nearer than the gap.
	shut []int
	// used counts, by row of Caps, the slots that free items alone use.
	used []int
	// crowd and holds count pillars as those of the survey do.
	crowd, holds []int32
	// n and c are the placements of each row of Mixes, and those that match.
	n, c []int
	// owes is, by post, the week from which it owes its own work.
	owes []int
	// hours are what people have left; nil: nothing limits the work.
	hours *hours
	value int
	// log is what changed, so that it can be taken back.
	log []change
	// scratch is for lists that are used at once.
	scratch []int
	// steps is how often the rules may still be asked.
	steps int
}

// change is an item that went from one slot to another, or -1.
type change struct{ item, from, to int }

func (v *survey) state() *state {
	inst := v.inst
	s := &state{
		survey: v, slot: nothing(len(inst.Items)), worth: make([]int, len(inst.Items)), inn: make([][]int, len(inst.Slots)), used: make([]int, len(inst.Caps)),
		open: make([]uint64, v.words[len(v.words)-1]), shut: slices.Clone(v.shut), crowd: slices.Clone(v.crowd), holds: slices.Clone(v.holds),
		n: make([]int, len(inst.Mixes)), c: make([]int, len(inst.Mixes)), owes: slices.Clone(v.begun), hours: v.newHours(),
	}
	for i, m := range inst.Mixes {
		s.n[i], s.c[i] = m.N, m.C
	}
	for t := range inst.Slots {
		s.refresh(t)
	}
	s.left, s.at = make([][]int, 5*len(inst.Platforms)), make([]int, len(inst.Items))
	for i := range inst.Items {
		s.leave(i)
	}
	return s
}

// leave adds an item to those without a place, enter takes it away.
func (s *state) leave(item int) {
	it := &s.inst.Items[item]
	list := &s.left[5*it.Platform+it.Priority-1]
	s.at[item] = len(*list)
	*list = append(*list, item)
}

func (s *state) enter(item int) {
	it := &s.inst.Items[item]
	list := &s.left[5*it.Platform+it.Priority-1]
	last := (*list)[len(*list)-1]
	(*list)[s.at[item]], s.at[last] = last, s.at[item]
	*list = (*list)[:len(*list)-1]
}

// nothing is a plan of n items that places none.
func nothing(n int) []int { return slices.Repeat([]int{-1}, n) }

// put places an item that has no place.
func (s *state) put(item, slot int) {
	t := &s.inst.Slots[slot]
	s.slot[item] = slot
	s.enter(item)
	s.inn[slot] = append(s.inn[slot], item)
	if t.Fixed == 0 && len(s.inn[slot]) == 1 {
		s.use(slot, 1)
	}
	s.refresh(slot)
	s.count(item, slot, 1)
	s.charge(item, t.DueWeek)
	s.worth[item] = s.inst.Value(item, slot)
	s.value += s.worth[item]
	s.log = append(s.log, change{item, -1, slot})
}

// take takes an item out of its place.
func (s *state) take(item int) {
	slot := s.slot[item]
	t := &s.inst.Slots[slot]
	s.slot[item] = -1
	s.leave(item)
	in := s.inn[slot]
	k := slices.Index(in, item)
	s.inn[slot] = append(in[:k], in[k+1:]...)
	if t.Fixed == 0 && len(s.inn[slot]) == 0 {
		s.use(slot, -1)
	}
	s.refresh(slot)
	s.count(item, slot, -1)
	s.discharge(item, t.DueWeek)
	s.value -= s.worth[item]
	s.log = append(s.log, change{item, slot, -1})
}

// use tells the slots near one, and those under the same caps, that it is used
// now (1), or no longer (-1).
func (s *state) use(slot, sign int) {
	for t := s.gap[slot].lo; t < s.gap[slot].hi; t++ {
		if t != slot {
			s.shut[t] += sign
			s.refresh(t)
		}
	}
	for _, row := range s.caps[slot] {
		was := s.reached(row)
		s.used[row] += sign
		if s.reached(row) != was {
			for t := s.capped[row].lo; t < s.capped[row].hi; t++ {
				s.refresh(t)
			}
		}
	}
}

// reached reports whether a cap lets no further slot be used.
func (s *state) reached(row int) bool {
	c := &s.inst.Caps[row]
	return s.used[row]+1+c.Used > max(c.Limit, c.Used)
}

// refresh sets the bit of a slot.
func (s *state) refresh(slot int) {
	t := &s.inst.Slots[slot]
	in := t.Fixed + len(s.inn[slot])
	open := in < max(t.Max, t.Fixed)
	if open && in == 0 {
		open = s.shut[slot] == 0
		for _, row := range s.caps[slot] {
			open = open && !s.reached(row)
		}
	}
	i := slot - s.inst.Platforms[t.Platform].SlotLo
	word, bit := s.words[t.Platform]+i/64, uint64(1)<<(i%64)
	if open {
		s.open[word] |= bit
	} else {
		s.open[word] &^= bit
	}
}

// count tells the shares of a block, and the slots nearer than the spread, of
// an item that came (1) or went (-1).
func (s *state) count(item, slot, sign int) {
	for k, matches := range s.matches[item] {
		row := s.share(slot, k)
		s.n[row] += sign
		if matches {
			s.c[row] += sign
		}
	}
	column := s.column[item]
	if column < 0 {
		return
	}
	held := &s.holds[s.row[slot]+column]
	was := *held > 0
	if *held += int32(sign); was == (*held > 0) {
		return
	}
	for t := s.spread[slot].lo; t < s.spread[slot].hi; t++ {
		if t != slot {
			s.crowd[s.row[t]+column] += int32(sign)
		}
	}
}

// share is the row of the k-th mix of a slot's platform in its block.
func (v *survey) share(slot, k int) int {
	t := &v.inst.Slots[slot]
	return v.mixes[t.Platform].lo + k*v.blocks + t.Block
}

// back takes back everything after the mark.
func (s *state) back(mark int) {
	for i := len(s.log) - 1; i >= mark; i-- {
		if c := s.log[i]; c.to >= 0 {
			s.take(c.item)
		} else {
			s.put(c.item, c.from)
		}
		s.log = s.log[:i]
	}
}

// cheapest returns the item that is worth least where it stands, -1 of none.
func (s *state) cheapest(items []int) int {
	best, least := -1, 0
	for _, i := range items {
		if s.held[i] {
			continue
		}
		v := s.worth[i]
		if best < 0 || v < least || v == least && i > best {
			best, least = i, v
		}
	}
	return best
}

func (s *state) plan() Plan {
	p := Plan{Value: s.value}
	for i, slot := range s.slot {
		if slot < 0 {
			p.Left = append(p.Left, i)
		} else {
			p.Placements = append(p.Placements, Placement{i, slot})
		}
	}
	slices.SortFunc(p.Placements, func(a, b Placement) int { return s.inst.order(a, b) })
	return p
}

// order is that of the list of a plan: instant, platform, item.
func (inst *Instance) order(a, b Placement) int {
	x, y := inst.Slots[a.Slot], inst.Slots[b.Slot]
	return cmp.Or(x.At-y.At, x.Platform-y.Platform, a.Item-b.Item)
}

// placed returns the state of a plan that keeps the rules.
func (v *survey) placed(slots []int) *state {
	s := v.state()
	for item, slot := range slots {
		if slot >= 0 {
			s.put(item, slot)
		}
	}
	return s
}

// stateOf is the state of a plan that keeps the rules.
func stateOf(inst *Instance, plan Plan) *state {
	s := newSurvey(inst).state()
	for _, p := range plan.Placements {
		s.put(p.Item, p.Slot)
	}
	return s
}
