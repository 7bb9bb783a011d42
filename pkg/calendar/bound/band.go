package bound

import (
	"cmp"
	"slices"

	"editorial/pkg/calendar"
)

// band is a rule over slots of a platform: the sum over its parts of factor
// times the free items of the group in these slots is at most limit.
type band struct {
	parts []part
	// lo and hi bound the slots (indices into Slots); out are those between
	// them that do not count.
	lo, hi int
	out    []int
	limit  int
}

// part is a group that a band counts.
type part struct{ group, factor int }

// banding makes the bands of a model.
type banding struct {
	*model
	*groups
	bands []band
	// upTo counts pairs by group and slot, summed up from the platform's first on.
	upTo [][]int
	// used are the slots of each platform with something fixed in them: used
	// whatever else goes there.
	used [][]int
}

// bands lists the rules of slots; the first are what a slot takes.
func (m *model) bands(g *groups) (all []band, slots int) {
	b := &banding{model: m, groups: g, upTo: make([][]int, len(g.list)), used: make([][]int, len(m.inst.Platforms))}
	b.count()
	for t := range m.inst.Slots {
		if s := &m.inst.Slots[t]; s.Fixed > 0 {
			b.used[s.Platform] = append(b.used[s.Platform], t)
		}
	}
	b.slots()
	slots = len(b.bands)
	b.caps()
	b.gaps()
	b.spreads()
	b.mixes()
	return b.bands, slots
}

func (b *banding) count() {
	for i, g := range b.list {
		p := b.inst.Platforms[g.platform]
		b.upTo[i] = make([]int, p.SlotHi-p.SlotLo+1)
	}
	for i, pairs := range b.pairs {
		for _, k := range b.kinds[b.kind[i]] {
			for _, p := range pairs {
				if k >= 0 {
					b.upTo[k][b.place(i, p)+1]++
				}
			}
		}
	}
	for _, n := range b.upTo {
		for i := 1; i < len(n); i++ {
			n[i] += n[i-1]
		}
	}
}

// pairsIn counts the pairs of a group in slots.
func (b *banding) pairsIn(group, lo, hi int) int {
	from := b.inst.Platforms[b.list[group].platform].SlotLo
	return b.upTo[group][hi-from] - b.upTo[group][lo-from]
}

// add adds a band, unless nothing could break it.
func (b *banding) add(x band) {
	most := 0
	for _, p := range x.parts {
		most += max(p.factor, 0) * b.pairsIn(p.group, x.lo, x.hi)
	}
	if most > x.limit {
		b.bands = append(b.bands, x)
	}
}

// usedIn are the used slots of a platform in a range.
func (b *banding) usedIn(platform, lo, hi int) []int {
	i, _ := slices.BinarySearch(b.used[platform], lo)
	j, _ := slices.BinarySearch(b.used[platform], hi)
	return b.used[platform][i:j]
}

// everything is the group of all items of a platform.
func (b *banding) everything(platform int) (parts []part, ok bool) {
	i, ok := b.at[group{platform: platform}]
	return []part{{i, 1}}, ok
}

// size is how many free posts a slot of the platform takes at most.
func (b *banding) size(platform int) int {
	most := 1
	for t := b.inst.Platforms[platform].SlotLo; t < b.inst.Platforms[platform].SlotHi; t++ {
		most = max(most, b.room(t))
	}
	return most
}

// slots: one post, or the maximum of an edition.
func (b *banding) slots() {
	for t := range b.inst.Slots {
		if parts, ok := b.everything(b.inst.Slots[t].Platform); ok {
			b.add(band{parts: parts, lo: t, hi: t + 1, limit: b.room(t)})
		}
	}
}

// caps: of editions, as many posts as so many of the largest take.
func (b *banding) caps() {
	for i := range b.inst.Caps {
		c := &b.inst.Caps[i]
		parts, ok := b.everything(c.Platform)
		lo, hi := b.slice(c.Platform, func(s *calendar.Slot) int {
			if c.Week >= 0 {
				return s.Week - c.Week
			}
			return s.Day - c.Day
		})
		if ok && lo < hi {
			b.add(band{parts: parts, lo: lo, hi: hi, out: b.usedIn(c.Platform, lo, hi), limit: max(c.Limit-c.Used, 0) * b.size(c.Platform)})
		}
	}
}

// slice returns the slots of a platform of which place says 0. It never falls
// from one slot to the next.
func (b *banding) slice(platform int, place func(*calendar.Slot) int) (lo, hi int) {
	p := b.inst.Platforms[platform]
	find := func(least int) int {
		i, _ := slices.BinarySearchFunc(b.inst.Slots[p.SlotLo:p.SlotHi], least, func(s calendar.Slot, least int) int {
			return cmp.Compare(place(&s), least)
		})
		return p.SlotLo + i
	}
	return find(0), find(1)
}

// gaps: of slots of which each is too near every other, one is used.
func (b *banding) gaps() {
	for p, rules := range b.inst.Platforms {
		if parts, ok := b.everything(p); ok {
			b.crowds(p, rules.Gap, parts)
		}
	}
}

// spreads: the same of the posts of a pillar. Of an edition it says only that
// so many posts as the largest takes stand in the crowd.
func (b *banding) spreads() {
	for i, g := range b.list {
		if g.pillar != "" {
			b.crowds(g.platform, b.inst.Platforms[g.platform].Spread, []part{{i, 1}})
		}
	}
}

// crowds adds a band for every largest crowd of slots that are nearer to each
// other than the distance. What goes into a used slot comes no nearer to
// anything; what is too near to one has no pairs any more.
func (b *banding) crowds(platform, distance int, parts []part) {
	p := b.inst.Platforms[platform]
	hi := p.SlotLo
	for lo := p.SlotLo; lo < p.SlotHi; lo++ {
		before := hi
		for hi < p.SlotHi && b.inst.Slots[hi].At-b.inst.Slots[lo].At < distance {
			hi++
		}
		if hi > before && hi > lo+1 {
			b.add(band{parts: parts, lo: lo, hi: hi, out: b.usedIn(platform, lo, hi), limit: b.size(platform)})
		}
	}
}
