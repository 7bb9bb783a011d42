package config_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/teambition/rrule-go"
	"pgregory.net/rapid"

	"editorial/internal/config"
	"editorial/pkg/civil"
)

// parseRule reads an office with one rule, which begins on 1 June 2026.
func parseRule(rule string) (config.Rhythm, error) {
	src := "site.title = 'T'\n[platforms.blog.rhythm]\nat = '09:00'\nanchor = 2026-06-01\nrrule = " + strconv.QuoteToASCII(rule)
	c, _, problems := config.Parse([]byte(src), config.Options{})
	if len(problems) > 0 {
		return config.Rhythm{}, problems[0]
	}
	return c.Platforms["blog"].Rhythm, nil
}

// expand returns a year of a rule, from the first of June to the next, 09:00.
func expand(r config.Rhythm) ([]time.Time, error) {
	option, err := rrule.StrToROption(r.RRule)
	if err != nil {
		return nil, err
	}
	option.Dtstart = civil.UTC().Instant(r.Start())
	option.Until = option.Dtstart.AddDate(1, 0, 0)
	rule, err := rrule.NewRRule(*option)
	if err != nil {
		return nil, err
	}
	return rule.All(), nil
}

func TestRule_takesWhatACalendarWrites(t *testing.T) {
	t.Parallel()
	for rule, times := range map[string]int{
		"FREQ=WEEKLY;BYDAY=TU": 53, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR": 53, "FREQ=MONTHLY;BYDAY=1TU": 13,
		"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1": 12, "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1": 1, "FREQ=DAILY": 366,
		"FREQ=MONTHLY;BYMONTHDAY=-1": 12, "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260701T000000": 53, "FREQ=YEARLY;BYWEEKNO=2;BYDAY=MO": 1,
		"FREQ=YEARLY;BYDAY=-1FR": 1, "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30": 1461,
	} {
		r, err := parseRule(rule)
		if err != nil {
			t.Errorf("%s: %v", rule, err)
			continue
		}
		got, err := expand(r)
		if err != nil || len(got) != times {
			t.Errorf("%s: %d times in a year, want %d; %v", rule, len(got), times, err)
		}
	}
}

// TestRule_thatIsAcceptedCanBeExpanded: whatever the parts, the library finds
// an end and does not panic (rrule-go 1.8.2 does on BYDAY=9MO).
func TestRule_thatIsAcceptedCanBeExpanded(t *testing.T) {
	t.Parallel()
	numbers := func(t *rapid.T, name string, least, most int) string {
		ns := rapid.SliceOfN(rapid.IntRange(least, most), 1, 3).Draw(t, name)
		return strings.Trim(strings.ReplaceAll(fmt.Sprint(ns), " ", ","), "[]")
	}
	days := []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
	rapid.Check(t, func(t *rapid.T) {
		parts := []string{"FREQ=" + rapid.SampledFrom([]string{"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}).Draw(t, "freq")}
		for _, p := range []struct {
			name        string
			least, most int
		}{
			{"INTERVAL", -1, 60}, {"BYMONTHDAY", -32, 32}, {"BYYEARDAY", -367, 367}, {"BYWEEKNO", -54, 54}, {"BYMONTH", 0, 13},
			{"BYSETPOS", -400, 400}, {"BYHOUR", 0, 23}, {"BYMINUTE", 0, 59},
		} {
			if rapid.IntRange(0, 3).Draw(t, "with "+p.name) == 0 {
				parts = append(parts, p.name+"="+numbers(t, p.name, p.least, p.most))
			}
		}
		if rapid.Bool().Draw(t, "with BYDAY") {
			day := rapid.SampledFrom(days).Draw(t, "day")
			if n := rapid.IntRange(-60, 60).Draw(t, "nth"); n != 0 && rapid.Bool().Draw(t, "with nth") {
				day = strconv.Itoa(n) + day
			}
			parts = append(parts, "BYDAY="+day)
		}
		rule := strings.Join(parts, ";")
		r, err := parseRule(rule)
		if err != nil {
			return
		}
		times, err := expand(r)
		if err != nil {
			t.Fatalf("%s: %v", rule, err)
		}
		if len(times) > 367*24 || !slices.IsSortedFunc(times, time.Time.Compare) {
			t.Fatalf("%s: %d times", rule, len(times))
		}
	})
}
