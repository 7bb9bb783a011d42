package rhythm_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

func zone(t testing.TB, name string) civil.Zone {
	t.Helper()
	z, err := civil.LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func date(t testing.TB, s string) civil.Date {
	t.Helper()
	d, err := civil.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func clock(h, m int) civil.Clock { return civil.Clock{Hour: h, Minute: m} }

func weekly(days ...time.Weekday) []time.Weekday { return days }

func show(z civil.Zone, slots []rhythm.Slot) string {
	var all []string
	for _, s := range slots {
		all = append(all, s.At.In(z.Location()).Format("2006-01-02T15:04Z07:00"))
	}
	return strings.Join(all, " ")
}

func TestExpand(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, zone, first, end string
		rhythm                 rhythm.Rhythm
		closed                 rhythm.Closed
		want                   string
	}{
		{
			name: "times keep the wall clock over a change of clocks", zone: "Europe/Paris", first: "2026-10-19", end: "2026-11-02",
			rhythm: rhythm.Rhythm{Times: []rhythm.Times{{Days: weekly(time.Tuesday), At: []civil.Clock{clock(9, 0)}}}},
			want:   "2026-10-20T09:00+02:00 2026-10-27T09:00+01:00",
		},
		{
			name: "a time that the day skips moves forward, one that comes twice is the first", zone: "Europe/Paris", first: "2026-03-29", end: "2026-03-30",
			rhythm: rhythm.Rhythm{Times: []rhythm.Times{{At: []civil.Clock{clock(2, 30), clock(3, 30)}}}},
			want:   "2026-03-29T03:30+02:00",
		},
		{
			name: "every two weeks keeps its parity over week 53", zone: "UTC", first: "2026-12-14", end: "2027-01-18",
			rhythm: rhythm.Rhythm{Times: []rhythm.Times{{Days: weekly(time.Monday), At: []civil.Clock{clock(9, 0)}, Every: 2, Anchor: date(t, "2026-12-18")}}},
			want:   "2026-12-14T09:00Z 2026-12-28T09:00Z 2027-01-11T09:00Z",
		},
		{
			name: "three a week on two days", zone: "UTC", first: "2026-10-19", end: "2026-10-26",
			// 960 open minutes: 160, 480, 800.
			rhythm: rhythm.Rhythm{Spaced: []rhythm.Spaced{{N: 3, From: clock(9, 0), To: clock(17, 0), Days: weekly(time.Monday, time.Thursday)}}},
			want:   "2026-10-19T11:40Z 2026-10-22T09:00Z 2026-10-22T14:20Z",
		},
		{
			name: "one a day over the day of 25 hours counts its minutes", zone: "Europe/Paris", first: "2026-10-25", end: "2026-10-26",
			rhythm: rhythm.Rhythm{Spaced: []rhythm.Spaced{{N: 1, Days: weekly(time.Sunday)}}},
			want:   "2026-10-25T11:30+01:00",
		},
		{
			name: "a rule floats on the wall clock", zone: "America/New_York", first: "2026-03-02", end: "2026-03-16",
			rhythm: rhythm.Rhythm{Rules: []rhythm.Rule{{Text: "FREQ=WEEKLY;BYDAY=SU", Start: date(t, "2020-01-05").At(clock(2, 30))}}},
			want:   "2026-03-08T03:30-04:00 2026-03-15T02:30-04:00",
		},
		{
			name: "a rule ends with its count", zone: "UTC", first: "2026-10-19", end: "2026-11-02",
			rhythm: rhythm.Rhythm{Rules: []rhythm.Rule{{Text: "FREQ=DAILY;COUNT=3", Start: date(t, "2026-10-18").At(clock(8, 0))}}},
			want:   "2026-10-19T08:00Z 2026-10-20T08:00Z",
		},
		{
			name: "blackouts, holidays and quiet hours remove slots", zone: "Europe/Paris", first: "2026-12-23", end: "2026-12-27",
			rhythm: rhythm.Rhythm{Times: []rhythm.Times{{At: []civil.Clock{clock(5, 59), clock(6, 0), clock(21, 59), clock(22, 0)}}}},
			closed: rhythm.Closed{
				Days:  []rhythm.Day{{Date: date(t, "2026-12-24")}, {Date: date(t, "2026-12-25"), Name: "Noël", Holiday: true}},
				Quiet: []rhythm.Quiet{{From: clock(22, 0), To: clock(6, 0)}},
			},
			want: "2026-12-23T06:00+01:00 2026-12-23T21:59+01:00 2026-12-26T06:00+01:00 2026-12-26T21:59+01:00",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			z := zone(t, tt.zone)
			slots, ps := tt.rhythm.Expand(z, date(t, tt.first), date(t, tt.end), tt.closed)
			if got := show(z, slots); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if len(ps) > 0 {
				t.Errorf("problems %v", ps)
			}
		})
	}
}

func TestExpand_saysWhatItCannotRead(t *testing.T) {
	t.Parallel()
	start := civil.Date{Year: 2026, Month: time.January, Day: 1}.At(clock(9, 0))
	for name, tt := range map[string]struct {
		rhythm rhythm.Rhythm
		want   problem.Code
	}{
		"two weeks without an anchor": {rhythm.Rhythm{Times: []rhythm.Times{{At: []civil.Clock{clock(9, 0)}, Every: 2}}}, rhythm.CodeAnchor},
		"not a rule":                  {rhythm.Rhythm{Rules: []rhythm.Rule{{Text: "every day", Start: start}}}, rhythm.CodeRule},
		"a rule out of bounds":        {rhythm.Rhythm{Rules: []rhythm.Rule{{Text: "FREQ=DAILY;BYHOUR=25", Start: start}}}, rhythm.CodeRule},
		"a rule without a start":      {rhythm.Rhythm{Rules: []rhythm.Rule{{Text: "FREQ=DAILY"}}}, rhythm.CodeRule},
		"a rule by the second":        {rhythm.Rhythm{Rules: []rhythm.Rule{{Text: "FREQ=SECONDLY", Start: start}}}, rhythm.CodeRuleOften},
		"a rule of too many times":    {rhythm.Rhythm{Rules: []rhythm.Rule{{Text: "FREQ=DAILY;BYHOUR=" + upTo(24) + ";BYMINUTE=" + upTo(60), Start: start}}}, rhythm.CodeRuleOften},
		"more slots than minutes":     {rhythm.Rhythm{Spaced: []rhythm.Spaced{{N: 400, From: clock(9, 0), To: clock(10, 0)}}}, rhythm.CodeSpaced},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, ps := tt.rhythm.Expand(civil.UTC(), date(t, "2026-10-19"), date(t, "2026-11-02"), rhythm.Closed{})
			if len(ps) != 1 || ps[0].Code != tt.want {
				t.Errorf("got %v, want %s", ps, tt.want)
			}
		})
	}
}

func TestExpand_slotsThatDoNotFitIntoOneWeekStandInNone(t *testing.T) {
	t.Parallel()
	// On the last Sunday of March the night has an hour less.
	r := rhythm.Rhythm{Spaced: []rhythm.Spaced{{N: 40, Days: []time.Weekday{time.Sunday}, From: clock(0, 0), To: clock(4, 0)}}}
	slots, ps := r.Expand(zone(t, "Europe/Paris"), date(t, "2026-03-16"), date(t, "2026-04-06"), rhythm.Closed{})
	if len(slots) != 0 || len(ps) != 1 || ps[0].Code != rhythm.CodeSpaced {
		t.Errorf("got %d slots and %v", len(slots), ps)
	}
}

func TestExpand_hoursThatAGapSwallowsAreNone(t *testing.T) {
	t.Parallel()
	// On the last Sunday of March half past two is half past three, after ten
	// past three: that day has no open minute. The next has 40.
	r := rhythm.Rhythm{Spaced: []rhythm.Spaced{{N: 1, Days: []time.Weekday{time.Sunday}, From: clock(2, 30), To: clock(3, 10)}, {N: 2, From: clock(2, 30), To: clock(3, 10)}}}
	z := zone(t, "Europe/Paris")
	slots, ps := rhythm.Rhythm{Spaced: r.Spaced[1:]}.Expand(z, date(t, "2026-03-23"), date(t, "2026-03-30"), rhythm.Closed{})
	// 240 minutes on six days: the 60th and the 180th.
	if got := show(z, slots); got != "2026-03-24T02:50+01:00 2026-03-27T02:50+01:00" || len(ps) > 0 {
		t.Errorf("got %s and %v", got, ps)
	}
	// Where it is the only day, there is no week that takes them all.
	slots, ps = rhythm.Rhythm{Spaced: r.Spaced[:1]}.Expand(z, date(t, "2026-03-23"), date(t, "2026-04-06"), rhythm.Closed{})
	if len(slots) != 0 || len(ps) != 1 || ps[0].Code != rhythm.CodeSpaced {
		t.Errorf("got %s and %v", show(z, slots), ps)
	}
}

func upTo(n int) string {
	var all []string
	for i := range n {
		all = append(all, strconv.Itoa(i))
	}
	return strings.Join(all, ",")
}

// TestExpand_givesEverySlotOnceInOrderInsideTheWindow holds for any rhythm in
// zones with odd gaps.
func TestExpand_givesEverySlotOnceInOrderInsideTheWindow(t *testing.T) {
	t.Parallel()
	zones := []civil.Zone{zone(t, "Europe/Paris"), zone(t, "Australia/Lord_Howe"), zone(t, "America/Sao_Paulo"), zone(t, "Africa/Cairo")}
	rapid.Check(t, func(t *rapid.T) {
		z := rapid.SampledFrom(zones).Draw(t, "zone")
		first := civil.Date{Year: rapid.IntRange(2015, 2027).Draw(t, "year"), Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 365).Draw(t, "day"))
		end := first.AddDays(rapid.IntRange(1, 60).Draw(t, "days"))
		c := rapid.Custom(func(t *rapid.T) civil.Clock {
			return clock(rapid.IntRange(0, 23).Draw(t, "h"), rapid.IntRange(0, 59).Draw(t, "m"))
		})
		n := rapid.IntRange(1, 9).Draw(t, "n")
		sp := rhythm.Spaced{N: n, From: c.Draw(t, "from"), To: c.Draw(t, "to")}
		r := rhythm.Rhythm{Times: []rhythm.Times{{At: rapid.SliceOfN(c, 0, 3).Draw(t, "at")}}, Spaced: []rhythm.Spaced{sp}}
		slots, _ := r.Expand(z, first, end, rhythm.Closed{})
		for i, s := range slots {
			if i > 0 && !slots[i-1].At.Before(s.At) {
				t.Fatalf("%v is not after %v", s.At, slots[i-1].At)
			}
			if day := z.Date(s.At); day.Before(first) || !day.Before(end) {
				t.Fatalf("%v is outside", s.At)
			}
		}
	})
}
