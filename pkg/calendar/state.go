package calendar

import (
	"cmp"
	"slices"
	"sort"
)

// survey is what every state of one Instance shares: where to look up the
// rules of a slot or an item.
type survey struct {
	inst *Instance
	// By platform: the fixed placements, by instant.
	fixed [][]int
	// By item: those of its platform and pillar.
	alike [][]int
	// By item: rows of After in which it follows, and in which it leads.
	follows, leads [][]int
	// By slot: rows of Caps and of Mixes.
	caps, mixes [][]int
	// By post: its items, and the week from which fixed placements make it owe.
	items [][]int
	begun []int
	// limit is the most work that is allowed; nil: nothing limits it.
	limit *work
	// high and low are the slack of each row of Mixes.
	high, low []int
	// By item: it stays where it is, as if it were fixed.
	held []bool
}

func newSurvey(inst *Instance) *survey {
	v := &survey{
		inst: inst, fixed: make([][]int, len(inst.Platforms)), alike: make([][]int, len(inst.Items)),
		follows: make([][]int, len(inst.Items)), leads: make([][]int, len(inst.Items)),
		held: make([]bool, len(inst.Items)), caps: make([][]int, len(inst.Slots)), mixes: make([][]int, len(inst.Slots)),
		items: make([][]int, len(inst.Posts)), begun: inst.begun(),
	}
	type family struct {
		platform int
		pillar   string
	}
	alike := map[family][]int{}
	for i, f := range inst.Fixed {
		v.fixed[f.Platform] = append(v.fixed[f.Platform], i)
		alike[family{f.Platform, f.Pillar}] = append(alike[family{f.Platform, f.Pillar}], i)
	}
	for i, it := range inst.Items {
		v.items[it.Post] = append(v.items[it.Post], i)
		if it.Pillar != "" {
			v.alike[i] = alike[family{it.Platform, it.Pillar}]
		}
	}
	for row, a := range inst.After {
		if a.Item >= 0 {
			v.follows[a.Item] = append(v.follows[a.Item], row)
		}
		if a.Leader >= 0 {
			v.leads[a.Leader] = append(v.leads[a.Leader], row)
		}
	}
	v.rows()
	return v
}

// rows ties slots to the rows that count them, and sets the slacks.
func (v *survey) rows() {
	inst := v.inst
	caps, mixes := map[[3]int][]int{}, map[[2]int][]int{}
	for row, c := range inst.Caps {
		caps[[3]int{c.Platform, c.Day, c.Week}] = append(caps[[3]int{c.Platform, c.Day, c.Week}], row)
	}
	for row, m := range inst.Mixes {
		mixes[[2]int{m.Platform, m.Block}] = append(mixes[[2]int{m.Platform, m.Block}], row)
		v.high = append(v.high, max(999, 1000*m.C-m.Max*m.N))
		v.low = append(v.low, max(999, m.Min*m.N-1000*m.C))
	}
	for t, s := range inst.Slots {
		v.caps[t] = slices.Concat(caps[[3]int{s.Platform, s.Day, -1}], caps[[3]int{s.Platform, -1, s.Week}])
		v.mixes[t] = mixes[[2]int{s.Platform, s.Block}]
	}
	if len(inst.Capacity) > 0 {
		limit := newWork(len(inst.People), inst.Weeks)
		for _, c := range inst.Capacity {
			limit.minutes[(c.Person+1)*inst.Weeks+c.Week] = max(c.Avail, c.Taken)
		}
		v.limit = &limit
	}
}

// state is a plan in the making. All counters are kept up to date by put and
// take.
type state struct {
	*survey
	slot []int   // of each item, or -1
	inn  [][]int // free items in each slot
	// used counts, by row of Caps, the slots that free items alone use.
	used []int
	// n and c are the placements of each row of Mixes, and those that match.
	n, c []int
	// owes is, by post, the week from which it owes its own work.
	owes  []int
	load  work
	value int
	// log is what changed, so that it can be taken back.
	log []change
	// steps is how often the rules may still be asked.
	steps int
}

// change is an item that went from one slot to another, or -1.
type change struct{ item, from, to int }

func (v *survey) state() *state {
	inst := v.inst
	s := &state{
		survey: v, slot: make([]int, len(inst.Items)), inn: make([][]int, len(inst.Slots)), used: make([]int, len(inst.Caps)),
		n: make([]int, len(inst.Mixes)), c: make([]int, len(inst.Mixes)), owes: slices.Clone(v.begun), load: inst.fixedLoad(),
	}
	for i := range s.slot {
		s.slot[i] = -1
	}
	for i, m := range inst.Mixes {
		s.n[i], s.c[i] = m.N, m.C
	}
	return s
}

// put places an item that has no place.
func (s *state) put(item, slot int) {
	it, t := &s.inst.Items[item], &s.inst.Slots[slot]
	if t.Fixed == 0 && len(s.inn[slot]) == 0 {
		for _, row := range s.caps[slot] {
			s.used[row]++
		}
	}
	for _, row := range s.mixes[slot] {
		s.n[row]++
		if s.inst.Mixes[row].matches(it.Intent, it.Pillar) {
			s.c[row]++
		}
	}
	s.charge(item, t.DueWeek)
	s.slot[item] = slot
	s.inn[slot] = append(s.inn[slot], item)
	s.value += s.inst.Value(item, slot)
	s.log = append(s.log, change{item, -1, slot})
}

// take takes an item out of its place.
func (s *state) take(item int) {
	slot := s.slot[item]
	it, t := &s.inst.Items[item], &s.inst.Slots[slot]
	s.slot[item] = -1
	s.inn[slot] = slices.DeleteFunc(s.inn[slot], func(i int) bool { return i == item })
	if t.Fixed == 0 && len(s.inn[slot]) == 0 {
		for _, row := range s.caps[slot] {
			s.used[row]--
		}
	}
	for _, row := range s.mixes[slot] {
		s.n[row]--
		if s.inst.Mixes[row].matches(it.Intent, it.Pillar) {
			s.c[row]--
		}
	}
	s.discharge(item, t.DueWeek)
	s.value -= s.inst.Value(item, slot)
	s.log = append(s.log, change{item, slot, -1})
}

// charge adds the work of an item that is due in a week: its own, and that of
// its post from there on to where others made it due already.
func (s *state) charge(item, due int) {
	it := &s.inst.Items[item]
	s.load.add(it.Need, 1, due, s.inst.Weeks)
	if due < s.owes[it.Post] {
		s.load.add(s.inst.Posts[it.Post].Need, 1, due, s.owes[it.Post])
		s.owes[it.Post] = due
	}
}

// discharge takes charge back; the item has no place any more.
func (s *state) discharge(item, due int) {
	it := &s.inst.Items[item]
	s.load.add(it.Need, -1, due, s.inst.Weeks)
	if due > s.owes[it.Post] {
		return
	}
	next := s.begun[it.Post]
	for _, other := range s.items[it.Post] {
		if t := s.slot[other]; t >= 0 {
			next = min(next, s.inst.Slots[t].DueWeek)
		}
	}
	s.load.add(s.inst.Posts[it.Post].Need, -1, s.owes[it.Post], next)
	s.owes[it.Post] = next
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

// fixedNear returns the first fixed placement of a list (by instant) that lies
// closer to a minute than the distance, and not at it; -1 if there is none.
func (v *survey) fixedNear(list []int, at, distance int) int {
	i := sort.Search(len(list), func(i int) bool { return v.inst.Fixed[list[i]].At > at-distance })
	for ; i < len(list) && v.inst.Fixed[list[i]].At < at+distance; i++ {
		if v.inst.Fixed[list[i]].At != at {
			return list[i]
		}
	}
	return -1
}

// fixedIn returns a fixed placement in a slot, -1 if there is none.
func (v *survey) fixedIn(list []int, slot int) int {
	at := v.inst.Slots[slot].At
	i := sort.Search(len(list), func(i int) bool { return v.inst.Fixed[list[i]].At >= at })
	if i < len(list) && v.inst.Fixed[list[i]].At == at {
		return list[i]
	}
	return -1
}

// cheapest returns the item that is worth least where it stands, -1 of none.
func (s *state) cheapest(items []int) int {
	free := slices.DeleteFunc(slices.Clone(items), func(i int) bool { return s.held[i] })
	return slices.MinFunc(append(free, -1), func(a, b int) int {
		if a < 0 || b < 0 {
			return b - a // -1 only if there is nothing else
		}
		return cmp.Or(s.inst.Value(a, s.slot[a])-s.inst.Value(b, s.slot[b]), b-a)
	})
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

// stateOf is the state of a plan that keeps the rules.
func stateOf(inst *Instance, plan Plan) *state {
	s := newSurvey(inst).state()
	for _, p := range plan.Placements {
		s.put(p.Item, p.Slot)
	}
	return s
}
