package bound

import (
	"sort"

	"editorial/pkg/calendar"
)

// tied closes what does not fit fixed leaders and fixed followers.
func (m *model) tied() {
	for i := range m.inst.After {
		switch a := &m.inst.After[i]; {
		case a.Item >= 0 && a.Leader < 0:
			m.keep(a.Item, func(p pair) bool { return m.instant(p) >= a.First })
		case a.Item < 0 && a.Leader >= 0:
			at := m.inst.Fixed[a.FixedItem].At
			m.keep(a.Leader, func(p pair) bool { return m.release(a, p.slot) <= at })
		}
	}
}

// apart reports whether fixed placements leave an item in a slot its gap and
// its spread.
func (m *model) apart(item, slot int) bool {
	s, pillar := &m.inst.Slots[slot], m.inst.Items[item].Pillar
	rules := &m.inst.Platforms[s.Platform]
	if s.Fixed == 0 && m.near(s, rules.Gap, func(f *calendar.Fixed) bool { return f.At != s.At }) {
		return false
	}
	if pillar == "" || m.near(s, 1, func(f *calendar.Fixed) bool { return f.Pillar == pillar }) {
		return true // free of it, or one of its pillar is in the slot already
	}
	return !m.near(s, rules.Spread, func(f *calendar.Fixed) bool { return f.At != s.At && f.Pillar == pillar })
}

// near reports whether a fixed placement that counts stands closer to a slot
// than the distance.
func (m *model) near(s *calendar.Slot, distance int, counts func(*calendar.Fixed) bool) bool {
	list := m.fixed[s.Platform]
	i := sort.Search(len(list), func(i int) bool { return m.inst.Fixed[list[i]].At > s.At-distance })
	for ; i < len(list) && m.inst.Fixed[list[i]].At < s.At+distance; i++ {
		if counts(&m.inst.Fixed[list[i]]) {
			return true
		}
	}
	return false
}
