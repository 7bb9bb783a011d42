package calendar

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// Codes of the problems that expanding finds.
const (
	CodePinTooEarly  problem.Code = "pin-too-early"
	CodePinTooLate   problem.Code = "pin-too-late"
	CodePinNoEdition problem.Code = "pin-no-edition"
	CodePinPast      problem.Code = "pin-past"
)

// daysOfFourWeeks is the length of a block of the mix rules.
const daysOfFourWeeks = 28

// expander builds an Instance.
type expander struct {
	in       Input
	inst     Instance
	monday   civil.Date
	rules    []Platform // as in.Platforms, by name
	people   map[string]int
	posts    map[string]int
	platform map[string]int
	outcome  map[Key]Outcome
	agreed   map[Key]Agreed
	free     []freeItem
	problems []problem.Problem
}

// freeItem is an item with the post that it comes from.
type freeItem struct {
	Item
	post   *Post
	repeat civil.Span
}

// Expand makes the Instance of an Input. The problems are contradictions of
// what is fixed: a pin before its embargo, a pin that meets no edition.
func Expand(in Input) (Instance, []problem.Problem) {
	x := &expander{in: in, people: map[string]int{}, posts: map[string]int{}, platform: map[string]int{}, outcome: map[Key]Outcome{}, agreed: map[Key]Agreed{}}
	if x.in.Weeks == 0 {
		x.in.Weeks = DefaultWeeks
	}
	x.frame()
	x.slots()
	x.items()
	x.pins()
	x.place()
	x.chains()
	x.rows()
	problem.Sort(x.problems)
	return x.inst, x.problems
}

// frame sets the horizon and the lists that indices point into.
func (x *expander) frame() {
	in := &x.in
	x.monday = civil.WeekOf(in.Zone.Date(in.Now)).Monday()
	inst := &x.inst
	inst.Zone, inst.Weeks = in.Zone, in.Weeks
	inst.Start = in.Zone.Instant(x.monday.At(civil.Clock{}))
	inst.End = in.Zone.Instant(x.monday.AddDays(7 * in.Weeks).At(civil.Clock{}))
	inst.Horizon = x.minute(inst.End)
	inst.Now = x.minute(in.Now.Add(time.Minute - time.Nanosecond))
	x.rules = slices.SortedFunc(slices.Values(in.Platforms), func(a, b Platform) int { return strings.Compare(a.Name, b.Name) })
	for i, p := range x.rules {
		x.platform[p.Name] = i
		inst.Platforms = append(inst.Platforms, PlatformRules{Name: p.Name, Edition: p.Edition != nil, Gap: p.Gap, Spread: p.Spread})
	}
	for _, p := range slices.SortedFunc(slices.Values(in.People), func(a, b Person) int { return strings.Compare(a.Name, b.Name) }) {
		x.people[p.Name] = len(inst.People)
		inst.People = append(inst.People, p.Name)
	}
	for i, p := range slices.SortedFunc(slices.Values(in.Posts), func(a, b Post) int { return strings.Compare(a.ID, b.ID) }) {
		x.posts[p.ID] = i
		need := PostNeed{ID: p.ID}
		if !p.Ready {
			need.Need = x.minutes(p.Need)
		}
		inst.Posts = append(inst.Posts, need)
	}
	for _, o := range in.Outcomes {
		x.outcome[o.Key] = o
	}
	for _, a := range in.Agreed {
		x.agreed[a.Key] = a
	}
}

func (x *expander) minute(t time.Time) int {
	d := t.Sub(x.inst.Start)
	m := int(d / time.Minute)
	if d < 0 && d%time.Minute != 0 {
		m--
	}
	return m
}

// minutes turns hours by name into hours by index, in a fixed order.
func (x *expander) minutes(need map[string]int) []Minutes {
	var out []Minutes
	for _, name := range slices.Sorted(maps.Keys(need)) {
		who, ok := x.people[name]
		if !ok {
			who = -1
		}
		if need[name] > 0 {
			out = append(out, Minutes{who, need[name]})
		}
	}
	return out
}

// slots lists the slots of every platform's rhythm that are still to come.
func (x *expander) slots() {
	end := x.monday.AddDays(7 * x.in.Weeks)
	for i, p := range x.rules {
		slots, problems := p.Rhythm.Expand(x.in.Zone, x.monday, end, x.in.Closed.Join(p.Closed))
		for _, pr := range problems {
			if pr.Params == nil {
				pr.Params = problem.Params{}
			}
			pr.Params["platform"] = p.Name
			x.problems = append(x.problems, pr)
		}
		for _, s := range slots {
			if at := x.minute(s.At); at >= x.inst.Now && at < x.inst.Horizon {
				x.inst.Slots = append(x.inst.Slots, x.slot(i, at, s.Weight))
			}
		}
	}
}

func (x *expander) slot(platform, at, weight int) Slot {
	p := x.rules[platform]
	if weight == 0 {
		weight = rhythm.DefaultWeight
	}
	t := x.inst.Time(at)
	day := x.in.Zone.Date(t).DaysSince(x.monday)
	s := Slot{Platform: platform, At: at, Day: day, Week: day / 7, Block: x.block(day), Weight: weight, Min: 1, Max: 1}
	if p.Edition != nil {
		s.Min, s.Max = p.Edition.Min, p.Edition.Max
	}
	due := x.in.Zone.Add(t, civil.Span{Days: -p.Lead})
	s.Due = x.minute(due)
	s.DueWeek = min(max(x.in.Zone.Date(due).DaysSince(x.monday)/7, 0), x.in.Weeks)
	return s
}

// block is the four-week block of a day, counted from that of the start.
func (x *expander) block(day int) int {
	first := civil.Date{Year: 1970, Month: time.January, Day: 5}
	from := x.monday.DaysSince(first)
	return (from+day)/daysOfFourWeeks - from/daysOfFourWeeks
}

// items lists what is wished and is not out, and what is fixed already.
func (x *expander) items() {
	for i := range x.in.Posts {
		p := &x.in.Posts[i]
		for _, name := range p.Platforms {
			if pi, ok := x.platform[name]; ok {
				for n := 1; n <= max(1, p.Repeat.Times); n++ {
					x.item(p, pi, Key{p.ID, name, n})
				}
			}
		}
	}
	// What is out of posts that no longer name the platform counts, too.
	seen := map[Key]bool{}
	for _, f := range x.inst.Fixed {
		seen[f.Key] = true
	}
	for _, o := range x.in.Outcomes {
		if pi, ok := x.platform[o.Key.Platform]; ok && o.stands() && !seen[o.Key] {
			x.fix(nil, pi, o.Key, x.minute(o.At), o.why(), -1)
		}
	}
}

func (o Outcome) stands() bool {
	return o.State == StatePublished || o.State == StateUncertain || o.State == StateHeld || o.State == StateInFlight
}

func (o Outcome) why() Why {
	if o.State == StatePublished {
		return WhyPublished
	}
	return WhyInFlight
}

func (x *expander) item(p *Post, platform int, key Key) {
	if o, ok := x.outcome[key]; ok && o.stands() {
		x.fix(p, platform, key, x.minute(o.At), o.why(), -1)
		return
	}
	for _, out := range p.Published {
		if out.Platform == key.Platform && max(1, out.Occurrence) == key.Occurrence {
			x.fix(p, platform, key, x.minute(out.At), WhyPublished, -1)
			return
		}
	}
	if p.Archived || !x.speaks(x.rules[platform], p.Lang) {
		return
	}
	it := freeItem{post: p, repeat: p.Repeat.Every, Item: Item{
		Key: key, Post: x.posts[p.ID], Platform: platform, Priority: cmp.Or(p.Priority, DefaultPriority),
		Pillar: p.Pillar, Intent: p.Intent, Until: Never, Agreed: -1,
	}}
	it.Need = x.version(p, platform)
	x.bounds(&it)
	x.free = append(x.free, it)
}

// version is what the platform's version of a post still owes.
func (x *expander) version(p *Post, platform int) []Minutes {
	if p.Ready {
		return nil
	}
	if v, ok := p.Versions[x.rules[platform].Name]; ok {
		return x.minutes(v)
	}
	return x.minutes(map[string]int{p.Assignee: x.rules[platform].Effort})
}

func (x *expander) speaks(p Platform, lang string) bool {
	return len(p.Languages) == 0 || slices.ContainsFunc(p.Languages, func(l string) bool {
		return strings.EqualFold(l, lang) || len(lang) > len(l) && strings.EqualFold(lang[:len(l)+1], l+"-")
	})
}

// bounds sets the first and last minute at which a slot is admissible.
func (x *expander) bounds(it *freeItem) {
	p := it.post
	limit := func(code LimitCode, at int) { it.Limits = append(it.Limits, Limit{Code: code, At: at}) }
	if !p.Embargo.IsZero() {
		it.From = max(it.From, x.minute(p.Embargo.Instant))
		limit(LimitEmbargo, it.From)
	}
	if !p.NotBefore.IsZero() {
		it.From = max(it.From, x.minute(p.NotBefore.Instant))
		limit(LimitNotBefore, it.From)
	}
	it.First = max(it.From, x.inst.Now)
	if !p.Deadline.IsZero() {
		it.Until = min(it.Until, x.minute(x.endOf(p.Deadline)))
		limit(LimitDeadline, it.Until)
	}
	if !p.Expires.IsZero() {
		it.Until = min(it.Until, x.minute(p.Expires.Instant)-1)
		limit(LimitExpires, it.Until)
	}
}

// endOf is the last instant of a moment that is a limit.
func (x *expander) endOf(m civil.Moment) time.Time {
	if m.HasClock {
		return m.Instant
	}
	return x.in.Zone.Instant(m.Local.Date.AddDays(1).At(civil.Clock{})).Add(-time.Minute)
}

func (x *expander) fix(p *Post, platform int, key Key, at int, why Why, slot int) {
	f := Fixed{Key: key, Post: -1, Platform: platform, At: at, Slot: slot, Why: why, Done: why == WhyPublished}
	if i, ok := x.posts[key.Post]; ok {
		f.Post = i
	}
	if p != nil {
		f.Pillar, f.Intent = p.Pillar, p.Intent
		if !f.Done {
			f.Owes = x.version(p, platform)
		}
	}
	due := x.in.Zone.Add(x.inst.Time(at), civil.Span{Days: -x.rules[platform].Lead})
	f.DueWeek = min(max(x.in.Zone.Date(due).DaysSince(x.monday), 0)/7, x.in.Weeks)
	x.inst.Fixed = append(x.inst.Fixed, f)
}

// pins turns agreed placements that must stay, and dates that authors wrote,
// into fixed placements; a day without a time narrows the item instead.
func (x *expander) pins() {
	lock := x.minute(x.in.Zone.Add(x.in.Now, x.in.Lock))
	kept := x.free[:0]
	for _, it := range x.free {
		at, why, pinned := x.pinOf(&it, lock)
		if !pinned {
			kept = append(kept, it)
			continue
		}
		if !x.meet(it, at) {
			it.First = Never
			kept = append(kept, it)
			continue
		}
		x.fix(it.post, it.Platform, it.Key, at, why, -1)
	}
	x.free = kept
}

// pinOf returns the minute at which an item must stand, if there is one.
func (x *expander) pinOf(it *freeItem, lock int) (at int, why Why, ok bool) {
	if a, found := x.agreed[it.Key]; found {
		at := x.minute(a.At)
		if at >= x.inst.Now && (a.Pin || at <= lock) {
			why := WhyLocked
			if a.Pin {
				why = WhyPinned
			}
			return at, why, x.within(it, at)
		}
	}
	pin := it.post.Pins[it.Key.Platform]
	if it.Key.Occurrence != 1 {
		return 0, "", false
	}
	if pin.IsZero() && x.isRoot(it) {
		pin = it.post.Pin
	}
	switch {
	case pin.IsZero():
		return 0, "", false
	case pin.HasClock:
		at := x.minute(pin.Instant)
		if at < x.inst.Now {
			x.find(it, CodePinPast, problem.Warning, pin)
			return 0, "", false
		}
		return at, WhyPinned, x.within(it, at)
	}
	first, last := x.minute(pin.Instant), x.minute(x.endOf(pin))
	if last < x.inst.Now {
		x.find(it, CodePinPast, problem.Warning, pin)
		return 0, "", false
	}
	it.First, it.Until = max(it.First, first), min(it.Until, last)
	return 0, "", false
}

// within reports whether embargo, deadline and expiry allow a pin.
func (x *expander) within(it *freeItem, at int) bool {
	switch {
	case at < it.From:
		x.find(it, CodePinTooEarly, problem.Error, it.post.Pin)
	case at > it.Until:
		x.find(it, CodePinTooLate, problem.Error, it.post.Pin)
	default:
		return true
	}
	it.First = Never
	return false
}

func (x *expander) find(it *freeItem, code problem.Code, severity problem.Severity, pin civil.Moment) {
	x.problems = append(x.problems, problem.Problem{
		Position: it.post.Source, Code: code, Severity: severity,
		Params: problem.Params{"title": it.post.Title, "platform": it.Key.Platform, "date": pin.Local.String()},
	})
}

// isRoot reports whether the item's platform derives from none of the post's
// others.
func (x *expander) isRoot(it *freeItem) bool {
	for _, name := range it.post.Platforms {
		i, ok := x.platform[name]
		if !ok {
			continue
		}
		if from := x.rules[i].DerivesFrom; from == "" || !slices.Contains(it.post.Platforms, from) {
			return name == it.Key.Platform
		}
	}
	return false
}

// meet makes sure that there is a slot at the minute: the rhythm's, or one of
// the pin's own, but never an edition's.
func (x *expander) meet(it freeItem, at int) bool {
	if slices.ContainsFunc(x.inst.Slots, func(s Slot) bool { return s.Platform == it.Platform && s.At == at }) {
		return true
	}
	if x.rules[it.Platform].Edition != nil {
		x.find(&it, CodePinNoEdition, problem.Error, it.post.Pin)
		return false
	}
	if at < x.inst.Horizon {
		s := x.slot(it.Platform, at, rhythm.DefaultWeight)
		s.Own = true
		x.inst.Slots = append(x.inst.Slots, s)
	}
	return true
}

// place puts slots and items in order and ties them to each other.
func (x *expander) place() {
	inst := &x.inst
	slices.SortFunc(inst.Slots, func(a, b Slot) int { return cmp.Or(a.Platform-b.Platform, a.At-b.At) })
	for i, s := range inst.Slots {
		p := &inst.Platforms[s.Platform]
		if p.SlotHi == 0 {
			p.SlotLo = i
		}
		p.SlotHi = i + 1
	}
	slices.SortFunc(inst.Fixed, func(a, b Fixed) int {
		return cmp.Or(a.At-b.At, a.Platform-b.Platform, a.Key.Compare(b.Key))
	})
	for i := range inst.Fixed {
		f := &inst.Fixed[i]
		if s := inst.slotAt(f.Platform, f.At); s >= 0 {
			f.Slot = s
			inst.Slots[s].Fixed++
		}
	}
	slices.SortFunc(x.free, func(a, b freeItem) int { return a.Key.Compare(b.Key) })
	for _, it := range x.free {
		p := inst.Platforms[it.Platform]
		it.SlotLo, it.SlotHi = p.SlotLo, p.SlotHi
		if a, ok := x.agreed[it.Key]; ok {
			it.Agreed = inst.slotAt(it.Platform, x.minute(a.At))
		}
		owes := len(it.Need) > 0 || len(inst.Posts[it.Post].Need) > 0
		for s := it.SlotLo; s < it.SlotHi; s++ {
			slot := inst.Slots[s]
			if slot.At < it.First || slot.At > it.Until || owes && slot.Due < inst.Now {
				it.Closed = append(it.Closed, s)
			}
		}
		inst.Items = append(inst.Items, it.Item)
	}
}

// slotAt returns the slot of a platform at a minute, or -1.
func (inst *Instance) slotAt(platform, at int) int {
	p := inst.Platforms[platform]
	for s := p.SlotLo; s < p.SlotHi; s++ {
		if inst.Slots[s].At == at {
			return s
		}
	}
	return -1
}
