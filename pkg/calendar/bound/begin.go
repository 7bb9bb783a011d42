package bound

import (
	"cmp"
	"slices"
)

// begin sets the first prices: in every slot that of the first item that finds
// no place, were each platform alone and had its items no rule but the room.
func (v *volume) begin() {
	best := make([][]int, len(v.inst.Platforms)) // what items are worth at best
	for i, pairs := range v.pairs {
		if len(pairs) > 0 {
			most := slices.MaxFunc(pairs, func(a, b pair) int { return cmp.Compare(a.value, b.value) }).value
			best[v.inst.Items[i].Platform] = append(best[v.inst.Items[i].Platform], most)
		}
	}
	marginal, heaviest := make([]int, len(best)), make([]int, len(best))
	for p, room := range v.places() {
		slices.SortFunc(best[p], func(a, b int) int { return cmp.Compare(b, a) })
		if room < len(best[p]) {
			marginal[p] = best[p][room]
		}
	}
	for i := range v.inst.Slots {
		s := &v.inst.Slots[i]
		heaviest[s.Platform] = max(heaviest[s.Platform], s.Weight)
	}
	for i, b := range v.bands[:v.slotBands] {
		s := &v.inst.Slots[b.lo]
		price := int64(marginal[s.Platform]*s.Weight/heaviest[s.Platform]) * scale
		v.rows[i].price = min(price, v.rows[i].most)
		v.trial[i] = float64(v.rows[i].price) / scale
		v.centre[i] = v.trial[i]
	}
}

// forget sets all prices to nothing.
func (v *volume) forget() {
	clear(v.centre)
	clear(v.trial)
	for i := range v.rows {
		v.rows[i].price = 0
	}
}

// places is how many items every platform takes at most, as its weeks' caps
// and its slots alone allow.
func (v *volume) places() []int {
	type weekOf struct{ platform, week int }
	least := map[weekOf]int{}
	for i := range v.inst.Slots {
		least[weekOf{v.inst.Slots[i].Platform, v.inst.Slots[i].Week}] += v.room(i)
	}
	sizes := make([]int, len(v.inst.Platforms))
	for i := range v.inst.Slots {
		p := v.inst.Slots[i].Platform
		sizes[p] = max(sizes[p], v.room(i))
	}
	for _, c := range v.inst.Caps {
		if k := (weekOf{c.Platform, c.Week}); c.Week >= 0 {
			least[k] = min(least[k], max(c.Limit-c.Used, 0)*sizes[c.Platform])
		}
	}
	places := make([]int, len(v.inst.Platforms))
	for k, n := range least {
		places[k.platform] += n
	}
	return places
}
