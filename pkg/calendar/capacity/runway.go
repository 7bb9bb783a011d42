package capacity

import "editorial/pkg/calendar"

// Runway is how long a platform has something to show.
type Runway struct {
	Platform string
	// Empty is the first slot that nothing fills; -1: all are filled until the
	// end of the horizon.
	Empty int
	// Weeks is the whole weeks from now until then, or until the end.
	Weeks int
}

// Free returns the slots of a plan that nothing fills, in order, but not those
// that caps or a gap keep empty beside what stands. Of several that are free
// now, one that is filled may close others.
func Free(in calendar.Input, inst *calendar.Instance, plan calendar.Plan) []int {
	f := &filler{in: in, inst: inst}
	f.take(plan)
	var all []int
	for p, rules := range inst.Platforms {
		used := newUses(inst, f.rules[rules.Name], p, f.taken)
		for s := rules.SlotLo; s < rules.SlotHi; s++ {
			if !f.taken[s] && used.room(&inst.Slots[s]) {
				all = append(all, s)
			}
		}
	}
	return all
}

// Runways returns the runway of every platform that has slots, by name, from
// the free slots of a plan that the team can make: those of [Free].
func Runways(inst *calendar.Instance, free []int) []Runway {
	first := map[int]int{} // by platform; slots are in order of time
	for _, s := range free {
		if _, ok := first[inst.Slots[s].Platform]; !ok {
			first[inst.Slots[s].Platform] = s
		}
	}
	var all []Runway
	for p, rules := range inst.Platforms {
		if rules.SlotLo == rules.SlotHi {
			continue
		}
		r := Runway{Platform: rules.Name, Empty: -1, Weeks: weeksUntil(inst, inst.Horizon)}
		if s, ok := first[p]; ok {
			r.Empty, r.Weeks = s, weeksUntil(inst, inst.Slots[s].At)
		}
		all = append(all, r)
	}
	return all
}

// weeksUntil counts whole weeks by days of the zone.
func weeksUntil(inst *calendar.Instance, minute int) int {
	return inst.Zone.Date(inst.Time(minute)).DaysSince(inst.Zone.Date(inst.Time(inst.Now))) / 7
}
