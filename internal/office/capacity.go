package office

import (
	"slices"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/capacity"
	"editorial/pkg/calendar/change"
	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// Codes of the verdicts of a Capacity; docs/json.md lists them.
const (
	CapacityEmpty    = "empty"    // no platform has a slot
	CapacityNobody   = "nobody"   // nobody's hours are known
	CapacityFeasible = "feasible" // there are hours for all that is promised
	CapacityShort    = "short"
)

// Capacity says whether the team has the hours that the strategy asks for.
// docs/capacity.md states how it is counted.
type Capacity struct {
	Verdict string
	// First and Last are the weeks that it looks at, End is the last of the plan.
	First, Last, End civil.Week
	// Person is the only one it looks at, "" for the team.
	Person string
	// Present is how it stands.
	Present Scenario
	// Worth is what the calendar is worth as it is wished, in the measure of the
	// losses of fixes.
	Worth int
	// Weeks are the hours by person ("" is the team, last) and week.
	Weeks []Hours
	// Fixes close what is missing, one after the other, if Mends; else they
	// are as far as it got.
	Fixes []Fix
	Mends bool
	// Stuck is what is missing for what is fixed already, or under way, in
	// minutes: no fix takes that away.
	Stuck int
	// Missing are the hours with which it would do as it is.
	Missing []MissingHours
	// Usual is what a slot takes that nothing fills, of the platforms that have
	// slots.
	Usual []UsualWork
	// Reserve is the share of everybody's time that is not planned, per mille,
	// and Reserved what that is in a usual week, in minutes.
	Reserve, Reserved int
	// Plans is how often it was planned to find the fixes.
	Plans int
}

// Hours is a row of the table, in minutes.
type Hours struct {
	Person string
	Week   civil.Week
	// Needed is due in the week, Had there is in it, Short cannot be done even
	// if work is done ahead, Spare is left by then.
	Needed, Had, Short, Spare int
}

// MissingHours are minutes that somebody, or for "" anybody, would have to
// find in a week.
type MissingHours struct {
	Person  string
	Week    civil.Week
	Minutes int
}

// Fix is one decision, with what it saves and what is left then, in minutes.
type Fix struct {
	Changes     []change.Change
	Saves, Left int
	// Loss is what the calendar as it is wished is worth less.
	Loss int
	// before is the calendar's Input with all fixes before this one.
	before calendar.Input
}

// UsualWork is the minutes that a slot of a platform takes that nothing fills:
// the post, if it begins here, and this platform's version.
type UsualWork struct {
	Platform     string
	Own, Version int
	// Derived says that it takes on posts of another platform, as far as they
	// go.
	Derived bool
}

// Runway is how many whole weeks a platform has something to show. Empty is the
// first slot that nothing fills; zero: none until the end of the plan.
type Runway struct {
	Platform string
	Weeks    int
	Empty    time.Time
}

// Scenario is the office as it is, or as somebody wonders about it.
type Scenario struct {
	// Name is what was asked, "" as it is.
	Name    string
	Changes []change.Change
	// Value is what the plan is worth that the team can make; Placed are to
	// come in it, Left have no place.
	Value, Placed, Left int
	// Unslotted are the posts that would have no place if hours were no matter.
	Unslotted int
	// Short is the minutes that are missing, WorstShort those in Worst.
	Short, WorstShort int
	Worst             civil.Week
	Runways           []Runway
}

// CapacityQuery is what somebody wants to know.
type CapacityQuery struct {
	// Weeks from the present one on; 0: those of the plan.
	Weeks int
	// Person is an id; "" is the team.
	Person string
	// WhatIf are compared with what is.
	WhatIf []WhatIf
}

// WhatIf is what somebody wonders about.
type WhatIf struct {
	Name    string
	Changes []change.Change
}

// Capacity counts hours. Where somebody wonders about something it says how
// that compares, in the order asked, and looks for no fixes.
func (o *Office) Capacity(q CapacityQuery) (Capacity, []Scenario) {
	_, over := o.history()
	in := o.planInput(over)
	if q.Weeks > in.Weeks {
		in.Weeks, in.Closed = q.Weeks, o.closedFor(q.Weeks)
	}
	if q.Weeks == 0 {
		q.Weeks = in.Weeks
	}
	usual := o.usual()
	scope := capacity.Scope{Weeks: q.Weeks, Person: q.Person}
	wish := capacity.Wished(in, usual)
	balance := wish.Balance(scope)
	c := Capacity{Person: q.Person, First: civil.WeekOf(o.Zone.Date(wish.Inst.Start)), Reserve: in.Reserve, Verdict: CapacityFeasible}
	c.Last, c.End = c.First.Add(q.Weeks-1), c.First.Add(in.Weeks-1)
	c.Present = o.scenario(WhatIf{}, in, &wish, scope)
	c.Usual = usualWork(in, &wish, usual)
	for _, p := range in.People {
		if q.Person == "" || q.Person == p.Name {
			c.Reserved += p.Minutes * in.Reserve / 1000
		}
	}
	for _, r := range balance.Rows {
		c.Weeks = append(c.Weeks, Hours{personOf(&wish.Inst, r.Person), c.First.Add(r.Week), r.Needed, r.Had, r.Short, r.Spare})
	}
	for _, h := range balance.Missing() {
		c.Missing = append(c.Missing, MissingHours{personOf(&wish.Inst, h.Person), c.First.Add(h.Week), h.Minutes})
	}
	switch {
	case len(wish.Inst.Slots) == 0 && len(wish.Inst.Fixed) == 0:
		c.Verdict = CapacityEmpty
	case len(in.People) == 0:
		c.Verdict = CapacityNobody
	case balance.Short > 0:
		c.Verdict = CapacityShort
	}
	if len(q.WhatIf) == 0 {
		o.mend(&c, wish, usual, scope)
		return c, nil
	}
	var all []Scenario
	for _, what := range q.WhatIf {
		in := change.Apply(in, what.Changes...)
		wish := capacity.Wished(in, usual)
		all = append(all, o.scenario(what, in, &wish, scope))
	}
	return c, all
}

// mend looks for fixes where something is missing.
func (o *Office) mend(c *Capacity, wish capacity.Wish, usual capacity.Usual, scope capacity.Scope) {
	if c.Verdict != CapacityShort {
		return
	}
	remedy := capacity.Mend(wish, usual, scope)
	c.Mends, c.Worth, c.Stuck, c.Plans = remedy.Mends(), remedy.Worth, remedy.Stuck, remedy.Plans
	before := wish.Input
	for _, f := range remedy.Fixes {
		c.Fixes = append(c.Fixes, Fix{f.Changes, f.Saves, f.Left, f.Loss, before})
		before = change.Apply(before, f.Changes...)
	}
}

// scenario plans with the hours there are.
func (o *Office) scenario(what WhatIf, in calendar.Input, wish *capacity.Wish, scope capacity.Scope) Scenario {
	plan := calendar.Make(wish.Inst)
	inst := &wish.Inst
	balance := wish.Balance(scope)
	s := Scenario{
		Name: what.Name, Changes: what.Changes, Value: plan.Value, Placed: len(plan.Placements), Left: len(plan.Left),
		Unslotted: len(wish.Plan.Left), Short: balance.Short,
	}
	for _, f := range inst.Fixed {
		if !f.Done && f.At >= inst.Now {
			s.Placed++
		}
	}
	if balance.Worst >= 0 {
		s.Worst = civil.WeekOf(o.Zone.Date(inst.Start)).Add(balance.Worst)
		s.WorstShort = worst(balance, scope)
	}
	for _, r := range capacity.Runways(inst, capacity.Free(in, inst, plan)) {
		run := Runway{Platform: r.Platform, Weeks: r.Weeks}
		if r.Empty >= 0 {
			run.Empty = o.local(inst.Time(inst.Slots[r.Empty].At))
		}
		s.Runways = append(s.Runways, run)
	}
	return s
}

// worst is what is missing in the worst week, of the person looked at or of
// the team.
func worst(b capacity.Balance, scope capacity.Scope) int {
	for _, r := range b.Rows {
		if r.Week == b.Worst && (r.Person == capacity.Team) == (scope.Person == "") {
			return r.Short
		}
	}
	return 0
}

func personOf(inst *calendar.Instance, who int) string {
	if who == capacity.Team {
		return ""
	}
	return inst.People[who]
}

// usual is, by platform, what a post usually takes that begins there: the
// lower median of those that say, written or not.
func (o *Office) usual() capacity.Usual {
	efforts := map[string][]int{}
	for _, p := range o.Corpus.Posts {
		total := 0
		for _, minutes := range o.effort(p) {
			total += minutes
		}
		if total == 0 || !p.Edition.IsZero() {
			continue
		}
		if root := o.rootOf(p); root != "" {
			efforts[root] = append(efforts[root], total)
		}
	}
	usual := capacity.Usual{}
	for name, all := range efforts {
		slices.Sort(all)
		usual[name] = all[(len(all)-1)/2]
	}
	return usual
}

// usualWork says what the slots of each platform take that nothing fills.
func usualWork(in calendar.Input, wish *capacity.Wish, usual capacity.Usual) []UsualWork {
	var all []UsualWork
	for i, rules := range wish.Inst.Platforms {
		if rules.SlotLo == rules.SlotHi {
			continue
		}
		p := in.Platforms[slices.IndexFunc(in.Platforms, func(p calendar.Platform) bool { return p.Name == wish.Inst.Platforms[i].Name })]
		all = append(all, UsualWork{Platform: p.Name, Own: usual[p.Name], Version: p.Effort, Derived: p.DerivesFrom != ""})
	}
	return all
}

// rootOf is the platform on which a post begins, "" if there is none.
func (o *Office) rootOf(p *content.Post) string {
	return calendar.Root(o.platformsOf(p), func(name string) (string, bool) {
		rules, ok := o.Config.Platforms[name]
		return rules.DerivesFrom, ok
	})
}
