package calendar

import (
	"math/bits"
	"slices"
)

// finder finds the slot in which an item is worth most. It says of slots what
// the rules say ([state.fits]), but of all of them at once and without the
// reason: a test holds the two together.
type finder struct {
	// partial lets an item into an edition that stays too small with it.
	partial bool
	// loose lets shares of the mix become too small: what is to come may put
	// them right.
	loose bool
	// pass is asked of every slot that is open to the item; where it says so,
	// the slot is passed over. nil: none is.
	pass func(item, slot int) bool
}

// best returns the slot in which an item that has no place is worth most while
// all others stay where they are, or -1 where it fits nowhere.
//
// A share of the mix that is wrong already, because a plan is being rebuilt,
// may stay as wrong as it is.
func (f finder) best(s *state, item int) int {
	s.steps--
	w := s.window(item)
	if w.lo >= w.hi {
		return -1
	}
	it := &s.inst.Items[item]
	found, value := -1, -1
	if a := it.Agreed; a >= w.lo && a < w.hi && s.isOpen(it.Platform, a) && f.fits(s, item, a) {
		found, value = a, s.inst.Value(item, a)
	}
	for i := range s.weights[it.Platform] {
		class := &s.weights[it.Platform][i]
		if found >= 0 && s.inst.worth(item, w.lo, class.weight) <= value {
			break // here and in all lighter ones nothing is worth more
		}
		if t := f.first(s, item, class, w, value); t >= 0 {
			found, value = t, s.inst.Value(item, t)
		}
	}
	return found
}

// first returns the first slot of a weight in a window that is open to the
// item and worth more than a value: among slots that weigh the same none is
// worth more than an earlier one.
func (f finder) first(s *state, item int, class *weight, w span, value int) int {
	platform := s.inst.Items[item].Platform
	base, open := s.inst.Platforms[platform].SlotLo, s.open[s.words[platform]:s.words[platform+1]]
	lo, hi := w.lo-base, w.hi-base
	for word := lo / 64; word <= (hi-1)/64; word++ {
		set := open[word] & class.slots[word]
		if word == lo/64 {
			set &= ^uint64(0) << (lo % 64)
		}
		for ; set != 0; set &= set - 1 {
			t := base + word*64 + bits.TrailingZeros64(set)
			if t >= w.hi || value >= 0 && s.inst.worth(item, t, class.weight) <= value {
				return -1
			}
			s.steps--
			if f.fits(s, item, t) && (f.pass == nil || !f.pass(item, t)) {
				return t
			}
		}
	}
	return -1
}

// worth is the value of an item in a slot of a weight, without what was
// agreed.
func (inst *Instance) worth(item, slot, weight int) int {
	it := &inst.Items[item]
	return (1 << (it.Priority - 1)) * (1000 - 500*(inst.Slots[slot].At-it.From)/inst.Horizon) * weight / 1000
}

// fits reports whether an open slot of the item's window keeps the rules that
// depend on both.
func (f finder) fits(s *state, item, slot int) bool {
	if !f.partial && s.tooSmall(slot) > 0 {
		return false
	}
	if it := &s.inst.Items[item]; len(it.Closed) > 0 {
		if _, closed := slices.BinarySearch(it.Closed, slot); closed {
			return false
		}
	}
	if !s.spreads(item, slot) {
		return false
	}
	for k, matches := range s.matches[item] {
		row := s.share(slot, k)
		n, c := s.n[row], s.c[row]
		d := c
		if matches {
			d++
		}
		if wrong := s.wrong(row, n+1, d); wrong > 0 && wrong > s.wrong(row, n, c) && !(f.loose && s.few(row, n+1, d)) {
			return false
		}
	}
	return true
}

// wrong returns by how much c of n placements are too many or too few, per
// mille of a placement; it is 0 or less where they are neither.
func (v *survey) wrong(row, n, c int) int {
	m := &v.inst.Mixes[row]
	return max(1000*c-m.Max*n-v.high[row], m.Min*n-v.low[row]-1000*c)
}

// few reports whether c of n placements are not too many.
func (v *survey) few(row, n, c int) bool { return 1000*c <= v.inst.Mixes[row].Max*n+v.high[row] }

// isOpen reports whether a slot has its bit.
func (s *state) isOpen(platform, slot int) bool {
	i := slot - s.inst.Platforms[platform].SlotLo
	return s.open[s.words[platform]+i/64]&(1<<(i%64)) != 0
}

// window returns the slots in which an item may stand by its own dates, by
// what it follows and what follows it, and by the hours that people have.
// Chains and hours are the tighter the earlier, or the later, the slot: so each
// of them only cuts off one end.
func (s *state) window(item int) span {
	it := &s.inst.Items[item]
	w := span{s.lo[item], it.SlotHi}
	if w.lo >= w.hi {
		return w
	}
	for _, row := range s.follows[item] {
		a := &s.inst.After[row]
		if a.Leader < 0 {
			continue // what is fixed is in lo
		}
		t := s.slot[a.Leader]
		if t < 0 {
			return span{}
		}
		w.lo = max(w.lo, s.reach[row].from[t-s.inst.Platforms[s.inst.Items[a.Leader].Platform].SlotLo])
	}
	for _, row := range s.leads[item] {
		a := &s.inst.After[row]
		if a.FixedItem >= 0 {
			w.hi = min(w.hi, s.lastBefore(a.Lag, s.inst.Fixed[a.FixedItem].At))
		} else if t := s.slot[a.Item]; t >= 0 {
			w.hi = min(w.hi, s.reach[row].end[t-s.inst.Platforms[s.inst.Items[a.Item].Platform].SlotLo])
		}
	}
	if w.lo < w.hi {
		w.lo = max(w.lo, s.due[it.Platform][s.earliest(item, s.inst.Slots[w.lo].DueWeek)])
	}
	return w
}
