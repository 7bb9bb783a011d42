package civil

import "time"

// Zone is an IANA time zone. The zero Zone is UTC.
type Zone struct{ loc *time.Location }

// UTC is the zone of that name.
func UTC() Zone { return Zone{time.UTC} }

// Name returns the IANA name.
func (z Zone) Name() string { return z.Location().String() }

// Location returns the zone as the time package knows it, for formatting
// instants only.
func (z Zone) Location() *time.Location {
	if z.loc == nil {
		return time.UTC
	}
	return z.loc
}

// DateTime returns what a clock on the wall shows at the instant t.
func (z Zone) DateTime(t time.Time) DateTime {
	t = t.In(z.Location())
	y, m, d := t.Date()
	h, min, s := t.Clock()
	return DateTime{Date{y, m, d}, Clock{h, min, s}}
}

// Date returns the day on the wall at the instant t.
func (z Zone) Date(t time.Time) Date { return z.DateTime(t).Date }

// Instant returns the instant at which a clock on the wall shows t. A time
// that the day skips moves forward by the gap; one that comes twice means the
// first (RFC 5545, section 3.3.5). The result carries the zone's location.
func (z Zone) Instant(t DateTime) time.Time {
	wall := t.utc()
	// Offsets reach from -16 h to +16 h (Manila and Alaska before the date line
	// settled), so the first period to ask is one that has surely begun.
	at := wall.Add(-50 * time.Hour).In(z.Location())
	for {
		end := nextChange(at)
		got := readWith(wall, at)
		if end.IsZero() || got.Before(end) {
			return got // first of a fold, too: earlier periods are asked first
		}
		if readWith(wall, end).Before(end) {
			return got // in the gap between the two: the offset before it counts
		}
		at = end
	}
}

// Skips reports whether no clock on the wall ever shows t, because the day
// jumps over it.
func (z Zone) Skips(t DateTime) bool { return z.DateTime(z.Instant(t)) != t }

// Repeats reports whether a clock on the wall shows t a second time, because
// the day goes back over it.
func (z Zone) Repeats(t DateTime) bool {
	first := z.Instant(t)
	if z.DateTime(first) != t {
		return false
	}
	for end := nextChange(first); !end.IsZero() && end.Before(first.Add(50*time.Hour)); end = nextChange(end) {
		if again := readWith(t.utc(), end); again.After(first) && z.DateTime(again) == t {
			return true
		}
	}
	return false
}

// Period is a stretch of time in which a zone keeps one offset, one name for
// it and one answer to whether it is daylight saving time.
type Period struct {
	// Start is its first instant and End the first after it; zero where there
	// is none.
	Start, End time.Time
	// Offset is in seconds east of UTC.
	Offset int
	// Abbreviation is what the zone data calls the time kept: "CET", "+07".
	Abbreviation string
	// DST is what the zone data says. It need not mean the larger offset:
	// Dublin and Morocco call the smaller one daylight saving.
	DST bool
}

// Periods returns the periods of the zone that have a part in [from, to), in
// order.
func (z Zone) Periods(from, to time.Time) []Period {
	var all []Period
	for at := from.In(z.Location()); at.Before(to); {
		name, offset := at.Zone()
		p := Period{Start: lastChange(at), End: nextChange(at), Offset: offset, Abbreviation: name, DST: at.IsDST()}
		all = append(all, p)
		if p.End.IsZero() {
			break
		}
		at = p.End
	}
	return all
}

// nextChange returns the first instant after t at which the zone's offset,
// name or daylight saving differs from t's, zero if there is none.
//
// It is not [time.Time.ZoneBounds], which also stops where years end and, on
// the last day of a leap year, returns an end that lies before t.
func nextChange(t time.Time) time.Time {
	for at := t; ; {
		_, end := at.ZoneBounds()
		if end.IsZero() {
			return time.Time{}
		}
		if !end.After(at) {
			end = end.Add(24 * time.Hour)
		}
		at = end.In(t.Location())
		if !sameKind(at, t) {
			return at
		}
	}
}

// lastChange returns the instant at which the period of t began, zero if it
// has no beginning.
func lastChange(t time.Time) time.Time {
	for at := t; ; {
		start, _ := at.ZoneBounds()
		if start.IsZero() {
			return time.Time{}
		}
		start = start.In(t.Location())
		if !sameKind(start, t) {
			// Where the zone's rules begin in the middle of a year, ZoneBounds
			// gives what they would have made of the time before.
			for next := nextChange(start); !next.IsZero() && !next.After(t); next = nextChange(next) {
				start = next
			}
			return start
		}
		if at = start.Add(-time.Second); !sameKind(at, t) {
			return start
		}
	}
}

func sameKind(t, u time.Time) bool {
	name, offset := t.Zone()
	name2, offset2 := u.Zone()
	return offset == offset2 && name == name2 && t.IsDST() == u.IsDST()
}

// readWith returns the instant of a wall-clock time (given as if in UTC) under
// the offset in force at the instant of.
func readWith(wall, of time.Time) time.Time {
	_, offset := of.Zone()
	return wall.Add(-time.Duration(offset) * time.Second).In(of.Location())
}
