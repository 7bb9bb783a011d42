package civil

import (
	"strings"
	"time"
)

// ParseWeekday reads the name of a day of the week in English or French, in
// full or short, in any case: Monday, mon, lundi, lun.
func ParseWeekday(s string) (time.Weekday, error) {
	p, ok := scan(s)
	if ok {
		if d, ok := p.weekday(); ok && p.end() {
			return d, nil
		}
	}
	return 0, wrong(s, NotWeekday)
}

// weekday consumes the name of a day of the week, with the full stop of an
// abbreviation.
func (p *scanner) weekday() (time.Weekday, bool) {
	start := p.i
	w := p.word()
	d, ok := weekdayNamed(w)
	if !ok {
		p.i = start
		return 0, false
	}
	if len(w) <= 5 { // thurs.
		p.take(".")
	}
	return d, true
}

func weekdayNamed(w string) (time.Weekday, bool) {
	switch w {
	case "monday", "mon", "lundi", "lun":
		return time.Monday, true
	case "tuesday", "tue", "tues", "mardi", "mar":
		return time.Tuesday, true
	case "wednesday", "wed", "mercredi", "mer":
		return time.Wednesday, true
	case "thursday", "thu", "thur", "thurs", "jeudi", "jeu":
		return time.Thursday, true
	case "friday", "fri", "vendredi", "ven":
		return time.Friday, true
	case "saturday", "sat", "samedi", "sam":
		return time.Saturday, true
	case "sunday", "sun", "dimanche", "dim":
		return time.Sunday, true
	}
	return 0, false
}

// month consumes the name of a month in English or French, with the full stop
// of an abbreviation.
func (p *scanner) month() (time.Month, bool) {
	start := p.i
	w := p.word()
	m, ok := monthNamed(w)
	if !ok {
		p.i = start
		return 0, false
	}
	if len(w) <= 5 { // janv.
		p.take(".")
	}
	return m, true
}

func monthNamed(w string) (time.Month, bool) {
	for i, names := range [...]string{
		"january jan janvier janv",
		"february feb fevrier fevr fev",
		"march mar mars",
		"april apr avril avr",
		"may mai",
		"june jun juin",
		"july jul juillet juil",
		"august aug aout",
		"september sep sept septembre",
		"october oct octobre",
		"november nov novembre",
		"december dec decembre",
	} {
		for name := range strings.FieldsSeq(names) {
			if name == w {
				return time.Month(i + 1), true
			}
		}
	}
	return 0, false
}
