package bound

import (
	"sort"

	"editorial/pkg/calendar"
)

// choice is what one evaluation computes.
type choice struct {
	// priced are the prices by group and slot of its platform, kinds those of
	// the groups of a kind together; one more than there are slots.
	priced, kinds [][]int64
	// due is the price of a minute by person (0 is the team) and week in which
	// it is due; cost that of the present item's work by week.
	due, cost []int64
	// from is, by item and week, the first pair that is due then or later; free
	// the first from which on all that follows it is due then or later, too,
	// whatever is picked of it.
	from, free [][]int32
	// of is where the pairs of an item begin in worth, top and best. In worth
	// is what each is worth after prices; in top what the best from there on
	// earns with all that follows it, and in best which that is, -1 for none.
	of         []int
	worth, top []int64
	best       []int32
	// pick is the pair that each item has, or -1; try that of the last try.
	pick, try []int32
	// counted is what is picked by group and slot, worked the minutes by person
	// and week: both summed up from the first on.
	counted [][]int64
	worked  []int64
}

func newChoice(p *pricing) choice {
	items := len(p.inst.Items)
	c := choice{
		due: make([]int64, len(p.spare)), worked: make([]int64, len(p.spare)), cost: make([]int64, p.inst.Weeks+1),
		from: make([][]int32, items), free: make([][]int32, items), pick: make([]int32, items), try: make([]int32, items),
	}
	for _, g := range p.groups.list {
		n := p.inst.Platforms[g.platform].SlotHi - p.inst.Platforms[g.platform].SlotLo + 1
		c.priced, c.counted = append(c.priced, make([]int64, n)), append(c.counted, make([]int64, n))
	}
	for _, k := range p.groups.kinds {
		c.kinds = append(c.kinds, make([]int64, len(c.priced[k[0]])))
	}
	n := 0
	for i, pairs := range p.pairs {
		c.of, c.pick[i], c.try[i] = append(c.of, n), -1, -1
		if len(pairs) == 0 {
			continue
		}
		n += len(pairs) + 1
		c.from[i] = p.firsts(len(pairs), func(k int) int32 { return pairs[k].week })
	}
	p.freeFrom(c.free)
	c.worth, c.top, c.best = make([]int64, n), make([]int64, n), make([]int32, n)
	return c
}

// firsts returns, by week, the first of n places of which week says as much or
// more; it never falls from one place to the next.
func (m *model) firsts(n int, week func(k int) int32) []int32 {
	first := make([]int32, m.inst.Weeks+1)
	for w := range first {
		first[w] = int32(sort.Search(n, func(k int) bool { return int(week(k)) >= w }))
	}
	return first
}

// freeFrom computes free.
func (m *model) freeFrom(free [][]int32) {
	soon := make([][]int32, len(m.pairs)) // by item and pair: when the first is due of it and all that may follow
	for i := range m.trees {
		t := &m.trees[i]
		for place := len(t.items) - 1; place >= 0; place-- {
			item := t.items[place]
			weeks := make([]int32, len(m.pairs[item]))
			for k, x := range m.pairs[item] {
				weeks[k] = x.week
				for _, f := range t.followers[place] {
					if after, first := soon[t.items[f]], int(t.follows[f].first[k]); first < len(after) {
						weeks[k] = min(weeks[k], after[first])
					}
				}
			}
			soon[item] = weeks
			free[item] = m.firsts(len(weeks), func(k int) int32 { return weeks[k] })
		}
		for _, item := range t.items {
			soon[item] = nil
		}
	}
}

// appraise computes what every pair is worth after prices.
func (p *pricing) appraise() {
	p.priceSlots()
	p.priceMinutes()
	for i, pairs := range p.pairs {
		if len(pairs) == 0 {
			continue
		}
		it := &p.inst.Items[i]
		for week := range p.cost {
			p.cost[week] = p.minutes(it.Need, week)
		}
		worth, slots, from := p.worth[p.of[i]:], p.kinds[p.groups.kind[i]], int32(p.inst.Platforms[it.Platform].SlotLo)
		for k, x := range pairs {
			worth[k] = int64(x.value)*scale - slots[x.slot-from] - p.cost[x.week]
		}
	}
	p.priceLinks()
}

// priceSlots sums up the prices of the bands by slot.
func (p *pricing) priceSlots() {
	for _, at := range p.priced {
		clear(at)
	}
	for i := range p.bands {
		b, price := &p.bands[i], p.rows[i].price
		if price == 0 {
			continue
		}
		for _, x := range b.parts {
			at, from := p.priced[x.group], p.inst.Platforms[p.groups.list[x.group].platform].SlotLo
			each := price * int64(x.factor)
			at[b.lo-from] += each
			at[b.hi-from] -= each
			for _, s := range b.out {
				at[s-from] -= each
				at[s+1-from] += each
			}
		}
	}
	for _, at := range p.priced {
		addUp(at)
	}
	for i, k := range p.groups.kinds {
		copy(p.kinds[i], p.priced[k[0]])
		for _, g := range k[1:] {
			if g < 0 {
				continue
			}
			for s, price := range p.priced[g] {
				p.kinds[i][s] += price
			}
		}
	}
}

func addUp(n []int64) {
	for i := 1; i < len(n); i++ {
		n[i] += n[i-1]
	}
}

// priceMinutes sums up the prices of hours from each week on: what is due in a
// week counts in all that follow.
func (p *pricing) priceMinutes() {
	for i := len(p.due) - 1; i >= 0; i-- {
		p.due[i] = p.rows[p.hours+i].price
		if (i+1)%p.inst.Weeks != 0 {
			p.due[i] += p.due[i+1]
		}
	}
}

// minutes returns the price of work that is due in a week.
func (p *pricing) minutes(need []calendar.Minutes, week int) int64 {
	if week >= p.inst.Weeks || p.spare == nil {
		return 0
	}
	var sum int64
	for _, n := range need {
		each := p.due[p.row(-1, week)]
		if n.Person >= 0 {
			each += p.due[p.row(n.Person, week)]
		}
		sum += each * int64(n.Minutes)
	}
	return sum
}

// priceLinks: a follower pays the rows of its link from its pair on, a leader
// earns those from the pair on that it allows.
func (p *pricing) priceLinks() {
	for i := range p.links {
		l := &p.links[i]
		follower, leader := p.worth[p.of[l.item]:], p.worth[p.of[l.leader]:]
		n := len(p.pairs[l.item])
		rows := p.rows[p.ties[i] : p.ties[i]+n]
		var sum int64
		at := n - 1
		for k := len(l.first) - 1; k >= 0; k-- {
			for ; at >= int(l.first[k]); at-- {
				sum += rows[at].price
				follower[at] -= sum
			}
			leader[k] += sum
		}
		for ; at >= 0; at-- {
			sum += rows[at].price
			follower[at] -= sum
		}
	}
}
