package bound

import (
	"slices"

	"editorial/pkg/calendar"
)

// model is what can be placed at all: the pairs of an item and a slot that
// neither dates nor fixed placements close, and the posts that they are of.
type model struct {
	inst *calendar.Instance
	// fixed are the fixed placements of each platform, by instant.
	fixed [][]int
	// spare is what fixed placements leave of the minutes of each person's
	// weeks; the place of a week is row. Nil: nothing limits the work.
	spare []int
	// begun is, by post, the week from which fixed placements make it owe.
	begun []int
	// pairs are those of each item, by instant.
	pairs [][]pair
	trees []tree
	// links are the chains that no tree holds.
	links []link
}

// pair is an item in a slot that is open to it: what it is worth there, and
// the week in which it is due.
type pair struct {
	value      int
	slot, week int32
}

// maxTurns bounds how often what a closed pair closes is looked for. It serves
// a better bound, not a right one.
const maxTurns = 30

func newModel(inst *calendar.Instance) *model {
	m := &model{inst: inst, fixed: make([][]int, len(inst.Platforms)), pairs: make([][]pair, len(inst.Items))}
	for i, f := range inst.Fixed {
		m.fixed[f.Platform] = append(m.fixed[f.Platform], i)
	}
	m.readHours()
	for i := range inst.Items {
		it, first := &inst.Items[i], m.bearable(i)
		for s := it.SlotLo; s < it.SlotHi; s++ {
			if due := inst.Slots[s].DueWeek; due >= first && m.room(s) > 0 && inst.Admissible(i, s) && m.apart(i, s) {
				m.pairs[i] = append(m.pairs[i], pair{inst.Value(i, s), int32(s), int32(due)})
			}
		}
	}
	m.tied()
	for turn := 0; turn < maxTurns && (m.chained() || m.editions()); turn++ {
	}
	m.plant()
	return m
}

// highest is the sum of what each item is worth at most.
func (m *model) highest() int {
	sum := 0
	for _, pairs := range m.pairs {
		best := 0
		for _, p := range pairs {
			best = max(best, p.value)
		}
		sum += best
	}
	return sum
}

// room is how many free items a slot takes.
func (m *model) room(slot int) int {
	s := &m.inst.Slots[slot]
	return max(s.Max-s.Fixed, 0)
}

// keep keeps some pairs of an item and reports whether any went.
func (m *model) keep(item int, open func(pair) bool) bool {
	n := len(m.pairs[item])
	m.pairs[item] = slices.DeleteFunc(m.pairs[item], func(p pair) bool { return !open(p) })
	return len(m.pairs[item]) < n
}

// instant is that of a pair.
func (m *model) instant(p pair) int { return m.inst.Slots[p.slot].At }

// place is that of an item's pair among the slots of its platform.
func (m *model) place(item int, p pair) int {
	return int(p.slot) - m.inst.Platforms[m.inst.Items[item].Platform].SlotLo
}

// release is the first minute for the follower of a free leader in a slot.
func (m *model) release(a *calendar.After, slot int32) int {
	lag := &m.inst.Lags[a.Lag]
	return lag.Release[int(slot)-m.inst.Platforms[lag.Platform].SlotLo]
}

// chained closes what comes before every place of a leader, and reports
// whether anything went.
func (m *model) chained() bool {
	some := false
	for i := range m.inst.After {
		a := &m.inst.After[i]
		if a.Item < 0 || a.Leader < 0 {
			continue
		}
		first := calendar.Never
		for _, p := range m.pairs[a.Leader] {
			first = min(first, m.release(a, p.slot))
		}
		if m.keep(a.Item, func(p pair) bool { return m.instant(p) >= first }) {
			some = true
		}
	}
	return some
}

// editions closes those that too few items can fill, and reports whether there
// was any.
func (m *model) editions() bool {
	n := make([]int, len(m.inst.Slots))
	for _, pairs := range m.pairs {
		for _, p := range pairs {
			n[p.slot]++
		}
	}
	some := false
	for i := range m.pairs {
		if m.keep(i, func(p pair) bool { return m.inst.Slots[p.slot].Fixed > 0 || n[p.slot] >= m.inst.Slots[p.slot].Min }) {
			some = true
		}
	}
	return some
}
