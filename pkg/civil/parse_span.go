package civil

// ParseSpan reads a length of time: "3 days", "2 weeks", "36h", "1h30", "90m",
// "45 min", "3 jours", "2 semaines", "1 day 12 h", and the forms of ISO 8601
// with weeks, days, hours and minutes: P3D, P1W, PT36H, P1DT12H. Hours may have
// decimals ("2.5h", "2,5 h"), rounded to the minute. Months and years are
// refused: they have no length of their own.
func ParseSpan(s string) (Span, error) {
	p, ok := scan(s)
	if !ok {
		return Span{}, wrong(s, NotSpan)
	}
	var parts parts
	var r Reason
	if p.take("p") {
		parts, r = p.isoSpan()
	} else {
		parts, r = p.humanSpan()
	}
	if r != "" {
		return Span{}, wrong(s, r)
	}
	span := Span{Days: 7*parts[week].n + parts[days].n, Minutes: parts.minutes()}
	if span.Days > 36525 || span.Minutes > 36525*24*60 {
		return Span{}, wrong(s, TooLong)
	}
	return span, nil
}

// ParseWork reads how long a person works, in minutes: "5h", "1h30", "45m",
// "2.5h", "2,5 h", "1 hour 30", "90 min". A day is no length of work, and a
// number without a unit is [NoUnit].
func ParseWork(s string) (minutes int, err error) {
	p, ok := scan(s)
	if !ok {
		return 0, wrong(s, NotWork)
	}
	parts, r := p.humanSpan()
	switch {
	case r == NotSpan, r == "" && (parts[week].set || parts[days].set):
		r = NotWork
	case r == "" && parts.minutes() > 36525*24*60:
		r = TooLong
	}
	if r != "" {
		return 0, wrong(s, r)
	}
	return parts.minutes(), nil
}

// unit is an index of parts, the longest first.
type unit int

const (
	week unit = iota
	days
	hour
	minute
)

// parts are the numbers of a span by unit; n counts whole units, and more the
// minutes that decimals of an hour are.
type parts [4]struct {
	set     bool
	n, more int
}

func (p parts) minutes() int { return 60*p[hour].n + p[hour].more + p[minute].n }

func unitNamed(w string) (unit, bool) {
	switch w {
	case "w", "week", "weeks", "sem", "semaine", "semaines":
		return week, true
	case "d", "day", "days", "j", "jour", "jours":
		return days, true
	case "h", "hour", "hours", "heure", "heures":
		return hour, true
	case "m", "min", "mins", "mn", "minute", "minutes":
		return minute, true
	}
	return 0, false
}

// humanSpan consumes everything: numbers with units, the longest first, each
// once.
func (p *scanner) humanSpan() (got parts, r Reason) {
	for from := week; ; {
		n, ok := p.number(1, 7)
		if !ok {
			return got, NotSpan
		}
		hundredths, decimals := p.decimals()
		p.take(" ")
		name := p.word()
		u, ok := unitNamed(name)
		switch {
		case name == "" && p.end() && from == week:
			return got, NoUnit
		case !ok, u < from, decimals && u != hour:
			return got, NotSpan
		}
		got[u].set, got[u].n, got[u].more = true, n, (hundredths*60+50)/100
		if p.end() {
			return got, ""
		}
		if u == hour && !decimals && p.minutesAfterHour(&got) {
			return got, ""
		}
		from = u + 1
		p.takeAny(", ", " and ", " et ", " ")
	}
}

// decimals consumes .5 and ,25, in hundredths.
func (p *scanner) decimals() (hundredths int, ok bool) {
	start := p.i
	if !p.takeAny(".", ",") {
		return 0, false
	}
	digits := p.i
	if hundredths, ok = p.number(1, 2); !ok {
		p.i = start
		return 0, false
	}
	if p.i-digits == 1 {
		hundredths *= 10
	}
	return hundredths, true
}

// minutesAfterHour consumes the 30 of 1h30 and 1 h 30, if it ends the text.
func (p *scanner) minutesAfterHour(got *parts) bool {
	start := p.i
	p.take(" ")
	m, ok := p.number(2, 2)
	if !ok || !p.end() || m > 59 {
		p.i = start
		return false
	}
	got[minute].set, got[minute].n = true, m
	return true
}

// isoSpan consumes everything after the P.
func (p *scanner) isoSpan() (got parts, r Reason) {
	from, time := week, false
	for {
		if !time && p.take("t") {
			from, time = hour, true
		}
		n, ok := p.number(1, 7)
		if !ok {
			return got, NotSpan
		}
		var u unit
		switch {
		case !time && p.take("w"):
			u = week
		case !time && p.take("d"):
			u = days
		case time && p.take("h"):
			u = hour
		case time && p.take("m"):
			u = minute
		default:
			return got, NotSpan
		}
		if u < from {
			return got, NotSpan
		}
		got[u].set, got[u].n, from = true, n, u+1
		if p.end() {
			return got, ""
		}
	}
}
