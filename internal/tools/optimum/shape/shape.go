// Package shape draws offices of many kinds from seeds: those that a planner
// finds hard, each small enough that the best plan can be proven. The same
// seed gives the same office, for ever.
package shape

import (
	"math/rand/v2"
	"slices"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/civil"
)

// Names lists the shapes in the order in which seeds go round them.
func Names() []string {
	var names []string
	for _, s := range shapes() {
		names = append(names, s.name)
	}
	return names
}

// Draw makes the office of a seed, and names its shape.
func Draw(seed uint64) (name string, in calendar.Input, err error) {
	all := shapes()
	s := all[seed%uint64(len(all))]
	in, err = s.draw(seed)
	return s.name, in, err
}

// span is a least and a greatest number.
type span struct{ least, most int }

// shape is how offices of a kind are drawn. Chances are per cent; a list is
// drawn from evenly, and none means nothing of the kind.
type shape struct {
	name                           string
	weeks, platforms, posts, slots span // slots a week and platform
	// on is the chance that a post goes to a platform beyond its first.
	on int
	// people, what they have a week, and the days on which they work.
	people  span
	minutes []int
	absent  int
	reserve []int
	// owing is the chance that a post is not ready; need what each of one or
	// two people owes on it, effort what a version takes, lead its days.
	owing             int
	need, effort      []int
	lead              []int
	derives           int
	lags              []civil.Span
	series            int // chance of a post; families of up to family parts
	family            int
	repeats           int
	every             []civil.Span
	edition           int
	capDay, capWeek   int
	gaps, spreads     []int
	mixes             int
	weights           []int
	early, late       int // chance of an embargo or not-before, a deadline or expiry
	pins, dayPins     int
	agreed, published int
	bilingual         bool
	closed            int
}

// office is one under construction.
type office struct {
	shape
	rand *rand.Rand
	in   calendar.Input
	// open are the instants of the rhythms, by platform.
	open map[string][]time.Time
}

func (s shape) draw(seed uint64) (calendar.Input, error) {
	o := &office{shape: s, rand: rand.New(rand.NewPCG(seed, 0x6f7074696d756d)), open: map[string][]time.Time{}}
	if err := o.frame(); err != nil {
		return calendar.Input{}, err
	}
	for i := range o.between(o.platforms) {
		o.platform(i)
	}
	for i := range o.between(o.people) {
		o.person(i)
	}
	bare, _ := calendar.Expand(o.in)
	for _, slot := range bare.Slots {
		name := bare.Platforms[slot.Platform].Name
		o.open[name] = append(o.open[name], bare.Time(slot.At))
	}
	for i := range o.between(o.posts) {
		o.post(i)
	}
	o.history()
	return o.in, nil
}

func (o *office) between(s span) int { return s.least + o.rand.IntN(s.most-s.least+1) }

// chance reports true so many times in a hundred.
func (o *office) chance(percent int) bool { return o.rand.IntN(100) < percent }

func pick[T any](o *office, all []T) T {
	var none T
	if len(all) == 0 {
		return none
	}
	return all[o.rand.IntN(len(all))]
}

// day is one from now to the end of the horizon.
func (o *office) day() civil.Date {
	return o.in.Zone.Date(o.in.Now).AddDays(o.rand.IntN(7 * o.in.Weeks))
}

func (o *office) moment() civil.Moment {
	day := o.day()
	if o.chance(50) {
		return o.in.Zone.Day(day)
	}
	return o.in.Zone.Moment(day.At(civil.Clock{Hour: 6 + o.rand.IntN(16), Minute: 30 * o.rand.IntN(2)}))
}

func (o *office) frame() error {
	zone, err := civil.LoadZone(pick(o, []string{"Europe/Paris", "America/New_York", "Africa/Abidjan", "Australia/Lord_Howe"}))
	if err != nil {
		return err
	}
	monday := pick(o, []civil.Date{
		{Year: 2026, Month: 3, Day: 9}, {Year: 2026, Month: 6, Day: 1}, {Year: 2026, Month: 10, Day: 12}, {Year: 2026, Month: 12, Day: 14},
	})
	o.in.Zone = zone
	o.in.Now = zone.Instant(monday.AddDays(o.rand.IntN(7)).At(civil.Clock{Hour: 7 + o.rand.IntN(4)}))
	o.in.Weeks = o.between(o.weeks)
	o.in.Lock = calendar.DefaultLock()
	o.in.Reserve = pick(o, o.reserve)
	return nil
}

// families are the names of series, as many as the posts fill.
func (o *office) familyOf(i int) string { return "family " + string(rune('a'+i/max(1, o.family)%26)) }

// shuffled is a copy in another order.
func shuffled[T any](o *office, list []T) []T {
	list = slices.Clone(list)
	o.rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}
