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
		if s.inst.Value(other, slot) > worth && s.moves(other, slot) {
			all = append(all, other)
		}
	}
	s.back(mark)
	return all
}

// moves reports whether an item may stand in a slot, wherever it is now, and
// leave behind what keeps the rules.
func (s *state) moves(item, slot int) bool {
	mark, from := len(s.log), s.slot[item]
	if from >= 0 {
		s.take(item)
	}
	ok := s.fits(item, slot).Rule == "" && s.tooSmall(slot) == 0
	if ok && from >= 0 {
		s.put(item, slot)
		ok = s.spares(from, item)
	}
	s.back(mark)
	return ok
}

// spares reports whether a slot, and its block, keep the rules without an item
// that stood there: an edition is not too small, and no share too great or too
// small of what is left.
func (s *state) spares(slot, item int) bool {
	t := &s.inst.Slots[slot]
	if n := len(s.inn[slot]); t.Fixed == 0 && n > 0 && n < t.Min {
		return false
	}
	for k := range s.matches[item] {
		row := s.share(slot, k)
		if above, below := s.unmixed(row, s.n[row], s.c[row]); above || below {
			return false
		}
	}
	return true
}
