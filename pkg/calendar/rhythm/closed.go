package rhythm

import (
	"slices"
	"time"

	"editorial/pkg/civil"
)

// Shut says what closes an instant.
type Shut struct {
	Kind ShutKind
	// Day is the closed day, for a blackout or a holiday.
	Day Day
	// Quiet are the hours, for quiet hours.
	Quiet Quiet
}

// ShutKind is a kind of closure.
type ShutKind string

const (
	ShutBlackout ShutKind = "blackout"
	ShutHoliday  ShutKind = "holiday"
	ShutQuiet    ShutKind = "quiet"
)

// Join returns what is closed in c or in other.
func (c Closed) Join(other Closed) Closed {
	return Closed{Days: slices.Concat(c.Days, other.Days), Quiet: slices.Concat(c.Quiet, other.Quiet)}
}

// Reader answers for instants of a zone.
type Reader struct {
	zone  civil.Zone
	days  map[civil.Date]Day
	quiet []Quiet
}

// Reader returns c ready to be asked. Where a day is named twice, the first
// counts.
func (c Closed) Reader(zone civil.Zone) Reader {
	r := Reader{zone, make(map[civil.Date]Day, len(c.Days)), c.Quiet}
	for _, d := range c.Days {
		if _, ok := r.days[d.Date]; !ok {
			r.days[d.Date] = d
		}
	}
	return r
}

// At reports what closes the instant, a closed day before quiet hours.
func (r Reader) At(t time.Time) (Shut, bool) {
	local := r.zone.DateTime(t)
	if d, ok := r.days[local.Date]; ok {
		kind := ShutBlackout
		if d.Holiday {
			kind = ShutHoliday
		}
		return Shut{Kind: kind, Day: d}, true
	}
	for _, q := range r.quiet {
		if q.holds(local) {
			return Shut{Kind: ShutQuiet, Quiet: q}, true
		}
	}
	return Shut{}, false
}

func (q Quiet) holds(t civil.DateTime) bool {
	from := !later(q.From, t.Clock) // at or after From
	to := later(q.To, t.Clock)
	if later(q.To, q.From) {
		return on(t.Date, q.Days) && from && to
	}
	return on(t.Date, q.Days) && from || on(t.Date.AddDays(-1), q.Days) && to
}
