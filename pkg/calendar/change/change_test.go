package change_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/change"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// It is Monday 19 October 2026, eight o'clock in Paris; eight weeks.

func paris(t *testing.T) civil.Zone {
	t.Helper()
	z, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func moment(t *testing.T, text string) civil.Moment {
	t.Helper()
	m, err := paris(t).ParseMoment(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func clock(hour, minute int) civil.Clock { return civil.Clock{Hour: hour, Minute: minute} }

func day(d time.Weekday, hour int) rhythm.Times {
	return rhythm.Times{Days: []time.Weekday{d}, At: []civil.Clock{clock(hour, 0)}}
}

// office has every rule that a change can touch.
func office(t *testing.T) calendar.Input {
	t.Helper()
	now := moment(t, "2026-10-19 08:00").Instant
	return calendar.Input{
		Now: now, Zone: paris(t), Weeks: 8,
		Platforms: []calendar.Platform{
			{
				Name: "blog", Rhythm: rhythm.Rhythm{Times: []rhythm.Times{day(time.Tuesday, 9), day(time.Thursday, 10)}},
				CapDay: 1, CapWeek: 1, Gap: 600, Spread: 6000, Effort: 60,
				Mix: []calendar.Mix{{Intent: "inform", Min: 300, Max: 600}, {Pillar: "life", Max: 200}},
			},
			{Name: "x", DerivesFrom: "blog", Lag: civil.Span{Minutes: 60}, Rhythm: rhythm.Rhythm{Spaced: []rhythm.Spaced{{N: 3, From: clock(9, 0), To: clock(18, 0)}}}},
			{Name: "film", Rhythm: rhythm.Rhythm{Times: []rhythm.Times{{
				Days: []time.Weekday{time.Saturday}, At: []civil.Clock{clock(10, 0)}, Every: 2, Anchor: civil.Date{Year: 2026, Month: time.October, Day: 24},
			}}}},
			{Name: "letter", Edition: &calendar.Edition{Min: 1, Max: 6}, Rhythm: rhythm.Rhythm{Rules: []rhythm.Rule{{
				Text: "FREQ=MONTHLY;BYDAY=-1TH", Start: civil.Date{Year: 2026, Month: time.October, Day: 1}.At(clock(8, 0)),
			}}}},
		},
		People: []calendar.Person{{Name: "awa", Minutes: 600}, {Name: "leo", Minutes: 300}},
		Posts: []calendar.Post{
			{ID: "a", Platforms: []string{"blog", "x"}, Repeat: calendar.Repeat{Times: 3}, Most: map[string]int{"x": 2}},
			{ID: "b", Platforms: []string{"blog"}, Embargo: moment(t, "2026-10-20"), NotBefore: moment(t, "2026-10-21"), Deadline: moment(t, "2026-11-01"), Expires: moment(t, "2026-11-02"), Pins: map[string]civil.Moment{}},
		},
		Agreed: []calendar.Agreed{
			{Key: calendar.Key{Post: "a", Platform: "blog", Occurrence: 1}, At: moment(t, "2026-10-20 09:00").Instant, Source: problem.Position{File: "calendar.txt", Line: 3}},
			{Key: calendar.Key{Post: "a", Platform: "blog", Occurrence: 2}, At: moment(t, "2026-10-27 09:00").Instant},
			{Key: calendar.Key{Post: "a", Platform: "x", Occurrence: 1}, At: moment(t, "2026-10-20 13:00").Instant},
		},
	}
}

// alike compares Inputs, zones by name.
func alike() cmp.Option {
	return cmp.Comparer(func(a, b civil.Zone) bool { return a.Name() == b.Name() })
}

func TestApply(t *testing.T) {
	t.Parallel()
	post := func(in calendar.Input, id string) calendar.Post {
		return in.Posts[slices.IndexFunc(in.Posts, func(p calendar.Post) bool { return p.ID == id })]
	}
	platform := func(in calendar.Input, name string) calendar.Platform {
		return in.Platforms[slices.IndexFunc(in.Platforms, func(p calendar.Platform) bool { return p.Name == name })]
	}
	keys := func(in calendar.Input) []string {
		var all []string
		for _, a := range in.Agreed {
			all = append(all, a.Key.String())
		}
		return all
	}
	wished := func(in calendar.Input) []string {
		inst, _ := calendar.Expand(in)
		var all []string
		for _, it := range inst.Items {
			all = append(all, it.Key.String())
		}
		for _, f := range inst.Fixed {
			all = append(all, f.Key.String())
		}
		slices.Sort(all)
		return all
	}
	hour := moment(t, "2026-11-05 16:30").Instant
	tests := []struct {
		name string
		c    change.Change
		got  func(calendar.Input) any
		want any
	}{
		{"drop takes the item away", change.DropItem(calendar.Key{Post: "b", Platform: "blog", Occurrence: 1}),
			func(in calendar.Input) any { return wished(in) },
			[]string{"a#blog#1", "a#blog#2", "a#blog#3", "a#x#1", "a#x#2"}},
		{"drop takes what follows it in time with it", change.DropItem(calendar.Key{Post: "a", Platform: "blog", Occurrence: 2}),
			func(in calendar.Input) any { return wished(in) },
			[]string{"a#blog#1", "a#x#1", "a#x#2", "b#blog#1"}},
		{"drop never makes a post come more often", change.DropItem(calendar.Key{Post: "a", Platform: "x", Occurrence: 3}),
			func(in calendar.Input) any { return post(in, "a").Most["x"] }, 2},
		{"drop forgets what was agreed of it", change.DropItem(calendar.Key{Post: "a", Platform: "blog", Occurrence: 2}),
			func(in calendar.Input) any { return keys(in) }, []string{"a#blog#1", "a#x#1"}},
		{"move pins where it says", change.MoveItem(calendar.Key{Post: "a", Platform: "blog", Occurrence: 1}, hour),
			func(in calendar.Input) any {
				inst, _ := calendar.Expand(in)
				var all []string
				for _, f := range inst.Fixed {
					if f.Key.Platform == "blog" {
						all = append(all, f.Key.String()+" "+string(f.Why)+" "+f.Source.String()+" "+inst.Time(f.At).UTC().Format(time.DateTime))
					}
				}
				return all
			}, []string{"a#blog#1 pinned calendar.txt:3 2026-11-05 15:30:00"}},
		{"hours every week", change.Change{Kind: change.Hours, Person: "awa", N: 120},
			func(in calendar.Input) any { return avail(in, "awa") }, []int{720, 1440, 2160, 2880, 3600, 4320, 5040, 5760}},
		{"hours in one week", change.Change{Kind: change.Hours, Person: "awa", N: 120, Week: civil.Week{Year: 2026, Number: 45}},
			func(in calendar.Input) any { return avail(in, "awa") }, []int{600, 1200, 1920, 2520, 3120, 3720, 4320, 4920}},
		{"hours of a week", change.Change{Kind: change.SetHours, Person: "awa", N: 60},
			func(in calendar.Input) any { return avail(in, "awa") }, []int{60, 120, 180, 240, 300, 360, 420, 480}},
		{"hours of nobody", change.Change{Kind: change.Hours, Person: "eve", N: 60},
			func(in calendar.Input) any { return avail(in, "leo") }, []int{300, 600, 900, 1200, 1500, 1800, 2100, 2400}},
		{"cap of a day", change.Change{Kind: change.CapDay, Platform: "blog", N: 2},
			func(in calendar.Input) any { return platform(in, "blog").CapDay }, 2},
		{"cap of a week", change.Change{Kind: change.CapWeek, Platform: "blog"},
			func(in calendar.Input) any { return platform(in, "blog").CapWeek }, 0},
		{"gap", change.Change{Kind: change.Gap, Platform: "blog", N: 5}, func(in calendar.Input) any { return platform(in, "blog").Gap }, 5},
		{"spread", change.Change{Kind: change.Spread, Platform: "blog"}, func(in calendar.Input) any { return platform(in, "blog").Spread }, 0},
		{"embargo", change.Change{Kind: change.Embargo, Post: "b"}, func(in calendar.Input) any { return post(in, "b").Embargo.IsZero() }, true},
		{"not before", change.Change{Kind: change.NotBefore, Post: "b", At: hour},
			func(in calendar.Input) any { return post(in, "b").NotBefore.String() }, "2026-11-05T16:30:00+01:00"},
		{"deadline", change.Change{Kind: change.Deadline, Post: "b", At: hour},
			func(in calendar.Input) any { return post(in, "b").Deadline.Instant.Equal(hour) }, true},
		{"expiry", change.Change{Kind: change.Expires, Post: "b"}, func(in calendar.Input) any { return post(in, "b").Expires.IsZero() }, true},
		{"least share", change.Change{Kind: change.MixMin, Platform: "blog", Intent: "inform"},
			func(in calendar.Input) any { return platform(in, "blog").Mix },
			[]calendar.Mix{{Intent: "inform", Max: 600}, {Pillar: "life", Max: 200}}},
		{"greatest share", change.Change{Kind: change.MixMax, Platform: "blog", Pillar: "life", N: 1000},
			func(in calendar.Input) any { return platform(in, "blog").Mix },
			[]calendar.Mix{{Intent: "inform", Min: 300, Max: 600}, {Pillar: "life", Max: 1000}}},
		{"without a platform", change.Change{Kind: change.Without, Platform: "blog"},
			func(in calendar.Input) any { return wished(in) }, []string{"a#x#1", "a#x#2"}},
		{"without a platform that is not there", change.Change{Kind: change.Without, Platform: "blag"},
			func(in calendar.Input) any { return len(wished(in)) }, 6},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			in := office(t)
			if diff := cmp.Diff(test.want, test.got(change.Apply(in, test.c))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(office(t), in, alike()); diff != "" {
				t.Errorf("the given Input changed (-was +is)\n%s", diff)
			}
			text, err := json.Marshal(test.c)
			if err != nil {
				t.Fatal(err)
			}
			var back change.Change
			if err := json.Unmarshal(text, &back); err != nil || !back.At.Equal(test.c.At) {
				t.Errorf("%s comes back as %+v: %v", text, back, err)
			}
			if back.At = test.c.At; back != test.c {
				t.Errorf("%s comes back as %+v, want %+v", text, back, test.c)
			}
		})
	}
}

// avail is what a person has until the end of each week, in minutes.
func avail(in calendar.Input, person string) []int {
	inst, _ := calendar.Expand(in)
	var all []int
	for _, row := range inst.Capacity {
		if row.Person >= 0 && inst.People[row.Person] == person {
			all = append(all, row.Avail)
		}
	}
	return all
}

// slots are the slots of a platform to come, on the wall.
func slots(t *testing.T, in calendar.Input, platform string) []string {
	t.Helper()
	inst, problems := calendar.Expand(in)
	if len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
	var all []string
	for _, s := range inst.Slots {
		if inst.Platforms[s.Platform].Name == platform {
			all = append(all, inst.Time(s.At).In(inst.Zone.Location()).Format("Mon 2.1. 15:04"))
		}
	}
	return all
}

func TestApply_rhythm(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		changes []change.Change
		want    []string // the first slots
		n       int      // how many there are in eight weeks
	}{
		{"blog as it is", []change.Change{{Kind: change.Rhythm, Platform: "blog", N: 2}},
			[]string{"Tue 20.10. 09:00", "Thu 22.10. 10:00"}, 16},
		{"half of two a week", []change.Change{{Kind: change.Halve, Platform: "blog"}},
			[]string{"Tue 20.10. 09:00", "Tue 27.10. 09:00"}, 8},
		{"half of that: every two weeks", []change.Change{{Kind: change.Halve, Platform: "blog"}, {Kind: change.Halve, Platform: "blog"}},
			[]string{"Tue 20.10. 09:00", "Tue 3.11. 09:00"}, 4},
		{"the other weeks", []change.Change{{Kind: change.Halve, Platform: "blog"}, {Kind: change.Halve, Platform: "blog", Odd: true}},
			[]string{"Tue 27.10. 09:00", "Tue 10.11. 09:00"}, 4},
		{"a week without", []change.Change{{Kind: change.Skip, Platform: "blog", Week: civil.Week{Year: 2026, Number: 44}}},
			[]string{"Tue 20.10. 09:00", "Thu 22.10. 10:00", "Tue 3.11. 09:00"}, 14},
		{"half of three a week, spread evenly", []change.Change{{Kind: change.Halve, Platform: "x"}},
			[]string{"Tue 20.10. 15:45", "Sat 24.10. 11:15"}, 16},
		{"once a week, spread evenly, becomes every two", []change.Change{{Kind: change.Rhythm, Platform: "x", N: 1}, {Kind: change.Halve, Platform: "x"}},
			[]string{"Thu 22.10. 13:30", "Thu 5.11. 13:30"}, 4},
		{"half of every two weeks", []change.Change{{Kind: change.Halve, Platform: "film"}},
			[]string{"Sat 24.10. 10:00", "Sat 21.11. 10:00"}, 2},
		{"half of every two weeks, the others", []change.Change{{Kind: change.Halve, Platform: "film", Odd: true}},
			[]string{"Sat 7.11. 10:00", "Sat 5.12. 10:00"}, 2},
		{"half of once a month", []change.Change{{Kind: change.Halve, Platform: "letter"}},
			[]string{"Thu 29.10. 08:00"}, 1},
		{"three a week on days of its own", []change.Change{{Kind: change.Rhythm, Platform: "blog", N: 3}},
			[]string{"Mon 19.10. 09:00", "Tue 20.10. 09:00", "Thu 22.10. 10:00"}, 24},
		{"one every three weeks", []change.Change{{Kind: change.Rhythm, Platform: "blog", N: 1, Every: 3}},
			[]string{"Tue 20.10. 09:00", "Tue 10.11. 09:00"}, 3},
		{"a letter a week", []change.Change{{Kind: change.Rhythm, Platform: "letter", N: 1}},
			[]string{"Thu 22.10. 08:00", "Thu 29.10. 08:00"}, 8},
		{"two letters a month", []change.Change{{Kind: change.Rhythm, Platform: "letter", N: 2, Monthly: true}},
			[]string{"Thu 5.11. 08:00", "Thu 19.11. 08:00", "Thu 3.12. 08:00"}, 3},
		{"none at all", []change.Change{{Kind: change.Rhythm, Platform: "film"}}, nil, 0},
		{"ten a week", []change.Change{{Kind: change.Rhythm, Platform: "film", N: 10}},
			[]string{"Mon 19.10. 10:00", "Mon 19.10. 11:00", "Tue 20.10. 10:00"}, 80},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			in := office(t)
			got := slots(t, change.Apply(in, test.changes...), test.changes[0].Platform)
			if len(got) != test.n {
				t.Errorf("%d slots, want %d: %v", len(got), test.n, got)
			}
			if diff := cmp.Diff(test.want, got[:min(len(got), len(test.want))]); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(office(t), in, alike()); diff != "" {
				t.Errorf("the given Input changed (-was +is)\n%s", diff)
			}
		})
	}
}

// TestApply_keepsWhatIsOut: what went out on a platform that is left out is
// still out, and the work on the post is still done.
func TestApply_keepsWhatIsOut(t *testing.T) {
	t.Parallel()
	in := office(t)
	in.Posts[0].Published = []calendar.Published{{Platform: "blog", Occurrence: 1, At: moment(t, "2026-10-13 09:00").Instant}}
	inst, _ := calendar.Expand(change.Apply(in, change.Change{Kind: change.Without, Platform: "blog"}))
	if len(inst.Fixed) != 1 || !inst.Fixed[0].Done || len(inst.Slots) == 0 {
		t.Errorf("fixed %+v, %d slots", inst.Fixed, len(inst.Slots))
	}
}

// TestApply_everyKind: a change of each kind that names nobody changes nothing,
// and none panics on an empty Input.
func TestApply_everyKind(t *testing.T) {
	t.Parallel()
	for _, kind := range change.Kinds() {
		in := office(t)
		c := change.Change{Kind: kind, Post: "?", Platform: "?", Person: "?", Intent: "?"}
		if got := change.Apply(in, c); kind != change.Move && !cmp.Equal(in, got, alike()) {
			t.Errorf("%s of what is not there changes something: %s", kind, cmp.Diff(in, got, alike()))
		}
		change.Apply(calendar.Input{}, c)
	}
}
