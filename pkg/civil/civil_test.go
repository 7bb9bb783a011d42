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
