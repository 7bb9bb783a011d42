package rhythm_test

import (
	"testing"
	"time"

	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// FuzzExpand holds times of the week against a search through every half hour,
// and any recurrence rule against what holds for all slots.
func FuzzExpand(f *testing.F) {
	f.Add("FREQ=WEEKLY;BYDAY=TU;BYHOUR=9", uint8(0), uint16(120), uint16(9*60), uint8(1), uint8(2), uint16(22*60), uint16(7*60))
	f.Add("FREQ=DAILY;INTERVAL=2;BYMINUTE=0,30", uint8(1), uint16(82), uint16(2*60+30), uint8(0x7f), uint8(1), uint16(0), uint16(0))
	f.Add("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO,SU;BYSETPOS=-1", uint8(2), uint16(300), uint16(30), uint8(3), uint8(3), uint16(1439), uint16(1))
	f.Add("FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20270101", uint8(0), uint16(0), uint16(1439), uint8(0), uint8(0), uint16(1), uint16(2))
	f.Add("COUNT=99999999999999999999", uint8(3), uint16(0), uint16(0), uint8(0), uint8(0), uint16(0), uint16(0))
	zones := []civil.Zone{zone(f, "Europe/Paris"), zone(f, "Australia/Lord_Howe"), zone(f, "Africa/Cairo"), zone(f, "America/Sao_Paulo")}
	f.Fuzz(func(t *testing.T, rule string, zi uint8, start, at uint16, days, every uint8, from, to uint16) {
		z := zones[int(zi)%len(zones)]
		first := civil.Date{Year: 2018, Month: 1, Day: 1}.AddDays(int(start) % 3000)
		end := first.AddDays(15)
		c := clock(int(at)%1440/60, int(at)%60)
		var on []time.Weekday
		for d := range 7 {
			if days>>d&1 == 1 {
				on = append(on, time.Weekday(d))
			}
		}
		quiet := rhythm.Quiet{From: clock(int(from)%1440/60, int(from)%60), To: clock(int(to)%1440/60, int(to)%60)}
		closed := rhythm.Closed{Days: []rhythm.Day{{Date: first.AddDays(3)}}, Quiet: []rhythm.Quiet{quiet}}
		times := rhythm.Times{Days: on, At: []civil.Clock{c}, Every: int(every % 4), Anchor: first}
		shut := closed.Reader(z)

		got, problems := rhythm.Rhythm{Times: []rhythm.Times{times}}.Expand(z, first, end, closed)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		have := map[int64]bool{}
		for _, s := range got {
			have[s.At.Unix()] = true
		}
		want := 0
		monday := civil.WeekOf(first).Monday()
		// Clocks of these zones are turned by half hours and hours.
		midnight := z.Instant(first.At(civil.Clock{})).Truncate(time.Hour)
		for m := midnight.Add(time.Duration(c.Minute%30) * time.Minute); m.Before(z.Instant(end.At(civil.Clock{}))); m = m.Add(30 * time.Minute) {
			local := z.DateTime(m)
			if local.Date.Before(first) {
				continue
			}
			turn := civil.WeekOf(local.Date).Monday().DaysSince(monday) / 7
			named := len(on) == 0
			for _, d := range on {
				named = named || d == local.Date.Weekday()
			}
			_, no := shut.At(m)
			// Of a time that comes twice the first counts.
			if local.Clock == c && named && turn%max(1, times.Every) == 0 && !no && z.Instant(local).Equal(m) {
				if want++; !have[m.Unix()] {
					t.Fatalf("%v is missing in %s", local, show(z, got))
				}
			}
		}
		// A time that a gap skips is moved, and counts too.
		if len(got) < want || len(got) > want+1 {
			t.Errorf("%d slots, want %d: %s", len(got), want, show(z, got))
		}

		all, _ := rhythm.Rhythm{Rules: []rhythm.Rule{{Text: rule, Start: first.At(c)}}}.Expand(z, first, end, closed)
		if len(all) > rhythm.MaxOccurrences {
			t.Errorf("%q: %d slots", rule, len(all))
		}
		for i, s := range all {
			day := z.Date(s.At)
			if _, no := shut.At(s.At); no || day.Before(first) || !day.Before(end) || i > 0 && !all[i-1].At.Before(s.At) {
				t.Errorf("%q: slot %v", rule, s.At)
			}
		}
	})
}
