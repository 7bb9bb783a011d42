package calendar

import "slices"

// insert places, of a list of items, what fits, the first first, each where it
// is worth most. What a placement lets in, a leader its followers, one post of
// an intent those of another, is tried again after it.
func (s *state) insert(list []int, f finder) {
	for turn := 0; turn < maxTurns && len(list) > 0; turn++ {
		var rest []int
		placed := false
		for i := 0; i < len(list); i++ {
			item := list[i]
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
// and a leader no later than what follows it.
func (v *survey) urgency() []int {
	most := make([]int, len(v.inst.Items))
	var of func(item int) int
	of = func(item int) int {
		if most[item] == 0 {
			most[item] = v.inst.Items[item].Priority // also where leaders go round in a circle
			for _, row := range v.leads[item] {
				if follower := v.inst.After[row].Item; follower >= 0 {
					most[item] = max(most[item], of(follower))
				}
			}
		}
		return most[item]
	}
	list := make([]int, len(v.inst.Items))
	for i := range list {
		list[i] = i
		of(i)
	}
	slices.SortStableFunc(list, func(x, y int) int { return most[y] - most[x] })
	return list
}
