package civil

import (
	"fmt"
	"strings"
	"time"
)

// Span is a length of time as people plan with it: days on the wall clock,
// then elapsed minutes. A week is seven days.
type Span struct {
	Days    int
	Minutes int
}

// String returns the shortest form that [ParseSpan] reads back: "3d", "36h",
// "1h30", "45m", "2d 12h", and "0m" for no time at all. A Span of negative or
// enormous parts, which ParseSpan refuses, is written all the same.
func (s Span) String() string {
	switch {
	case s.Days == 0:
		return FormatWork(s.Minutes)
	case s.Minutes == 0:
		return fmt.Sprintf("%dd", s.Days)
	}
	return fmt.Sprintf("%dd %s", s.Days, FormatWork(s.Minutes))
}

// FormatWork returns a number of minutes as [ParseWork] reads it: "2h",
// "1h30", "45m".
func FormatWork(minutes int) string {
	var b strings.Builder
	if minutes < 0 {
		b.WriteByte('-')
		minutes = -minutes
	}
	switch h, m := minutes/60, minutes%60; {
	case h == 0:
		fmt.Fprintf(&b, "%dm", m)
	case m == 0:
		fmt.Fprintf(&b, "%dh", h)
	default:
		fmt.Fprintf(&b, "%dh%02d", h, m)
	}
	return b.String()
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
