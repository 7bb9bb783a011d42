package civil_test

import (
	"errors"
	"testing"
	"time"

	"editorial/pkg/civil"
)

func zone(t testing.TB, name string) civil.Zone {
	t.Helper()
	z, err := civil.LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func at(y, m, d, h, min int) civil.DateTime {
	return civil.Date{Year: y, Month: time.Month(m), Day: d}.At(civil.Clock{Hour: h, Minute: min})
}

func TestInstant_obeysRFC5545InGapsAndFolds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		zone, name string
		local      civil.DateTime
		want       string
	}{
		{"Europe/Paris", "plain winter", at(2026, 1, 15, 9, 0), "2026-01-15T09:00:00+01:00"},
		{"Europe/Paris", "plain summer", at(2026, 7, 15, 9, 0), "2026-07-15T09:00:00+02:00"},
		{"Europe/Paris", "gap moves forward", at(2026, 3, 29, 2, 30), "2026-03-29T03:30:00+02:00"},
		{"Europe/Paris", "fold means the first", at(2026, 10, 25, 2, 30), "2026-10-25T02:30:00+02:00"},
		{"Europe/Paris", "after the fold", at(2026, 10, 25, 3, 0), "2026-10-25T03:00:00+01:00"},
		{"America/New_York", "gap moves forward", at(2026, 3, 8, 2, 30), "2026-03-08T03:30:00-04:00"},
		{"America/New_York", "fold means the first", at(2026, 11, 1, 1, 30), "2026-11-01T01:30:00-04:00"},
		{"Australia/Lord_Howe", "half-hour gap", at(2026, 10, 4, 2, 15), "2026-10-04T02:45:00+11:00"},
		{"Pacific/Apia", "a whole day skipped", at(2011, 12, 30, 12, 0), "2011-12-31T12:00:00+14:00"},
		{"America/Sao_Paulo", "midnight skipped", at(2018, 11, 4, 0, 0), "2018-11-04T01:00:00-02:00"},
		{"UTC", "utc", at(2026, 3, 29, 2, 30), "2026-03-29T02:30:00Z"},
	} {
		t.Run(tt.zone+" "+tt.name, func(t *testing.T) {
			t.Parallel()
			got := zone(t, tt.zone).Instant(tt.local).Format(time.RFC3339)
			if got != tt.want {
				t.Errorf("%v: got %s, want %s", tt.local, got, tt.want)
			}
		})
	}
}

func TestLoadZone_refusesNamesThatDependOnTheHost(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "Local", "localtime", "posixrules", "Factory", "Europe/Pariss", "../etc/passwd", "Europe", "Europe/"} {
		if z, err := civil.LoadZone(name); !errors.Is(err, civil.ErrZone) {
			t.Errorf("%q: got zone %q, error %v", name, z.Name(), err)
		}
	}
}

func TestWeek(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		day  civil.Date
		week string
	}{
		{civil.Date{Year: 2026, Month: 1, Day: 1}, "2026-W01"},
		{civil.Date{Year: 2027, Month: 1, Day: 1}, "2026-W53"},
		{civil.Date{Year: 2027, Month: 1, Day: 4}, "2027-W01"},
		{civil.Date{Year: 2024, Month: 12, Day: 30}, "2025-W01"},
	} {
		w := civil.WeekOf(tt.day)
		if w.String() != tt.week {
			t.Errorf("%v: got %v, want %s", tt.day, w, tt.week)
		}
		if d := tt.day.DaysSince(w.Monday()); d < 0 || d > 6 {
			t.Errorf("%v: Monday %v is %d days before it", tt.day, w.Monday(), d)
		}
		if !w.Valid() || w.Add(53).Add(-53) != w {
			t.Errorf("%v: Add and Valid disagree", w)
		}
	}
	if (civil.Week{Year: 2025, Number: 53}).Valid() {
		t.Error("2025 has no week 53")
	}
}

// Go's own bounds end the last period of a leap year before it is over: a loop
// over them stands still.
func TestInstant_answersOnTheLastDayOfALeapYear(t *testing.T) {
	t.Parallel()
	got := zone(t, "Europe/Paris").Instant(at(2040, 12, 31, 12, 0)).Format(time.RFC3339)
	if want := "2040-12-31T12:00:00+01:00"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPeriods_beginWhereTheZoneSaysEvenWhenItsRulesBeginMidYear(t *testing.T) {
	t.Parallel()
	day := time.Date(2022, 12, 24, 0, 0, 0, 0, time.UTC)
	got := zone(t, "America/Ciudad_Juarez").Periods(day, day.AddDate(0, 6, 0))
	if len(got) != 2 || got[0].Start.Unix() != 1669788000 || got[0].End != got[1].Start || got[1].Abbreviation != "MDT" {
		t.Errorf("got %v", got)
	}
	if got := civil.UTC().Periods(day, day.AddDate(1, 0, 0)); len(got) != 1 || !got[0].Start.IsZero() || !got[0].End.IsZero() {
		t.Errorf("UTC: got %v", got)
	}
}

func TestZones_areThoseThatLoad(t *testing.T) {
	t.Parallel()
	names := civil.Zones()
	if len(names) < 590 {
		t.Errorf("only %d zones", len(names))
	}
	for _, name := range names {
		if z, err := civil.LoadZone(name); err != nil || z.Name() != name {
			t.Errorf("%s: got %q, %v", name, z.Name(), err)
		}
	}
}

func TestNearestZone(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"europe/paris": "Europe/Paris", "Paris": "Europe/Paris", "america/new york": "America/New_York",
		"New York": "America/New_York", "Europe/Pariss": "Europe/Paris", "Abidjann": "Africa/Abidjan",
		"utc": "UTC", "Middle-earth/Shire": "", "": "",
	} {
		if got := civil.NearestZone(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func BenchmarkLoadZone(b *testing.B) {
	for _, name := range []string{"Africa/Abidjan", "Europe/Paris", "Pacific/Wallis"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := civil.LoadZone(name); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkInstant(b *testing.B) {
	z := zone(b, "Europe/Paris")
	for b.Loop() {
		z.Instant(at(2026, 12, 1, 9, 0))
	}
}
