package calendar

import (
	"cmp"
	"slices"
	"sort"
)

// survey is what every state of one Instance shares: where to look up the
// rules of a slot or an item.
type survey struct {
	inst *Instance
	// By platform: the fixed placements, by instant.
	fixed [][]int
	// By item: those of its platform and pillar.
	alike [][]int
	// By item: rows of After in which it follows, and in which it leads.
	follows, leads [][]int
	// By item: the first of its slots that all it follows, near and far, can
	// stand early enough for.
	lo []int
	// By item: how many leaders it has one after the other.
	depth []int
	// By post: its items, and the week from which fixed placements make it owe.
	items [][]int
	begun []int
	// The work of every post itself, of every item's version, and of both.
	own, version, whole [][]ask
	// By item: it stays where it is, as if it were fixed.
	held []bool

	// By slot: rows of Caps, and by row the slots that it counts.
	caps   [][]int
	capped []span
	// By slot: those nearer than the gap, and nearer than the spread; itself
	// among them.
	gap, spread []span
	// By slot: the fixed placements at other instants nearer than the gap.
	shut []int
	// By item: its pillar's column of the counts of spread, -1 where its
	// platform has none, or it has no pillar. By slot: where its row begins.
	column []int
	row    []int
	// crowd and holds are those counts of what is fixed: the placements of a
	// pillar in other slots nearer than the spread, and in the slot itself.
	crowd, holds []int32

	// By platform: its mixes, and where their rows of Mixes begin; blocks is
	// how many rows each has.
	mixes  []span
	blocks int
	// By row of Mixes: the slots that it counts.
	block []span
	// By item: which of its platform's mixes it matches.
	matches [][]bool
	// high and low are the slack of each row of Mixes.
	high, low []int

	// By platform: its slots by weight, the heaviest first.
	weights [][]weight
	// By platform and week: the slot after its last that is due earlier.
	due [][]int
	// By row of Lags: by slot, the greatest release up to it. It is the release
	// itself but where clocks go back.
	releases [][]int
	// By row of After: its lag in slots; nil where one side is fixed.
	reach []*reach
	// words is where the bits of a platform's slots begin.
	words []int
}

// span is a range of indices: from lo to before hi.
type span struct{ lo, hi int }

// weight are the slots of a platform that weigh the same, as bits.
type weight struct {
	weight int
	slots  []uint64
}

func newSurvey(inst *Instance) *survey {
	v := &survey{
		inst: inst, fixed: make([][]int, len(inst.Platforms)), alike: make([][]int, len(inst.Items)),
		follows: make([][]int, len(inst.Items)), leads: make([][]int, len(inst.Items)),
		held: make([]bool, len(inst.Items)), items: make([][]int, len(inst.Posts)), begun: inst.begun(),
	}
	v.families()
	for row, a := range inst.After {
		if a.Item >= 0 {
			v.follows[a.Item] = append(v.follows[a.Item], row)
		}
		if a.Leader >= 0 {
			v.leads[a.Leader] = append(v.leads[a.Leader], row)
		}
	}
	v.distances()
	v.pillars()
	v.caps, v.capped = inst.capsOfSlots()
	v.shares()
	v.weigh()
	v.reaches()
	v.early()
	for _, p := range inst.Posts {
		v.own = append(v.own, asks(p.Need))
	}
	for _, it := range inst.Items {
		v.version = append(v.version, asks(it.Need))
		v.whole = append(v.whole, asks(it.Need, inst.Posts[it.Post].Need))
	}
	return v
}

// families ties items to their posts, and to what is fixed of their pillar.
func (v *survey) families() {
	type family struct {
		platform int
		pillar   string
	}
	alike := map[family][]int{}
	for i, f := range v.inst.Fixed {
		v.fixed[f.Platform] = append(v.fixed[f.Platform], i)
		alike[family{f.Platform, f.Pillar}] = append(alike[family{f.Platform, f.Pillar}], i)
	}
	for i, it := range v.inst.Items {
		v.items[it.Post] = append(v.items[it.Post], i)
		if it.Pillar != "" {
			v.alike[i] = alike[family{it.Platform, it.Pillar}]
		}
	}
}

// distances finds the slots that the gap and the spread forbid together.
func (v *survey) distances() {
	inst := v.inst
	v.gap, v.spread, v.shut = make([]span, len(inst.Slots)), make([]span, len(inst.Slots)), make([]int, len(inst.Slots))
	for i, p := range inst.Platforms {
		for t := p.SlotLo; t < p.SlotHi; t++ {
			at := inst.Slots[t].At
			v.gap[t], v.spread[t] = inst.near(p, t, p.Gap), inst.near(p, t, p.Spread)
			if p.Gap > 0 && v.fixedNear(v.fixed[i], at, p.Gap) >= 0 {
				v.shut[t] = 1
			}
		}
	}
}

// near returns the slots of a platform that are nearer to one than a distance.
func (inst *Instance) near(p PlatformRules, slot, distance int) span {
	near := span{slot, slot + 1}
	at := inst.Slots[slot].At
	for near.lo > p.SlotLo && at-inst.Slots[near.lo-1].At < distance {
		near.lo--
	}
	for near.hi < p.SlotHi && inst.Slots[near.hi].At-at < distance {
		near.hi++
	}
	return near
}

// pillars numbers, on every platform that spreads them, the pillars of its
// items, and counts what is fixed of each.
func (v *survey) pillars() {
	inst := v.inst
	v.column, v.row = slices.Repeat([]int{-1}, len(inst.Items)), make([]int, len(inst.Slots))
	columns := make([]map[string]int, len(inst.Platforms))
	for i, it := range inst.Items {
		if inst.Platforms[it.Platform].Spread == 0 || it.Pillar == "" {
			continue
		}
		if columns[it.Platform] == nil {
			columns[it.Platform] = map[string]int{}
		}
		c, ok := columns[it.Platform][it.Pillar]
		if !ok {
			c = len(columns[it.Platform])
			columns[it.Platform][it.Pillar] = c
		}
		v.column[i] = c
	}
	size := 0
	for i, p := range inst.Platforms {
		for t := p.SlotLo; t < p.SlotHi; t++ {
			v.row[t] = size
			size += len(columns[i])
		}
	}
	v.crowd, v.holds = make([]int32, size), make([]int32, size)
	for _, f := range inst.Fixed {
		c, ok := columns[f.Platform][f.Pillar]
		if !ok {
			continue
		}
		p := inst.Platforms[f.Platform]
		from := sort.Search(p.SlotHi-p.SlotLo, func(i int) bool { return inst.Slots[p.SlotLo+i].At > f.At-p.Spread })
		for t := p.SlotLo + from; t < p.SlotHi && inst.Slots[t].At < f.At+p.Spread; t++ {
			if inst.Slots[t].At == f.At {
				v.holds[v.row[t]+c]++
			} else {
				v.crowd[v.row[t]+c]++
			}
		}
	}
}

// capsOfSlots returns, by slot, the rows of Caps that count it, and by row the
// slots that it counts.
func (inst *Instance) capsOfSlots() ([][]int, []span) {
	type when struct{ platform, day, week int }
	rows := map[when]int{}
	for row, c := range inst.Caps {
		rows[when{c.Platform, c.Day, c.Week}] = row
	}
	caps, capped := make([][]int, len(inst.Slots)), make([]span, len(inst.Caps))
	for t, s := range inst.Slots {
		for _, w := range []when{{s.Platform, s.Day, -1}, {s.Platform, -1, s.Week}} {
			row, ok := rows[w]
			if !ok {
				continue
			}
			if capped[row].hi == 0 {
				capped[row].lo = t
			}
			capped[row].hi = t + 1
			caps[t] = append(caps[t], row)
		}
	}
	return caps, capped
}

// shares finds the rows of Mixes of every platform, which items they match,
// and their slacks.
func (v *survey) shares() {
	inst := v.inst
	v.mixes, v.matches = make([]span, len(inst.Platforms)), make([][]bool, len(inst.Items))
	for row, m := range inst.Mixes {
		if v.mixes[m.Platform].hi == 0 {
			v.mixes[m.Platform].lo = row
		}
		v.mixes[m.Platform].hi = row + 1
		v.blocks = max(v.blocks, m.Block+1)
		v.high = append(v.high, max(999, 1000*m.C-m.Max*m.N))
		v.low = append(v.low, max(999, m.Min*m.N-1000*m.C))
	}
	v.block = make([]span, len(inst.Mixes))
	for t, s := range inst.Slots {
		rows := v.mixes[s.Platform]
		for row := rows.lo + s.Block; row < rows.hi; row += v.blocks {
			if v.block[row].hi == 0 {
				v.block[row].lo = t
			}
			v.block[row].hi = t + 1
		}
	}
	type kind struct {
		platform       int
		intent, pillar string
	}
	kinds := map[kind][]bool{}
	for i, it := range inst.Items {
		rows := v.mixes[it.Platform]
		if rows.lo == rows.hi {
			continue
		}
		k := kind{it.Platform, it.Intent, it.Pillar}
		if _, ok := kinds[k]; !ok {
			for row := rows.lo; row < rows.hi; row += v.blocks {
				kinds[k] = append(kinds[k], inst.Mixes[row].matches(it.Intent, it.Pillar))
			}
		}
		v.matches[i] = kinds[k]
	}
}

// weigh groups the slots of every platform by weight, and finds where the
// weeks of their due days begin.
func (v *survey) weigh() {
	inst := v.inst
	words := 0
	for _, p := range inst.Platforms {
		n := (p.SlotHi - p.SlotLo + 63) / 64
		v.words = append(v.words, words)
		words += n
		var all []weight
		due := slices.Repeat([]int{p.SlotLo}, inst.Weeks+1)
		for t := p.SlotLo; t < p.SlotHi; t++ {
			s := &inst.Slots[t]
			k := slices.IndexFunc(all, func(w weight) bool { return w.weight == s.Weight })
			if k < 0 {
				k = len(all)
				all = append(all, weight{s.Weight, make([]uint64, n)})
			}
			all[k].slots[(t-p.SlotLo)/64] |= 1 << ((t - p.SlotLo) % 64)
			for w := s.DueWeek + 1; w <= inst.Weeks; w++ {
				due[w] = t + 1
			}
		}
		slices.SortFunc(all, func(a, b weight) int { return cmp.Compare(b.weight, a.weight) })
		v.weights, v.due = append(v.weights, all), append(v.due, due)
	}
	v.words = append(v.words, words)
	for _, lag := range inst.Lags {
		most := slices.Clone(lag.Release)
		for i := 1; i < len(most); i++ {
			most[i] = max(most[i], most[i-1])
		}
		v.releases = append(v.releases, most)
	}
}

// early finds the first slot of every item that its leaders allow.
func (v *survey) early() {
	v.lo, v.depth = make([]int, len(v.inst.Items)), make([]int, len(v.inst.Items))
	done := make([]bool, len(v.inst.Items))
	var of func(item int) int
	of = func(item int) int {
		if done[item] {
			return v.lo[item]
		}
		done[item] = true // also where leaders go round in a circle
		it := &v.inst.Items[item]
		v.lo[item] = it.SlotLo
		for _, row := range v.follows[item] {
			a := &v.inst.After[row]
			first := a.First
			if a.Leader >= 0 {
				t := of(a.Leader)
				v.depth[item] = max(v.depth[item], v.depth[a.Leader]+1)
				if t >= v.inst.Items[a.Leader].SlotHi {
					v.lo[item] = it.SlotHi // no leader, no follower
					continue
				}
				first = v.inst.release(a, t)
			}
			v.lo[item] = max(v.lo[item], v.slotFrom(it.Platform, first))
		}
		return v.lo[item]
	}
	for item := range v.lo {
		of(item)
	}
}

// slotFrom returns the first slot of a platform from a minute on.
func (v *survey) slotFrom(platform, minute int) int {
	p := &v.inst.Platforms[platform]
	slots := v.inst.Slots[p.SlotLo:p.SlotHi]
	return p.SlotLo + sort.Search(len(slots), func(i int) bool { return slots[i].At >= minute })
}

// fixedNear returns the first fixed placement of a list (by instant) that lies
// closer to a minute than the distance, and not at it; -1 if there is none.
func (v *survey) fixedNear(list []int, at, distance int) int {
	i := sort.Search(len(list), func(i int) bool { return v.inst.Fixed[list[i]].At > at-distance })
	for ; i < len(list) && v.inst.Fixed[list[i]].At < at+distance; i++ {
		if v.inst.Fixed[list[i]].At != at {
			return list[i]
		}
	}
	return -1
}

// fixedIn returns a fixed placement in a slot, -1 if there is none.
func (v *survey) fixedIn(list []int, slot int) int {
	at := v.inst.Slots[slot].At
	i := sort.Search(len(list), func(i int) bool { return v.inst.Fixed[list[i]].At >= at })
	if i < len(list) && v.inst.Fixed[list[i]].At == at {
		return list[i]
	}
	return -1
}
