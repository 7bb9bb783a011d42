package civil

import (
	"fmt"
	"strings"
	"time"
)

// Zone returns the zone that the moment is in.
func (m Moment) Zone() Zone { return Zone{m.Instant.Location()} }

// Zoned returns the moment as text that says both where the wall clock stands
// and which instant is meant, in the form of RFC 9557:
//
//	2026-12-01T09:00+01:00[Europe/Paris]
//
// Seconds are left out where there are none, as ISO 8601 allows (the RFC's own
// grammar does not). An offset of the nineteenth century has seconds, too. It
// is written from the instant: a local time that its day skips is written as
// the time it moved to.
func (m Moment) Zoned() string {
	t := m.Zone().DateTime(m.Instant)
	_, offset := m.Instant.Zone()
	return t.String() + formatOffset(offset) + "[" + m.Zone().Name() + "]"
}

func formatOffset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	s := fmt.Sprintf("%c%02d:%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		s += fmt.Sprintf(":%02d", seconds%60)
	}
	return s
}

// ParseZoned reads the form of [Moment.Zoned]. The zone in brackets need not
// be z; the moment is in the zone of its text, and z spares loading that one
// again.
//
// Offset and zone disagree where the rules of the zone were changed after the
// text was written. The time on the wall is then what counts; moved says how
// far from the instant of the written offset that is, and is zero where the
// two agree. Of a local time that comes twice the offset tells which is meant.
// The offset Z leaves the wall to the zone: 08:00Z[Europe/Paris] is 09:00 in
// winter. With a ! before the name of the zone a disagreement is an error, as
// the RFC asks. The offset may be missing.
func (z Zone) ParseZoned(s string) (m Moment, moved time.Duration, err error) {
	text, name, ok := strings.Cut(s, "[")
	name, ok2 := strings.CutSuffix(name, "]")
	if !ok || !ok2 || len(s) > maxText {
		return m, 0, wrong(s, NotDate)
	}
	w, offset, hasOffset, r := readZoned(text)
	if r != "" {
		return m, 0, wrong(s, r)
	}
	name, critical := strings.CutPrefix(name, "!")
	if name != z.Name() {
		if z, err = LoadZone(name); err != nil {
			return m, 0, wrong(name, NoSuchZone)
		}
	}
	m = Moment{HasClock: true, Instant: w.utc().Add(-time.Duration(offset) * time.Second).In(z.Location())}
	if !strings.HasSuffix(text, "Z") && z.DateTime(m.Instant) != w {
		exact := m.Instant
		m.Instant = z.Instant(w)
		if hasOffset {
			moved = m.Instant.Sub(exact)
		}
	}
	m.Local = z.DateTime(m.Instant)
	switch {
	case moved != 0 && critical:
		return Moment{}, 0, wrong(s, ZoneDisagrees)
	case !m.Local.Date.Valid():
		return Moment{}, 0, wrong(s, NoSuchDay)
	}
	return m, moved, nil
}

// readZoned reads 2026-12-01T09:00:30+01:00:00, where both seconds and the
// offset are optional.
func readZoned(text string) (t DateTime, offset int, hasOffset bool, r Reason) {
	date, rest, ok := strings.Cut(text, "T")
	if !ok {
		return t, 0, false, NotDate
	}
	if t.Date, r = readDate(date); r != "" {
		return t, 0, false, r
	}
	clock, o := rest, ""
	if i := strings.IndexAny(rest, "+-Z"); i >= 0 {
		clock, o = rest[:i], rest[i:]
	}
	if t.Clock, ok = colons(clock); !ok {
		return t, 0, false, NotDate
	}
	if !t.Clock.Valid() {
		return t, 0, false, NoSuchTime
	}
	if o == "" || o == "Z" {
		return t, 0, o == "Z", ""
	}
	c, ok := colons(o[1:])
	switch {
	case !ok || o[0] == 'Z':
		return t, 0, false, NotDate
	case !c.Valid():
		return t, 0, false, NoSuchOffset
	}
	offset = c.seconds()
	if o[0] == '-' {
		offset = -offset
	}
	return t, offset, true, ""
}

// colons reads 09:00 and 09:00:30.
func colons(s string) (c Clock, ok bool) {
	p := scanner{s: s}
	if c.Hour, ok = p.number(2, 2); !ok || !p.take(":") {
		return c, false
	}
	if c.Minute, ok = p.number(2, 2); !ok {
		return c, false
	}
	if p.take(":") {
		if c.Second, ok = p.number(2, 2); !ok {
			return c, false
		}
	}
	return c, p.end()
}
