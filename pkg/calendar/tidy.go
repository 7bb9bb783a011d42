package calendar

import "slices"

// tidy brings a plan, of all that are worth the same and a change of places
// away, to the one whose list comes first: earlier slots go to the items that
// come first in order.
func (s *state) tidy() {
	s.log = s.log[:0]
	alike := s.alikes()
	tries := maxTidied
	for _, p := range s.plan().Placements {
		first := s.inst.Items[p.Item]
		for _, item := range alike[kindOf(&first)] {
			if s.slot[p.Item] != p.Slot || item >= p.Item || tries == 0 {
				break
			}
			if t := s.slot[item]; t < 0 || s.inst.Slots[t].At > s.inst.Slots[p.Slot].At {
				tries--
				if s.exchange(item, p.Item) {
					break
				}
			}
		}
	}
}

// maxTidied bounds how many exchanges are tried.
const maxTidied = 20_000

// kind is what makes items worth the same wherever they stand.
type kind struct{ platform, priority, from int }

func kindOf(it *Item) kind { return kind{it.Platform, it.Priority, it.From} }

// alikes lists, in order, the items of each kind that may change places.
func (s *state) alikes() map[kind][]int {
	alike := map[kind][]int{}
	for i := range s.inst.Items {
		if it := &s.inst.Items[i]; it.Agreed < 0 && !s.held[i] && it.SlotLo < it.SlotHi {
			alike[kindOf(it)] = append(alike[kindOf(it)], i)
		}
	}
	return alike
}

// exchange gives an item the place of another, which takes that of the first,
// if it had any, unless a rule or the value would suffer.
func (s *state) exchange(item, other int) bool {
	if s.held[other] || s.inst.Items[other].Agreed >= 0 {
		return false
	}
	value, from, to := s.value, s.slot[item], s.slot[other]
	s.take(other)
	if from >= 0 {
		s.take(item)
	}
	ok := s.fits(item, to).Rule == ""
	if ok {
		s.put(item, to)
		if from >= 0 {
			if ok = s.fits(other, from).Rule == ""; ok {
				s.put(other, from)
			}
		}
	}
	if ok {
		s.settle(0)
	}
	if !ok || s.value != value || slices.ContainsFunc(s.log, func(c change) bool { return s.slot[c.item] < 0 && c.item != other }) {
		s.back(0)
		return false
	}
	s.log = s.log[:0]
	return true
}
