package calendar

// Yielding returns the free items of its platform that would stand where a
// placed item stands, and be worth more there than where they are, if it had no
// place and all others kept theirs. A left-out item is worth nothing.
func (x *Explainer) Yielding(item int) []int {
	x.mu.Lock()
	defer x.mu.Unlock()
	s := x.s
	slot := s.slot[item]
	if slot < 0 {
		return nil
	}
	mark := len(s.log)
	s.take(item)
	var all []int
	for other := range s.inst.Items {
		at := s.slot[other]
		if other == item || at == slot || s.inst.Items[other].Platform != s.inst.Items[item].Platform || !s.inst.Admissible(other, slot) {
			continue
		}
		worth := 0
		if at >= 0 {
			worth = s.inst.Value(other, at)
		}
		if s.inst.Value(other, slot) > worth && s.leaves(at) && s.stands(other, slot) {
			all = append(all, other)
		}
	}
	s.back(mark)
	return all
}

// leaves reports whether one of the free items in a slot may go: an edition is
// not left too small. A slot of -1 is none.
func (s *state) leaves(slot int) bool {
	if slot < 0 || s.inst.Slots[slot].Fixed > 0 {
		return true
	}
	n := len(s.inn[slot]) - 1
	return n == 0 || n >= s.inst.Slots[slot].Min
}

// stands reports whether an item may stand in a slot, wherever it is now.
func (s *state) stands(item, slot int) bool {
	mark := len(s.log)
	if s.slot[item] >= 0 {
		s.take(item)
	}
	ok := s.fits(item, slot).Rule == "" && s.tooSmall(slot) == 0
	s.back(mark)
	return ok
}
