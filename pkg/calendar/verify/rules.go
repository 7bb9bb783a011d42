package verify

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/problem"
)

// rules holds the plan against each rule. A break is one that a free placement
// has a part in: what fixed placements break alone is not the plan's.
func (c *checker) rules() {
	c.editions()
	c.caps()
	c.distances(c.Gaps, CodeGap, func(use) string { return "" })
	c.distances(c.Spreads, CodeSpread, func(u use) string { return u.pillar })
	c.chains()
	c.mixes()
	c.capacity()
}

// editions: a used slot holds from its minimum to its maximum.
func (c *checker) editions() {
	for i, s := range c.Slots {
		fixed, free := len(c.in[i]), len(c.placed[i])
		params := problem.Params{"slot": c.slotName(i), "count": strconv.Itoa(fixed + free), "items": c.names(i)}
		if limit := max(s.Max, fixed); free > 0 && fixed+free > limit {
			params["limit"] = strconv.Itoa(limit)
			c.find(CodeFull, params)
		}
		if free > 0 && fixed == 0 && free < s.Min {
			params["limit"] = strconv.Itoa(s.Min)
			c.find(CodeSmall, params)
		}
	}
}

func (c *checker) caps() {
	for i, r := range c.Caps {
		used := c.instants(r)
		var slots []int
		for _, s := range c.Slots {
			if s.Platform == r.Platform && (r.Day != nil && *r.Day == s.Day || r.Week != nil && *r.Week == s.Week) && len(c.placed[s.ID]) > 0 {
				used[s.At] = true
				slots = append(slots, s.ID)
			}
		}
		if limit := max(r.Limit, r.Used); len(used) > limit {
			c.find(CodeCap, problem.Params{
				"row": "caps[" + strconv.Itoa(i) + "]", "count": strconv.Itoa(len(used)), "limit": strconv.Itoa(limit), "items": c.names(slots...),
			})
		}
	}
}

// use is an instant at which something stands.
type use struct {
	at     int
	item   string
	pillar string
	fixed  bool
}

// distances: two uses of one kind are not closer than the least distance,
// unless both are fixed. The kind of a gap is the platform; that of a spread a
// pillar, and what has none is free of it.
func (c *checker) distances(rows []gap, code problem.Code, kind func(use) string) {
	for _, r := range rows {
		byKind := map[string][]use{}
		add := func(u use) {
			k := kind(u)
			if code == CodeSpread && k == "" {
				return
			}
			// What stands at one instant is one use, fixed if any of it is.
			for i, old := range byKind[k] {
				if old.at == u.at {
					byKind[k][i].fixed = old.fixed || u.fixed
					return
				}
			}
			byKind[k] = append(byKind[k], u)
		}
		for _, f := range c.Fixed {
			if f.Platform == r.Platform && f.At > -r.Minutes && f.At < c.Horizon+r.Minutes {
				add(use{f.At, f.Item, f.Pillar, true})
			}
		}
		for _, p := range c.Plan {
			if s := c.Slots[p.Slot]; s.Platform == r.Platform {
				add(use{s.At, p.Item, c.items[p.Item].Pillar, false})
			}
		}
		for _, k := range slices.Sorted(maps.Keys(byKind)) {
			c.apart(byKind[k], r.Minutes, code)
		}
	}
}

func (c *checker) apart(uses []use, distance int, code problem.Code) {
	slices.SortFunc(uses, func(a, b use) int { return cmp.Or(a.at-b.at, strings.Compare(a.item, b.item)) })
	for i, a := range uses {
		for _, b := range uses[i+1:] {
			if b.at-a.at >= distance {
				break
			}
			if a.fixed && b.fixed {
				continue
			}
			params := problem.Params{
				"item": b.item + " (" + c.instant(b.at) + ")", "other": a.item + " (" + c.instant(a.at) + ")",
				"minutes": strconv.Itoa(b.at - a.at), "limit": strconv.Itoa(distance),
			}
			if code == CodeSpread {
				params["pillar"] = a.pillar
			}
			c.find(code, params)
		}
	}
}

// chains: a follower stands late enough after its leader, or nowhere.
func (c *checker) chains() {
	for _, a := range c.After {
		leader, placed := c.where[a.Leader]
		_, free := c.items[a.Leader]
		follower, ok := c.where[a.Item]
		when := 0
		if f, fixed := c.fixed[a.Item]; fixed {
			// A fixed follower binds its leader: early enough, or nowhere.
			when, ok = f.At, placed
		} else if ok {
			when = c.Slots[follower].At
		}
		if !ok {
			continue
		}
		first, has := 0, false
		switch {
		case !free && a.Fixed != nil:
			first, has = *a.Fixed, true
		case free && placed:
			first, has = a.Release[leader]
		}
		switch {
		case !has:
			c.find(CodeNoLeader, problem.Params{"item": a.Item, "leader": a.Leader})
		case when < first:
			c.find(CodeAfter, problem.Params{"item": a.Item, "leader": a.Leader, "at": c.instant(when), "first": c.instant(first)})
		}
	}
}

// mixes: the share of an intent or a pillar in four weeks.
func (c *checker) mixes() {
	for i, m := range c.Mix {
		n, hits := m.N, m.C
		for _, p := range c.Plan {
			if s := c.Slots[p.Slot]; s.Platform == m.Platform && s.Block == m.Block {
				n++
				if x := c.items[p.Item]; m.matches(x.Intent, x.Pillar) {
					hits++
				}
			}
		}
		params := problem.Params{"row": "mix[" + strconv.Itoa(i) + "]", "name": m.name(), "count": strconv.Itoa(hits), "of": strconv.Itoa(n)}
		if 1000*hits > m.Max*n+max(999, 1000*m.C-m.Max*m.N) {
			params["limit"] = strconv.Itoa(m.Max)
			c.find(CodeAbove, params)
		}
		if 1000*hits < m.Min*n-max(999, m.Min*m.N-1000*m.C) {
			params["limit"] = strconv.Itoa(m.Min)
			c.find(CodeBelow, params)
		}
	}
}

// capacity: nobody owes more by the end of a week than there is time for.
func (c *checker) capacity() {
	in := func(name string) bool { _, ok := c.where[name]; return ok }
	for _, r := range c.Capacity {
		minutes, items := c.owed(r, in)
		if limit := max(r.Avail, r.Taken); minutes > limit {
			c.find(CodeCapacity, problem.Params{
				"person": r.Person, "week": strconv.Itoa(r.Week), "minutes": strconv.Itoa(minutes), "limit": strconv.Itoa(limit),
				"items": strings.Join(items, ", "),
			})
		}
	}
}

// owed sums up what a row counts: of fixed placements, and of those free ones
// that are in. The work on a post counts once, as soon as one of its
// placements is due.
func (c *checker) owed(r hours, in func(item string) bool) (minutes int, items []string) {
	mine := func(need map[string]int) int {
		if r.Person != "*" {
			return need[r.Person]
		}
		sum := 0
		for _, m := range need {
			sum += m
		}
		return sum
	}
	begun := map[string]bool{}
	add := func(name, post string, need map[string]int) {
		n := mine(need)
		if !begun[post] {
			begun[post] = true
			n += mine(c.posts[post].Need)
		}
		if n > 0 {
			minutes += n
			items = append(items, name)
		}
	}
	for _, f := range c.Fixed {
		if f.Why != "published" && f.DueWeek <= r.Week {
			add(f.Item, f.Post, f.Need)
		}
	}
	for _, x := range c.Plan {
		if in(x.Item) && c.Slots[x.Slot].DueWeek <= r.Week {
			add(x.Item, c.items[x.Item].Post, c.items[x.Item].Need)
		}
	}
	return minutes, items
}
