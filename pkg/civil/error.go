package civil

import "fmt"

// Reason says what is wrong with a text that should be a date, a time or a
// length of time. It is short and stable: callers word it for people.
type Reason string

const (
	// The text has none of the known forms.
	NotDate    Reason = "not-a-date"
	NotTime    Reason = "not-a-time"
	NotWeek    Reason = "not-a-week"
	NotMonth   Reason = "not-a-month"
	NotWeekday Reason = "not-a-weekday"
	NotSpan    Reason = "not-a-span"
	NotWork    Reason = "not-work"

	// The form is known, and what it names does not exist.
	NoSuchDay    Reason = "no-such-day"    // 31 June
	NoSuchMonth  Reason = "no-such-month"  // 2026-13
	NoSuchTime   Reason = "no-such-time"   // 25:00
	NoSuchWeek   Reason = "no-such-week"   // 2025-W53
	NoSuchOffset Reason = "no-such-offset" // +25:00
	NoSuchZone   Reason = "no-such-zone"   // [Europe/Pariss]

	// The form is known, and two people would read it differently.
	Ambiguous     Reason = "ambiguous"      // 04/05/2026
	WrongWeekday  Reason = "wrong-weekday"  // Monday 14 July 2026, a Tuesday
	ZoneDisagrees Reason = "zone-disagrees" // 09:00+05:00[Europe/Paris]
	NoUnit        Reason = "no-unit"        // an effort of 5

	TooLong Reason = "too-long" // more than a century
)

// ParseError is what every parser of this package returns.
type ParseError struct {
	// Text is what was to be read, cut where it is long.
	Text   string
	Reason Reason
}

// Error is for logs and tests: people read what the Reason is worded as.
func (e *ParseError) Error() string { return fmt.Sprintf("%q: %s", e.Text, e.Reason) }

// Unwrap returns [ErrZone] where the zone is what is wrong.
func (e *ParseError) Unwrap() error {
	if e.Reason == NoSuchZone {
		return ErrZone
	}
	return nil
}

// maxText is the length in bytes beyond which no text is a date. The longest
// true ones, with a zone, stay below eighty.
const maxText = 128

// wrong makes the error, nil for no reason.
func wrong(text string, r Reason) error {
	if r == "" {
		return nil
	}
	if len(text) > maxText {
		text = text[:maxText] + "…"
	}
	return &ParseError{Text: text, Reason: r}
}
