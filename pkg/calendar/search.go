package calendar

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// search betters a plan by ruin and recreate (Schrimpf et al. 2000; the blinks
// are those of Christiaens and Vanden Berghe 2020): a few placements that
// belong together are taken out, and these and some of what is left out are
// put back, each where it is worth most. What is worse is kept for a while,
// the less the longer the search goes on. It ends after so many steps: the
// plan does not depend on the machine.
type search struct {
	*ruiner
	// urgent ranks items by urgency, thrifty by what a minute of their work
	// earns.
	urgent, thrifty ranking
	// list are the items of one turn, turn its number, seen says by item in
	// which turn it came into the list.
	list []int
	turn int
	seen []int
	// keys are what a list is sorted by.
	keys []uint64
}

func newSearch(v *survey) *search {
	rng := rand.New(rand.NewPCG(1, 13))
	return &search{
		ruiner: newRuiner(v, rng), urgent: ranked(v.urgency()), thrifty: ranked(v.thrift()), seen: make([]int, len(v.inst.Items)),
	}
}

// run betters a plan for so many steps, and returns the best that it found.
func (x *search) run(s *state, steps int) []int {
	best, value := slices.Clone(s.slot), s.value
	heat := s.mean() * min(hottest, steps/max(64*len(s.slot), 1)) / 1000
	s.steps = steps
	s.log = s.log[:0]
	for most := x.most(); s.steps > 0 && value < most; {
		left := 1000 * s.steps / steps
		was := s.value
		s.steps -= stepsOfTurn
		x.ruin(s)
		if !x.recreate(s) || s.value < was-heat*left/1000*left/1000*x.exponential()/1000 {
			s.back(0)
			continue
		}
		s.log = s.log[:0]
		if s.value > value || s.value == value && s.earlier(best) {
			copy(best, s.slot)
			value = s.value
		}
	}
	return best
}

// stepsOfTurn is what a turn takes besides asking the rules.
const stepsOfTurn = 20

// earlier reports whether a plan comes before another in the order of their
// lists: at the first placement that only one of them has.
func (s *state) earlier(other []int) bool {
	mine, theirs := Placement{Item: -1}, Placement{Item: -1}
	first := func(p *Placement, item, slot int) {
		if q := (Placement{item, slot}); slot >= 0 && (p.Item < 0 || s.inst.order(q, *p) < 0) {
			*p = q
		}
	}
	for item, slot := range other {
		if s.slot[item] != slot {
			first(&mine, item, s.slot[item])
			first(&theirs, item, slot)
		}
	}
	return mine.Item >= 0 && theirs.Item >= 0 && s.inst.order(mine, theirs) < 0
}

// most is what all items would be worth together if nothing but their own
// dates, and those of what they follow, limited them.
func (v *survey) most() int {
	sum := 0
	for i := range v.inst.Items {
		it := &v.inst.Items[i]
		most := 0
		for t := v.lo[i]; t < it.SlotHi; t++ {
			if value := v.inst.Value(i, t); value > most && v.inst.Admissible(i, t) {
				most = value
			}
			if len(v.weights[it.Platform]) == 1 && it.Agreed < 0 && most > 0 {
				break // no later slot is worth more
			}
		}
		sum += most
	}
	return sum
}

// hottest is how much worse a plan may become at the beginning at most, in the
// mean and per mille of what a placement is worth: less where there are few
// steps for each item. It falls with the square of the steps that are left.
const hottest = 300

// mean is what a placement is worth in the mean.
func (s *state) mean() int {
	placed := 0
	for _, slot := range s.slot {
		if slot >= 0 {
			placed++
		}
	}
	return s.value / max(placed, 1)
}

// exponential draws from the exponential distribution of mean 1, per mille. It
// takes the logarithm between two powers of two for a straight line, and no
// floating point: so it is the same on every machine.
func (x *search) exponential() int {
	const ln2 = 693
	u := x.rng.Uint64() | 1
	zeros := bits.LeadingZeros64(u)
	rest := u << zeros << 1 >> 54 // of 1024
	return ln2*(zeros+1) - ln2*int(rest)/1024
}

// recreate puts back what was taken out, and what else fits. It reports whether
// all rules hold then.
func (x *search) recreate(s *state) bool {
	x.turn++
	x.list = x.list[:0]
	touched := uint64(0)
	for _, c := range s.log {
		touched |= 1 << (x.inst.Items[c.item].Platform % 64)
		if c.to < 0 {
			x.home[c.item] = c.from
		}
		if s.slot[c.item] < 0 {
			x.add(c.item)
		}
	}
	for _, item := range x.members {
		if s.slot[item] < 0 {
			x.add(item)
		}
	}
	out := len(x.list)
	for p := range x.inst.Platforms {
		if touched&(1<<(p%64)) != 0 {
			x.sample(s, p)
		}
	}
	x.order(out)
	s.insert(x.list, finder{partial: true, loose: len(x.inst.Mixes) > 0 && x.rng.IntN(4) == 0, pass: x.blink})
	mark := len(s.log)
	for _, c := range s.log {
		x.home[c.item] = -1
	}
	if !s.settle(0) {
		return false
	}
	if len(s.log) > mark {
		x.list = x.list[:0]
		for _, c := range s.log[mark:] {
			if s.slot[c.item] < 0 {
				x.list = append(x.list, c.item)
			}
		}
		s.insert(x.list, finder{})
	}
	return true
}

// order sets who comes first: what matters most, mostly; what was taken out, in
// any order; what has to be out first; what earns most for the hours that it
// takes; or anybody.
func (x *search) order(out int) {
	urgent := func(item int) uint64 { return uint64(x.urgent.rank[item]) }
	if len(x.members) > 0 && x.rng.IntN(4) > 0 {
		x.sort(func(item int) uint64 {
			f := x.family[item]
			if f == 0 {
				f = maxFamilies
			}
			return uint64(f)<<56 | uint64(x.depth[item])<<32 | urgent(item)
		}, x.urgent.list)
		return
	}
	list := x.list
	ways := 5
	if len(x.inst.Capacity) > 0 {
		ways++
	}
	switch x.rng.IntN(ways) {
	case 0:
		x.rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	case 1:
		x.sort(func(item int) uint64 { return uint64(x.inst.Items[item].SlotHi)<<32 | uint64(item) }, nil)
	case 2:
		x.rng.Shuffle(out, func(i, j int) { list[i], list[j] = list[j], list[i] })
	case 5:
		x.sort(func(item int) uint64 { return uint64(x.thrifty.rank[item]) }, x.thrifty.list)
	default:
		x.sort(urgent, x.urgent.list)
	}
}

// sort sorts the list of the turn by keys. The last 32 bits of a key name the
// item: by its place in a list, or, where that is nil, by itself.
func (x *search) sort(key func(item int) uint64, names []int) {
	x.keys = x.keys[:0]
	for _, item := range x.list {
		x.keys = append(x.keys, key(item))
	}
	slices.Sort(x.keys)
	for i, k := range x.keys {
		x.list[i] = int(k & math.MaxUint32)
		if names != nil {
			x.list[i] = names[x.list[i]]
		}
	}
}

// Where more than few items of a platform and a priority are left out, some of
// them are tried in a turn, and else one: one at a time hardly ever meets those
// that matter in a backlog.
const (
	few  = 5
	some = 3
)

// sample adds one or some of what is left out of a platform, of every priority.
func (x *search) sample(s *state, platform int) {
	for priority := 4; priority >= 0; priority-- {
		out := s.left[platform*5+priority]
		if len(out) == 0 {
			continue
		}
		n := 1
		if len(out) > few {
			n = some
		}
		from := x.rng.IntN(len(out))
		for k := range n {
			x.add(out[(from+k)%len(out)])
		}
	}
}

func (x *search) add(item int) {
	if x.seen[item] != x.turn {
		x.seen[item] = x.turn
		x.list = append(x.list, item)
	}
}
