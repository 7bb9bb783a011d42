package calendar

import (
	"slices"
	"time"
)

// rows lists the rules that bind many items: caps, mix, capacity.
func (x *expander) rows() {
	inst := &x.inst
	for p, rules := range x.rules {
		for d := 0; rules.CapDay > 0 && d < 7*inst.Weeks; d++ {
			used := inst.usedByFixed(p, func(s Slot) bool { return s.Day == d })
			inst.Caps = append(inst.Caps, Cap{Platform: p, Day: d, Week: -1, Limit: rules.CapDay, Used: used})
		}
		for w := 0; rules.CapWeek > 0 && w < inst.Weeks; w++ {
			used := inst.usedByFixed(p, func(s Slot) bool { return s.Week == w })
			inst.Caps = append(inst.Caps, Cap{Platform: p, Day: -1, Week: w, Limit: rules.CapWeek, Used: used})
		}
		for _, m := range rules.Mix {
			x.mix(p, m)
		}
	}
	x.capacity()
}

func (inst *Instance) usedByFixed(platform int, in func(Slot) bool) int {
	n := 0
	for _, s := range inst.Slots {
		if s.Platform == platform && s.Fixed > 0 && in(s) {
			n++
		}
	}
	return n
}

func (x *expander) mix(platform int, m Mix) {
	inst := &x.inst
	last := x.block(7*inst.Weeks - 1)
	for b := 0; b <= last; b++ {
		row := MixRow{Platform: platform, Block: b, Intent: m.Intent, Pillar: m.Pillar, Min: m.Min, Max: m.Max}
		for _, f := range inst.Fixed {
			if f.Platform == platform && x.blockOf(f.At) == b {
				row.N++
				if row.matches(f.Intent, f.Pillar) {
					row.C++
				}
			}
		}
		inst.Mixes = append(inst.Mixes, row)
	}
}

func (x *expander) blockOf(at int) int {
	return x.block(x.in.Zone.Date(x.inst.Time(at)).DaysSince(x.monday))
}

// matches reports whether a placement counts towards the row's share.
func (r MixRow) matches(intent, pillar string) bool {
	if r.Intent != "" {
		return r.Intent == intent
	}
	return r.Pillar == pillar
}

// capacity lists, for everybody and the team, the minutes there are until the
// end of each week, and those that fixed placements take.
func (x *expander) capacity() {
	inst := &x.inst
	if len(x.in.People) == 0 {
		return
	}
	today := x.in.Zone.Date(x.in.Now)
	team := make([]int, inst.Weeks)
	byName := map[string]Person{}
	for _, p := range x.in.People {
		byName[p.Name] = p
	}
	state := newState(inst)
	for who, name := range inst.People {
		p := byName[name]
		days := p.Days
		if len(days) == 0 {
			days = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
		}
		worked, day := 0, today
		for w := range inst.Weeks {
			for ; day.Before(x.monday.AddDays(7 * (w + 1))); day = day.AddDays(1) {
				absent := slices.ContainsFunc(p.Absences, func(a Absence) bool { return !day.Before(a.From) && !a.To.Before(day) })
				if slices.Contains(days, day.Weekday()) && !absent {
					worked++
				}
			}
			avail := p.Minutes * worked / len(days) * (1000 - x.in.Reserve) / 1000
			team[w] += avail
			inst.Capacity = append(inst.Capacity, CapacityRow{Person: who, Week: w, Avail: avail, Taken: state.taken(who, w)})
		}
	}
	for w := range inst.Weeks {
		inst.Capacity = append(inst.Capacity, CapacityRow{Person: -1, Week: w, Avail: team[w], Taken: state.taken(-1, w)})
	}
}
