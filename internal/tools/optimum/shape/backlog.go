package shape

import (
	"fmt"
	"math/rand/v2"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// backlogPosts is how many posts an office with a backlog has: each goes to
// all of its platforms.
const backlogPosts = 200

// Backlog is an office with far more to say than it has places for: two
// people, three platforms and a quarter, with six items for a slot. What
// matters there is which items go out at all.
func Backlog(seed uint64) (calendar.Input, error) {
	zone, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		return calendar.Input{}, err
	}
	o := &office{rand: rand.New(rand.NewPCG(seed, 0x6261636b6c6f67)), in: calendar.Input{
		Zone: zone, Now: zone.Instant(civil.Date{Year: 2026, Month: 10, Day: 19}.At(civil.Clock{Hour: 8})),
		Weeks: 13, Lock: calendar.DefaultLock(), Reserve: 200, Platforms: backlogPlatforms(),
		People: []calendar.Person{{Name: "ann", Minutes: 20 * hour}, {Name: "bob", Minutes: 12 * hour}},
	}}
	for i := range backlogPosts {
		o.in.Posts = append(o.in.Posts, o.backlogPost(i))
	}
	return o.in, nil
}

// backlogPlatforms have eight slots a week.
func backlogPlatforms() []calendar.Platform {
	times := func(clock int, days ...time.Weekday) rhythm.Rhythm {
		return rhythm.Rhythm{Times: []rhythm.Times{{Days: days, At: []civil.Clock{{Hour: clock}}}}}
	}
	return []calendar.Platform{
		{Name: "blog", Rhythm: times(9, 2, 4, 5), CapWeek: 3, Spread: 3 * day},
		{
			Name: "facebook", Rhythm: times(12, 1, 3, 5, 6), Gap: 20 * hour, DerivesFrom: "blog", Lag: civil.Span{Minutes: 3 * hour},
			Mix: []calendar.Mix{{Intent: "converse", Min: 300, Max: 1000}},
		},
		{Name: "letter", Rhythm: times(8, 4), Edition: &calendar.Edition{Min: 2, Max: 6}, DerivesFrom: "blog", Lag: civil.Span{Days: 1}},
	}
}

func (o *office) backlogPost(i int) calendar.Post {
	p := calendar.Post{
		ID: fmt.Sprintf("p%03d", i), Lang: "en", Priority: 1 + o.rand.IntN(5), Ready: o.chance(25),
		Pillar: pick(o, []string{"craft", "people"}), Intent: pick(o, []string{"converse", "inform", "engage"}),
		Platforms: []string{"blog", "facebook", "letter"},
	}
	if !p.Ready {
		p.Need = map[string]int{o.anybody(): 3 * hour}
	}
	if i%3 == 0 {
		p.Series, p.Part = fmt.Sprintf("series %d", i%5), 1+i/5
	}
	if o.chance(20) {
		p.Deadline = o.moment()
	}
	return p
}
