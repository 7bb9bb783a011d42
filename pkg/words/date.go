package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// Weekday returns the name of a day of the week: "Tuesday", "mardi".
func (w *Words) Weekday(d time.Weekday) string { return w.named("date.weekdays", int(d)) }

// ShortWeekday returns its abbreviation: "Tue", "mar.".
func (w *Words) ShortWeekday(d time.Weekday) string { return w.named("date.weekdays-short", int(d)) }

// Month returns the name of a month: "October", "octobre".
func (w *Words) Month(m time.Month) string { return w.named("date.months", int(m)-1) }

// ShortMonth returns its abbreviation: "Oct", "oct.".
func (w *Words) ShortMonth(m time.Month) string { return w.named("date.months-short", int(m)-1) }

// named returns the n-th of a list of names parted by spaces.
func (w *Words) named(key string, n int) string {
	names := strings.Fields(w.Say(key, nil))
	if n < 0 || n >= len(names) {
		return strconv.Itoa(n)
	}
	return names[n]
}

// Date returns a day in full: "20 October 2026", "20 octobre 2026",
// "1er août 2026".
func (w *Words) Date(d civil.Date) string {
	return w.Say("date.full", problem.Params{"day": w.dayOfMonth(d), "month": w.Month(d.Month), "year": strconv.Itoa(d.Year)})
}

// LongDate is Date with the day of the week: "Tuesday 20 October 2026".
func (w *Words) LongDate(d civil.Date) string {
	return w.Weekday(d.Weekday()) + " " + w.Date(d)
}

// ShortDate returns a day without its year: "Tue 20 Oct", "mar. 20 oct.".
func (w *Words) ShortDate(d civil.Date) string {
	return w.ShortWeekday(d.Weekday()) + " " + w.dayOfMonth(d) + " " + w.ShortMonth(d.Month)
}

func (w *Words) dayOfMonth(d civil.Date) string {
	if d.Day == 1 {
		return w.Say("date.first", nil)
	}
	return strconv.Itoa(d.Day)
}

// Days returns a stretch of days, the repeated parts said once:
// "19–25 October 2026", "26 October – 1 November 2026".
func (w *Words) Days(first, last civil.Date) string {
	switch {
	case first == last:
		return w.Date(last)
	case first.Year == last.Year && first.Month == last.Month:
		return w.dayOfMonth(first) + "–" + w.Date(last)
	case first.Year == last.Year:
		return w.dayOfMonth(first) + " " + w.Month(first.Month) + " – " + w.Date(last)
	}
	return w.Date(first) + " – " + w.Date(last)
}

// Hours returns minutes of work: "45 min", "4 h", "4 h 30".
func (w *Words) Hours(minutes int) string {
	sign := ""
	if minutes < 0 {
		sign, minutes = "−", -minutes
	}
	h, m := minutes/60, minutes%60
	switch {
	case h == 0 && m != 0:
		return sign + strconv.Itoa(m) + " min"
	case m == 0:
		return sign + strconv.Itoa(h) + " h"
	}
	return fmt.Sprintf("%s%d h %02d", sign, h, m)
}
