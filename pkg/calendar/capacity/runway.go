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

// Runways returns the runway of every platform that has slots, by name, of a
// plan that the team can make. Slots that caps and gaps keep empty do not
// count.
func Runways(in calendar.Input, inst *calendar.Instance, plan calendar.Plan) []Runway {
	first := map[int]int{}
	f := &filler{in: in, inst: inst, late: true}
	f.run(plan)
	for _, f := range f.fills {
		p := inst.Slots[f.Slot].Platform
		if old, ok := first[p]; !ok || inst.Slots[f.Slot].At < inst.Slots[old].At {
			first[p] = f.Slot
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
