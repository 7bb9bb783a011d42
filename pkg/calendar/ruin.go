package calendar

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// ruiner takes a few placements that belong together out of a plan, so that
// something better can be built in their place.
type ruiner struct {
	*survey
	rng *rand.Rand
	// By person, the team last: the items that they have work with.
	works [][]int
	// editions are the slots that take several posts.
	editions []int
	// family says, by item, in which order families taken out together are to
	// come back, from 1; 0 where an item is of none of them. members are those
	// that are of one.
	family  []int
	members []int
	// entire says that families take all of a post.
	entire bool
	// home is, by item, the slot that it was taken from to be put back, or -1.
	home []int
}

func newRuiner(v *survey, rng *rand.Rand) *ruiner {
	inst := v.inst
	r := &ruiner{
		survey: v, rng: rng, works: make([][]int, len(inst.People)+1),
		family: make([]int, len(inst.Items)), home: nothing(len(inst.Items)),
	}
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
const maxRuined = 12

// ruin takes some placements out of a plan, by one of several ways.
func (r *ruiner) ruin(s *state) {
	for _, item := range r.members {
		r.family[item] = 0
	}
	r.members = r.members[:0]
	switch n := r.rng.IntN(100); {
	case n < 20 && len(r.editions) > 0:
		r.edition(s)
	case n < 40:
		r.families(s)
	case n < 45 && len(r.inst.Mixes) > 0:
		r.share(s)
	case n < 63:
		r.wish(s)
	case n < 77:
		r.stretch(s)
	case n < 85:
		r.kin(s)
	case n < 92:
		r.work(s)
	case n < 96:
		r.exchange(s)
	default:
		r.two(s)
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

// families takes out a few placements of a platform, with all that follows
// them near and far, to come back one family after the other: so leaders
// change places, or move up, and what follows them goes along. Every other time
// all that belongs to the same posts comes out with them.
func (r *ruiner) families(s *state) {
	n := 2 + r.rng.IntN(3)
	order := r.rng.Perm(n)
	first := s.slot[r.any()]
	if first < 0 {
		first = r.rng.IntN(len(r.inst.Slots))
	}
	p := r.inst.Platforms[r.inst.Slots[first].Platform]
	near := r.rng.IntN(2) == 0
	r.entire = r.rng.IntN(2) == 0
	for t, tries := first, 0; t < p.SlotHi && n > 0 && tries < 40; tries++ {
		if item := r.one(s.inn[t]); item >= 0 && !s.held[item] && r.family[item] == 0 {
			n--
			r.out(s, item, order[n]+1)
		}
		if t++; !near {
			t = p.SlotLo + r.rng.IntN(p.SlotHi-p.SlotLo)
		}
	}
}

// out takes out an item of a family with all that follows it, and its post's
// others where families are entire.
func (r *ruiner) out(s *state, item, family int) {
	if r.family[item] > 0 || len(r.members) >= maxFamilies {
		return
	}
	r.family[item] = family
	r.members = append(r.members, item)
	r.take(s, item)
	for _, row := range s.leads[item] {
		if follower := r.inst.After[row].Item; follower >= 0 {
			r.out(s, follower, family)
		}
	}
	if r.entire {
		for _, other := range s.items[r.inst.Items[item].Post] {
			r.out(s, other, family)
		}
	}
}

// maxFamilies is how many items families have together at most.
const maxFamilies = 60

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

// exchange lets two posts change places on every platform that has both.
func (r *ruiner) exchange(s *state) {
	item := r.any()
	if s.slot[item] < 0 {
		return
	}
	p := r.inst.Platforms[r.inst.Items[item].Platform]
	other := r.one(s.inn[p.SlotLo+r.rng.IntN(p.SlotHi-p.SlotLo)])
	if other < 0 || r.inst.Items[other].Post == r.inst.Items[item].Post {
		return
	}
	var moves []Placement
	move := func(from, to int) {
		for _, i := range s.items[r.inst.Items[from].Post] {
			for _, j := range s.items[r.inst.Items[to].Post] {
				a, b := &r.inst.Items[i].Key, &r.inst.Items[j].Key
				if s.slot[i] >= 0 && s.slot[j] >= 0 && a.Platform == b.Platform && a.Occurrence == b.Occurrence && !s.held[i] && !s.held[j] {
					moves = append(moves, Placement{i, s.slot[j]})
				}
			}
		}
	}
	move(item, other)
	move(other, item)
	for _, m := range moves {
		s.take(m.Item)
	}
	slices.SortStableFunc(moves, func(a, b Placement) int { return s.depth[a.Item] - s.depth[b.Item] })
	for _, m := range moves {
		if s.fits(m.Item, m.Slot).Rule == "" {
			s.put(m.Item, m.Slot)
		}
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

// edition makes an edition anew: it is emptied with some of another, moved
// into another, or filled by what comes from elsewhere.
func (r *ruiner) edition(s *state) {
	t := r.editions[r.rng.IntN(len(r.editions))]
	p := r.inst.Platforms[r.inst.Slots[t].Platform]
	other := p.SlotLo + min(r.rng.IntN(p.SlotHi-p.SlotLo), r.rng.IntN(p.SlotHi-p.SlotLo))
	switch r.rng.IntN(5) {
	case 0:
		r.empty(s, t, 1)
		r.empty(s, other, 2)
	case 1:
		here, there := slices.Clone(s.inn[t]), slices.Clone(s.inn[other])
		if t != other {
			r.empty(s, t, 1)
			r.empty(s, other, 1)
			r.gather(s, other, here)
			r.gather(s, t, there)
		}
	case 2:
		moved := slices.Clone(s.inn[t])
		r.empty(s, t, 1)
		r.gather(s, other, moved)
	default:
		r.gather(s, other, r.candidates(s, other))
	}
}

// share takes out half of what a block of a mix has.
func (r *ruiner) share(s *state) {
	block := r.block[r.rng.IntN(len(r.block))]
	for t, n := block.lo, 0; t < block.hi && n < 2*maxRuined; t++ {
		n += len(s.inn[t])
		r.empty(s, t, 2)
	}
}

// empty takes out one in so many of what is in a slot.
func (r *ruiner) empty(s *state, slot, in int) {
	for k := len(s.inn[slot]) - 1; k >= 0; k-- {
		if r.rng.IntN(in) == 0 {
			r.take(s, s.inn[slot][k])
		}
	}
}

// candidates lists items that might fill an edition: those that are left out,
// and some that stand elsewhere.
func (r *ruiner) candidates(s *state, slot int) []int {
	var list []int
	t := &r.inst.Slots[slot]
	open := func(item int) bool {
		return s.lo[item] <= slot && slot < r.inst.Items[item].SlotHi && s.slot[item] != slot && !s.held[item]
	}
	for priority := 4; priority >= 0; priority-- {
		for _, item := range s.left[5*t.Platform+priority] {
			if open(item) && len(list) < 2*t.Max {
				list = append(list, item)
			}
		}
	}
	// Of those that stand elsewhere rather such as lose little.
	p, out := r.inst.Platforms[t.Platform], len(list)
	for range 6 * t.Max {
		if item := r.one(s.inn[p.SlotLo+r.rng.IntN(p.SlotHi-p.SlotLo)]); item >= 0 && open(item) && !slices.Contains(list[out:], item) {
			list = append(list, item)
		}
	}
	r.rng.Shuffle(out, func(i, j int) { list[i], list[j] = list[j], list[i] })
	if r.rng.IntN(2) == 0 {
		loss := func(item int) int { return s.worth[item] - r.inst.Value(item, slot) }
		slices.SortFunc(list[out:], func(a, b int) int { return cmp.Or(loss(a)-loss(b), a-b) })
	}
	return list
}

// gather puts items of a list into a slot: as many as it needs, or as fit.
func (r *ruiner) gather(s *state, slot int, list []int) {
	enough := r.inst.Slots[slot].Max
	if r.rng.IntN(2) == 0 {
		enough = r.inst.Slots[slot].Min
	}
	for range 2 {
		for _, item := range list {
			if s.slot[item] == slot || s.held[item] {
				continue
			}
			if r.inst.Slots[slot].Fixed+len(s.inn[slot]) >= enough {
				return
			}
			was := s.slot[item]
			r.take(s, item)
			if s.fits(item, slot).Rule == "" {
				s.put(item, slot)
			} else if was >= 0 {
				s.put(item, was)
			}
		}
	}
}

// wish makes room for an item in one of the slots that are open to it, rather
// an early one, and puts it there.
func (r *ruiner) wish(s *state) {
	item := r.any()
	for range 6 { // rather one that is left out, and of those one that matters
		if other := r.any(); s.slot[other] < 0 && (s.slot[item] >= 0 || r.inst.Items[other].Priority > r.inst.Items[item].Priority) {
			item = other
		}
	}
	lo := s.lo[item]
	n := r.inst.Items[item].SlotHi - lo
	if n <= 0 || s.held[item] {
		return
	}
	slot := lo + min(r.rng.IntN(n), r.rng.IntN(n))
	r.force(s, item, slot, 8)
	if s.slot[item] == slot && r.inst.Slots[slot].Min > len(s.inn[slot])+r.inst.Slots[slot].Fixed {
		r.gather(s, slot, r.candidates(s, slot))
	}
	if r.rng.IntN(2) == 0 {
		r.follow(s, item, 4)
	}
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

// follow puts what follows an item into slots soon after it, that many links
// down.
func (r *ruiner) follow(s *state, item, links int) {
	for _, row := range s.leads[item] {
		a := &r.inst.After[row]
		if a.Item < 0 || s.slot[item] < 0 || s.slot[a.Item] >= 0 || links == 0 {
			continue
		}
		it := &r.inst.Items[a.Item]
		lo := max(s.lo[a.Item], s.slotFrom(it.Platform, r.inst.release(a, s.slot[item])))
		if n := it.SlotHi - lo; n > 0 {
			r.force(s, a.Item, lo+min(r.rng.IntN(n), r.rng.IntN(n), r.rng.IntN(n)), 1)
			r.follow(s, a.Item, links-1)
		}
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
		lo := s.lo[leader]
		last := lo
		for last < r.inst.Items[leader].SlotHi && r.inst.release(a, last) <= at {
			last++
		}
		if last == lo {
			return false
		}
		r.take(s, leader)
		if t := (finder{partial: true, pass: r.blink}).best(s, leader); t >= 0 && t < last {
			s.put(leader, t)
			return true
		}
		r.force(s, leader, last-1-min(r.rng.IntN(last-lo), r.rng.IntN(last-lo)), links-1)
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
		return r.one(s.mixed(b.Row, !b.Below))
	case RuleCapacity:
		return r.worker(s, r.inst.Capacity[b.Row], item)
	}
	return b.Item
}

// blink passes over one slot in sixteen, and over the one that an item was just
// taken from five times in sixteen: what comes back is to be another plan.
func (r *ruiner) blink(item, slot int) bool {
	often := uint32(1)
	if r.home[item] == slot {
		often = 5
	}
	return r.rng.Uint32()&15 < often
}

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
