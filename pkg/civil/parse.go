package civil

import (
	"fmt"
	"time"
)

// ParseDate reads the form 2006-01-02.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q is not of the form 2006-01-02", s)
	}
	y, m, d := t.Date()
	return Date{y, m, d}, nil
}

// ParseClock reads the forms 09:00 and 09:00:30.
func ParseClock(s string) (Clock, error) {
	for _, layout := range []string{"15:04", "15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil {
			h, m, sec := t.Clock()
			return Clock{h, m, sec}, nil
		}
	}
	return Clock{}, fmt.Errorf("time %q is not of the form 15:04", s)
}

// ParseMoment reads a day, a wall-clock time of the zone, or an instant with
// an offset.
func (z Zone) ParseMoment(s string) (Moment, error) {
	if d, err := ParseDate(s); err == nil {
		return z.Day(d), nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return z.Moment(UTC().DateTime(t)), nil
		}
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return Moment{Local: z.DateTime(t), HasClock: true, Instant: t.In(z.Location())}, nil
	}
	return Moment{}, fmt.Errorf("date %q is not of the form 2006-01-02 15:04", s)
}
