package calendar

import "slices"

// settle takes out what earlier removals, or an edition that stayed too small,
// leave without ground: until every rule holds again in all that changed since
// the mark. Whatever it takes is looked at in its turn.
func (s *state) settle(mark int) {
	for i := mark; i < len(s.log); i++ {
		c := s.log[i]
		for _, slot := range [2]int{c.from, c.to} {
			if slot >= 0 {
				s.settleEdition(slot)
				s.settleMix(c.item, slot)
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
func (s *state) settleMix(item, slot int) {
	for k := range s.matches[item] {
		row := s.share(slot, k)
		for {
			above, below := s.unmixed(row, s.n[row], s.c[row])
			if !above && !below {
				break
			}
			out := s.cheapest(s.mixed(row, above))
			if out < 0 {
				break
			}
			s.take(out)
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
