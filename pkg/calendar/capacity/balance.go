package capacity

import "editorial/pkg/calendar"

// Team is the row of everybody together, and of work that has nobody's name.
const Team = -1

// Row is the minutes of a person, or of the [Team], in a week.
type Row struct {
	Person, Week int
	// Needed is what is due in the week, Had the minutes that there are in it.
	// The present week counts from today.
	Needed, Had int
	// Short is what cannot be done by the end of the week, whatever is done
	// ahead; what could not be done in weeks before is not asked for again. Of
	// the Team it includes what single people lack.
	Short int
	// Spare is what is left by then of the hours of this week and all before.
	Spare int
}

// Balance holds hours needed against hours had.
type Balance struct {
	// Rows are by person and week; those of the Team come last.
	Rows  []Row
	Weeks int
	// Short is the minutes that are missing in all weeks together, Worst the
	// week in which most are, the first of several; -1 if none are.
	Short, Worst int
}

// Scope is what a balance looks at.
type Scope struct {
	// Weeks from the present one on; 0: all.
	Weeks int
	// Person is the only one to look at; "" is everybody, and the team.
	Person string
}

// charge is work that is due in a week.
type charge struct {
	week int
	need []calendar.Minutes
}

// load sums up minutes by person (the team first) and the week in which they
// are due.
type load struct {
	weeks   int
	minutes []int
}

func newLoad(inst *calendar.Instance) load {
	return load{inst.Weeks, make([]int, (len(inst.People)+1)*inst.Weeks)}
}

func (l load) of(person, week int) int { return l.minutes[(person+1)*l.weeks+week] }

func (l load) add(c charge) {
	if c.week >= l.weeks {
		return // due after the horizon
	}
	for _, m := range c.need {
		l.minutes[c.week] += m.Minutes
		if m.Person >= 0 {
			l.minutes[(m.Person+1)*l.weeks+c.week] += m.Minutes
		}
	}
}

// needs sums up the work of a wish, without the placements and fills that
// gone names by slot and item (item -1 is a fill), and without what the posts
// of those placements owe themselves: it is the least that can be needed.
func (w *Wish) needs(gone func(slot, item int) bool) load {
	inst := &w.Inst
	l := newLoad(inst)
	var dropped []int
	begun := make([]int, len(inst.Posts))
	for i := range begun {
		begun[i] = inst.Weeks
	}
	for _, f := range inst.Fixed {
		l.add(charge{f.DueWeek, f.Owes})
		if f.Post >= 0 && !f.Done {
			begun[f.Post] = min(begun[f.Post], f.DueWeek)
		}
	}
	for _, p := range w.Plan.Placements {
		if gone != nil && gone(p.Slot, p.Item) {
			dropped = append(dropped, inst.Items[p.Item].Post)
			continue
		}
		it, due := &inst.Items[p.Item], inst.Slots[p.Slot].DueWeek
		l.add(charge{due, it.Need})
		begun[it.Post] = min(begun[it.Post], due)
	}
	for _, post := range dropped {
		begun[post] = inst.Weeks
	}
	for post, week := range begun {
		l.add(charge{week, inst.Posts[post].Need})
	}
	for _, f := range w.Fills {
		if gone == nil || !gone(f.Slot, -1) {
			l.add(charge{inst.Slots[f.Slot].DueWeek, []calendar.Minutes{{Person: Team, Minutes: f.Minutes()}}})
		}
	}
	return l
}

// Balance holds the hours that the wish needs against those there are.
func (w *Wish) Balance(scope Scope) Balance { return balance(&w.Inst, w.needs(nil), scope) }

// balance walks the weeks in order. In each it takes off what single people
// lack, then what the team lacks beyond that: so Short is the least that has
// to be left undone.
func balance(inst *calendar.Instance, l load, scope Scope) Balance {
	weeks := inst.Weeks
	if scope.Weeks > 0 {
		weeks = min(weeks, scope.Weeks)
	}
	b := Balance{Weeks: weeks, Worst: -1}
	if len(inst.Capacity) == 0 {
		return b
	}
	byWeek := make([]int, weeks) // what single people lack
	for who, name := range inst.People {
		if scope.Person == "" || scope.Person == name {
			b.account(inst, l, who, byWeek)
		}
	}
	if scope.Person == "" {
		b.account(inst, l, Team, byWeek)
		byWeek = byWeek[:0]
		for _, r := range b.Rows[len(b.Rows)-weeks:] {
			byWeek = append(byWeek, r.Short)
		}
	}
	for week, short := range byWeek {
		b.Short += short
		if short > 0 && (b.Worst < 0 || short > byWeek[b.Worst]) {
			b.Worst = week
		}
	}
	return b
}

// account adds the rows of a person or the team. Of a person it adds to lacks
// what is short in each week; of the team it begins with that.
func (b *Balance) account(inst *calendar.Instance, l load, who int, lacks []int) {
	spare, had := 0, 0
	for week := range b.Weeks {
		avail := inst.Capacity[rowOf(inst, who, week)].Avail
		r := Row{Person: who, Week: week, Needed: l.of(who, week), Had: avail - had}
		had = avail
		spare += r.Had - r.Needed
		if who == Team {
			r.Short = lacks[week]
			spare += lacks[week]
		}
		if spare < 0 {
			r.Short -= spare
			spare = 0
		}
		if who != Team {
			lacks[week] += r.Short
		}
		r.Spare = spare
		b.Rows = append(b.Rows, r)
	}
}

// rowOf is the index of a row of Instance.Capacity: those of the team come
// last.
func rowOf(inst *calendar.Instance, who, week int) int {
	if who == Team {
		who = len(inst.People)
	}
	return who*inst.Weeks + week
}
