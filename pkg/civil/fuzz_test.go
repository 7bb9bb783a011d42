package civil_test

import (
	"testing"
	"time"

	"editorial/pkg/civil"
)

// FuzzParseMoment: a text is refused with a reason, or is a moment whose parts
// agree with each other and which reads back from both its forms.
func FuzzParseMoment(f *testing.F) {
	for s := range moments() {
		f.Add(s)
	}
	for s := range notMoments() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		z := zone(t, "Europe/Paris")
		m, err := z.ParseMoment(s)
		when, errWhen := z.ParseWhen(s, civil.Date{Year: 2026, Month: time.October, Day: 23})
		if err == nil && (errWhen != nil || when != m) {
			t.Errorf("ParseWhen: got %v, %v, want %v", when, errWhen, m)
		}
		if reason(t, err) != "" {
			return
		}
		if !m.Local.Date.Valid() || !m.Local.Clock.Valid() || m.Zone().Name() != z.Name() {
			t.Errorf("%v is no time", m.Local)
		}
		if got := z.DateTime(m.Instant); got != m.Local && !z.Skips(m.Local) {
			t.Errorf("the wall shows %v, not %v", got, m.Local)
		}
		zoned, moved, err := civil.UTC().ParseZoned(m.Zoned())
		if err != nil || moved != 0 || !zoned.Instant.Equal(m.Instant) || zoned.Zoned() != m.Zoned() {
			t.Errorf("%s reads back as %s, moved %v, %v", m.Zoned(), zoned.Zoned(), moved, err)
		}
		if m.Local.Year < 1912 {
			return // RFC 3339 cannot write the seconds of an old offset
		}
		again, err := z.ParseMoment(m.String())
		if err != nil || !again.Instant.Equal(m.Instant) || again.HasClock != m.HasClock {
			t.Errorf("%s reads back as %v, %v", m, again, err)
		}
	})
}

// FuzzParsers: no parser panics, and what one reads, String writes so that it
// is read as the same.
func FuzzParsers(f *testing.F) {
	for _, s := range []string{"9h30", "9:30 pm", "2026-W49", "2026-12", "2026-12-01", "1 day 12h", "2,5 h", "P1DT2H", "lun.", "2026-12-01T09:00+01:00[Europe/Paris]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := civil.ParseClock(s); reason(t, err) == "" {
			again, err := civil.ParseClock(c.String())
			if err != nil || again != c || !c.Valid() {
				t.Errorf("clock %v reads back as %v, %v", c, again, err)
			}
		}
		if w, err := civil.ParseWeek(s); reason(t, err) == "" {
			if again, err := civil.ParseWeek(w.String()); err != nil || again != w {
				t.Errorf("week %v reads back as %v, %v", w, again, err)
			}
		}
		if m, err := civil.ParseMonth(s); reason(t, err) == "" {
			again, err := civil.ParseMonth(m.String()[:len("2026-12")])
			if err != nil || again != m || m.Day != 1 {
				t.Errorf("month %v reads back as %v, %v", m, again, err)
			}
		}
		if d, err := civil.ParseDate(s); reason(t, err) == "" && d.String() != s {
			t.Errorf("date %v is written %s", s, d)
		}
		if p, err := civil.ParseSpan(s); reason(t, err) == "" {
			again, err := civil.ParseSpan(p.String())
			if err != nil || again != p || p.Days < 0 || p.Minutes < 0 {
				t.Errorf("span %v reads back as %v, %v", p, again, err)
			}
		}
		if n, err := civil.ParseWork(s); reason(t, err) == "" {
			if again, err := civil.ParseWork(civil.FormatWork(n)); err != nil || again != n {
				t.Errorf("%d minutes read back as %d, %v", n, again, err)
			}
		}
		if _, err := civil.ParseWeekday(s); err != nil {
			reason(t, err)
		}
		if m, _, err := civil.UTC().ParseZoned(s); reason(t, err) == "" {
			again, moved, err := civil.UTC().ParseZoned(m.Zoned())
			if err != nil || moved != 0 || !again.Instant.Equal(m.Instant) {
				t.Errorf("%s reads back as %s, moved %v, %v", m.Zoned(), again.Zoned(), moved, err)
			}
		}
	})
}
