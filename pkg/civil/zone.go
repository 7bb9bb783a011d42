package civil

import (
	"archive/zip"
	"bytes"
	_ "embed" // zone data
	"errors"
	"fmt"
	"io"
	"time"
)

// zoneinfo is the archive of the IANA zones that comes with the Go release
// (lib/time/zoneinfo.zip); "make generate" refreshes it.
//
//go:embed zoneinfo.zip
var zoneinfo []byte

// ErrZone is what [LoadZone] returns, wrapped, for a name it does not take.
var ErrZone = errors.New("unknown zone")

// Zone is an IANA time zone. The zero Zone is UTC.
type Zone struct{ loc *time.Location }

// UTC is the zone of that name.
func UTC() Zone { return Zone{time.UTC} }

// LoadZone returns the zone of an IANA name such as "Europe/Paris", from the
// embedded data. Names that depend on the host ("Local", "", "posixrules") or
// that stand for an unset clock ("Factory") are refused with [ErrZone].
func LoadZone(name string) (Zone, error) {
	switch name {
	case "", "Local", "localtime", "posixrules", "Factory":
		return Zone{}, fmt.Errorf("%w %q", ErrZone, name)
	case "UTC":
		return UTC(), nil
	}
	r, err := zip.NewReader(bytes.NewReader(zoneinfo), int64(len(zoneinfo)))
	if err != nil {
		return Zone{}, fmt.Errorf("embedded zone data: %w", err)
	}
	f, err := r.Open(name)
	if err != nil {
		return Zone{}, fmt.Errorf("%w %q", ErrZone, name)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return Zone{}, fmt.Errorf("%w %q", ErrZone, name)
	}
	loc, err := time.LoadLocationFromTZData(name, data)
	if err != nil {
		return Zone{}, fmt.Errorf("zone %q: %w", name, err)
	}
	return Zone{loc}, nil
}

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
	wall := time.Date(t.Year, t.Month, t.Day, t.Hour, t.Minute, t.Second, 0, time.UTC)
	// Offsets reach from -16 h to +16 h (Manila and Alaska before the date line
	// settled), so the first period to ask is one that has surely begun.
	at := wall.Add(-50 * time.Hour).In(z.Location())
	for {
		_, end := at.ZoneBounds()
		got := readWith(wall, at)
		if end.IsZero() || got.Before(end) {
			return got // first of a fold, too: earlier periods are asked first
		}
		next := end.In(z.Location())
		if readWith(wall, next).Before(end) {
			return got // in the gap between the two: the offset before it counts
		}
		at = next
	}
}

// readWith returns the instant of a wall-clock time (given as if in UTC) under
// the offset in force at the instant of.
func readWith(wall, of time.Time) time.Time {
	_, offset := of.Zone()
	return wall.Add(-time.Duration(offset) * time.Second).In(of.Location())
}
