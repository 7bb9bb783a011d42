package starter

import (
	"testing"

	"editorial/pkg/civil"
	"editorial/pkg/words"
)

func TestFill_countsFromTheDay(t *testing.T) {
	t.Parallel()
	monday, sunday := civil.Date{Year: 2026, Month: 10, Day: 19}, civil.Date{Year: 2026, Month: 10, Day: 25}
	for _, tt := range []struct {
		today             civil.Date
		lang              words.Lang
		placeholder, want string
	}{
		{monday, "en", "today", "2026-10-19"},
		{monday, "en", "year", "2026"},
		{monday, "en", "Mon+1", "2026-10-26"},
		{monday, "en", "Tue+1", "2026-10-20"},
		{monday, "en", "Sun+1", "2026-10-25"},
		{monday, "en", "Mon-1", "2026-10-12"},
		{monday, "en", "Tue-1", "2026-10-13"},
		{monday, "en", "Sun-1", "2026-10-18"},
		{monday, "en", "Sun-2", "2026-10-11"},
		{sunday, "en", "Sun+1", "2026-11-01"},
		{sunday, "en", "Mon+1", "2026-10-26"},
		{sunday, "en", "Sat-1", "2026-10-24"},
		{sunday, "en", "Mon-1", "2026-10-19"},
		{monday, "en", "Mon+9+6d", "2026-12-27"},
		{monday, "en", "Sat+4 long", "Saturday 14 November"},
		{sunday, "fr", "Sun+1 long", "dimanche 1er novembre"},
		{civil.Date{Year: 2026, Month: 12, Day: 20}, "fr", "Fri+1", "2026-12-25"},
		{civil.Date{Year: 2026, Month: 12, Day: 20}, "fr", "Fri+1 open", "2027-01-08"},
	} {
		d := day{words: words.New(tt.lang), country: country(tt.lang), today: tt.today}
		got, err := fill([]byte("a {{"+tt.placeholder+"}}."), d)
		if err != nil || string(got) != "a "+tt.want+"." {
			t.Errorf("%s on %s: %q, %v; want %q", tt.placeholder, tt.today, got, err, tt.want)
		}
	}
	for _, bad := range []string{"{{", "{{}}", "{{Tue}}", "{{Tue+0}}", "{{Tue+1 loud}}", "{{Mon+1+xd}}", "{{Xyz+1}}", "{{Tue+1"} {
		if got, err := fill([]byte(bad), day{words: words.New("en"), country: "gb", today: monday}); err == nil {
			t.Errorf("%s: %q, no error", bad, got)
		}
	}
}
