package shape

import (
	"fmt"
	"math/rand/v2"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// Size is how large an office is.
type Size struct {
	// Items is how many items its posts give, Weeks its horizon, Platforms how
	// many it has, up to seven.
	Items, Weeks, Platforms int
}

// Grown is the same kind of office at any size: a team of twelve whose
// platforms follow the blog, with an edition every Friday, shares, gaps,
// series, and work that just about fits.
func Grown(size Size, seed uint64) (calendar.Input, error) {
	zone, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		return calendar.Input{}, err
	}
	in := calendar.Input{
		Zone: zone, Now: zone.Instant(civil.Date{Year: 2026, Month: 10, Day: 19}.At(civil.Clock{Hour: 8})),
		Weeks: size.Weeks, Lock: calendar.DefaultLock(), Reserve: 150, Platforms: grownPlatforms()[:size.Platforms],
	}
	for i := range 12 {
		in.People = append(in.People, calendar.Person{Name: fmt.Sprintf("q%02d", i), Minutes: 900})
	}
	o := &office{rand: rand.New(rand.NewPCG(seed, 0x67726f776e)), in: in}
	for items := 0; items < size.Items; {
		p := o.grownPost(len(o.in.Posts))
		p.Platforms = p.Platforms[:min(len(p.Platforms), size.Items-items)]
		items += len(p.Platforms)
		o.in.Posts = append(o.in.Posts, p)
	}
	return o.in, nil
}

// grownPlatforms have 97 slots a week.
func grownPlatforms() []calendar.Platform {
	spaced := func(n int) rhythm.Rhythm {
		return rhythm.Rhythm{Spaced: []rhythm.Spaced{{N: n, From: civil.Clock{Hour: 7}, To: civil.Clock{Hour: 21}}}}
	}
	times := func(clock int, days ...time.Weekday) rhythm.Rhythm {
		return rhythm.Rhythm{Times: []rhythm.Times{{Days: days, At: []civil.Clock{{Hour: clock}}}}}
	}
	return []calendar.Platform{
		{Name: "blog", Rhythm: times(9, 1, 2, 4, 5), CapWeek: 3, Spread: 6 * day, Lead: 1},
		{
			Name: "facebook", Rhythm: spaced(14), Gap: 8 * hour, DerivesFrom: "blog", Lag: civil.Span{Minutes: 4 * hour},
			Mix: []calendar.Mix{{Intent: "converse", Min: 300, Max: 1000}, {Intent: "promote", Max: 300}},
		},
		{Name: "letter", Rhythm: times(8, 5), Edition: &calendar.Edition{Min: 3, Max: 8}, DerivesFrom: "blog", Lag: civil.Span{Days: 1}},
		{Name: "x", Rhythm: spaced(42), CapDay: 6, DerivesFrom: "blog", Lag: civil.Span{Minutes: hour}, Spread: 4 * hour},
		{Name: "photo", Rhythm: spaced(21), Gap: 3 * hour, DerivesFrom: "blog", Lag: civil.Span{Days: 1}},
		{Name: "forum", Rhythm: spaced(12), DerivesFrom: "blog", Lag: civil.Span{Days: 2}, Mix: []calendar.Mix{{Pillar: "craft", Min: 200, Max: 1000}}},
		{Name: "video", Rhythm: times(18, 3, 6, 0), Lead: 3, Effort: 120, DerivesFrom: "blog", Lag: civil.Span{Days: 7}},
	}
}

func (o *office) grownPost(i int) calendar.Post {
	p := calendar.Post{
		ID: fmt.Sprintf("p%05d", i), Title: fmt.Sprintf("Post %d", i), Lang: "fr", Ready: o.chance(40),
		Priority: 1 + o.rand.IntN(5), Pillar: pick(o, pillars()), Intent: pick(o, intents()), Assignee: o.anybody(),
	}
	for _, platform := range o.in.Platforms {
		// Most of what is written goes out where there is room for it.
		if o.chance(map[string]int{"blog": 12, "letter": 20, "video": 8, "x": 90}[platform.Name]) || o.chance(15) {
			p.Platforms = append(p.Platforms, platform.Name)
		}
	}
	if !p.Ready {
		p.Need = map[string]int{o.anybody(): pick(o, []int{60, 120, 240})}
	}
	if i%7 == 0 {
		p.Series, p.Part = fmt.Sprintf("series %d", i/70), 1+i/7%10
	}
	if o.chance(10) {
		p.NotBefore = o.moment()
	}
	if o.chance(10) {
		p.Deadline = o.moment()
	}
	return p
}
