package importer

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/civil"
)

// dateOrder is how the numbers of a date such as 04/05/2026 stand.
type dateOrder int

const (
	unknownOrder dateOrder = iota // two people would read it differently
	dayFirst
	monthFirst
)

// numericDate is a date of three numbers that ends with the year.
const numericDate = `^(\d{1,2})([/.\-])(\d{1,2})[/.\-](\d{4})(?:[ T,]+(.+))?$`

// dayOrder finds the order of a whole table: one date that can only be read one
// way decides for all, points and a header in French mean the day first.
func (b *builder) dayOrder(rows []row, french bool) dateOrder {
	re := b.re(numericDate)
	day, month, points := false, false, true
	for _, r := range rows {
		for _, c := range []column{colDate, colDeadline} {
			m := re.FindStringSubmatch(r.cells[c])
			if m == nil {
				continue
			}
			a, _ := strconv.Atoi(m[1])
			b, _ := strconv.Atoi(m[3])
			day, month, points = day || a > 12, month || b > 12, points && m[2] == "."
		}
	}
	switch {
	case day && month:
		return unknownOrder
	case month:
		return monthFirst
	case day, french, points:
		return dayFirst
	}
	return unknownOrder
}

// date is the date of a row as front matter has it, in the office's zone. One
// that cannot be read, or not without doubt, is noted.
func (t *tableReader) date(r row, c column, clock string) string {
	cell := line(r.cells[c])
	if cell == "" {
		return ""
	}
	text := cell
	if m := t.re(numericDate).FindStringSubmatch(cell); m != nil {
		d, month := m[1], m[3]
		if t.order == monthFirst {
			d, month = month, d
		}
		if t.order == unknownOrder && m[1] != m[3] {
			t.note(r.at, CodeDate, cell)
			return ""
		}
		text = fmt.Sprintf("%s-%02s-%02s %s", m[4], month, d, m[5])
	} else if serial, ok := serialDate(cell); ok {
		text = serial
	}
	m, err := t.Zone.ParseMoment(strings.TrimSpace(text))
	if err != nil {
		t.note(r.at, CodeDate, cell)
		return ""
	}
	if !m.HasClock && clock != "" {
		at, err := civil.ParseClock(clock)
		if err != nil {
			t.note(r.at, CodeDate, line(clock))
			return m.Local.Date.String()
		}
		m = t.Zone.Moment(m.Local.Date.At(at))
	}
	if !m.HasClock {
		return m.Local.Date.String()
	}
	local := m.Local
	return fmt.Sprintf("%sT%02d:%02d:%02d", local.Date, local.Clock.Hour, local.Clock.Minute, local.Clock.Second)
}

// serialDate reads a date as spreadsheets count them: days since 30 December
// 1899, from 1982 to 2119.
func serialDate(s string) (string, bool) {
	n, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64)
	if err != nil || n < 30_000 || n > 80_000 {
		return "", false
	}
	days, part := math.Modf(n)
	at := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(days)).Add(time.Duration(math.Round(part*24*60)) * time.Minute)
	if part == 0 {
		return at.Format(time.DateOnly), true
	}
	return at.Format("2006-01-02 15:04"), true
}

// past reports whether a date of the front matter is over.
func (t *tableReader) past(date string) bool {
	m, err := t.Zone.ParseMoment(date)
	if err != nil {
		return false
	}
	if !m.HasClock {
		return m.Local.Date.Before(t.Zone.Date(t.Now))
	}
	return m.Instant.Before(t.Now)
}
