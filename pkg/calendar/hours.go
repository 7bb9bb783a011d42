package calendar

import (
	"math"
	"sort"
)

// ask is work of somebody: minutes, and the row of hours that they count in.
type ask struct{ row, minutes int }

// team is the row of the whole team in hours; people follow it.
const team = 0

// asks sums up minutes by row: the team's first, then people's in the order of
// the list.
func asks(lists ...[]Minutes) []ask {
	var all []ask
	add := func(row, minutes int) {
		for i := range all {
			if all[i].row == row {
				all[i].minutes += minutes
				return
			}
		}
		all = append(all, ask{row, minutes})
	}
	for _, list := range lists {
		for _, m := range list {
			add(team, m.Minutes)
			if m.Person >= 0 {
				add(m.Person+1, m.Minutes)
			}
		}
	}
	return all
}

// hours are the minutes that are left until the end of each week, by row of
// the team and its people.
type hours struct {
	weeks int
	// slack is what is left, room the least that is left in a week or later.
	slack, room []int
}

// newHours returns the hours of an Instance with what is fixed charged, but
// without its posts' own work.
func (v *survey) newHours() *hours {
	inst := v.inst
	if len(inst.Capacity) == 0 {
		return nil
	}
	n := (len(inst.People) + 1) * inst.Weeks
	h := &hours{weeks: inst.Weeks, slack: make([]int, n), room: make([]int, n)}
	load := inst.fixedLoad()
	for _, c := range inst.Capacity {
		i := (c.Person+1)*inst.Weeks + c.Week
		h.slack[i] = max(c.Avail, c.Taken) - load.of(c.Person, c.Week)
	}
	for row := range len(inst.People) + 1 {
		h.update(row, 0, h.weeks)
	}
	return h
}

// take takes minutes off what is left in the weeks from first to before end.
func (h *hours) take(asks []ask, sign, first, end int) {
	if h == nil || first >= end {
		return
	}
	for _, a := range asks {
		row := h.slack[a.row*h.weeks : (a.row+1)*h.weeks]
		for w := first; w < end; w++ {
			row[w] -= sign * a.minutes
		}
		h.update(a.row, first, end)
	}
}

// update finds room again where slack changed.
func (h *hours) update(row, first, end int) {
	slack, room := h.slack[row*h.weeks:(row+1)*h.weeks], h.room[row*h.weeks:(row+1)*h.weeks]
	least := math.MaxInt
	if end < h.weeks {
		least = room[end]
	}
	for w := end - 1; w >= 0; w-- {
		least = min(least, slack[w])
		if w < first && room[w] == least {
			return
		}
		room[w] = least
	}
}

// first returns the first week from which on all asks have room, weeks if
// there is none.
func (h *hours) first(asks []ask) int {
	from := 0
	for _, a := range asks {
		room := h.room[a.row*h.weeks : (a.row+1)*h.weeks]
		if from < h.weeks && room[from] < a.minutes {
			from += sort.Search(h.weeks-from, func(i int) bool { return room[from+i] >= a.minutes })
		}
	}
	return from
}

// earliest returns the first week, from one on, in which the work of an item
// that has no place can be due.
func (s *state) earliest(item, from int) int {
	if s.hours == nil || len(s.whole[item]) == 0 {
		return from
	}
	owes := s.owes[s.inst.Items[item].Post]
	if owes >= s.inst.Weeks {
		return max(from, s.hours.first(s.whole[item]))
	}
	week := s.hours.first(s.version[item])
	if week > owes {
		return max(from, week)
	}
	for week = owes; week > from && s.hours.has(s.whole[item], week-1); week-- {
	}
	return max(from, week)
}

// has reports whether all asks have room in one week.
func (h *hours) has(asks []ask, week int) bool {
	for _, a := range asks {
		if h.slack[a.row*h.weeks+week] < a.minutes {
			return false
		}
	}
	return true
}

// charge adds the work of an item that is due in a week: its own, and that of
// its post from there on to where others made it due already.
func (s *state) charge(item, due int) {
	post := s.inst.Items[item].Post
	s.hours.take(s.version[item], 1, due, s.inst.Weeks)
	if due < s.owes[post] {
		s.hours.take(s.own[post], 1, due, s.owes[post])
		s.owes[post] = due
	}
}

// discharge takes charge back; the item has no place any more.
func (s *state) discharge(item, due int) {
	post := s.inst.Items[item].Post
	s.hours.take(s.version[item], -1, due, s.inst.Weeks)
	if due > s.owes[post] {
		return
	}
	next := s.begun[post]
	for _, other := range s.items[post] {
		if t := s.slot[other]; t >= 0 {
			next = min(next, s.inst.Slots[t].DueWeek)
		}
	}
	s.hours.take(s.own[post], -1, s.owes[post], next)
	s.owes[post] = next
}
