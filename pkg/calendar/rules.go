package calendar

// Rule names what keeps an item out of a slot.
type Rule string

const (
	RuleClosed   Rule = "closed"   // not admissible: its dates, or the work left
	RuleLeader   Rule = "leader"   // what it follows has no place early enough
	RuleFollower Rule = "follower" // what follows it stands too early
	RuleFull     Rule = "full"     // the slot or the edition is taken
	RuleCap      Rule = "cap"      // the platform's day or week is full
	RuleGap      Rule = "gap"      // too near another placement
	RuleSpread   Rule = "spread"   // too near another one of its pillar
	RuleMix      Rule = "mix"      // the mix of the four weeks
	RuleCapacity Rule = "capacity" // hours that nobody has
	RuleEdition  Rule = "edition"  // the edition would be too small
)

// Block is what keeps an item out of a slot, as a plan stands: the rule, and
// what stands on its other side. The zero Block, but for its indices, says
// that nothing does.
type Block struct {
	Rule Rule
	// Item and Fixed are the placement in the way, a free or a fixed one; -1.
	// Of many it is the free one that is worth least where it stands.
	Item, Fixed int
	// Limit is what closes the slot, of RuleClosed.
	Limit Limit
	// At is, of RuleLeader, the first minute that the leader allows: Never
	// where it has no place; of RuleFollower the minute it stands at.
	At int
	// Row is an index into Caps, Mixes or Capacity, else -1. Below says of
	// RuleMix that the share would be too small, not too great.
	Row   int
	Below bool
	// Short is the minutes that are missing, or the posts of an edition.
	Short int
}

func block(rule Rule) Block { return Block{Rule: rule, Item: -1, Fixed: -1, Row: -1} }

// fits reports what keeps an item, which has no place, out of a slot; Rule ""
// means nothing. An edition may still be below its minimum: [state.tooSmall].
// Who stands in the way is looked up by [state.blame], where it takes looking.
// This is the one place that knows the rules; package verify says the same in
// code of its own.
func (s *state) fits(item, slot int) Block {
	s.steps--
	if !s.inst.Admissible(item, slot) {
		b := block(RuleClosed)
		b.Limit = s.inst.limitAt(item, slot)
		return b
	}
	b := s.leader(item, slot)
	if b.Rule == "" {
		b = s.follower(item, slot)
	}
	if b.Rule == "" {
		b = s.full(item, slot)
	}
	if b.Rule == "" {
		b = s.cap(item, slot)
	}
	if b.Rule == "" {
		b = s.apart(item, slot)
	}
	if b.Rule == "" {
		b = s.scattered(item, slot)
	}
	if b.Rule == "" {
		b = s.mix(item, slot)
	}
	if b.Rule == "" {
		b = s.capacity(item, slot)
	}
	return b
}

// leader: everything that the item follows stands early enough.
func (s *state) leader(item, slot int) Block {
	at := s.inst.Slots[slot].At
	for _, row := range s.follows[item] {
		a := &s.inst.After[row]
		b := block(RuleLeader)
		b.Item, b.Fixed, b.At = a.Leader, a.FixedLeader, a.First
		if a.Leader >= 0 {
			b.At = Never
			if t := s.slot[a.Leader]; t >= 0 {
				b.At = s.inst.release(a, t)
			}
		}
		if b.At > at {
			return b
		}
	}
	return block("")
}

// release is the first minute for a follower of a leader in a slot.
func (inst *Instance) release(a *After, slot int) int {
	lag := &inst.Lags[a.Lag]
	return lag.Release[slot-inst.Platforms[lag.Platform].SlotLo]
}

// follower: nothing that follows the item stands too early.
func (s *state) follower(item, slot int) Block {
	for _, row := range s.leads[item] {
		a := &s.inst.After[row]
		b := block(RuleFollower)
		b.Item, b.Fixed = a.Item, a.FixedItem
		switch {
		case a.FixedItem >= 0:
			b.At = s.inst.Fixed[a.FixedItem].At
		case s.slot[a.Item] >= 0:
			b.At = s.inst.Slots[s.slot[a.Item]].At
		default:
			continue
		}
		if s.inst.release(a, slot) > b.At {
			return b
		}
	}
	return block("")
}

// full: a slot takes one post, an edition its maximum.
func (s *state) full(_, slot int) Block {
	t := &s.inst.Slots[slot]
	if t.Fixed+len(s.inn[slot]) < max(t.Max, t.Fixed) {
		return block("")
	}
	b := block(RuleFull)
	b.Fixed = s.fixedIn(s.fixed[t.Platform], slot)
	return b
}

// cap: a slot that is used already costs nothing.
func (s *state) cap(_, slot int) Block {
	if s.inst.Slots[slot].Fixed > 0 || len(s.inn[slot]) > 0 {
		return block("")
	}
	for _, row := range s.caps[slot] {
		if s.reached(row) {
			b := block(RuleCap)
			b.Row = row
			return b
		}
	}
	return block("")
}

// alone lists the free items that stand alone in a slot of a cap's day or
// week: each of them, taken away, makes room. The list is good until alone or
// mixed is asked again.
func (s *state) alone(row int) []int {
	items := s.scratch[:0]
	for t := s.capped[row].lo; t < s.capped[row].hi; t++ {
		if s.inst.Slots[t].Fixed == 0 && len(s.inn[t]) == 1 {
			items = append(items, s.inn[t][0])
		}
	}
	s.scratch = items
	return items
}

// apart: a slot that is used already comes no nearer to anything.
func (s *state) apart(_, slot int) Block {
	t := &s.inst.Slots[slot]
	if s.shut[slot] == 0 || t.Fixed > 0 || len(s.inn[slot]) > 0 {
		return block("")
	}
	b := block(RuleGap)
	distance := s.inst.Platforms[t.Platform].Gap
	if b.Fixed = s.fixedNear(s.fixed[t.Platform], t.At, distance); b.Fixed < 0 {
		b.Item = s.near(slot, distance, "")
	}
	return b
}

// scattered is apart for the posts of one pillar. Where the slot holds one
// already, another changes nothing.
func (s *state) scattered(item, slot int) Block {
	if s.spreads(item, slot) {
		return block("")
	}
	b := block(RuleSpread)
	t := &s.inst.Slots[slot]
	distance := s.inst.Platforms[t.Platform].Spread
	if b.Fixed = s.fixedNear(s.alike[item], t.At, distance); b.Fixed < 0 {
		b.Item = s.near(slot, distance, s.inst.Items[item].Pillar)
	}
	return b
}

// spreads reports whether a slot holds the item's pillar already, or no other
// slot nearer than the spread does.
func (s *state) spreads(item, slot int) bool {
	c := s.column[item]
	return c < 0 || s.holds[s.row[slot]+c] > 0 || s.crowd[s.row[slot]+c] == 0
}

// near returns the nearest free item in another slot of the platform that is
// closer than the distance, of a pillar if one is named; -1 if there is none.
func (s *state) near(slot, distance int, pillar string) int {
	t := &s.inst.Slots[slot]
	p := s.inst.Platforms[t.Platform]
	best, at := -1, distance
	for _, step := range []int{-1, 1} {
		for o := slot + step; o >= p.SlotLo && o < p.SlotHi; o += step {
			apart := step * (s.inst.Slots[o].At - t.At)
			if apart >= at {
				break
			}
			for _, other := range s.inn[o] {
				if pillar == "" || s.inst.Items[other].Pillar == pillar {
					best, at = other, apart
					break
				}
			}
		}
	}
	return best
}

// mix: the shares of the block, with the item in it.
func (s *state) mix(item, slot int) Block {
	for k, matches := range s.matches[item] {
		row := s.share(slot, k)
		c := s.c[row]
		if matches {
			c++
		}
		if above, below := s.unmixed(row, s.n[row]+1, c); above || below {
			b := block(RuleMix)
			b.Row, b.Below = row, below
			return b
		}
	}
	return block("")
}

// unmixed reports whether c of n placements are too many or too few.
func (v *survey) unmixed(row, n, c int) (above, below bool) {
	m := &v.inst.Mixes[row]
	return 1000*c > m.Max*n+v.high[row], 1000*c < m.Min*n-v.low[row]
}

// mixed lists the free items of a block that match, or that do not. The list
// is good until alone or mixed is asked again.
func (s *state) mixed(row int, match bool) []int {
	items := s.scratch[:0]
	m := &s.inst.Mixes[row]
	for t := s.block[row].lo; t < s.block[row].hi; t++ {
		for _, i := range s.inn[t] {
			if m.matches(s.inst.Items[i].Intent, s.inst.Items[i].Pillar) == match {
				items = append(items, i)
			}
		}
	}
	s.scratch = items
	return items
}

// capacity: nobody owes more by the end of a week than there is time for.
func (s *state) capacity(item, slot int) Block {
	due := s.inst.Slots[slot].DueWeek
	if s.hours == nil || due >= s.earliest(item, due) {
		return block("")
	}
	b := block(RuleCapacity)
	for _, a := range s.whole[item] {
		if a.row == team {
			continue
		}
		if b.Row, b.Short = s.overload(item, a.row, due); b.Row >= 0 {
			return b
		}
	}
	b.Row, b.Short = s.overload(item, team, due)
	return b
}

// overload returns the row of Capacity, from a week on, that an item due then
// would break most, and by how much.
func (s *state) overload(item, row, due int) (worst, short int) {
	of := func(asks []ask) int {
		for _, a := range asks {
			if a.row == row {
				return a.minutes
			}
		}
		return 0
	}
	post := s.inst.Items[item].Post
	version, own := of(s.version[item]), of(s.own[post])
	worst = -1
	for week := due; week < s.inst.Weeks; week++ {
		need := version
		if week < s.owes[post] {
			need += own
		}
		if over := need - s.hours.slack[row*s.inst.Weeks+week]; over > short {
			worst, short = s.inst.capacityRow(row-1, week), over
		}
	}
	return worst, short
}

// capacityRow is the index of a row: those of the team come last.
func (inst *Instance) capacityRow(person, week int) int {
	if person < 0 {
		person = len(inst.People)
	}
	return person*inst.Weeks + week
}

// working lists the free items, but for one, whose work a row counts.
func (s *state) working(c CapacityRow, but int) []int {
	var items []int
	owes := func(need []Minutes) bool {
		for _, m := range need {
			if c.Person < 0 || m.Person == c.Person {
				return true
			}
		}
		return false
	}
	for i, t := range s.slot {
		if t >= 0 && i != but && s.inst.Slots[t].DueWeek <= c.Week && (owes(s.inst.Items[i].Need) || owes(s.inst.Posts[s.inst.Items[i].Post].Need)) {
			items = append(items, i)
		}
	}
	return items
}

// blame fills in which free item of many stands in the way.
func (s *state) blame(b *Block, item, slot int) {
	switch b.Rule {
	case RuleFull:
		b.Item = s.cheapest(s.inn[slot])
	case RuleCap:
		b.Item = s.cheapest(s.alone(b.Row))
	case RuleMix:
		b.Item = s.cheapest(s.mixed(b.Row, !b.Below))
	case RuleCapacity:
		b.Item = s.cheapest(s.working(s.inst.Capacity[b.Row], item))
	}
}

// tooSmall returns how many posts an edition would lack with one more free
// item in it; 0 for every other slot.
func (s *state) tooSmall(slot int) int {
	t := &s.inst.Slots[slot]
	if t.Fixed > 0 {
		return 0
	}
	return max(0, t.Min-len(s.inn[slot])-1)
}

// limitAt says which of an item's own limits closes a slot.
func (inst *Instance) limitAt(item, slot int) Limit {
	it, s := &inst.Items[item], &inst.Slots[slot]
	best := Limit{Code: LimitLead, At: s.Due}
	for _, l := range it.Limits {
		switch l.Code {
		case LimitPin:
			return l
		case LimitEmbargo, LimitNotBefore:
			if s.At < l.At && (best.Code == LimitLead || l.At > best.At) {
				best = l
			}
		case LimitDeadline, LimitExpires:
			if s.At > l.At && (best.Code == LimitLead || l.At < best.At) {
				best = l
			}
		case LimitDay:
			if best.Code == LimitLead && (s.At < it.First || s.At > it.Until) {
				best = l
			}
		}
	}
	return best
}
