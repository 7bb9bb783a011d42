package bound

// choose picks the pairs of a post's items that earn most after prices, and
// returns what they earn. Whatever is due first makes the post's own work due:
// so it tries from which week on that may be.
func (p *pricing) choose(t *tree) int64 {
	all := p.tryFrom(t, 0)
	p.take(t)
	if len(t.need) == 0 {
		return all
	}
	first := p.firstDue(t)
	best, last := all-p.own(t, first), int64(-1)
	for week := first + 1; week <= t.begun; week++ {
		own := p.own(t, week)
		if own == last || all-own <= best {
			continue // an earlier week allows more for the same, or: it cannot be better
		}
		last = own
		if earned := p.tryFrom(t, week) - own; earned > best {
			best = earned
			p.take(t)
		}
	}
	return best
}

// own is the price of the post's own work, due in a week.
func (p *pricing) own(t *tree, week int) int64 {
	if week >= t.begun {
		return 0
	}
	return p.minutes(t.need, week) - p.minutes(t.need, t.begun)
}

// firstDue is the week in which the first of the picked pairs is due.
func (p *pricing) firstDue(t *tree) int {
	week := p.inst.Weeks
	for _, item := range t.items {
		if k := p.pick[item]; k >= 0 {
			week = min(week, int(p.pairs[item][k].week))
		}
	}
	return week
}

func (p *pricing) take(t *tree) {
	for _, item := range t.items {
		p.pick[item] = p.try[item]
	}
}

// tryFrom returns what the post earns at best with what is due in a week or
// later, but for its own work, and notes how in try.
func (p *pricing) tryFrom(t *tree, week int) int64 {
	for place := len(t.items) - 1; place >= 0; place-- {
		p.gather(t, place, week)
	}
	var earned int64
	for place, item := range t.items {
		k := int(p.from[item][week])
		if l := t.follows[place]; l == nil {
			earned += p.top[p.of[item]+k]
		} else {
			leader := p.try[l.leader]
			if leader < 0 {
				p.try[item] = -1
				continue
			}
			k = max(k, int(l.first[leader]))
		}
		p.try[item] = p.best[p.of[item]+k]
	}
	return earned
}

// gather computes top and best of an item for what is due in a week or later.
// Those of what follows it are computed before. Weeks are asked for in order,
// the first of them 0: of that, what is free in this week is good still.
func (p *pricing) gather(t *tree, place, week int) {
	item := t.items[place]
	of, n := p.of[item], len(p.pairs[item])
	worth, top, best := p.worth[of:of+n], p.top[of:of+n+1], p.best[of:of+n+1]
	at := n
	if week > 0 {
		at = int(p.free[item][week])
	} else {
		top[n], best[n] = 0, -1
	}
	most, pick := top[at], best[at]
	for k := at - 1; k >= int(p.from[item][week]); k-- {
		earned := worth[k]
		for _, f := range t.followers[place] {
			item := t.items[f]
			earned += p.top[p.of[item]+int(max(t.follows[f].first[k], p.from[item][week]))]
		}
		if earned > most {
			most, pick = earned, int32(k)
		}
		top[k], best[k] = most, pick
	}
}
