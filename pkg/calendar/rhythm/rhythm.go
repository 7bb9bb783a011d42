package rhythm

import (
	"time"

	"editorial/pkg/civil"
)

// DefaultWeight is what a slot is worth, per mille, where nothing is said.
const DefaultWeight = 1000

// Rhythm is when a platform can take a post. The parts add up; instants that
// several parts name are one slot, with the greatest weight. The zero Rhythm
// has no slot.
type Rhythm struct {
	Times  []Times
	Spaced []Spaced
	Rules  []Rule
}

// Times are times of day on days of the week.
type Times struct {
	// Days of the week; none means every day.
	Days []time.Weekday
	At   []civil.Clock
	// Every is the number of weeks from one turn to the next: 0 and 1 mean
	// every week. From 2 on, Anchor is any day of a week that has a turn.
	Every  int
	Anchor civil.Date
	// Weight is per mille, 1 to 10,000; 0 means [DefaultWeight].
	Weight int
}

// Spaced is N slots a week, spread evenly over its open minutes.
type Spaced struct {
	N int
	// From and To bound the open minutes of a day. To at or before From means
	// that time on the next day: 00:00 is the end of the day.
	From, To civil.Clock
	// Days of the week; none means every day.
	Days   []time.Weekday
	Weight int
}

// Rule is a recurrence rule of RFC 5545, section 3.3.10, in floating
// wall-clock time.
type Rule struct {
	// Text is the rule without "RRULE:", such as FREQ=WEEKLY;BYDAY=TU.
	Text string
	// Start is its DTSTART.
	Start  civil.DateTime
	Weight int
}

// Closed is when nothing may go out: it removes slots.
type Closed struct {
	// Days are blackouts and holidays.
	Days []Day
	// Quiet are quiet hours.
	Quiet []Quiet
}

// Day is a closed day.
type Day struct {
	Date civil.Date
	// Name is what a person calls it ("Noël"); it may be empty.
	Name string
	// Holiday says that it is a public holiday, not a blackout of the office.
	Holiday bool
}

// Quiet are hours of the day, From included, To not. To at or before From
// means that time on the next day; the days are those on which the hours
// begin, none means every day.
type Quiet struct {
	From, To civil.Clock
	Days     []time.Weekday
}

// Slot is an instant at which a platform can take a post.
type Slot struct {
	At     time.Time
	Weight int
}
