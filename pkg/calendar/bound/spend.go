package bound

import "editorial/pkg/calendar"

// spend adds what the picked pairs take to the rows.
func (p *pricing) spend() {
	for _, n := range p.counted {
		clear(n)
	}
	clear(p.worked)
	for i := range p.trees {
		p.count(&p.trees[i])
	}
	for _, n := range p.counted {
		addUp(n)
	}
	for i := range p.bands {
		b := &p.bands[i]
		for _, x := range b.parts {
			n := p.picked(x.group, b.lo, b.hi)
			for _, s := range b.out {
				n -= p.picked(x.group, s, s+1)
			}
			p.rows[i].over += n * int64(x.factor)
		}
	}
	for i := range p.worked {
		if i%p.inst.Weeks > 0 {
			p.worked[i] += p.worked[i-1]
		}
		p.rows[p.hours+i].over += p.worked[i]
	}
	for i := range p.links {
		p.spendLink(i)
	}
}

// count counts the slots and the hours that a post takes.
func (p *pricing) count(t *tree) {
	for _, item := range t.items {
		if p.pick[item] < 0 {
			continue
		}
		it, x := &p.inst.Items[item], p.pairs[item][p.pick[item]]
		for _, g := range p.groups.kinds[p.groups.kind[item]] {
			if g >= 0 {
				p.counted[g][p.place(item, x)]++
			}
		}
		p.owe(it.Need, int(x.week), 1)
	}
	if week := p.firstDue(t); week < t.begun {
		p.owe(t.need, week, 1)
		p.owe(t.need, t.begun, -1)
	}
}

// owe counts work from a week on.
func (p *pricing) owe(need []calendar.Minutes, week int, sign int64) {
	if week >= p.inst.Weeks || p.spare == nil {
		return
	}
	for _, n := range need {
		p.worked[p.row(-1, week)] += sign * int64(n.Minutes)
		if n.Person >= 0 {
			p.worked[p.row(n.Person, week)] += sign * int64(n.Minutes)
		}
	}
}

// picked is how many of a group stand in slots.
func (p *pricing) picked(group, lo, hi int) int64 {
	from, n := p.inst.Platforms[p.groups.list[group].platform].SlotLo, p.counted[group]
	before := int64(0)
	if lo > from {
		before = n[lo-from-1]
	}
	return n[hi-from-1] - before
}

// spendLink: the follower takes a unit of each row from its pair on, and the
// leader gives one to each from the pair on that it allows.
func (p *pricing) spendLink(i int) {
	l := &p.links[i]
	n := len(p.pairs[l.item])
	item, allowed := n, n
	if k := p.pick[l.item]; k >= 0 {
		item = int(k)
	}
	if k := p.pick[l.leader]; k >= 0 {
		allowed = int(l.first[k])
	}
	rows := p.rows[p.ties[i] : p.ties[i]+n]
	for k := item; k < allowed; k++ {
		rows[k].over++
	}
	for k := allowed; k < item; k++ {
		rows[k].over--
	}
}
