package calendar_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// generator draws offices of many shapes: tight and empty, with chains,
// series, editions, mixes, hours, pins and history, in zones whose clocks
// change at two, at midnight, by half an hour or never.
type generator struct {
	t  *rapid.T
	in calendar.Input
	// slots are instants of the rhythms by platform, to aim at.
	slots map[string][]time.Time
}

func zone(t testing.TB, name string) civil.Zone {
	t.Helper()
	z, err := civil.LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func draw(t *rapid.T) calendar.Input {
	g := &generator{t: t, slots: map[string][]time.Time{}}
	g.frame()
	for i := range g.n("platforms", 1, 4) {
		g.platform(i)
	}
	for i := range g.n("people", 0, 3) {
		g.person(i)
	}
	bare, _ := calendar.Expand(g.in)
	for _, s := range bare.Slots {
		name := bare.Platforms[s.Platform].Name
		g.slots[name] = append(g.slots[name], bare.Time(s.At))
	}
	for i := range g.n("posts", 0, 14) {
		g.post(i)
	}
	g.history()
	return g.in
}

func (g *generator) n(name string, least, most int) int {
	return rapid.IntRange(least, most).Draw(g.t, name)
}

// one reports true once in n times.
func (g *generator) one(name string, n int) bool { return g.n(name, 1, n) == n }

func pick[T any](g *generator, name string, all ...T) T {
	return rapid.SampledFrom(all).Draw(g.t, name)
}

func (g *generator) frame() {
	name := pick(g, "zone", "Europe/Paris", "America/Havana", "Africa/Abidjan", "Australia/Lord_Howe", "Asia/Kathmandu", "America/New_York")
	z, err := civil.LoadZone(name)
	if err != nil {
		g.t.Fatal(err)
	}
	// Some of these weeks have a change of clocks in them, some an ISO week 53.
	base := pick(g, "base", time.Date(2026, 3, 6, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 28, 23, 0, 0, 0, time.UTC),
		time.Date(2026, 10, 24, 22, 0, 0, 0, time.UTC), time.Date(2026, 12, 27, 0, 0, 0, 0, time.UTC), time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC))
	g.in.Zone = z
	g.in.Now = base.Add(time.Duration(g.n("now", 0, 14*24*60))*time.Minute + time.Duration(g.n("second", 0, 1))*37*time.Second)
	g.in.Weeks = g.n("weeks", 1, 6)
	if g.one("year", 30) {
		g.in.Weeks = 52
	}
	g.in.Lock = pick(g, "lock", civil.Span{}, civil.Span{Minutes: 48 * 60}, civil.Span{Days: 3})
	g.in.Reserve = pick(g, "reserve", 0, 150, 500)
	g.in.Closed = g.closed("office")
}

func (g *generator) closed(name string) rhythm.Closed {
	var c rhythm.Closed
	for range g.n(name+" closed days", 0, 2) {
		c.Days = append(c.Days, rhythm.Day{Date: g.day(name), Name: "closed", Holiday: g.one("holiday", 2)})
	}
	if g.one(name+" quiet", 3) {
		c.Quiet = append(c.Quiet, rhythm.Quiet{From: civil.Clock{Hour: 21}, To: civil.Clock{Hour: 7}})
	}
	return c
}

// day is a day from a week before now to somewhat after the horizon.
func (g *generator) day(name string) civil.Date {
	return g.in.Zone.Date(g.in.Now).AddDays(g.n(name+" day", -9, 7*min(g.in.Weeks, 6)+5))
}

func (g *generator) moment(name string) civil.Moment {
	day := g.day(name)
	if g.one(name+" is a day", 2) {
		return g.in.Zone.Day(day)
	}
	return g.in.Zone.Moment(day.At(civil.Clock{Hour: g.n(name+" hour", 0, 23), Minute: pick(g, name+" minute", 0, 30), Second: pick(g, name+" second", 0, 0, 30)}))
}

// aim is the instant of a slot of the platform, or near one.
func (g *generator) aim(name, platform string) time.Time {
	if all := g.slots[platform]; len(all) > 0 && !g.one(name+" misses", 4) {
		return rapid.SampledFrom(all).Draw(g.t, name)
	}
	return g.moment(name).Instant.Truncate(time.Minute)
}

func (g *generator) platform(i int) {
	p := calendar.Platform{Name: string(rune('a' + i)), Lead: pick(g, "lead", 0, 0, 1, 3)}
	for range g.n("times", 1, 3) {
		t := rhythm.Times{At: []civil.Clock{{Hour: g.n("hour", 0, 23), Minute: pick(g, "minute", 0, 30)}}}
		for range g.n("days", 1, 3) {
			t.Days = append(t.Days, time.Weekday(g.n("weekday", 0, 6)))
		}
		t.Weight = pick(g, "weight", 0, 1, 500, 2000, 10000)
		p.Rhythm.Times = append(p.Rhythm.Times, t)
	}
	if g.one("spaced", 4) {
		p.Rhythm.Spaced = append(p.Rhythm.Spaced, rhythm.Spaced{N: g.n("spaced n", 1, 5), From: civil.Clock{Hour: 9}, To: civil.Clock{Hour: 18}})
	}
	if g.one("rule", 5) {
		p.Rhythm.Rules = append(p.Rhythm.Rules, rhythm.Rule{
			Text: pick(g, "rrule", "FREQ=WEEKLY;BYDAY=TU,SU", "FREQ=MONTHLY;BYDAY=-1TH", "FREQ=DAILY"), Start: civil.Date{Year: 2026, Month: 1, Day: 1}.At(civil.Clock{Hour: 2, Minute: 30}),
		})
	}
	if g.one("platform closed", 4) {
		p.Closed = g.closed(p.Name)
	}
	if g.one("edition", 3) {
		least := g.n("edition min", 1, 3)
		p.Edition = &calendar.Edition{Min: least, Max: least + g.n("edition more", 0, 3)}
	}
	if g.one("cap day", 4) {
		p.CapDay = g.n("most a day", 1, 2)
	}
	if g.one("cap week", 3) {
		p.CapWeek = g.n("most a week", 1, 3)
	}
	if g.one("gap", 2) {
		p.Gap = pick(g, "gap minutes", 30, 20*60, 3*24*60)
	}
	if g.one("spread", 2) {
		p.Spread = pick(g, "spread minutes", 60, 3*24*60, 8*24*60)
	}
	if i > 0 && g.one("derives", 2) {
		p.DerivesFrom = string(rune('a' + g.n("from", 0, i-1)))
		p.Lag = pick(g, "lag", civil.Span{}, civil.Span{Minutes: 240}, civil.Span{Days: 1}, civil.Span{Days: 7, Minutes: 30})
	}
	for _, intent := range []string{"inform", "converse"} {
		if g.one("mix", 4) {
			least := pick(g, "least", 0, 0, 250, 400, 600)
			p.Mix = append(p.Mix, calendar.Mix{Intent: intent, Min: least, Max: pick(g, "most", 1000, 700, least)})
		}
	}
	if g.one("pillar mix", 5) {
		p.Mix = append(p.Mix, calendar.Mix{Pillar: "craft", Min: pick(g, "least", 0, 300), Max: pick(g, "most", 300, 1000)})
	}
	if g.one("languages", 5) {
		p.Languages = []string{"fr"}
	}
	p.Effort = pick(g, "effort", 0, 0, 30, 120)
	g.in.Platforms = append(g.in.Platforms, p)
}

func (g *generator) person(i int) {
	p := calendar.Person{Name: fmt.Sprintf("q%d", i), Minutes: pick(g, "minutes", 0, 60, 240, 600)}
	if g.one("days", 2) {
		p.Days = []time.Weekday{time.Tuesday, time.Thursday}
	}
	if g.one("absent", 3) {
		from := g.day("absence")
		p.Absences = append(p.Absences, calendar.Absence{From: from, To: from.AddDays(g.n("long", 0, 9))})
	}
	g.in.People = append(g.in.People, p)
}

func (g *generator) need() map[string]int {
	need := map[string]int{}
	for range g.n("needs", 0, 2) {
		need[pick(g, "who", "q0", "q1", "q2", "", "stranger")] = pick(g, "owed", 30, 90, 300)
	}
	return need
}

func (g *generator) post(i int) {
	p := calendar.Post{
		ID: fmt.Sprintf("p%02d", i), Title: fmt.Sprintf("Post %d", i), Lang: pick(g, "lang", "fr", "fr-CA", "en"),
		Ready: g.one("ready", 2), Archived: g.one("archived", 12), Priority: g.n("priority", 0, 5),
		Pillar: pick(g, "pillar", "", "craft", "people"), Intent: pick(g, "intent", "", "inform", "converse", "promote"), Assignee: pick(g, "assignee", "", "q0", "q1"),
		Pins: map[string]civil.Moment{}, Versions: map[string]map[string]int{},
	}
	for _, platform := range g.in.Platforms {
		if !g.one("not on "+platform.Name, 3) {
			p.Platforms = append(p.Platforms, platform.Name)
		}
	}
	if g.one("in a series", 3) {
		p.Series, p.Part = "s", g.n("part", 1, 6)
	}
	if g.one("repeats", 5) {
		p.Repeat = calendar.Repeat{Times: g.n("times", 2, 3), Every: pick(g, "every", civil.Span{}, civil.Span{Days: 7}, civil.Span{Minutes: 90})}
	}
	if g.one("has embargo", 6) {
		p.Embargo = g.moment("embargo")
	}
	if g.one("has not before", 6) {
		p.NotBefore = g.moment("not before")
	}
	if g.one("has deadline", 6) {
		p.Deadline = g.moment("deadline")
	}
	if g.one("expires", 8) {
		p.Expires = g.moment("expires")
	}
	p.Need = g.need()
	for _, name := range p.Platforms {
		if g.one("version of its own", 4) {
			p.Versions[name] = g.need()
		}
		if g.one("pinned there", 8) {
			p.Pins[name] = g.pin(name)
		}
	}
	if len(p.Platforms) > 0 && g.one("pinned", 5) {
		p.Pin = g.pin(p.Platforms[0])
	}
	if len(p.Platforms) > 0 && g.one("out", 8) {
		p.Published = append(p.Published, calendar.Published{Platform: p.Platforms[0], At: g.in.Now.Add(-time.Duration(g.n("ago", 0, 20*24*60)) * time.Minute)})
	}
	g.in.Posts = append(g.in.Posts, p)
}

func (g *generator) pin(platform string) civil.Moment {
	at := g.aim("pin", platform)
	if g.one("only the day", 3) {
		return g.in.Zone.Day(g.in.Zone.Date(at))
	}
	return civil.Moment{Local: g.in.Zone.DateTime(at), HasClock: true, Instant: at}
}

// history agrees some placements, and lets some of those past have an end.
func (g *generator) history() {
	for _, p := range g.in.Posts {
		for _, name := range p.Platforms {
			if !g.one("agreed", 3) {
				continue
			}
			key := calendar.Key{Post: p.ID, Platform: name, Occurrence: 1}
			at := g.aim("agreed at", name)
			g.in.Agreed = append(g.in.Agreed, calendar.Agreed{Key: key, At: at, Pin: g.one("marked", 5)})
			if at.Before(g.in.Now) || g.one("early end", 20) {
				g.in.Outcomes = append(g.in.Outcomes, calendar.Outcome{Key: key, At: at, State: pick(g, "state",
					calendar.StatePublished, calendar.StateUncertain, calendar.StateHeld, calendar.StateInFlight, calendar.StateFailed, calendar.StateMissed, calendar.StateCancelled)})
			}
		}
	}
	if g.one("ghost", 6) && len(g.in.Platforms) > 0 {
		g.in.Outcomes = append(g.in.Outcomes, calendar.Outcome{
			Key: calendar.Key{Post: "gone", Platform: "a", Occurrence: 1}, State: calendar.StatePublished, At: g.in.Now.Add(-time.Hour),
		})
	}
}

// shuffled returns the same office with its lists in another order.
func shuffled(t *rapid.T, in calendar.Input) calendar.Input {
	in.Platforms = shuffle(t, "platforms", in.Platforms)
	in.People = shuffle(t, "people", in.People)
	in.Posts = shuffle(t, "posts", in.Posts)
	in.Agreed = shuffle(t, "agreed", in.Agreed)
	in.Outcomes = shuffle(t, "outcomes", in.Outcomes)
	return in
}

func shuffle[T any](t *rapid.T, name string, list []T) []T {
	if len(list) < 2 {
		return list
	}
	return rapid.Permutation(slices.Clone(list)).Draw(t, "shuffled "+name)
}
