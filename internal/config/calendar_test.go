package config_test

import (
	"fmt"
	"strings"
	"testing"

	"editorial/internal/config"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

// TestRhythm_isWhatTheCalendarTakes: what is accepted here has slots there.
func TestRhythm_isWhatTheCalendarTakes(t *testing.T) {
	t.Parallel()
	_, _, problems := config.Parse([]byte("site.title='T'\nplan.holidays = ['"+strings.Join(rhythm.Countries(), "', '")+"']"), config.Options{})
	if len(problems) > 0 {
		t.Errorf("the calendar knows other countries: %v", problems)
	}
	for _, rule := range []string{
		"FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", "FREQ=MONTHLY;BYDAY=1TU", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
		"FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1", "FREQ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20271231T000000",
		"FREQ=YEARLY;BYWEEKNO=2;BYDAY=MO", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
	} {
		src := fmt.Sprintf("site.title='T'\n[platforms.blog.rhythm]\nrrule = %q\nat = '09:00'\nanchor = 2026-09-01\n", rule)
		c, _, problems := config.Parse([]byte(src), config.Options{})
		if len(problems) > 0 {
			t.Errorf("%s: %v", rule, problems)
			continue
		}
		r := c.Platforms["blog"].Rhythm
		slots, found := rhythm.Rhythm{Rules: []rhythm.Rule{{Text: r.RRule, Start: r.Start()}}}.Expand(
			civil.UTC(), civil.Date{Year: 2027, Month: 1, Day: 1}, civil.Date{Year: 2029, Month: 1, Day: 1}, rhythm.Closed{})
		if len(found) > 0 || len(slots) == 0 {
			t.Errorf("%s: %d slots, %v", rule, len(slots), found)
		}
	}
}
