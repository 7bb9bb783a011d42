package advice

import (
	"slices"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/change"
	"editorial/pkg/civil"
)

// windows: its own dates close slots. An embargo is somebody else's word, and
// no change opens it. The nearest slots are tried, and the end of the horizon.
func (g *gathering) windows() {
	for _, code := range []calendar.LimitCode{calendar.LimitNotBefore, calendar.LimitDeadline, calendar.LimitExpires} {
		slots := slices.DeleteFunc(g.bounds[code], func(slot int) bool { return !g.allows(slot, code) })
		if code == calendar.LimitNotBefore {
			slices.Reverse(slots) // the nearest first
		}
		for i, slot := range slots {
			if i < mostBounds || i == len(slots)-1 {
				g.window(code, g.Inst.Slots[slot].At)
			}
		}
	}
}

// window adds that one of the post's bounds is moved, so that a minute is open.
func (g *gathering) window(code calendar.LimitCode, at int) {
	var was time.Time
	for _, l := range g.it.Limits {
		if l.Code == code {
			was = g.Inst.Time(l.At)
			if code == calendar.LimitExpires {
				was = was.Add(time.Minute) // from then on it is expired
			}
		}
	}
	g.add(g.bound(code, g.it.Key.Post, at, was))
}

// bound moves a bound to the day of a minute: to where that day is open as a
// whole.
func (s *search) bound(code calendar.LimitCode, post string, at int, was time.Time) candidate {
	zone := s.Inst.Zone
	day := zone.Date(s.Inst.Time(at))
	c := candidate{change: change.Change{Post: post}, wasAt: was, rank: rankOtherWindow}
	if s.own(post) {
		c.rank = rankWindow
	}
	switch code {
	case calendar.LimitNotBefore:
		c.change.Kind, c.change.At = change.NotBefore, zone.Instant(day.At(civil.Clock{}))
	case calendar.LimitDeadline:
		c.change.Kind, c.change.At = change.Deadline, zone.Instant(day.AddDays(1).At(civil.Clock{})).Add(-time.Minute)
	case calendar.LimitExpires:
		c.change.Kind, c.change.At = change.Expires, zone.Instant(day.AddDays(1).At(civil.Clock{}))
	}
	c.amount = abs(int(c.change.At.Sub(was) / time.Minute))
	return c
}

// limits returns the limit that a kind of change moves.
func limits(kind change.Kind) (calendar.LimitCode, bool) {
	switch kind {
	case change.NotBefore:
		return calendar.LimitNotBefore, true
	case change.Deadline:
		return calendar.LimitDeadline, true
	case change.Expires:
		return calendar.LimitExpires, true
	}
	return "", false
}

// pins: the item is wanted where it cannot stand, or on a day that has no slot
// for it. It is moved to other slots, or what forbids its pin makes way.
func (g *gathering) pins() {
	want := -1
	for _, l := range g.it.Limits {
		if l.Code == calendar.LimitPin || l.Code == calendar.LimitDay {
			want = l.At
		}
	}
	if want < 0 {
		return
	}
	for _, l := range g.it.Limits {
		if l.Code == calendar.LimitNotBefore && want < l.At || (l.Code == calendar.LimitDeadline || l.Code == calendar.LimitExpires) && want > l.At {
			g.window(l.Code, want)
		}
	}
	var open []int
	for _, slot := range slices.Concat(g.bounds[calendar.LimitPin], g.bounds[calendar.LimitDay]) {
		if g.allows(slot, "") && g.Inst.Slots[slot].Fixed == 0 {
			open = append(open, slot)
		}
	}
	slices.SortStableFunc(open, func(a, b int) int { return abs(g.Inst.Slots[a].At-want) - abs(g.Inst.Slots[b].At-want) })
	for _, slot := range open[:min(len(open), mostPlaces)] {
		guess := 0
		for _, other := range g.inside[slot] {
			guess = max(guess, g.Inst.Value(other, slot))
		}
		g.place(g.it.Key, g.time(slot), guess)
	}
}

// allows reports whether the item's embargo, not-before, deadline and expiry,
// but for one of them, leave a slot open.
func (g *gathering) allows(slot int, but calendar.LimitCode) bool {
	at := g.Inst.Slots[slot].At
	for _, l := range g.it.Limits {
		switch l.Code {
		case but:
		case calendar.LimitEmbargo, calendar.LimitNotBefore:
			if at < l.At {
				return false
			}
		case calendar.LimitDeadline, calendar.LimitExpires:
			if at > l.At {
				return false
			}
		}
	}
	return true
}

// week is an ISO week, counted from the start.
func week(inst *calendar.Instance, n int) civil.Week {
	return civil.WeekOf(inst.Zone.Date(inst.Start)).Add(min(n, inst.Weeks-1))
}
