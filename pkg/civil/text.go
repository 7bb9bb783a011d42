package civil

import (
	"strings"
	"time"
)

// MarshalText writes the form 2006-01-02, and nothing for the zero Date.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(text))
	return err
}

// MarshalText writes the form 15:04 or 15:04:05.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what [ParseClock] does.
func (c *Clock) UnmarshalText(text []byte) (err error) {
	*c, err = ParseClock(string(text))
	return err
}

// MarshalText writes the form 2006-01-02T15:04.
func (t DateTime) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (t *DateTime) UnmarshalText(text []byte) error {
	date, clock, ok := strings.Cut(string(text), "T")
	d, r := readDate(date)
	c, ok2 := colons(clock)
	switch {
	case r == "" && !(ok && ok2):
		r = NotDate
	case r == "" && !c.Valid():
		r = NoSuchTime
	}
	if r != "" {
		return wrong(string(text), r)
	}
	*t = d.At(c)
	return nil
}

// MarshalText writes the form 2006-W01.
func (w Week) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (w *Week) UnmarshalText(text []byte) (err error) {
	*w, err = ParseWeek(string(text))
	return err
}

// MarshalText writes what String returns.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what [ParseSpan] does.
func (s *Span) UnmarshalText(text []byte) (err error) {
	*s, err = ParseSpan(string(text))
	return err
}

// MarshalText writes what [Moment.String] returns. There is no way back from a
// day alone without a zone: [Zone.ParseMoment] is it.
func (m Moment) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// String returns the day where only a day was written, RFC 3339 in the
// moment's zone where there is a time, and nothing for the zero Moment.
func (m Moment) String() string {
	switch {
	case m.IsZero():
		return ""
	case !m.HasClock:
		return m.Local.Date.String()
	}
	return m.Instant.Format(time.RFC3339)
}
