package civil

import (
	"fmt"
	"time"
)

// Week is a week of ISO 8601: Monday to Sunday, week 1 holding the year's
// first Thursday. Years have 52 or 53 of them.
type Week struct {
	Year   int
	Number int
}

// WeekOf returns the ISO week that holds d.
func WeekOf(d Date) Week {
	y, n := d.utc().ISOWeek()
	return Week{y, n}
}

// Monday returns the first day of the week.
func (w Week) Monday() Date {
	// 4 January is always in week 1.
	jan4 := Date{w.Year, time.January, 4}
	back := (int(jan4.Weekday()) + 6) % 7
	return jan4.AddDays(7*(w.Number-1) - back)
}

// Add returns the week n weeks later.
func (w Week) Add(n int) Week { return WeekOf(w.Monday().AddDays(7 * n)) }

// Valid reports whether the year has that week.
func (w Week) Valid() bool {
	return w.Year >= 1 && w.Year <= 9998 && w.Number >= 1 && WeekOf(w.Monday()) == w
}

// String returns the form 2006-W01.
func (w Week) String() string { return fmt.Sprintf("%04d-W%02d", w.Year, w.Number) }
