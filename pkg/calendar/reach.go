package calendar

import "sort"

// reach tabulates a lag between a leader's platform and its follower's: both
// ways, so that a search need not look for the slots again and again.
type reach struct {
	// from is, by slot of the leader's platform (from its first), the first
	// slot of the follower's platform that the lag allows then.
	from []int
	// end is, by slot of the follower's platform (from its first), the slot
	// after the last one of the leader's platform that is early enough.
	end []int
}

// lagged names a reach: an index into Lags, and the follower's platform.
type lagged struct{ lag, platform int }

// reaches makes the table of every row of After that ties two free items. Rows
// of one lag and one platform share theirs.
func (v *survey) reaches() {
	all := map[lagged]*reach{}
	v.reach = make([]*reach, len(v.inst.After))
	for row, a := range v.inst.After {
		if a.Item < 0 || a.Leader < 0 {
			continue
		}
		key := lagged{a.Lag, v.inst.Items[a.Item].Platform}
		if all[key] == nil {
			all[key] = v.tabulate(key)
		}
		v.reach[row] = all[key]
	}
}

func (v *survey) tabulate(key lagged) *reach {
	inst, r := v.inst, &reach{}
	for _, at := range inst.Lags[key.lag].Release {
		r.from = append(r.from, v.slotFrom(key.platform, at))
	}
	p := inst.Platforms[key.platform]
	for t := p.SlotLo; t < p.SlotHi; t++ {
		r.end = append(r.end, v.lastBefore(key.lag, inst.Slots[t].At))
	}
	return r
}

// lastBefore returns the slot after the last one of a leader's platform that
// allows its follower to stand at a minute.
func (v *survey) lastBefore(lag, at int) int {
	release := v.releases[lag]
	return v.inst.Platforms[v.inst.Lags[lag].Platform].SlotLo + sort.Search(len(release), func(i int) bool { return release[i] > at })
}
