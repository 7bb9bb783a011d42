package calendar

import (
	"cmp"
	"slices"
)

// Rule names what keeps an item out of a slot.
type Rule string

const (
	RuleClosed   Rule = "closed"   // not admissible: see the item's limits
	RuleFull     Rule = "full"     // the slot or the edition is taken
	RuleCap      Rule = "cap"      // the platform's day or week is full
	RuleGap      Rule = "gap"      // too near another placement
	RuleSpread   Rule = "spread"   // too near another one of its pillar
	RuleLeader   Rule = "leader"   // its leader has no place before it
	RuleMix      Rule = "mix"      // the mix of the four weeks
	RuleCapacity Rule = "capacity" // hours that nobody has
	RuleEdition  Rule = "edition"  // the edition would be too small
)

// state is a plan in the making.
type state struct {
	inst  *Instance
	slot  []int   // of each item, or -1
	inn   [][]int // items in each slot
	after [][]int // rows of After by follower
}

func newState(inst *Instance) *state {
	s := &state{inst: inst, slot: make([]int, len(inst.Items)), inn: make([][]int, len(inst.Slots)), after: make([][]int, len(inst.Items))}
	for i := range s.slot {
		s.slot[i] = -1
	}
	for i, a := range inst.After {
		s.after[a.Item] = append(s.after[a.Item], i)
	}
	return s
}

// Make plans by a greedy construction: the pair worth most first, again and
// again until nothing more fits, since a placement can let another in (a
// leader its followers, a conversation the next promotion). Editions that stay
// below their minimum are emptied, with what hangs on them. No rule is ever
// broken: every step is checked against all of them.
func Make(inst Instance) Plan {
	s := newState(&inst)
	type pair struct{ item, slot, value int }
	var pairs []pair
	for i := range inst.Items {
		for t := inst.Items[i].SlotLo; t < inst.Items[i].SlotHi; t++ {
			if inst.Admissible(i, t) {
				pairs = append(pairs, pair{i, t, inst.Value(i, t)})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(b.value-a.value, inst.Slots[a.slot].At-inst.Slots[b.slot].At, a.slot-b.slot, a.item-b.item)
	})
	for placed := true; placed; {
		placed = false
		for _, p := range pairs {
			if s.slot[p.item] < 0 && s.closes(p.item, p.slot) == "" {
				s.put(p.item, p.slot)
				placed = true
			}
		}
	}
	s.prune()
	return s.plan()
}

func (s *state) put(item, slot int) {
	s.slot[item] = slot
	s.inn[slot] = append(s.inn[slot], item)
}

func (s *state) take(item int) {
	slot := s.slot[item]
	s.inn[slot] = slices.DeleteFunc(s.inn[slot], func(i int) bool { return i == item })
	s.slot[item] = -1
}

// prune empties editions that are too small, and takes out followers whose
// leader went and what then breaks a mix, until every rule holds.
func (s *state) prune() {
	for again := true; again; {
		again = false
		for t := range s.inst.Slots {
			slot := s.inst.Slots[t]
			if n := len(s.inn[t]); n > 0 && slot.Fixed == 0 && n < slot.Min {
				for _, item := range slices.Clone(s.inn[t]) {
					s.take(item)
				}
				again = true
			}
		}
		for i := range s.inst.Items {
			if slot := s.slot[i]; slot >= 0 {
				s.take(i)
				if s.closes(i, slot) != "" {
					again = true
				} else {
					s.put(i, slot)
				}
			}
		}
	}
}

func (s *state) plan() Plan {
	var p Plan
	for i, slot := range s.slot {
		if slot < 0 {
			p.Left = append(p.Left, i)
			continue
		}
		p.Placements = append(p.Placements, Placement{i, slot})
		p.Value += s.inst.Value(i, slot)
	}
	slices.SortFunc(p.Placements, func(a, b Placement) int {
		x, y := s.inst.Slots[a.Slot], s.inst.Slots[b.Slot]
		return cmp.Or(x.At-y.At, x.Platform-y.Platform, a.Item-b.Item)
	})
	return p
}

// closes returns the first rule that keeps an item, which has no place, out of
// a slot; "" means that it fits.
func (s *state) closes(item, slot int) Rule {
	t := s.inst.Slots[slot]
	switch {
	case !s.inst.Admissible(item, slot):
		return RuleClosed
	case t.Fixed+len(s.inn[slot]) >= max(t.Max, t.Fixed):
		return RuleFull
	case !s.leads(item, t.At):
		return RuleLeader
	case s.crowded(slot):
		return RuleCap
	case s.near(item, slot, s.inst.Platforms[t.Platform].Gap, false):
		return RuleGap
	case s.inst.Items[item].Pillar != "" && s.near(item, slot, s.inst.Platforms[t.Platform].Spread, true):
		return RuleSpread
	case s.mixes(item, slot):
		return RuleMix
	case s.overloads(item, slot):
		return RuleCapacity
	}
	return ""
}

// leads reports whether all leaders of an item stand early enough.
func (s *state) leads(item, at int) bool {
	for _, row := range s.after[item] {
		a := s.inst.After[row]
		slot := s.slot[a.Leader]
		lag := s.inst.Lags[a.Lag]
		if slot < 0 || lag.Release[slot-s.inst.Platforms[lag.Platform].SlotLo] > at {
			return false
		}
	}
	return true
}

func (s *state) used(slot int) bool { return s.inst.Slots[slot].Fixed > 0 || len(s.inn[slot]) > 0 }

// crowded reports whether using a new slot breaks a cap.
func (s *state) crowded(slot int) bool {
	if s.used(slot) {
		return false
	}
	t := s.inst.Slots[slot]
	for _, c := range s.inst.Caps {
		if c.Platform != t.Platform || c.Day != t.Day && c.Week != t.Week {
			continue
		}
		n := 1
		p := s.inst.Platforms[t.Platform]
		for o := p.SlotLo; o < p.SlotHi; o++ {
			if s.used(o) && (s.inst.Slots[o].Day == c.Day || s.inst.Slots[o].Week == c.Week) {
				n++
			}
		}
		if n > max(c.Limit, c.Used) {
			return true
		}
	}
	return false
}

// near reports whether a used slot lies closer than the distance: any, or one
// that holds the item's pillar.
func (s *state) near(item, slot, distance int, pillar bool) bool {
	t := s.inst.Slots[slot]
	if distance == 0 || !pillar && s.used(slot) {
		return false
	}
	want := s.inst.Items[item].Pillar
	for _, f := range s.inst.Fixed {
		if f.Platform == t.Platform && f.At != t.At && apart(f.At, t.At) < distance && (!pillar || f.Pillar == want) {
			return true
		}
	}
	p := s.inst.Platforms[t.Platform]
	for o := p.SlotLo; o < p.SlotHi; o++ {
		if o == slot || apart(s.inst.Slots[o].At, t.At) >= distance {
			continue
		}
		for _, other := range s.inn[o] {
			if !pillar || s.inst.Items[other].Pillar == want {
				return true
			}
		}
	}
	return false
}

func apart(a, b int) int { return max(a-b, b-a) }

// mixes reports whether the item in the slot breaks a mix of its block.
func (s *state) mixes(item, slot int) bool {
	t := s.inst.Slots[slot]
	it := s.inst.Items[item]
	for _, m := range s.inst.Mixes {
		if m.Platform != t.Platform || m.Block != t.Block {
			continue
		}
		n, c := m.N+1, m.C
		if m.matches(it.Intent, it.Pillar) {
			c++
		}
		for i, at := range s.slot {
			if at >= 0 && s.inst.Slots[at].Platform == m.Platform && s.inst.Slots[at].Block == m.Block {
				n++
				if m.matches(s.inst.Items[i].Intent, s.inst.Items[i].Pillar) {
					c++
				}
			}
		}
		if 1000*c > m.Max*n+max(999, 1000*m.C-m.Max*m.N) || 1000*c < m.Min*n-max(999, m.Min*m.N-1000*m.C) {
			return true
		}
	}
	return false
}

// overloads reports whether the item's work, with all that is placed, is more
// than there is time for.
func (s *state) overloads(item, slot int) bool {
	if len(s.inst.Items[item].Need) == 0 && len(s.inst.Posts[s.inst.Items[item].Post].Need) == 0 {
		return false
	}
	s.put(item, slot)
	defer s.take(item)
	for _, row := range s.inst.Capacity {
		if row.Week >= s.inst.Slots[slot].DueWeek && s.taken(row.Person, row.Week) > max(row.Avail, row.Taken) {
			return true
		}
	}
	return false
}

// taken is the minutes that a person owes by the end of a week; -1 is the
// team.
func (s *state) taken(who, week int) int {
	total := 0
	sum := func(need []Minutes) {
		for _, m := range need {
			if who == -1 || m.Person == who {
				total += m.Minutes
			}
		}
	}
	begun := make([]bool, len(s.inst.Posts))
	for _, f := range s.inst.Fixed {
		if f.Done || f.DueWeek > week {
			continue
		}
		sum(f.Owes)
		if f.Post >= 0 && !begun[f.Post] {
			begun[f.Post] = true
			sum(s.inst.Posts[f.Post].Need)
		}
	}
	for i, slot := range s.slot {
		if slot < 0 || s.inst.Slots[slot].DueWeek > week {
			continue
		}
		sum(s.inst.Items[i].Need)
		if p := s.inst.Items[i].Post; !begun[p] {
			begun[p] = true
			sum(s.inst.Posts[p].Need)
		}
	}
	return total
}
