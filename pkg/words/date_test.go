package words_test

import (
	"testing"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/words"
)

func TestDates_areWrittenAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	day := func(y, m, d int) civil.Date { return civil.Date{Year: y, Month: time.Month(m), Day: d} }
	en, fr := words.New(words.English), words.New(words.French)
	for _, tt := range []struct{ got, want string }{
		{en.LongDate(day(2026, 10, 20)), "Tuesday 20 October 2026"},
		{fr.LongDate(day(2026, 10, 20)), "mardi 20 octobre 2026"},
		{en.Date(day(2026, 8, 1)), "1 August 2026"},
		{fr.Date(day(2026, 8, 1)), "1er août 2026"},
		{en.ShortDate(day(2026, 2, 1)), "Sun 1 Feb"},
		{fr.ShortDate(day(2026, 2, 1)), "dim. 1er févr."},
		{en.Days(day(2026, 10, 19), day(2026, 10, 25)), "19–25 October 2026"},
		{fr.Days(day(2026, 10, 26), day(2026, 11, 1)), "26 octobre – 1er novembre 2026"},
		{en.Days(day(2026, 12, 28), day(2027, 1, 3)), "28 December 2026 – 3 January 2027"},
		{en.Hours(0), "0 h"}, {en.Hours(45), "45 min"}, {en.Hours(240), "4 h"}, {fr.Hours(-270), "−4 h 30"}, {en.Hours(65), "1 h 05"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}
