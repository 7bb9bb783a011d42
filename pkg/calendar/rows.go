package calendar

import (
	"slices"
	"time"
)

// rows lists the rules that bind many items: caps, mix, capacity.
func (x *expander) rows() {
	x.caps()
	x.mixes()
	x.capacity()
}

// caps counts an instant of a platform once, whatever stands there: editions
// are one use.
func (x *expander) caps() {
	inst := &x.inst
	byDay, seen := map[place]int{}, map[place]bool{}
	for _, f := range inst.Fixed {
		if at := (place{f.Platform, f.At}); f.At >= 0 && !seen[at] {
			seen[at] = true
			byDay[place{f.Platform, inst.day(f.At)}]++
		}
	}
	for p, rules := range x.rules {
		for d := 0; rules.CapDay > 0 && d < 7*inst.Weeks; d++ {
			inst.Caps = append(inst.Caps, Cap{Platform: p, Day: d, Week: -1, Limit: rules.CapDay, Used: byDay[place{p, d}]})
		}
		for w := 0; rules.CapWeek > 0 && w < inst.Weeks; w++ {
			used := 0
			for d := 7 * w; d < 7*w+7; d++ {
				used += byDay[place{p, d}]
			}
			inst.Caps = append(inst.Caps, Cap{Platform: p, Day: -1, Week: w, Limit: rules.CapWeek, Used: used})
		}
	}
}

func (x *expander) mixes() {
	inst := &x.inst
	last := inst.block(7*inst.Weeks - 1)
	fixed := map[place][]int{}
	for i, f := range inst.Fixed {
		if f.At < -(daysOfFourWeeks+1)*24*60 {
			continue // before the first block
		}
		if b := inst.block(inst.day(f.At)); b >= 0 && b <= last {
			fixed[place{f.Platform, b}] = append(fixed[place{f.Platform, b}], i)
		}
	}
	for p, rules := range x.rules {
		for _, m := range rules.Mix {
			for b := 0; b <= last; b++ {
				row := MixRow{Platform: p, Block: b, Intent: m.Intent, Pillar: m.Pillar, Min: m.Min, Max: m.Max}
				for _, f := range fixed[place{p, b}] {
					row.N++
					if row.matches(inst.Fixed[f].Intent, inst.Fixed[f].Pillar) {
						row.C++
					}
				}
				inst.Mixes = append(inst.Mixes, row)
			}
		}
	}
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
	byName := map[string]Person{}
	for _, p := range x.in.People {
		byName[p.Name] = p
	}
	team := make([]int, inst.Weeks)
	taken := inst.fixedLoad()
	for who, name := range inst.People {
		for w, avail := range x.available(byName[name]) {
			team[w] += avail
			inst.Capacity = append(inst.Capacity, CapacityRow{Person: who, Week: w, Avail: avail, Taken: taken.of(who, w)})
		}
	}
	for w := range inst.Weeks {
		inst.Capacity = append(inst.Capacity, CapacityRow{Person: -1, Week: w, Avail: team[w], Taken: taken.of(-1, w)})
	}
}

// available returns, by week, a person's minutes from today until its end.
func (x *expander) available(p Person) []int {
	days := slices.Compact(slices.Sorted(slices.Values(p.Days)))
	if len(days) == 0 {
		days = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	}
	avail := make([]int, x.inst.Weeks)
	worked, extra, day := 0, 0, x.in.Zone.Date(x.in.Now)
	for w := range avail {
		for ; day.Before(x.monday.AddDays(7 * (w + 1))); day = day.AddDays(1) {
			absent := slices.ContainsFunc(p.Absences, func(a Absence) bool { return !day.Before(a.From) && !a.To.Before(day) })
			if slices.Contains(days, day.Weekday()) && !absent {
				worked++
			}
		}
		for _, e := range p.Extra {
			if e.Week.Monday() == x.monday.AddDays(7*w) {
				extra += e.Minutes
			}
		}
		avail[w] = max(0, p.Minutes*worked*(1000-x.in.Reserve)/(1000*len(days))+extra)
	}
	return avail
}

// work is minutes by person and week: what is due by the end of the week.
type work struct {
	weeks   int
	minutes []int // of the team, then of each person
}

func newWork(people, weeks int) work { return work{weeks, make([]int, (people+1)*weeks)} }

// of returns the minutes of a person, -1 for the team.
func (w work) of(person, week int) int { return w.minutes[(person+1)*w.weeks+week] }

// add charges minutes to a person and the team in the weeks from first to
// before end.
func (w work) add(need []Minutes, sign, first, end int) {
	for _, m := range need {
		for week := first; week < end; week++ {
			w.minutes[week] += sign * m.Minutes
			if m.Person >= 0 {
				w.minutes[(m.Person+1)*w.weeks+week] += sign * m.Minutes
			}
		}
	}
}

// fixedLoad is the work that fixed placements take.
func (inst *Instance) fixedLoad() work {
	w := newWork(len(inst.People), inst.Weeks)
	begun := inst.begun()
	for _, f := range inst.Fixed {
		w.add(f.Owes, 1, f.DueWeek, inst.Weeks)
	}
	for post, week := range begun {
		w.add(inst.Posts[post].Need, 1, week, inst.Weeks)
	}
	return w
}

// begun is, by post, the week from which fixed placements make it owe its own
// work; Weeks where they do not.
func (inst *Instance) begun() []int {
	begun := make([]int, len(inst.Posts))
	for i := range begun {
		begun[i] = inst.Weeks
	}
	for _, f := range inst.Fixed {
		if f.Post >= 0 && !f.Done {
			begun[f.Post] = min(begun[f.Post], f.DueWeek)
		}
	}
	return begun
}
