package civil

import (
	"strings"
	"time"
)

// ParseDate reads the form 2006-01-02, and no other.
func ParseDate(s string) (Date, error) {
	d, r := readDate(s)
	return d, wrong(s, r)
}

func readDate(s string) (Date, Reason) {
	if len(s) != len(time.DateOnly) || s[4] != '-' || s[7] != '-' {
		return Date{}, NotDate
	}
	p := scanner{s: s}
	d, r := p.yearFirst()
	if r == "" && !p.end() {
		return Date{}, NotDate
	}
	return d, r
}

// ParseWeek reads the form 2006-W01.
func ParseWeek(s string) (Week, error) {
	p, ok := scan(s)
	if !ok {
		return Week{}, wrong(s, NotWeek)
	}
	year, ok := p.number(4, 4)
	ok = ok && p.take("-w")
	number, ok2 := p.number(2, 2)
	w := Week{year, number}
	switch {
	case !ok || !ok2 || !p.end():
		return Week{}, wrong(s, NotWeek)
	case !w.Valid():
		return Week{}, wrong(s, NoSuchWeek)
	}
	return w, nil
}

// ParseMonth reads a month, 2026-12, and returns its first day.
func ParseMonth(s string) (Date, error) {
	p, ok := scan(s)
	if !ok {
		return Date{}, wrong(s, NotMonth)
	}
	year, ok := p.number(4, 4)
	ok = ok && p.take("-")
	month, ok2 := p.number(2, 2)
	d := Date{year, time.Month(month), 1}
	switch {
	case !ok || !ok2 || !p.end():
		return Date{}, wrong(s, NotMonth)
	case !d.Valid():
		return Date{}, wrong(s, NoSuchMonth)
	}
	return d, nil
}

// ParseMoment reads a date as people write it, with or without a time:
//
//	2026-07-14  2026-7-4  2026/07/14
//	14 July 2026  July 14, 2026  14 juillet 2026  1er août 2026
//	Tue, 14 Jul 2026 09:30:00 +0200 (RFC 1123 and RFC 5322)
//
// A time follows after a space, a T, a comma, "at" or "à", in any form of
// [ParseClock]; then, with or without a space, an offset (Z, UTC, GMT, +02:00,
// +0200) that makes it an exact instant. The form of [Moment.Zoned] is read
// too, where offset and zone agree. A day of the week may stand in front, if
// it is the right one. Seconds are kept, fractions of one dropped.
//
// What two people would read differently (04/05/2026, two-digit years, names
// of offsets such as EST) and what does not exist is refused with a
// [*ParseError].
func (z Zone) ParseMoment(s string) (Moment, error) {
	if strings.HasSuffix(s, "]") {
		m, moved, err := z.ParseZoned(s)
		if err == nil && moved != 0 {
			err = wrong(s, ZoneDisagrees)
		}
		if err != nil {
			return Moment{}, err
		}
		return z.moment(written{clock: m.Local.Clock, hasClock: true, hasOffset: true}, m.Instant, s)
	}
	p, ok := scan(s)
	if !ok {
		return Moment{}, wrong(s, NotDate)
	}
	w, r := p.moment()
	if r == "" && !p.end() {
		r = NotDate
	}
	if r != "" {
		return Moment{}, wrong(s, r)
	}
	return z.moment(w, time.Time{}, s)
}

// written is a moment as read.
type written struct {
	day       Date
	clock     Clock
	hasClock  bool
	offset    int // seconds east of UTC
	hasOffset bool
}

// moment makes a Moment of what was written; instant, if not zero, is what it
// means.
func (z Zone) moment(w written, instant time.Time, s string) (Moment, error) {
	switch {
	case !w.hasClock:
		return z.Day(w.day), nil
	case !w.hasOffset:
		return z.Moment(w.day.At(w.clock)), nil
	case instant.IsZero():
		instant = w.day.At(w.clock).utc().Add(-time.Duration(w.offset) * time.Second)
	}
	m := Moment{Local: z.DateTime(instant), HasClock: true, Instant: instant.In(z.Location())}
	if !m.Local.Date.Valid() { // year 10000 in this zone
		return Moment{}, wrong(s, NoSuchDay)
	}
	return m, nil
}

// moment consumes a date and what follows it.
func (p *scanner) moment() (w written, r Reason) {
	if w.day, r = p.date(); r == NotDate {
		// "mar 14 juillet 2026" is a Tuesday only after "mar 14, 2026" has
		// turned out not to be in March.
		day, ok := p.weekday()
		if !ok {
			return w, r
		}
		_ = p.take(",")
		if !p.take(" ") {
			return w, NotDate
		}
		if w.day, r = p.date(); r == "" && w.day.Weekday() != day {
			return w, WrongWeekday
		}
	}
	if r != "" || p.end() {
		return w, r
	}
	if !p.takeAny("t", ", ", " at ", " a ", " ") {
		return w, NotDate
	}
	w.hasClock = true
	if w.clock, r = p.clock(); r != "" {
		if r == NotTime {
			r = NotDate
		}
		return w, r
	}
	w.offset, w.hasOffset, r = p.offset()
	return w, r
}

func (p *scanner) takeAny(lits ...string) bool {
	for _, l := range lits {
		if p.take(l) {
			return true
		}
	}
	return false
}

// offset consumes an offset from UTC, if one stands here.
func (p *scanner) offset() (seconds int, ok bool, r Reason) {
	start := p.i
	p.take(" ")
	switch {
	case p.takeAny("z", "utc", "gmt"):
		return 0, true, ""
	case p.take("+"):
		seconds = 1
	case p.take("-"):
		seconds = -1
	default:
		p.i = start
		return 0, false, ""
	}
	h, ok := p.number(2, 2)
	m := 0
	if ok && p.take(":") {
		m, ok = p.number(2, 2)
	} else if !ok {
		var hm int
		hm, ok = p.number(4, 4)
		h, m = hm/100, hm%100
	}
	switch {
	case !ok:
		return 0, false, NotDate
	case h > 23 || m > 59:
		return 0, false, NoSuchOffset
	}
	return seconds * 60 * (60*h + m), true, ""
}

// date consumes a date in one of the forms of [Zone.ParseMoment].
func (p *scanner) date() (Date, Reason) {
	start := p.i
	for _, form := range []func() (Date, Reason){p.yearFirst, p.dayFirst, p.monthFirst, p.slashed} {
		d, r := form()
		if r != NotDate {
			return d, r
		}
		p.i = start
	}
	return Date{}, NotDate
}

// yearFirst consumes 2026-07-14, 2026-7-4 and 2026/07/14.
func (p *scanner) yearFirst() (Date, Reason) {
	y, ok := p.number(4, 4)
	if !ok {
		return Date{}, NotDate
	}
	sep := "-"
	if !p.take(sep) {
		if sep = "/"; !p.take(sep) {
			return Date{}, NotDate
		}
	}
	m, ok := p.number(1, 2)
	ok = ok && p.take(sep)
	d, ok2 := p.number(1, 2)
	if !ok || !ok2 {
		return Date{}, NotDate
	}
	return day(y, m, d)
}

// dayFirst consumes 14 July 2026, 14th July 2026 and 1er août 2026.
func (p *scanner) dayFirst() (Date, Reason) {
	d, ok := p.number(1, 2)
	if !ok {
		return Date{}, NotDate
	}
	p.takeAny("er", "st", "nd", "rd", "th")
	if !p.take(" ") {
		return Date{}, NotDate
	}
	m, ok := p.month()
	if !ok || !p.take(" ") {
		return Date{}, NotDate
	}
	return p.year(m, d)
}

// monthFirst consumes July 14, 2026 and July 14th 2026.
func (p *scanner) monthFirst() (Date, Reason) {
	m, ok := p.month()
	if !ok || !p.take(" ") {
		return Date{}, NotDate
	}
	d, ok := p.number(1, 2)
	if !ok {
		return Date{}, NotDate
	}
	p.takeAny("st", "nd", "rd", "th")
	if !p.takeAny(", ", " ") {
		return Date{}, NotDate
	}
	return p.year(m, d)
}

// year consumes the year that ends a date.
func (p *scanner) year(m time.Month, d int) (Date, Reason) {
	y, ok := p.number(4, 4)
	if !ok {
		if _, short := p.number(2, 2); short && (p.end() || !isDigit(p.s[p.i]) && p.s[p.i] != ':' && p.s[p.i] != 'h') {
			return Date{}, Ambiguous
		}
		return Date{}, NotDate
	}
	return day(y, int(m), d)
}

// slashed recognises 04/05/2026, 4-5-26 and 04.05.2026, to refuse them: they
// are the fourth of May to some and the fifth of April to others.
func (p *scanner) slashed() (Date, Reason) {
	_, ok := p.number(1, 2)
	if !ok {
		return Date{}, NotDate
	}
	for _, sep := range []string{"/", "-", "."} {
		if !p.take(sep) {
			continue
		}
		_, ok = p.number(1, 2)
		ok = ok && p.take(sep)
		if _, year := p.number(2, 4); ok && year {
			return Date{}, Ambiguous
		}
	}
	return Date{}, NotDate
}

func day(y, m, d int) (Date, Reason) {
	date := Date{y, time.Month(m), d}
	if !date.Valid() {
		return Date{}, NoSuchDay
	}
	return date, ""
}
