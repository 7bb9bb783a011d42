package capacity

import (
	"cmp"
	"slices"

	"editorial/pkg/calendar"
)

// Fill is what a slot would need that nothing fills. It has nobody's name: the
// team owes it.
type Fill struct {
	Slot int
	// Posts is 1, or the least that an edition takes.
	Posts int
	// Own is the minutes for posts that have to begin here, Version those for
	// this platform's versions, of all Posts together.
	Own, Version int
	// Value is what it is worth: an idea is worth less than a post of ordinary
	// priority.
	Value int
}

// Minutes is the work of a fill.
func (f Fill) Minutes() int { return f.Own + f.Version }

// fillPriority is that of a post that is still to be thought of.
const fillPriority = 2

// filler fills the empty slots of a plan.
type filler struct {
	in    calendar.Input
	inst  *calendar.Instance
	usual Usual
	rules map[string]*calendar.Platform
	// taken is, by slot, whether something stands there.
	taken []bool
	// begun are, by platform, the minutes at which fills that have no version
	// elsewhere yet go out, by the platform that would take them on.
	begun map[source][]int
	fills []Fill
}

// source is a platform and one that derives from it.
type source struct{ from, to string }

// Fills returns what the slots would need that nothing of a plan fills, by
// platform (those from which others derive first) and time. Caps and gaps hold
// for them as for posts, and what is due before now is not filled any more. A
// platform that derives from another takes on what fills that, each once, as
// long as there is any that is out early enough; else a post has to begin here.
func Fills(in calendar.Input, inst *calendar.Instance, plan calendar.Plan, usual Usual) []Fill {
	f := &filler{in: in, inst: inst, usual: usual}
	f.run(plan)
	return f.fills
}

// take notes the platforms by name, and what a plan fills.
func (f *filler) take(plan calendar.Plan) {
	inst := f.inst
	f.rules, f.taken = map[string]*calendar.Platform{}, make([]bool, len(inst.Slots))
	for i := range f.in.Platforms {
		f.rules[f.in.Platforms[i].Name] = &f.in.Platforms[i]
	}
	for i := range inst.Slots {
		f.taken[i] = inst.Slots[i].Fixed > 0
	}
	for _, p := range plan.Placements {
		f.taken[p.Slot] = true
	}
}

func (f *filler) run(plan calendar.Plan) {
	f.take(plan)
	f.begun = map[source][]int{}
	inst := f.inst
	order := make([]int, len(inst.Platforms))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(f.depth(inst.Platforms[a].Name), f.depth(inst.Platforms[b].Name))
	})
	for _, p := range order {
		f.platform(p)
	}
}

// depth is how many platforms stand between one and that where posts begin.
func (f *filler) depth(name string) int {
	n := 0
	for p := f.rules[name]; p != nil && p.DerivesFrom != "" && n <= len(f.rules); p = f.rules[p.DerivesFrom] {
		n++
	}
	return n
}

func (f *filler) platform(p int) {
	rules, name := f.inst.Platforms[p], f.inst.Platforms[p].Name
	used := newUses(f.inst, f.rules[name], p, f.taken)
	for s := rules.SlotLo; s < rules.SlotHi; s++ {
		slot := &f.inst.Slots[s]
		if f.taken[s] || !used.room(slot) {
			continue
		}
		fill := f.fill(name, s)
		if fill.Minutes() > 0 && slot.Due < f.inst.Now {
			continue // there is no time left for it, whoever has hours
		}
		used.add(slot)
		f.fills = append(f.fills, fill)
		for _, to := range f.in.Platforms {
			if to.DerivesFrom == name {
				k := source{name, to.Name}
				f.begun[k] = append(f.begun[k], slices.Repeat([]int{slot.At}, fill.Posts)...)
			}
		}
	}
}

// fill is what an empty slot would need.
func (f *filler) fill(name string, s int) Fill {
	slot, rules := &f.inst.Slots[s], f.rules[name]
	fill := Fill{Slot: s, Posts: max(1, slot.Min)}
	fill.Version = fill.Posts * rules.Effort
	fill.Value = fill.Posts * (1 << (fillPriority - 1)) * (1000 - 500*slot.At/f.inst.Horizon) * slot.Weight / 1000
	for range fill.Posts {
		if !f.takeOn(rules, slot.At) {
			fill.Own += f.usual[name]
		}
	}
	return fill
}

// takeOn takes the first fill of the platform from which this one derives that
// is out early enough.
func (f *filler) takeOn(rules *calendar.Platform, at int) bool {
	k := source{rules.DerivesFrom, rules.Name}
	if list := f.begun[k]; rules.DerivesFrom != "" && len(list) > 0 {
		if !f.in.Zone.Add(f.inst.Time(list[0]), rules.Lag).After(f.inst.Time(at)) {
			f.begun[k] = list[1:]
			return true
		}
	}
	return false
}

// uses counts the used instants of a platform against its caps and its gap.
type uses struct {
	rules     *calendar.Platform
	at        []int // in order
	day, week map[int]int
}

func newUses(inst *calendar.Instance, rules *calendar.Platform, platform int, taken []bool) *uses {
	u := &uses{rules: rules, day: map[int]int{}, week: map[int]int{}}
	zero := inst.Zone.Date(inst.Start)
	for _, fixed := range inst.Fixed { // by instant: those at one instant count once
		if fixed.Platform == platform && (len(u.at) == 0 || u.at[len(u.at)-1] != fixed.At) {
			day := inst.Zone.Date(inst.Time(fixed.At)).DaysSince(zero)
			u.use(fixed.At, day, weekOf(day))
		}
	}
	for s := inst.Platforms[platform].SlotLo; s < inst.Platforms[platform].SlotHi; s++ {
		if slot := &inst.Slots[s]; taken[s] && slot.Fixed == 0 {
			u.add(slot)
		}
	}
	return u
}

// weekOf is the week of a day, counted from the start; days before it are in
// none.
func weekOf(day int) int {
	if day < 0 {
		return -1
	}
	return day / 7
}

func (u *uses) add(s *calendar.Slot) { u.use(s.At, s.Day, s.Week) }

func (u *uses) use(at, day, week int) {
	i, _ := slices.BinarySearch(u.at, at)
	u.at = slices.Insert(u.at, i, at)
	u.day[day]++
	u.week[week]++
}

// room reports whether one more slot may be used.
func (u *uses) room(s *calendar.Slot) bool {
	if u.rules.CapDay > 0 && u.day[s.Day] >= u.rules.CapDay || u.rules.CapWeek > 0 && u.week[s.Week] >= u.rules.CapWeek {
		return false
	}
	i, _ := slices.BinarySearch(u.at, s.At-u.rules.Gap+1)
	return u.rules.Gap <= 0 || i == len(u.at) || u.at[i] >= s.At+u.rules.Gap
}
