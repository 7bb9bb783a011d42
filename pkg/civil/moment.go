package civil

import "time"

// Moment is a date as a person wrote it: a day, or a day and a time on the
// wall, in the zone of the site. The zero Moment means "none".
type Moment struct {
	// Local is the wall-clock time; midnight where only a day was written.
	Local DateTime
	// HasClock reports whether a time of day was written.
	HasClock bool
	// Instant is Local in the site's zone by the rule of [Zone.Instant], or,
	// where an offset was written, exactly that.
	Instant time.Time
}

// IsZero reports whether m is the zero Moment.
func (m Moment) IsZero() bool { return m.Local.Date.IsZero() }

// Day returns the Moment of a day without a time.
func (z Zone) Day(d Date) Moment {
	local := d.At(Clock{})
	return Moment{Local: local, Instant: z.Instant(local)}
}

// Moment returns the Moment of a wall-clock time.
func (z Zone) Moment(t DateTime) Moment {
	return Moment{Local: t, HasClock: true, Instant: z.Instant(t)}
}
