package calendar

import (
	"cmp"
	"slices"
)

// insert places, of a list of items, what fits, the first first, each where it
// is worth most; the list is used up. What a placement lets in, a leader its followers, one post of
// an intent those of another, is tried again after it.
func (s *state) insert(list []int, f finder) {
	for turn := 0; turn < maxTurns && len(list) > 0; turn++ {
		rest, placed := list[:0], false
		for _, item := range list {
			if s.slot[item] >= 0 || s.held[item] {
				continue
			}
			if s.steps <= 0 {
				return
			}
			t := f.best(s, item)
			if t < 0 {
				rest = append(rest, item)
				continue
			}
			s.put(item, t)
			placed = true
		}
		if !placed || len(rest) == 0 {
			return
		}
		list = rest
	}
}

// maxTurns bounds how often what did not fit is tried again.
const maxTurns = 3

// urgency orders items for a plan from nothing: the greatest priority first,
// that of what follows counted in; then what has to be out first.
func (v *survey) urgency() []int {
	inst := v.inst
	most, last := make([]int, len(inst.Items)), make([]int, len(inst.Items))
	var of func(item int)
	of = func(item int) {
		if most[item] > 0 {
			return
		}
		it := &inst.Items[item]
		most[item], last[item] = it.Priority, -1 // also where leaders go round in a circle
		if it.SlotHi > it.SlotLo {
			last[item] = inst.Slots[it.SlotHi-1].At
		}
		for _, row := range v.leads[item] {
			if follower := inst.After[row].Item; follower >= 0 {
				of(follower)
				most[item] = max(most[item], most[follower])
			}
		}
		for _, row := range v.leads[item] {
			if follower := inst.After[row].Item; follower >= 0 && most[follower] == most[item] {
				last[item] = min(last[item], last[follower]-1) // before what follows it
			}
		}
	}
	list := make([]int, len(inst.Items))
	for i := range list {
		list[i] = i
		of(i)
	}
	slices.SortStableFunc(list, func(x, y int) int { return cmp.Or(most[y]-most[x], last[x]-last[y]) })
	return list
}

// thrift orders items by what a minute of their work earns, the most first.
// What takes next to none comes in the order of priority.
func (v *survey) thrift() []int {
	earns := make([]int, len(v.inst.Items))
	list := make([]int, len(v.inst.Items))
	for i := range list {
		minutes := leastWork
		for _, a := range v.whole[i] {
			if a.row == team {
				minutes += a.minutes
			}
		}
		list[i], earns[i] = i, 100_000<<v.inst.Items[i].Priority/minutes
	}
	slices.SortStableFunc(list, func(x, y int) int { return earns[y] - earns[x] })
	return list
}

// leastWork is how many minutes a placement is reckoned to take besides those
// that are owed: its slot has a price, too.
const leastWork = 60

// ranking is an order of items: the list, and by item its place in that.
type ranking struct{ list, rank []int }

func ranked(list []int) ranking {
	r := ranking{list, make([]int, len(list))}
	for rank, item := range list {
		r.rank[item] = rank
	}
	return r
}
