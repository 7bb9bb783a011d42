package calendar

import (
	"cmp"
	"slices"

	"editorial/pkg/civil"
)

// chains ties followers to their leaders: the post's item on the platform
// that theirs derives from, the series' part before, the occurrence before.
// Of fixed placements only those bind that are still to come: nothing can be
// brought before what is out.
func (x *expander) chains() {
	inst := &x.inst
	for i := range inst.Items {
		for _, l := range x.leaders(x.free[i].post, inst.Items[i].Key) {
			x.chain(After{Item: i, FixedItem: -1}, l)
		}
	}
	for f := range inst.Fixed {
		if post := x.byID[inst.Fixed[f].Key.Post]; post != nil && inst.toCome(f) {
			for _, l := range x.leaders(post, inst.Fixed[f].Key) {
				x.chain(After{Item: -1, FixedItem: f}, l)
			}
		}
	}
	slices.SortStableFunc(inst.After, func(a, b After) int {
		return cmp.Or(a.Item-b.Item, a.FixedItem-b.FixedItem, a.Leader-b.Leader, a.FixedLeader-b.FixedLeader)
	})
}

// toCome reports whether a fixed placement has not gone out and its time is
// not past.
func (inst *Instance) toCome(f int) bool {
	return !inst.Fixed[f].Done && inst.Fixed[f].At >= inst.Now
}

// link is one leader of an item.
type link struct {
	key Key
	lag civil.Span
	why Link
}

func (x *expander) leaders(post *Post, key Key) []link {
	var links []link
	rules := x.rules[x.platform[key.Platform]]
	if from := rules.DerivesFrom; from != "" {
		for n := key.Occurrence; n >= 1; n-- {
			if lead := (Key{key.Post, from, n}); x.known(lead) {
				links = append(links, link{lead, rules.Lag, LinkDerives})
				break
			}
		}
	}
	if post.Series != "" {
		if lead, ok := x.partBefore(post, key.Platform); ok {
			links = append(links, link{lead, civil.Span{Minutes: 1}, LinkSeries})
		}
	}
	if lead := (Key{key.Post, key.Platform, key.Occurrence - 1}); key.Occurrence > 1 && x.known(lead) {
		lag := post.Repeat.Every
		if lag.IsZero() {
			lag.Minutes = 1
		}
		links = append(links, link{lead, lag, LinkRepeat})
	}
	return links
}

// partBefore is the item of the series' nearest lower part on the platform.
func (x *expander) partBefore(post *Post, platform string) (Key, bool) {
	var best *Post
	for _, p := range x.series[post.Series] {
		if p.Lang == post.Lang && p.Part < post.Part && (best == nil || p.Part > best.Part) && x.known(Key{p.ID, platform, 1}) {
			best = p
		}
	}
	if best == nil {
		return Key{}, false
	}
	return Key{best.ID, platform, 1}, true
}

func (x *expander) known(k Key) bool {
	_, free := x.items[k]
	_, fixed := x.fixed[k]
	return free || fixed
}

// chain completes a rule whose follower is known. Two fixed sides make a rule,
// too: it binds nothing, but [Clashes] looks whether it holds.
func (x *expander) chain(a After, l link) {
	a.Leader, a.FixedLeader, a.Lag, a.Why = -1, -1, -1, l.why
	if f, ok := x.fixed[l.key]; ok {
		a.FixedLeader, a.First = f, x.release(x.inst.Fixed[f].At, l.lag)
		if x.inst.Fixed[f].Held {
			a.First = Never
		}
	} else {
		a.Leader = x.items[l.key]
		a.Lag = x.lag(x.inst.Items[a.Leader].Platform, l.lag)
	}
	x.inst.After = append(x.inst.After, a)
}

// release is the first minute at which what follows a minute after the lag may
// stand.
func (x *expander) release(at int, lag civil.Span) int {
	return x.minuteUp(x.in.Zone.Add(x.inst.Time(at), lag))
}

// lagOf names the table of a lag after a platform's slots.
type lagOf struct {
	platform int
	span     civil.Span
}

func (x *expander) lag(platform int, span civil.Span) int {
	key := lagOf{platform, span}
	if i, ok := x.lags[key]; ok {
		return i
	}
	lag := Lag{Platform: platform}
	p := x.inst.Platforms[platform]
	for s := p.SlotLo; s < p.SlotHi; s++ {
		lag.Release = append(lag.Release, x.release(x.inst.Slots[s].At, span))
	}
	x.lags[key] = len(x.inst.Lags)
	x.inst.Lags = append(x.inst.Lags, lag)
	return x.lags[key]
}
