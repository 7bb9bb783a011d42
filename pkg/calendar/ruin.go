package calendar

import "math/rand/v2"

// ruiner takes a few placements that belong together out of a plan, so that
// something better can be built in their place.
type ruiner struct {
	*survey
	rng *rand.Rand
	// By person, the team last: the items that they have work with.
	works [][]int
	// editions are the slots that take several posts.
	editions []int
}

func newRuiner(v *survey, rng *rand.Rand) *ruiner {
	inst := v.inst
	r := &ruiner{survey: v, rng: rng, works: make([][]int, len(inst.People)+1)}
	for i, it := range inst.Items {
		seen := map[int]bool{}
		for _, need := range [2][]Minutes{it.Need, inst.Posts[it.Post].Need} {
			for _, m := range need {
				who := m.Person
				if who < 0 {
					who = len(inst.People)
				}
				if !seen[who] {
					seen[who] = true
					r.works[who] = append(r.works[who], i)
				}
			}
		}
	}
	for t, s := range inst.Slots {
		if s.Max > 1 {
			r.editions = append(r.editions, t)
		}
	}
	return r
}

// maxRuined is how many placements are taken out together at most.
const maxRuined = 8

// ruin takes some placements out of a plan, by one of several ways.
func (r *ruiner) ruin(s *state) {
	if len(r.inst.Items) == 0 || len(r.inst.Slots) == 0 {
		return
	}
	switch n := r.rng.IntN(100); {
	case n < 35:
		r.wish(s)
	case n < 60:
		r.stretch(s)
	case n < 75:
		r.kin(s)
	case n < 87:
		r.work(s)
	case n < 95:
		r.two(s)
	default:
		r.edition(s)
	}
}

// any returns some item.
func (r *ruiner) any() int { return r.rng.IntN(len(r.inst.Items)) }

// take takes an item out, unless it has no place or must keep it.
func (r *ruiner) take(s *state, item int) {
	if s.slot[item] >= 0 && !s.held[item] {
		s.take(item)
	}
}

// stretch empties some slots of a platform that follow each other.
func (r *ruiner) stretch(s *state) {
	first := r.rng.IntN(len(r.inst.Slots))
	p := r.inst.Platforms[r.inst.Slots[first].Platform]
	n := 2 + r.rng.IntN(maxRuined-1)
	for t := first; t < p.SlotHi && n > 0; t++ {
		for k := len(s.inn[t]) - 1; k >= 0 && n > 0; k-- {
			r.take(s, s.inn[t][k])
			n--
		}
	}
}

// kin takes out an item with all that belongs to its post, what follows it and
// what it follows.
func (r *ruiner) kin(s *state) {
	item := r.any()
	for _, other := range s.items[r.inst.Items[item].Post] {
		r.take(s, other)
		for _, row := range s.follows[other] {
			if leader := r.inst.After[row].Leader; leader >= 0 {
				r.take(s, leader)
			}
		}
		for _, row := range s.leads[other] {
			if follower := r.inst.After[row].Item; follower >= 0 {
				r.take(s, follower)
			}
		}
	}
}

// work takes out some of what one person has work with.
func (r *ruiner) work(s *state) {
	list := r.works[r.rng.IntN(len(r.works))]
	if len(list) == 0 {
		r.stretch(s)
		return
	}
	for range 2 + r.rng.IntN(4) {
		r.take(s, list[r.rng.IntN(len(list))])
	}
}

// two takes out two placements of a platform, so that they can change places.
func (r *ruiner) two(s *state) {
	item := r.any()
	p := r.inst.Platforms[r.inst.Items[item].Platform]
	r.take(s, item)
	for range 1 + r.rng.IntN(3) {
		if p.SlotHi > p.SlotLo {
			if in := s.inn[p.SlotLo+r.rng.IntN(p.SlotHi-p.SlotLo)]; len(in) > 0 {
				r.take(s, in[r.rng.IntN(len(in))])
			}
		}
	}
}

// edition empties an edition, and some of another.
func (r *ruiner) edition(s *state) {
	if len(r.editions) == 0 {
		r.stretch(s)
		return
	}
	t := r.editions[r.rng.IntN(len(r.editions))]
	for k := len(s.inn[t]) - 1; k >= 0; k-- {
		r.take(s, s.inn[t][k])
	}
	t = r.editions[r.rng.IntN(len(r.editions))]
	for k := len(s.inn[t]) - 1; k >= 0; k-- {
		if r.rng.IntN(2) == 0 {
			r.take(s, s.inn[t][k])
		}
	}
}

// wish makes room for an item in one of the slots that are open to it, rather
// an early one, and puts it there.
func (r *ruiner) wish(s *state) {
	item := r.any()
	for n := 0; s.slot[item] >= 0 && n < 6; n++ {
		item = r.any() // rather one that is left out
	}
	it := &r.inst.Items[item]
	n := it.SlotHi - it.SlotLo
	if n == 0 || s.held[item] {
		return
	}
	u := r.rng.IntN(n)
	r.force(s, item, it.SlotLo+min(u, r.rng.IntN(n)), 8)
}

// force puts an item into a slot and takes out what stands in its way, a few
// at most; what it follows is brought before it, that many links up.
func (r *ruiner) force(s *state, item, slot, links int) {
	if s.slot[item] == slot {
		return
	}
	r.take(s, item)
	for range maxRuined {
		b := s.fits(item, slot)
		if b.Rule == "" {
			s.put(item, slot)
			return
		}
		if b.Rule == RuleLeader {
			if b.Item < 0 || links == 0 || s.held[b.Item] || !r.lead(s, b.Item, item, slot, links) {
				return
			}
			continue
		}
		victim := r.victim(s, b, item, slot)
		if victim < 0 || s.slot[victim] < 0 || s.held[victim] {
			return
		}
		s.take(victim)
	}
}

// lead brings a leader into a slot early enough for one that follows it.
func (r *ruiner) lead(s *state, leader, item, slot, links int) bool {
	at := r.inst.Slots[slot].At
	for _, row := range s.follows[item] {
		a := &r.inst.After[row]
		if a.Leader != leader {
			continue
		}
		it := &r.inst.Items[leader]
		last := it.SlotLo
		for last < it.SlotHi && r.inst.release(a, last) <= at {
			last++
		}
		if last == it.SlotLo {
			return false
		}
		r.take(s, leader)
		if t := (finder{partial: true, pass: r.blink}).best(s, leader); t >= 0 && t < last {
			s.put(leader, t)
			return true
		}
		r.force(s, leader, last-1-min(r.rng.IntN(last-it.SlotLo), r.rng.IntN(last-it.SlotLo)), links-1)
		return s.slot[leader] >= 0
	}
	return false
}

// victim chooses which placement has to go for an item to fit into a slot, -1
// where none does.
func (r *ruiner) victim(s *state, b Block, item, slot int) int {
	switch b.Rule {
	case RuleFull:
		return r.one(s.inn[slot])
	case RuleCap:
		return r.one(s.alone(b.Row))
	case RuleMix:
		return r.one(s.mixed(&r.inst.Mixes[b.Row], !b.Below))
	case RuleCapacity:
		return r.worker(s, r.inst.Capacity[b.Row], item)
	}
	return b.Item
}

// blink passes over a slot now and then.
func (r *ruiner) blink() bool { return r.rng.Uint32()&31 == 0 }

func (r *ruiner) one(list []int) int {
	if len(list) == 0 {
		return -1
	}
	return list[r.rng.IntN(len(list))]
}

// worker returns a placed item, but for one, that a row of Capacity counts.
func (r *ruiner) worker(s *state, c CapacityRow, but int) int {
	who := c.Person
	for range 24 {
		if c.Person < 0 {
			who = r.rng.IntN(len(r.works))
		}
		item := r.one(r.works[who])
		if item >= 0 && item != but && s.slot[item] >= 0 && !s.held[item] && r.inst.Slots[s.slot[item]].DueWeek <= c.Week {
			return item
		}
	}
	return -1
}
