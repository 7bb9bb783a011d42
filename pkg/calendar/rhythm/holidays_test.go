package rhythm_test

import (
	"slices"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/us"

	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// TestHolidays_agreeWithAnIndependentList compares with the dates of a
// library, country by country over thirty years; where the two differ on
// purpose the table says so.
func TestHolidays_agreeWithAnIndependentList(t *testing.T) {
	t.Parallel()
	for country, list := range map[string][]*cal.Holiday{
		"fr": fr.Holidays, "be": be.Holidays, "de": de.Holidays, "us": us.Holidays,
		"gb": {gb.NewYear, gb.GoodFriday, gb.EasterMonday, gb.SpringHoliday, gb.SummerHoliday, gb.ChristmasDay, gb.BoxingDay},
		"ca": {ca.NewYear, ca.GoodFriday, ca.VictoriaDay, ca.CanadaDay, ca.LabourDay, ca.ThanksgivingDay, ca.RemembranceDay, ca.ChristmasDay, ca.BoxingDay},
	} {
		for year := 2022; year < 2052; year++ {
			got, ok := rhythm.Holidays(country, year)
			if !ok {
				t.Fatalf("%s: unknown", country)
			}
			var dates []civil.Date
			for _, d := range got {
				dates = append(dates, d.Date)
			}
			for _, h := range list {
				actual, _ := h.Calc(year)
				if actual.IsZero() {
					continue
				}
				// The library's days begin at midnight of the host's zone, which
				// some days do not have.
				y, m, d := actual.Add(2 * time.Hour).Date()
				if want := (civil.Date{Year: y, Month: m, Day: d}); !slices.Contains(dates, want) {
					t.Errorf("%s %d: %s on %v is missing from %v", country, year, h.Name, want, dates)
				}
			}
		}
	}
	for country, n := range map[string]int{"fr": 11, "be": 10, "ch": 4, "de": 9, "lu": 11, "gb": 8, "us": 11, "ca": 11} {
		if got, _ := rhythm.Holidays(country, 2026); len(got) != n {
			t.Errorf("%s: %d holidays in 2026, want %d: %v", country, len(got), n, got)
		}
	}
	if _, ok := rhythm.Holidays("xx", 2026); ok {
		t.Error("xx: known")
	}
}
