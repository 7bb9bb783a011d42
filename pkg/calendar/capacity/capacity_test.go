package capacity_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/capacity"
	"editorial/pkg/calendar/change"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// The office of docs/capacity.md: it is Monday 19 October 2026, eight o'clock
// in Paris, and four weeks are planned. Awa has five hours a week, Bo two, and
// a fifth is kept free: four hours, and one hour and thirty-six minutes.

func paris(t testing.TB) civil.Zone {
	t.Helper()
	z, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func moment(t testing.TB, text string) civil.Moment {
	t.Helper()
	m, err := paris(t).ParseMoment(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func weekly(day time.Weekday, hour int) rhythm.Times {
	return rhythm.Times{Days: []time.Weekday{day}, At: []civil.Clock{{Hour: hour}}}
}

// example has a blog every Tuesday, whose posts usually take three hours, and
// a network that takes half an hour more for each of them, twice a week; a film
// every Saturday takes eight hours.
func example(t testing.TB) (calendar.Input, capacity.Usual) {
	t.Helper()
	return calendar.Input{
		Now: moment(t, "2026-10-19 08:00").Instant, Zone: paris(t), Weeks: 4, Reserve: 200,
		People: []calendar.Person{{Name: "awa", Minutes: 300}, {Name: "bo", Minutes: 120}},
		Platforms: []calendar.Platform{
			{Name: "blog", Rhythm: rhythm.Rhythm{Times: []rhythm.Times{weekly(time.Tuesday, 9)}}},
			{Name: "net", Rhythm: rhythm.Rhythm{Times: []rhythm.Times{weekly(time.Wednesday, 12), weekly(time.Friday, 12)}}, DerivesFrom: "blog", Lag: civil.Span{Minutes: 60}, Effort: 30},
			{Name: "film", Rhythm: rhythm.Rhythm{Times: []rhythm.Times{weekly(time.Saturday, 10)}}},
		},
		Posts: []calendar.Post{
			{ID: "brakes", Platforms: []string{"blog", "net"}, Assignee: "awa", Need: map[string]int{"awa": 180}},
			{ID: "tyres", Platforms: []string{"blog"}, Assignee: "bo", Need: map[string]int{"bo": 240}},
		},
	}, capacity.Usual{"blog": 180, "net": 20, "film": 480}
}

// short is who lacks how much in which week.
type short struct {
	Person  string
	Week    int
	Minutes int
}

func shorts(w *capacity.Wish, b capacity.Balance) []short {
	var all []short
	for _, h := range b.Missing() {
		s := short{Week: h.Week, Minutes: h.Minutes}
		if h.Person != capacity.Team {
			s.Person = w.Inst.People[h.Person]
		}
		all = append(all, s)
	}
	return all
}

// TestWished is the example of docs/capacity.md, step by step.
func TestWished(t *testing.T) {
	t.Parallel()
	in, usual := example(t)
	w := capacity.Wished(in, usual)

	var fills []string
	for _, f := range w.Fills {
		s := w.Inst.Slots[f.Slot]
		fills = append(fills, w.Inst.Platforms[s.Platform].Name+" "+w.Inst.Time(s.At).In(in.Zone.Location()).Format("2.1.")+" "+civil.FormatWork(f.Minutes()))
	}
	want := []string{
		"blog 3.11. 3h", "blog 10.11. 3h", // the first two Tuesdays have brakes and tyres
		"film 24.10. 8h", "film 31.10. 8h", "film 7.11. 8h", "film 14.11. 8h",
		// brakes is there on 21 October; the fills of the blog go there once.
		"net 23.10. 50m", "net 28.10. 50m", "net 30.10. 50m", "net 4.11. 30m", "net 6.11. 50m", "net 11.11. 30m", "net 13.11. 50m",
	}
	slices.Sort(fills)
	slices.Sort(want)
	if diff := cmp.Diff(want, fills); diff != "" {
		t.Errorf("fills (-want +got)\n%s", diff)
	}

	b := w.Balance(capacity.Scope{})
	type row struct{ Person, Week, Needed, Had, Short, Spare int }
	var rows []row
	for _, r := range b.Rows {
		rows = append(rows, row(r))
	}
	wantRows := []row{
		{0, 0, 210, 240, 0, 30}, {0, 1, 0, 240, 0, 270}, {0, 2, 0, 240, 0, 510}, {0, 3, 0, 240, 0, 750},
		{1, 0, 0, 96, 0, 96}, {1, 1, 240, 96, 48, 0}, {1, 2, 0, 96, 0, 96}, {1, 3, 0, 96, 0, 192},
		// 3 h and 30 min of Awa, a film, 50 min: 12 h 20 of 5 h 36.
		{-1, 0, 740, 336, 404, 0},
		// 4 h of Bo, a film, 1 h 40: 13 h 40; what Bo lacks is part of it.
		{-1, 1, 820, 336, 484, 0},
		{-1, 2, 740, 336, 404, 0}, {-1, 3, 740, 336, 404, 0},
	}
	if diff := cmp.Diff(wantRows, rows); diff != "" {
		t.Errorf("rows (-want +got)\n%s", diff)
	}
	if b.Short != 404+484+404+404 || b.Worst != 1 {
		t.Errorf("short %d, worst week %d", b.Short, b.Worst)
	}
	if diff := cmp.Diff([]short{{"bo", 1, 48}, {"", 0, 404}, {"", 1, 436}, {"", 2, 404}, {"", 3, 404}}, shorts(&w, b)); diff != "" {
		t.Errorf("missing (-want +got)\n%s", diff)
	}
}

// TestWished_scope: one person, or fewer weeks.
func TestWished_scope(t *testing.T) {
	t.Parallel()
	in, usual := example(t)
	w := capacity.Wished(in, usual)
	tests := []struct {
		scope        capacity.Scope
		short, worst int
		rows         int
	}{
		{capacity.Scope{Person: "awa"}, 0, -1, 4},
		{capacity.Scope{Person: "bo"}, 48, 1, 4},
		{capacity.Scope{Weeks: 1}, 404, 0, 3},
		{capacity.Scope{Weeks: 1, Person: "bo"}, 0, -1, 1},
		{capacity.Scope{Weeks: 99, Person: "bo"}, 48, 1, 4},
	}
	for _, test := range tests {
		b := w.Balance(test.scope)
		if b.Short != test.short || b.Worst != test.worst || len(b.Rows) != test.rows {
			t.Errorf("%+v: short %d, worst %d, %d rows; want %+v", test.scope, b.Short, b.Worst, len(b.Rows), test)
		}
	}
}

// TestFills keeps to caps, gaps and editions, and leaves what is too late.
func TestFills(t *testing.T) {
	t.Parallel()
	daily := rhythm.Rhythm{Times: []rhythm.Times{{At: []civil.Clock{{Hour: 9}, {Hour: 15}}}}}
	tests := []struct {
		name  string
		rules calendar.Platform
		want  int // fills in the first week, from Monday 8:00 on
		posts int
	}{
		{"all", calendar.Platform{}, 14, 14},
		{"one a day", calendar.Platform{CapDay: 1}, 7, 7},
		{"three a week", calendar.Platform{CapWeek: 3}, 3, 3},
		{"a day apart", calendar.Platform{Gap: 24 * 60}, 7, 7},
		{"an edition takes two posts", calendar.Platform{Edition: &calendar.Edition{Min: 2, Max: 5}, CapWeek: 1}, 1, 2},
		{"what is due before now is not made any more", calendar.Platform{Lead: 2}, 10, 10},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := test.rules
			p.Name, p.Rhythm = "p", daily
			in := calendar.Input{Now: moment(t, "2026-10-19 08:00").Instant, Zone: paris(t), Weeks: 1, Platforms: []calendar.Platform{p}}
			w := capacity.Wished(in, capacity.Usual{"p": 10})
			posts := 0
			for _, f := range w.Fills {
				if posts += f.Posts; f.Own != 10*f.Posts {
					t.Errorf("%+v", f)
				}
			}
			if len(w.Fills) != test.want || posts != test.posts {
				t.Errorf("%d fills of %d posts, want %d of %d", len(w.Fills), posts, test.want, test.posts)
			}
		})
	}
}

func TestMend(t *testing.T) {
	t.Parallel()
	in, usual := example(t)
	w := capacity.Wished(in, usual)
	r := capacity.Mend(w, usual, capacity.Scope{})
	if !r.Mends() {
		t.Fatalf("nothing mends it: %+v", r)
	}
	// The films are what is too much; without them 44 minutes... are missing yet.
	if c := r.Fixes[0].Changes[0]; c.Platform != "film" {
		t.Errorf("the first fix is %+v", c)
	}
	again := capacity.Wished(change.Apply(in, r.All()...), usual)
	if b := again.Balance(capacity.Scope{}); b.Short != 0 {
		t.Errorf("once all is made, %d minutes are still missing", b.Short)
	}
}

// TestMend_together: no platform alone saves anything, since every post is on
// both: left out together they do.
func TestMend_together(t *testing.T) {
	t.Parallel()
	for name, derives := range map[string]string{"one derives": "blog", "none derives": ""} {
		in, _ := example(t)
		in.Platforms = in.Platforms[:2]
		in.Platforms[1].DerivesFrom, in.Platforms[1].Effort = derives, 0
		in.People = in.People[:1]
		in.People[0].Minutes = 60
		for i := range in.Posts {
			in.Posts[i].Platforms, in.Posts[i].Assignee, in.Posts[i].Need = []string{"blog", "net"}, "awa", map[string]int{"awa": 480}
		}
		usual := capacity.Usual{}
		r := capacity.Mend(capacity.Wished(in, usual), usual, capacity.Scope{})
		if !r.Mends() || r.Stuck != 0 || r.Plans > 60+4*2 {
			t.Errorf("%s: %+v", name, r)
		}
		again := capacity.Wished(change.Apply(in, r.All()...), usual)
		if b := again.Balance(capacity.Scope{}); b.Short != 0 {
			t.Errorf("%s: once all is made, %d minutes are still missing", name, b.Short)
		}
	}
}

// TestMend_nothingMissing: where nothing is missing, nothing is planned.
func TestMend_nothingMissing(t *testing.T) {
	t.Parallel()
	in, usual := example(t)
	in.People[0].Minutes, in.People[1].Minutes = 6000, 6000
	if r := capacity.Mend(capacity.Wished(in, usual), usual, capacity.Scope{}); len(r.Fixes) > 0 || r.Plans > 0 {
		t.Errorf("%+v", r)
	}
}

// TestMend_fixed: what is in flight cannot be mended by any change.
func TestMend_fixed(t *testing.T) {
	t.Parallel()
	in, usual := example(t)
	in.Platforms = in.Platforms[:1]
	in.People = in.People[:1]
	in.People[0].Minutes = 60
	in.Posts = in.Posts[:1]
	in.Outcomes = []calendar.Outcome{{Key: calendar.Key{Post: "brakes", Platform: "blog", Occurrence: 1}, State: calendar.StateHeld, At: moment(t, "2026-10-20 09:00").Instant}}
	r := capacity.Mend(capacity.Wished(in, usual), usual, capacity.Scope{Weeks: 1})
	if r.Mends() || len(r.Fixes) > 0 || r.Stuck != 180-48 {
		t.Errorf("%+v", r)
	}
}

func TestRunways(t *testing.T) {
	t.Parallel()
	in, usual := example(t)
	in.People = nil // there are hours for everything
	w := capacity.Wished(in, usual)
	got := map[string][2]int{}
	for _, r := range capacity.Runways(&w.Inst, capacity.Free(in, &w.Inst, w.Plan)) {
		week := -1
		if r.Empty >= 0 {
			week = w.Inst.Slots[r.Empty].Week
		}
		got[r.Platform] = [2]int{r.Weeks, week}
	}
	want := map[string][2]int{"blog": {2, 2}, "net": {0, 0}, "film": {0, 0}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	in.Weeks = 2
	w = capacity.Wished(in, usual)
	for _, r := range capacity.Runways(&w.Inst, capacity.Free(in, &w.Inst, w.Plan)) {
		if r.Platform == "blog" && (r.Empty >= 0 || r.Weeks != 2) {
			t.Errorf("a blog that is full until the end: %+v", r)
		}
	}
}
