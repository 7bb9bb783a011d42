package capacity

import (
	"slices"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/change"
	"editorial/pkg/civil"
)

// idea is a fix that might help, with an estimate of what it saves and loses.
type idea struct {
	changes     []change.Change
	saves, loss int
}

// ideas lists what might help, the best estimate first.
func (m *mender) ideas(at standing) []idea {
	all := append(m.platformIdeas(at), m.postIdeas(at)...)
	all = slices.DeleteFunc(all, func(x idea) bool {
		return x.saves <= 0 || slices.ContainsFunc(m.forbidden, func(f []change.Change) bool { return slices.Equal(f, x.changes) })
	})
	slices.SortStableFunc(all, m.compare)
	return all
}

func (m *mender) compare(x, y idea) int { return m.worse(x.loss, x.saves, y.loss, y.saves) }

// weeksAhead is how many weeks before the last that is short are looked at.
const weeksAhead = 26

// platformIdeas: a platform half as often, not at all, or not in one week.
func (m *mender) platformIdeas(at standing) []idea {
	var all []idea
	last := m.lastShort(at)
	for p, rules := range at.Inst.Platforms {
		if rules.SlotLo == rules.SlotHi {
			continue
		}
		add := func(c change.Change, gone func(*calendar.Slot) bool) {
			saves, loss := m.estimate(at, func(slot, _ int) bool {
				s := &at.Inst.Slots[slot]
				return s.Platform == p && gone(s)
			})
			all = append(all, idea{[]change.Change{c}, saves, loss})
		}
		for _, odd := range []bool{false, true} {
			c := change.Change{Kind: change.Halve, Platform: rules.Name, Odd: odd}
			if kept, same := m.halved(at, c); !odd || !same {
				add(c, func(s *calendar.Slot) bool { return !kept[s.At] })
			}
		}
		add(change.Change{Kind: change.Without, Platform: rules.Name}, func(*calendar.Slot) bool { return true })
		for week := max(0, last+1-weeksAhead); week <= last; week++ {
			c := change.Change{Kind: change.Skip, Platform: rules.Name, Week: m.week(at, week)}
			add(c, func(s *calendar.Slot) bool { return s.Week == week })
		}
	}
	return all
}

// maxDropped bounds the posts that are looked at, those first that lose least
// for the hours that they owe.
const maxDropped = 60

// postIdeas: a post dropped, on all platforms.
func (m *mender) postIdeas(at standing) []idea {
	inst := &at.Inst
	byPost := make([]idea, len(inst.Posts))
	for _, p := range at.Plan.Placements {
		it := &inst.Items[p.Item]
		x := &byPost[it.Post]
		x.changes = append(x.changes, change.DropItem(it.Key))
		x.loss += inst.Value(p.Item, p.Slot)
		x.saves += sum(it.Need)
	}
	for post := range byPost {
		byPost[post].saves += sum(inst.Posts[post].Need)
	}
	all := slices.DeleteFunc(byPost, func(x idea) bool { return len(x.changes) == 0 || x.saves == 0 })
	slices.SortStableFunc(all, m.compare)
	all = all[:min(len(all), maxDropped)]
	for i := range all {
		post := all[i].changes[0].Post
		all[i].saves, all[i].loss = m.estimate(at, func(_, item int) bool { return item >= 0 && inst.Items[item].Key.Post == post })
	}
	return all
}

func sum(need []calendar.Minutes) int {
	n := 0
	for _, m := range need {
		n += m.Minutes
	}
	return n
}

func (m *mender) week(at standing, week int) civil.Week {
	return civil.WeekOf(at.Inst.Zone.Date(at.Inst.Start)).Add(week)
}

// lastShort is the last week in which anything is missing: what is due later
// cannot help.
func (m *mender) lastShort(at standing) int {
	last := -1
	for _, r := range at.Balance(m.scope).Rows {
		if r.Short > 0 {
			last = max(last, r.Week)
		}
	}
	return last
}

// halved lists the instants that a halved rhythm keeps, and says whether the
// other turns would be the same.
func (m *mender) halved(at standing, c change.Change) (kept map[int]bool, same bool) {
	keep := func(c change.Change) map[int]bool {
		in := change.Apply(at.Input, c)
		in.Posts, in.Agreed, in.Outcomes, in.People = nil, nil, nil, nil
		inst, _ := calendar.Expand(in)
		kept := map[int]bool{}
		for _, s := range inst.Slots {
			if inst.Platforms[s.Platform].Name == c.Platform {
				kept[s.At] = true
			}
		}
		return kept
	}
	kept = keep(c)
	if c.Odd {
		c.Odd = false
		other := keep(c)
		same = len(other) == len(kept)
		for t := range other {
			same = same && kept[t]
		}
	}
	return kept, same
}

// estimate says what it saves and loses if some placements and fills were gone
// and all others stayed.
func (m *mender) estimate(at standing, gone func(slot, item int) bool) (saves, loss int) {
	saves = at.short - balance(&at.Inst, at.needs(gone), m.scope).Short
	for _, p := range at.Plan.Placements {
		if gone(p.Slot, p.Item) {
			loss += at.Inst.Value(p.Item, p.Slot)
		}
	}
	for _, f := range at.Fills {
		if gone(f.Slot, -1) {
			loss += f.Value
		}
	}
	return saves, loss
}
