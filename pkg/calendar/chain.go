package calendar

import (
	"cmp"
	"slices"

	"editorial/pkg/civil"
)

// chains ties followers to their leaders: the post's item on the platform
// that theirs derives from, the series' part before, the occurrence before.
func (x *expander) chains() {
	for i := range x.inst.Items {
		it := &x.free[i]
		for _, link := range x.leaders(it) {
			x.chain(i, link)
		}
	}
	slices.SortFunc(x.inst.After, func(a, b After) int { return cmp.Or(a.Item-b.Item, a.Leader-b.Leader) })
}

// link is one leader of an item.
type link struct {
	key Key
	lag civil.Span
	why Link
}

func (x *expander) leaders(it *freeItem) []link {
	var links []link
	rules := x.rules[it.Platform]
	if from := rules.DerivesFrom; from != "" {
		for n := it.Key.Occurrence; n >= 1; n-- {
			if key := (Key{it.Key.Post, from, n}); x.known(key) {
				links = append(links, link{key, rules.Lag, LinkDerives})
				break
			}
		}
	}
	if it.post.Series != "" {
		if key, ok := x.partBefore(it); ok {
			links = append(links, link{key, civil.Span{Minutes: 1}, LinkSeries})
		}
	}
	if n := it.Key.Occurrence; n > 1 {
		lag := it.repeat
		if lag.IsZero() {
			lag.Minutes = 1
		}
		links = append(links, link{Key{it.Key.Post, it.Key.Platform, n - 1}, lag, LinkRepeat})
	}
	return links
}

// partBefore is the item of the series' nearest lower part on the platform.
func (x *expander) partBefore(it *freeItem) (Key, bool) {
	var best *Post
	for i := range x.in.Posts {
		p := &x.in.Posts[i]
		if p.Series == it.post.Series && p.Lang == it.post.Lang && p.Part < it.post.Part && (best == nil || p.Part > best.Part) && x.known(Key{p.ID, it.Key.Platform, 1}) {
			best = p
		}
	}
	if best == nil {
		return Key{}, false
	}
	return Key{best.ID, it.Key.Platform, 1}, true
}

func (x *expander) known(k Key) bool { return x.inst.itemOf(k) >= 0 || x.inst.fixedOf(k) >= 0 }

func (inst *Instance) itemOf(k Key) int {
	i, ok := slices.BinarySearchFunc(inst.Items, k, func(it Item, k Key) int { return it.Key.Compare(k) })
	if !ok {
		return -1
	}
	return i
}

func (inst *Instance) fixedOf(k Key) int {
	return slices.IndexFunc(inst.Fixed, func(f Fixed) bool { return f.Key == k })
}

// chain adds one rule: a row between free items, or a bound where the leader
// stands already.
func (x *expander) chain(item int, l link) {
	it := &x.inst.Items[item]
	release := func(at int) int { return x.minute(x.in.Zone.Add(x.inst.Time(at), l.lag)) }
	if f := x.inst.fixedOf(l.key); f >= 0 {
		first := release(x.inst.Fixed[f].At)
		it.Limits = append(it.Limits, Limit{Code: LimitLeader, At: first, Other: l.key.String()})
		for s := it.SlotLo; s < it.SlotHi; s++ {
			if x.inst.Slots[s].At < first && !slices.Contains(it.Closed, s) {
				it.Closed = append(it.Closed, s)
			}
		}
		slices.Sort(it.Closed)
		return
	}
	leader := x.inst.itemOf(l.key)
	if leader < 0 {
		return
	}
	p := x.inst.Platforms[x.inst.Items[leader].Platform]
	lag := Lag{Platform: x.inst.Items[leader].Platform}
	for s := p.SlotLo; s < p.SlotHi; s++ {
		lag.Release = append(lag.Release, release(x.inst.Slots[s].At))
	}
	x.inst.Lags = append(x.inst.Lags, lag)
	x.inst.After = append(x.inst.After, After{Item: item, Leader: leader, Lag: len(x.inst.Lags) - 1, Why: l.why})
}
