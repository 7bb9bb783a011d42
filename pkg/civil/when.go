package civil

// ParseWhen reads when something is to be, as a person says it on a given day:
//
//	today, tomorrow, aujourd'hui, demain
//	friday, vendredi (the next such day, today if it is one)
//	2026-W45-5 (the fifth day of an ISO week)
//	every form of ParseMoment
//
// each with or without a time of day after it ("friday 09:00", "demain à 9h").
// today is the day in the zone z.
func (z Zone) ParseWhen(s string, today Date) (Moment, error) {
	p, ok := scan(s)
	if !ok {
		return Moment{}, wrong(s, NotDate)
	}
	d, ok := p.relativeDay(today)
	if !ok {
		var r Reason
		if d, r = p.weekDate(); r == NotDate {
			return z.ParseMoment(s)
		} else if r != "" {
			return Moment{}, wrong(s, r)
		}
	}
	if p.end() {
		return z.Day(d), nil
	}
	if !p.takeAny(", ", " at ", " a ", " ", "t") {
		return Moment{}, wrong(s, NotDate)
	}
	c, r := p.clock()
	switch {
	case r == NoSuchTime:
		return Moment{}, wrong(s, r)
	case r != "" || !p.end():
		// "mardi 14 juillet 2026" begins like "mardi 14 h"; what is neither is
		// worded as a date that cannot be read.
		return z.ParseMoment(s)
	}
	return z.Moment(d.At(c)), nil
}

// relativeDay consumes a day named from today.
func (p *scanner) relativeDay(today Date) (Date, bool) {
	start := p.i
	switch p.word() {
	case "today", "aujourd'hui":
		return today, true
	case "tomorrow", "demain":
		return today.AddDays(1), true
	}
	p.i = start
	w, ok := p.weekday()
	if !ok {
		return Date{}, false
	}
	return today.Next(w), true
}

// weekDate consumes a day of an ISO week: 2026-W45-5 is its Friday.
func (p *scanner) weekDate() (Date, Reason) {
	start := p.i
	year, ok := p.number(4, 4)
	ok = ok && p.take("-w")
	number, ok2 := p.number(2, 2)
	ok = ok && ok2 && p.take("-")
	day, ok2 := p.number(1, 1)
	if !ok || !ok2 {
		p.i = start
		return Date{}, NotDate
	}
	w := Week{year, number}
	switch {
	case !w.Valid():
		return Date{}, NoSuchWeek
	case day < 1 || day > 7:
		return Date{}, NoSuchDay
	}
	return w.Monday().AddDays(day - 1), ""
}
