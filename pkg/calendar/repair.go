package calendar

// repairSteps bounds how often the repair of one plan asks the rules.
const repairSteps = 300_000

// repair betters a plan where no small exchange does. It puts each item into
// each slot that is open to it, also where it is worth less; takes out what
// stands in the way, and in a second attempt all that follows; finds places
// for these and then for whatever was left out; and keeps what is better. So a
// leader moves for its followers' sake, and a block gets two posts that its
// mix only takes together.
func (b *builder) repair(s *state) {
	s.steps = repairSteps
	for again := true; again && s.steps > 0; {
		again = false
		for item := range s.slot {
			for _, o := range b.byItem[item] {
				if s.steps <= 0 {
					return
				}
				if s.slot[item] == o.slot || s.tooSmall(o.slot) > 0 {
					continue
				}
				again = b.try(s, func() bool { return b.upset(s, o, false) }) ||
					len(s.leads[item]) > 0 && b.try(s, func() bool { return b.upset(s, o, true) }) || again
			}
		}
		if again {
			rest := s.steps
			b.improve(s)
			s.steps = min(rest, s.steps)
		}
	}
}

// upset makes room for an item in a slot and fills the room this leaves.
func (b *builder) upset(s *state, o option, chain bool) bool {
	mark := len(s.log)
	if chain {
		s.takeFollowers(o.item)
	}
	if !s.force(o.item, o.slot) {
		return false
	}
	s.settle(mark)
	b.replace(s, mark)
	for _, item := range b.byWorth {
		b.insert(s, item)
	}
	return true
}

// takeFollowers takes out all that follows an item, near and far.
func (s *state) takeFollowers(leader int) {
	for _, row := range s.leads[leader] {
		if item := s.inst.After[row].Item; item >= 0 && s.slot[item] >= 0 && !s.held[item] {
			s.take(item)
			s.takeFollowers(item)
		}
	}
}
