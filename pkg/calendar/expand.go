package calendar

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// daysOfFourWeeks is the length of a block of the mix rules.
const daysOfFourWeeks = 28

// expander builds an Instance.
type expander struct {
	in       Input
	inst     Instance
	monday   civil.Date
	rules    []Platform // as in.Platforms, by name
	closed   []rhythm.Reader
	people   map[string]int
	list     []*Post // by ID
	posts    map[string]int
	byID     map[string]*Post
	platform map[string]int
	outcome  map[Key]Outcome
	agreed   map[Key]Agreed
	slot     map[place]bool
	free     []freeItem
	items    map[Key]int // of inst.Items
	fixed    map[Key]int // of inst.Fixed
	series   map[string][]*Post
	lags     map[lagOf]int
	problems []problem.Problem
}

// place is an instant of a platform.
type place struct{ platform, at int }

// freeItem is an item with the post that it comes from.
type freeItem struct {
	Item
	post *Post
}

// Expand makes the Instance of an Input. The problems are contradictions that
// keep something from being placed as somebody wants it: a pin before its
// embargo, a pin that meets no edition, a rhythm that cannot be read. Breaks
// of rules inside the fixed part are for [Clashes].
func Expand(in Input) (Instance, []problem.Problem) {
	x := &expander{
		in: in, people: map[string]int{}, posts: map[string]int{}, byID: map[string]*Post{}, platform: map[string]int{},
		outcome: map[Key]Outcome{}, agreed: map[Key]Agreed{}, slot: map[place]bool{},
		items: map[Key]int{}, fixed: map[Key]int{}, series: map[string][]*Post{}, lags: map[lagOf]int{},
	}
	if x.in.Weeks == 0 {
		x.in.Weeks = DefaultWeeks
	}
	x.frame()
	x.calendar()
	x.slots()
	x.wishes()
	x.pins()
	x.place()
	x.chains()
	x.rows()
	problem.Sort(x.problems)
	return x.inst, x.problems
}

// frame sets the horizon and the lists that indices point into.
func (x *expander) frame() {
	in, inst := &x.in, &x.inst
	x.monday = civil.WeekOf(in.Zone.Date(in.Now)).Monday()
	inst.Zone, inst.Weeks = in.Zone, in.Weeks
	inst.Start = in.Zone.Instant(x.monday.At(civil.Clock{}))
	inst.End = in.Zone.Instant(x.monday.AddDays(7 * in.Weeks).At(civil.Clock{}))
	inst.Horizon = x.minute(inst.End)
	inst.Now = x.minuteUp(in.Now)
	inst.Lock = x.minute(in.Zone.Add(in.Now, in.Lock))
	x.rules = slices.SortedFunc(slices.Values(in.Platforms), func(a, b Platform) int { return strings.Compare(a.Name, b.Name) })
	for i, p := range x.rules {
		x.platform[p.Name] = i
		x.closed = append(x.closed, in.Closed.Join(p.Closed).Reader(in.Zone))
		inst.Platforms = append(inst.Platforms, PlatformRules{Name: p.Name, Edition: p.Edition != nil, Gap: p.Gap, Spread: p.Spread})
	}
	for _, p := range slices.SortedFunc(slices.Values(in.People), func(a, b Person) int { return strings.Compare(a.Name, b.Name) }) {
		x.people[p.Name] = len(inst.People)
		inst.People = append(inst.People, p.Name)
	}
	for i := range in.Posts {
		x.list = append(x.list, &in.Posts[i])
	}
	slices.SortStableFunc(x.list, func(a, b *Post) int { return strings.Compare(a.ID, b.ID) })
	for i, p := range x.list {
		x.posts[p.ID], x.byID[p.ID] = i, p
		need := PostNeed{ID: p.ID}
		if !p.Ready {
			need.Need = x.minutes(p.Need)
		}
		inst.Posts = append(inst.Posts, need)
		if p.Series != "" {
			x.series[p.Series] = append(x.series[p.Series], p)
		}
	}
}

// calendar indexes what was agreed and what became of it. Where a key stands
// twice, what is out counts before what is not, and the earlier one.
func (x *expander) calendar() {
	for _, a := range x.in.Agreed {
		if old, ok := x.agreed[a.Key]; !ok || a.At.Before(old.At) || a.At.Equal(old.At) && a.Pin {
			x.agreed[a.Key] = a
		}
	}
	add := func(o Outcome) {
		old, ok := x.outcome[o.Key]
		first := cmp.Or(rank(o.State)-rank(old.State), o.At.Compare(old.At), strings.Compare(string(o.State), string(old.State))) < 0
		if !ok || first {
			x.outcome[o.Key] = o
		}
	}
	for _, o := range x.in.Outcomes {
		add(o)
	}
	for _, p := range x.list {
		for _, out := range p.Published {
			add(Outcome{Key{p.ID, out.Platform, max(1, out.Occurrence)}, StatePublished, out.At})
		}
	}
}

// rank orders states by how much they bind.
func rank(s State) int {
	switch s {
	case StatePublished:
		return 0
	case StateUncertain, StateInFlight, StateHeld:
		return 1
	}
	return 2
}

// minute returns the whole minutes from the start to t, rounded down.
func (x *expander) minute(t time.Time) int {
	d := t.Sub(x.inst.Start)
	m := int(d / time.Minute)
	if d < 0 && d%time.Minute != 0 {
		m--
	}
	return m
}

// minuteUp is minute rounded up: the first whole minute that is not before t.
func (x *expander) minuteUp(t time.Time) int { return x.minute(t.Add(time.Minute - time.Nanosecond)) }

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
				x.addSlot(x.newSlot(i, at, s.Weight))
			}
		}
	}
}

func (x *expander) addSlot(s Slot) {
	x.slot[place{s.Platform, s.At}] = true
	x.inst.Slots = append(x.inst.Slots, s)
}

func (x *expander) newSlot(platform, at, weight int) Slot {
	p := x.rules[platform]
	if weight == 0 {
		weight = rhythm.DefaultWeight
	}
	day := x.inst.day(at)
	s := Slot{Platform: platform, At: at, Day: day, Week: day / 7, Block: x.inst.block(day), Weight: weight, Min: 1, Max: 1}
	if p.Edition != nil {
		s.Min, s.Max = p.Edition.Min, p.Edition.Max
	}
	s.Due, s.DueWeek = x.due(platform, at)
	return s
}

// due returns when what goes out on a platform at a minute must be ready, and
// the week of that, kept inside the horizon.
func (x *expander) due(platform, at int) (minute, week int) {
	t := x.in.Zone.Add(x.inst.Time(at), civil.Span{Days: -x.rules[platform].Lead})
	days := x.in.Zone.Date(t).DaysSince(x.monday)
	return x.minute(t), min(max(days, 0)/7, x.in.Weeks)
}

// wishes lists what is out or on its way, and what is wished and is not.
func (x *expander) wishes() {
	for _, key := range slices.SortedFunc(maps.Keys(x.outcome), Key.Compare) {
		o := x.outcome[key]
		if pi, ok := x.platform[key.Platform]; ok && o.stands() {
			f := x.fix(x.byID[key.Post], pi, key, x.minute(o.At), o.why())
			f.Held = o.State == StateHeld
			if f.Source == (problem.Position{}) {
				f.Source = x.agreed[key].Source
			}
		}
	}
	for _, f := range x.inst.Fixed {
		if f.Done && f.Post >= 0 {
			x.inst.Posts[f.Post].Need = nil // what is out somewhere is written
		}
	}
	for _, p := range x.list {
		if p.Archived {
			continue
		}
		for j, name := range p.Platforms {
			pi, ok := x.platform[name]
			if !ok || slices.Contains(p.Platforms[:j], name) || !x.speaks(x.rules[pi], p.Lang) {
				continue
			}
			for n := 1; n <= max(1, p.Repeat.Times); n++ {
				if n > 1 && len(x.free) >= MaxItems {
					x.tooMany()
					break
				}
				key := Key{p.ID, name, n}
				if o, ok := x.outcome[key]; !ok || !o.stands() {
					x.wish(p, pi, key)
				}
			}
		}
	}
}

// MaxItems is how many items there are at most of which any is a repetition: a
// few thousand posts can wish for millions.
const MaxItems = 100_000

// CodeTooMany says that not every repetition is planned.
const CodeTooMany problem.Code = "plan-too-many" // max

func (x *expander) tooMany() {
	if !slices.ContainsFunc(x.problems, func(p problem.Problem) bool { return p.Code == CodeTooMany }) {
		x.problems = append(x.problems, problem.Problem{
			Code: CodeTooMany, Severity: problem.Warning, Params: problem.Params{"max": strconv.Itoa(MaxItems)},
		})
	}
}

func (o Outcome) stands() bool { return rank(o.State) < 2 }

func (o Outcome) why() Why {
	if o.State == StatePublished {
		return WhyPublished
	}
	return WhyInFlight
}

func (x *expander) wish(p *Post, platform int, key Key) {
	it := freeItem{post: p, Item: Item{
		Key: key, Post: x.posts[p.ID], Platform: platform, Priority: min(max(cmp.Or(p.Priority, DefaultPriority), 1), 5),
		Pillar: p.Pillar, Intent: p.Intent, Until: Never, Agreed: -1, Title: cmp.Or(p.Title, p.Slug, p.ID),
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
	after := func(code LimitCode, m civil.Moment) {
		if !m.IsZero() {
			at := x.minuteUp(m.Instant)
			it.From = max(it.From, at)
			it.Limits = append(it.Limits, Limit{code, at})
		}
	}
	until := func(code LimitCode, at int) {
		it.Until = min(it.Until, at)
		it.Limits = append(it.Limits, Limit{code, at})
	}
	after(LimitEmbargo, p.Embargo)
	after(LimitNotBefore, p.NotBefore)
	it.First = max(it.From, x.inst.Now)
	if !p.Deadline.IsZero() {
		until(LimitDeadline, x.minute(x.endOf(p.Deadline)))
	}
	if !p.Expires.IsZero() {
		until(LimitExpires, x.minuteUp(p.Expires.Instant)-1)
	}
}

// endOf is the last instant of a moment that is a limit.
func (x *expander) endOf(m civil.Moment) time.Time {
	if m.HasClock {
		return m.Instant
	}
	return x.in.Zone.Instant(m.Local.Date.AddDays(1).At(civil.Clock{})).Add(-time.Minute)
}

// fix adds a fixed placement; p is nil where the post is gone. The pointer is
// good until the next call.
func (x *expander) fix(p *Post, platform int, key Key, at int, why Why) *Fixed {
	f := Fixed{Key: key, Post: -1, Platform: platform, At: at, Slot: -1, Why: why, Done: why == WhyPublished, Title: key.String()}
	if p != nil {
		f.Post, f.Pillar, f.Intent = x.posts[p.ID], p.Pillar, p.Intent
		f.Title, f.Source = cmp.Or(p.Title, p.Slug, p.ID), p.Source
		if !f.Done {
			f.Owes = x.version(p, platform)
		}
	}
	if at >= x.inst.Now {
		if shut, ok := x.closed[platform].At(x.inst.Time(at)); ok {
			f.Shut = &shut
		}
	}
	if at >= 0 { // what is older was due before the horizon
		_, f.DueWeek = x.due(platform, at)
	}
	x.inst.Fixed = append(x.inst.Fixed, f)
	return &x.inst.Fixed[len(x.inst.Fixed)-1]
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
		return cmp.Or(cmp.Compare(a.At, b.At), a.Platform-b.Platform, a.Key.Compare(b.Key))
	})
	for i := range inst.Fixed {
		f := &inst.Fixed[i]
		x.fixed[f.Key] = i
		if s := inst.slotAt(f.Platform, f.At); s >= 0 {
			f.Slot = s
			inst.Slots[s].Fixed++
		}
	}
	slices.SortFunc(x.free, func(a, b freeItem) int { return a.Key.Compare(b.Key) })
	for i, it := range x.free {
		if a, ok := x.agreed[it.Key]; ok {
			it.Agreed = inst.slotAt(it.Platform, x.minute(a.At))
		}
		x.admit(&it.Item)
		x.items[it.Key] = i
		inst.Items = append(inst.Items, it.Item)
	}
}

// admit sets which slots of its platform are open to an item before any other
// is placed.
func (x *expander) admit(it *Item) {
	inst := &x.inst
	p := inst.Platforms[it.Platform]
	at := func(s Slot, minute int) int { return s.At - minute }
	slots := inst.Slots[p.SlotLo:p.SlotHi]
	lo, _ := slices.BinarySearchFunc(slots, it.First, at)
	hi, _ := slices.BinarySearchFunc(slots, it.Until+1, at)
	it.SlotLo, it.SlotHi = p.SlotLo+lo, p.SlotLo+max(lo, hi)
	if len(it.Need) == 0 && len(inst.Posts[it.Post].Need) == 0 {
		return
	}
	for it.SlotLo < it.SlotHi && inst.Slots[it.SlotLo].Due < inst.Now {
		it.SlotLo++
	}
	for s := it.SlotLo; s < it.SlotHi; s++ {
		if inst.Slots[s].Due < inst.Now {
			it.Closed = append(it.Closed, s)
		}
	}
}
