package calendar_test

import (
	"fmt"
	"testing"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// workload is a busy office: the platforms of the sample with every rule, so
// many free posts, and a past of so many published ones.
func workload(tb testing.TB, posts, published, weeks int) calendar.Input {
	z := zone(tb, "Europe/Paris")
	day := func(d time.Weekday, hour int) rhythm.Times {
		return rhythm.Times{Days: []time.Weekday{d}, At: []civil.Clock{{Hour: hour}}}
	}
	in := calendar.Input{
		Now: z.Instant(civil.Date{Year: 2026, Month: 10, Day: 19}.At(civil.Clock{Hour: 8})), Zone: z, Weeks: weeks,
		Lock: calendar.DefaultLock(), Reserve: 150,
		Platforms: []calendar.Platform{
			{Name: "blog", Rhythm: rhythm.Rhythm{Times: []rhythm.Times{day(2, 9), day(4, 10)}}, CapWeek: 2, Spread: 6 * 24 * 60, Lead: 1},
			{
				Name: "facebook", Rhythm: rhythm.Rhythm{Times: []rhythm.Times{day(1, 18), day(2, 18), day(3, 18), day(4, 18), day(5, 12), day(6, 10), day(0, 10)}},
				Gap: 20 * 60, DerivesFrom: "blog", Lag: civil.Span{Minutes: 240},
				Mix: []calendar.Mix{{Intent: "converse", Min: 400, Max: 1000}, {Intent: "promote", Min: 0, Max: 300}},
			},
			{Name: "x", Rhythm: rhythm.Rhythm{Spaced: []rhythm.Spaced{{N: 9, From: civil.Clock{Hour: 9}, To: civil.Clock{Hour: 18}}}}, DerivesFrom: "blog", Lag: civil.Span{Minutes: 60}, Gap: 6 * 60, CapDay: 2},
			{Name: "newsletter", Rhythm: rhythm.Rhythm{Times: []rhythm.Times{day(5, 8)}}, Edition: &calendar.Edition{Min: 2, Max: 6}, DerivesFrom: "blog", Lag: civil.Span{Days: 1}},
		},
	}
	for i := range 6 {
		in.People = append(in.People, calendar.Person{Name: fmt.Sprintf("q%d", i), Minutes: 900})
	}
	intents, pillars := []string{"inform", "converse", "promote", "engage"}, []string{"craft", "people", "town", ""}
	for i := range posts {
		p := calendar.Post{
			ID: fmt.Sprintf("new%05d", i), Lang: "fr", Priority: 1 + i%5, Intent: intents[i%4], Pillar: pillars[i/2%4],
			Platforms: [][]string{{"blog", "facebook", "x", "newsletter"}, {"facebook", "x"}, {"facebook"}, {"x"}}[i%4],
			Need:      map[string]int{fmt.Sprintf("q%d", i%6): 60 * (i % 5)}, Ready: i%3 == 0,
		}
		if i%7 == 0 {
			p.Series, p.Part = "series", i/7+1
		}
		in.Posts = append(in.Posts, p)
	}
	for i := range published {
		at := in.Now.Add(-time.Duration(1+i) * 7 * time.Hour)
		in.Posts = append(in.Posts, calendar.Post{
			ID: fmt.Sprintf("old%05d", i), Lang: "fr", Ready: true, Intent: intents[i%4], Pillar: pillars[i%4], Platforms: []string{"blog"},
			Published: []calendar.Published{{Platform: "blog", At: at}},
		})
	}
	return in
}

func BenchmarkExpand(b *testing.B) {
	for _, w := range workloads() {
		b.Run(w.name, func(b *testing.B) {
			in := workload(b, w.posts, w.published, w.weeks)
			b.ReportAllocs()
			for b.Loop() {
				calendar.Expand(in)
			}
		})
	}
}

func BenchmarkMake(b *testing.B) {
	for _, w := range workloads() {
		b.Run(w.name, func(b *testing.B) {
			inst, _ := calendar.Expand(workload(b, w.posts, w.published, w.weeks))
			b.ReportAllocs()
			var plan calendar.Plan
			for b.Loop() {
				plan = calendar.Make(inst)
			}
			b.ReportMetric(float64(len(inst.Items)), "items")
			b.ReportMetric(float64(len(inst.Slots)), "slots")
			b.ReportMetric(float64(len(plan.Placements)), "placed")
			b.ReportMetric(float64(plan.Value), "value")
		})
	}
}

type load struct {
	name                    string
	posts, published, weeks int
}

func workloads() []load {
	return []load{
		{"40-posts", 40, 100, 13},
		{"100-posts", 100, 10_000, 13},
		{"1k-posts", 1_000, 10_000, 52},
		{"5k-posts", 5_000, 10_000, 52},
	}
}
