package advice

import (
	"slices"
	"strconv"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/change"
	"editorial/pkg/problem"
)

// search looks for changes that let one item in.
type search struct {
	Office
	item int
	key  calendar.Key
	// slot is where each item stands, or -1; inside lists who stands in a slot.
	slot   []int
	inside map[int][]int
	say    *calendar.Explainer

	standing map[calendar.Key]standing
	before   map[calendar.Key]place
	troubles map[problem.Code]int
	// trials is how many changes may be planned with.
	trials int

	all     []candidate
	lacks   []Need
	seen    map[string]bool
	visited map[int]bool
}

// candidate is a change that may let the item in.
type candidate struct {
	change change.Change
	was    int
	wasAt  time.Time
	// guess is the loss that is expected.
	guess        int
	rank, amount int
	// exact is what the hours of Change.N are rounded from, more how often the
	// same change asked for less.
	exact, more int
}

func newSearch(o Office, item int) *search {
	s := reader(o, item)
	s.standing, s.trials = standings(o), trials(len(o.Inst.Items))
	_, problems := calendar.Expand(o.In)
	s.troubles = count(problems, calendar.Clashes(o.Inst, o.Plan))
	return s
}

// reader returns a search that can gather, and try nothing.
func reader(o Office, item int) *search {
	s := &search{
		Office: o, item: item, key: o.Inst.Items[item].Key, say: calendar.NewExplainer(o.Inst, o.Plan),
		slot: make([]int, len(o.Inst.Items)), inside: map[int][]int{}, before: places(o.Inst, o.Plan),
		seen: map[string]bool{}, visited: map[int]bool{},
	}
	for i := range s.slot {
		s.slot[i] = -1
	}
	for _, p := range o.Plan.Placements {
		s.slot[p.Item] = p.Slot
		s.inside[p.Slot] = append(s.inside[p.Slot], p.Item)
	}
	return s
}

// add adds a candidate that is not there yet.
func (s *search) add(c candidate) bool {
	name := text(c.change)
	if s.seen[name] {
		return false
	}
	s.seen[name] = true
	s.all = append(s.all, c)
	return true
}

// outcome is an office after a change, planned.
type outcome struct {
	inst calendar.Instance
	plan calendar.Plan
	// at is where the item goes out.
	at    int
	place map[calendar.Key]place
}

// plan plans an Input from the plan that stands, so that others move for a
// reason only. ok says that the item has a place, that nothing that people fixed
// is in any trouble that it was not in before, and that what the moved item
// follows has a place.
func (s *search) plan(in calendar.Input, moved calendar.Key) (o outcome, ok bool) {
	var was []calendar.Placed
	for _, p := range s.Plan.Placements {
		was = append(was, calendar.Placed{Key: s.Inst.Items[p.Item].Key, At: s.time(p.Slot)})
	}
	return s.judge(in, moved, func(inst calendar.Instance) calendar.Plan { return calendar.Again(inst, was) })
}

// anew plans an Input as if there were no plan yet.
func (s *search) anew(in calendar.Input, moved calendar.Key) (o outcome, ok bool) {
	return s.judge(in, moved, calendar.Make)
}

// judge plans an Input, and says whether that will do.
func (s *search) judge(in calendar.Input, moved calendar.Key, planner func(calendar.Instance) calendar.Plan) (o outcome, ok bool) {
	inst, problems := calendar.Expand(in)
	o = outcome{inst: inst, plan: planner(inst)}
	o.place = places(&o.inst, o.plan)
	p, ok := o.place[s.key]
	if !ok {
		return o, false
	}
	o.at = p.at
	for code, n := range count(problems, calendar.Clashes(&o.inst, o.plan)) {
		if n > s.troubles[code] {
			return o, false
		}
	}
	return o, o.leads(moved)
}

// leads reports whether whatever the moved item follows has a place.
func (o *outcome) leads(moved calendar.Key) bool {
	for _, a := range o.inst.After {
		if a.FixedItem < 0 || a.Leader < 0 || o.inst.Fixed[a.FixedItem].Key != moved {
			continue
		}
		if _, ok := o.place[o.inst.Items[a.Leader].Key]; !ok {
			return false
		}
	}
	return true
}

func count(lists ...[]problem.Problem) map[problem.Code]int {
	n := map[problem.Code]int{}
	for _, list := range lists {
		for _, p := range list {
			n[p.Code]++
		}
	}
	return n
}

// try plans with a change. It returns what the change does, nil where the item
// has no place all the same; and what to try next: more of the same, or, of a
// bound that is wide enough, less.
func (s *search) try(c candidate) (found *Advice, next *candidate) {
	o, ok := s.plan(change.Apply(s.In, c.change), mover(c.change))
	if !ok {
		return nil, s.more(c, &o)
	}
	a := &Advice{Change: c.change, Was: c.was, WasAt: c.wasAt, At: o.inst.Time(o.at), rank: c.rank, amount: c.amount}
	s.effects(a, &o)
	return a, s.narrow(c, o.at)
}

// mover is the item that a change pins.
func mover(c change.Change) calendar.Key {
	if c.Kind == change.Move {
		return c.Key()
	}
	return calendar.Key{}
}

// effects measures what a change does to others.
func (s *search) effects(a *Advice, o *outcome) {
	var own calendar.Key
	if a.Change.Kind == change.Move || a.Change.Kind == change.Drop {
		own = a.Change.Key()
	}
	for _, key := range sorted(s.before) {
		was := s.before[key]
		a.Loss += s.standing[key].worth(s.Inst, was)
		is, ok := o.place[key]
		if ok {
			a.Loss -= s.standing[key].worth(s.Inst, is)
		}
		switch {
		case key == own:
		case !ok:
			a.Lost = append(a.Lost, key)
		case is.at != was.at:
			a.Moved = append(a.Moved, Moved{key, s.Inst.Time(was.at), s.Inst.Time(is.at)})
		}
	}
	for _, key := range sorted(o.place) {
		if _, ok := s.before[key]; ok || key == s.key {
			continue
		}
		a.Loss -= s.standing[key].worth(s.Inst, o.place[key])
		if key != own {
			a.Gained = append(a.Gained, Moved{Key: key, To: s.Inst.Time(o.place[key].at)})
		}
	}
	a.Loss = max(0, a.Loss)
}

func sorted(m map[calendar.Key]place) []calendar.Key {
	keys := make([]calendar.Key, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, calendar.Key.Compare)
	return keys
}

// moreTimes is how often a change is tried with more of the same.
const moreTimes = 3

// more asks for more of the same change where it was not enough: because others
// took what it gives, or because another row asks for more.
func (s *search) more(c candidate, o *outcome) *candidate {
	item := slices.IndexFunc(o.inst.Items, func(it calendar.Item) bool { return it.Key == s.key })
	if c.more == moreTimes || item < 0 || !c.grows() {
		return nil
	}
	next := reader(Office{Inst: &o.inst, Plan: o.plan}, item)
	next.gather(item, nil, 0)
	var best *candidate
	for i := range next.all {
		if x := &next.all[i]; same(x.change, c.change) && (best == nil || x.amount < best.amount) {
			best = x
		}
	}
	if best == nil {
		return nil
	}
	if c.change.Kind == change.Hours {
		c.exact += best.exact
		c.change.N = rounded(c.exact)
	} else {
		c.change.N = best.change.N
	}
	c.amount = abs(c.change.N - c.was)
	c.more++
	return &c
}

// grows reports whether there can be more of a change.
func (c candidate) grows() bool {
	switch c.change.Kind {
	case change.Hours, change.CapDay, change.CapWeek, change.MixMin, change.MixMax:
		return true
	}
	return false
}

// same reports whether two changes differ in their number alone.
func same(a, b change.Change) bool {
	a.N, b.N = 0, 0
	return text(a) == text(b)
}

// narrow asks for no more of a bound than the place that it gave: what was
// tried may have been the end of the horizon.
func (s *search) narrow(c candidate, at int) *candidate {
	code, ok := limits(c.change.Kind)
	if !ok {
		return nil
	}
	x := s.bound(code, c.change.Post, at, c.wasAt)
	x.rank = c.rank
	if x.amount >= c.amount {
		return nil
	}
	return &x
}

func number(n int) string { return strconv.Itoa(n) }

func flag(b bool) string { return strconv.FormatBool(b) }
