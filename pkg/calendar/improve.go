package calendar

import "slices"

// maxEjected is how many placements one exchange may push out.
const maxEjected = 6

// improve betters a plan by small exchanges, the first that helps, until none
// does or the steps are used up: an item that is left out goes where it fits;
// an item goes where it is worth more; what is worth less makes room, and goes
// elsewhere if it can; two change places; an empty edition is filled at once.
// Every exchange is taken back that does not make the plan better.
func (b *builder) improve(s *state) {
	for again := true; again && s.steps > 0; {
		again = false
		for item := range s.slot {
			again = b.betterItem(s, item) || again
		}
		for slot := range s.inn {
			again = b.betterEdition(s, slot) || again
		}
	}
}

// betterItem tries the slots where the item is worth more than where it is.
func (b *builder) betterItem(s *state, item int) bool {
	for _, o := range b.byItem[item] {
		if s.steps <= 0 {
			return false
		}
		if was := s.slot[item]; was >= 0 && b.inst.Value(item, was) >= o.value {
			return false
		}
		if b.try(s, func() bool { return s.force(item, o.slot) }) || b.try(s, func() bool { return s.swap(item, o.slot) }) {
			return true
		}
	}
	return false
}

// betterEdition tries to fill an edition that nothing is in, with whatever is
// worth most there.
func (b *builder) betterEdition(s *state, slot int) bool {
	t := &b.inst.Slots[slot]
	if t.Min < 2 || t.Fixed > 0 || len(s.inn[slot]) > 0 || s.steps <= 0 {
		return false
	}
	wishes := b.bySlot[slot]
	if len(wishes) < t.Min {
		return false
	}
	return b.try(s, func() bool {
		// Those without a place first: they cost nothing elsewhere.
		for _, placed := range []bool{false, true} {
			for _, o := range wishes {
				was := s.slot[o.item]
				if s.held[o.item] || was == slot || was >= 0 != placed || placed && len(s.inn[slot]) >= t.Min {
					continue
				}
				if placed {
					s.take(o.item)
				}
				if s.fits(o.item, slot).Rule == "" {
					s.put(o.item, slot)
				} else if placed {
					s.put(o.item, was)
				}
			}
		}
		return len(s.inn[slot]) >= t.Min
	})
}

// force puts an item into a slot, pushing out what stands in its way.
func (s *state) force(item, slot int) bool {
	if s.tooSmall(slot) > 0 || s.held[item] {
		return false
	}
	if s.slot[item] >= 0 {
		s.take(item)
	}
	for range maxEjected + 1 {
		b := s.fits(item, slot)
		if b.Rule == "" {
			s.put(item, slot)
			return true
		}
		s.blame(&b, item, slot)
		if b.Item < 0 || s.slot[b.Item] < 0 || b.Rule == RuleLeader || s.held[b.Item] {
			return false
		}
		s.take(b.Item)
	}
	return false
}

// swap lets an item change places with the one that is worth least in another
// slot, where neither could go first: the mix needs both.
func (s *state) swap(item, slot int) bool {
	was := s.slot[item]
	if was < 0 || len(s.inn[slot]) == 0 || s.held[item] {
		return false
	}
	other := s.cheapest(s.inn[slot])
	if other < 0 || s.inst.Items[other].Platform != s.inst.Items[item].Platform || was == slot {
		return false
	}
	s.take(item)
	s.take(other)
	s.put(other, was)
	if s.fits(item, slot).Rule != "" {
		return false
	}
	s.put(item, slot)
	s.take(other)
	if s.fits(other, was).Rule != "" {
		return false
	}
	s.put(other, was)
	return true
}

// try makes an exchange, settles what it shook, finds new places for what it
// pushed out, and keeps it if the plan is then better: worth more, or worth
// the same and earlier in the order of plans.
func (b *builder) try(s *state, exchange func() bool) bool {
	mark, value := len(s.log), s.value
	if exchange() {
		s.settle(mark)
		b.replace(s, mark)
		if s.value > value || s.value == value && s.earlier(mark) {
			s.log = s.log[:mark]
			return true
		}
	}
	s.back(mark)
	return false
}

// replace finds places for what lost its own since the mark, and for what
// follows those that moved.
func (b *builder) replace(s *state, mark int) {
	for i := mark; i < len(s.log); i++ {
		item := s.log[i].item
		b.insert(s, item)
		if s.slot[item] < 0 {
			continue
		}
		for _, row := range s.leads[item] {
			if follower := s.inst.After[row].Item; follower >= 0 {
				b.insert(s, follower)
			}
		}
	}
}

// insert places an item that has no place where it is worth most.
func (b *builder) insert(s *state, item int) {
	if s.slot[item] >= 0 {
		return
	}
	for _, o := range b.byItem[item] {
		if s.steps <= 0 {
			return
		}
		if s.tooSmall(o.slot) == 0 && s.fits(item, o.slot).Rule == "" {
			s.put(item, o.slot)
			return
		}
	}
}

// earlier reports whether the plan comes before what it was at the mark, in
// the order of their lists: at the first placement that only one of them has.
func (s *state) earlier(mark int) bool {
	was := map[int]int{}
	for _, c := range s.log[mark:] {
		if _, ok := was[c.item]; !ok {
			was[c.item] = c.from
		}
	}
	var before, after []Placement
	for item, slot := range was {
		if s.slot[item] == slot {
			continue
		}
		if slot >= 0 {
			before = append(before, Placement{item, slot})
		}
		if t := s.slot[item]; t >= 0 {
			after = append(after, Placement{item, t})
		}
	}
	if len(before) == 0 || len(after) == 0 {
		return len(after) == 0 && len(before) > 0
	}
	return s.inst.order(slices.MinFunc(after, s.inst.order), slices.MinFunc(before, s.inst.order)) < 0
}
