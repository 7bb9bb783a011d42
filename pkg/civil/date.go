package civil

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar, in no zone. The zero Date means
// "none".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Clock is a time of day on the wall, to the second.
type Clock struct {
	Hour, Minute, Second int
}

// DateTime is a wall-clock time in no zone.
type DateTime struct {
	Date
	Clock
}

// At joins a day and a time of day.
func (d Date) At(c Clock) DateTime { return DateTime{d, c} }

// IsZero reports whether d is the zero Date.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the form 2006-01-02.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// Compare returns -1, 0 or 1 as d is before, equal to or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// AddDays returns the day n days later (earlier for a negative n).
func (d Date) AddDays(n int) Date {
	y, m, day := d.utc().AddDate(0, 0, n).Date()
	return Date{y, m, day}
}

// DaysSince returns the number of days from e to d.
func (d Date) DaysSince(e Date) int {
	return int(d.utc().Sub(e.utc()) / (24 * time.Hour))
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Next returns the first day on or after d that is that day of the week.
func (d Date) Next(w time.Weekday) Date {
	return d.AddDays((int(w-d.Weekday()) + 7) % 7)
}

// Valid reports whether d is a day that exists, in the years 1 to 9999.
func (d Date) Valid() bool {
	y, m, day := d.utc().Date()
	return d.Year >= 1 && d.Year <= 9999 && (Date{y, m, day}) == d
}

// utc is t read as if the wall were in UTC, where every day has 24 hours.
func (t DateTime) utc() time.Time {
	return time.Date(t.Year, t.Month, t.Day, t.Hour, t.Minute, t.Second, 0, time.UTC)
}

// utc is midnight of d in UTC, where every day has 24 hours.
func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// String returns 15:04, with seconds only where there are any.
func (c Clock) String() string {
	if c.Second != 0 {
		return fmt.Sprintf("%02d:%02d:%02d", c.Hour, c.Minute, c.Second)
	}
	return fmt.Sprintf("%02d:%02d", c.Hour, c.Minute)
}

// Valid reports whether c is a time of day from 00:00:00 to 23:59:59.
func (c Clock) Valid() bool {
	return c.Hour >= 0 && c.Hour < 24 && c.Minute >= 0 && c.Minute < 60 && c.Second >= 0 && c.Second < 60
}

// String returns 2006-01-02T15:04, with seconds only where there are any.
func (t DateTime) String() string { return t.Date.String() + "T" + t.Clock.String() }

// Compare returns -1, 0 or 1 as t reads earlier than, equal to or later than u
// on the wall.
func (t DateTime) Compare(u DateTime) int {
	return cmp.Or(t.Date.Compare(u.Date), cmp.Compare(t.Clock.seconds(), u.Clock.seconds()))
}

// AddDays returns the same time of day n days later.
func (t DateTime) AddDays(n int) DateTime { return t.Date.AddDays(n).At(t.Clock) }

func (c Clock) seconds() int { return c.Hour*3600 + c.Minute*60 + c.Second }
