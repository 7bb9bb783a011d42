package civil

// ParseClock reads a time of day: 09:00, 9:00, 09:00:30, 9h, 9h30, 9 h 30, 9am,
// 9:30 pm. Midnight is 00:00; 24:00 does not exist.
func ParseClock(s string) (Clock, error) {
	p, ok := scan(s)
	if !ok {
		return Clock{}, wrong(s, NotTime)
	}
	c, r := p.clock()
	if r == "" && !p.end() {
		c, r = Clock{}, NotTime
	}
	return c, wrong(s, r)
}

// clock consumes a time of day. The reason is [NotTime] when none stands here,
// [NoSuchTime] when it does not exist.
func (p *scanner) clock() (Clock, Reason) {
	start := p.i
	c, ok := p.clockForm()
	switch {
	case !ok:
		p.i = start
		return Clock{}, NotTime
	case !c.Valid():
		return Clock{}, NoSuchTime
	}
	return c, ""
}

// clockForm consumes what looks like a time of day.
func (p *scanner) clockForm() (c Clock, ok bool) {
	if c.Hour, ok = p.number(1, 2); !ok {
		return c, false
	}
	if p.french(&c.Minute) {
		return c, true
	}
	digital := p.take(":")
	if digital {
		if c.Minute, ok = p.number(2, 2); !ok {
			return c, false
		}
		if p.take(":") {
			if c.Second, ok = p.number(2, 2); !ok {
				return c, false
			}
			if p.take(".") {
				// A fraction of a second is read, and dropped.
				if _, ok = p.number(1, 9); !ok {
					return c, false
				}
			}
		}
	}
	pm, half := p.half()
	if half {
		c = twelve(c, pm)
	}
	return c, digital || half // an hour alone is one only with am or pm
}

// french consumes the h of 9h, 9h30 and 9 h 30, and the minutes.
func (p *scanner) french(minute *int) bool {
	start := p.i
	p.take(" ")
	if p.word() != "h" {
		p.i = start
		return false
	}
	after := p.i
	p.take(" ")
	m, ok := p.number(2, 2)
	if !ok {
		p.i = after
		// 9h5 and 9h305 are no times.
		return p.end() || !isDigit(p.s[p.i])
	}
	*minute = m
	return true
}

// half consumes am or pm.
func (p *scanner) half() (pm, ok bool) {
	start := p.i
	p.take(" ")
	for _, w := range []string{"am", "a.m.", "pm", "p.m."} {
		if p.take(w) {
			return w[0] == 'p', true
		}
	}
	p.i = start
	return false, false
}

// twelve makes 24 hours of 12: 12 am is midnight, 12 pm noon.
func twelve(c Clock, pm bool) Clock {
	if c.Hour < 1 || c.Hour > 12 {
		c.Hour = 99 // no such time: 0:30 am, 13 pm
		return c
	}
	c.Hour %= 12
	if pm {
		c.Hour += 12
	}
	return c
}
