package civil

import "time"

// Span is a length of time as people plan with it: days on the wall clock,
// then elapsed minutes. A week is seven days.
type Span struct {
	Days    int
	Minutes int
}

// IsZero reports whether s is no time at all.
func (s Span) IsZero() bool { return s == Span{} }

// Add returns the instant s after t: the days on the wall clock of the zone
// (the same time of day, by the rule of [Zone.Instant]), the minutes elapsed.
func (z Zone) Add(t time.Time, s Span) time.Time {
	if s.Days != 0 {
		// The remainder below a second stays.
		rest := t.Sub(t.Truncate(time.Second))
		t = z.Instant(z.DateTime(t).AddDays(s.Days)).Add(rest)
	}
	return t.Add(time.Duration(s.Minutes) * time.Minute)
}
