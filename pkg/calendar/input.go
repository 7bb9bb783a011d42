package calendar

import (
	"fmt"
	"strings"
	"time"

	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// Defaults of the configuration, for whoever fills an [Input].
const (
	DefaultWeeks    = 13
	DefaultPriority = 3
)

// DefaultLock is the lock window where the configuration says nothing.
func DefaultLock() civil.Span { return civil.Span{Minutes: 48 * 60} }

// Input is what the calendar is made from. Its order never matters, except
// that of [Post].Platforms. Names and ids are unique.
type Input struct {
	Now  time.Time
	Zone civil.Zone
	// Weeks is the length of the horizon in ISO weeks, the present one
	// included; 0 means [DefaultWeeks].
	Weeks int
	// Lock is the near stretch of the agreed calendar that stays as it is.
	Lock civil.Span
	// Reserve is the share of everybody's time, per mille, that is not planned.
	Reserve int
	// Closed are the blackouts, holidays and quiet hours of every platform.
	Closed    rhythm.Closed
	Platforms []Platform
	// People and their time. Without people nothing limits the work.
	People   []Person
	Posts    []Post
	Agreed   []Agreed
	Outcomes []Outcome
}

// Platform is a place where posts go.
type Platform struct {
	Name   string
	Rhythm rhythm.Rhythm
	// Closed adds to that of the Input.
	Closed rhythm.Closed
	// Edition makes every slot an edition that takes several posts.
	Edition *Edition
	// CapDay and CapWeek are the most slots used in a day and a week; an
	// edition counts once. 0: no limit.
	CapDay, CapWeek int
	// Gap is the least time between two used slots, Spread that between two
	// placements of one pillar, in elapsed minutes. 0: none.
	Gap, Spread int
	// Lead is how many days before it goes out a post is due.
	Lead int
	// DerivesFrom is the platform on which a post goes out first, if it goes
	// there at all; Lag the least time after that.
	DerivesFrom string
	Lag         civil.Span
	Mix         []Mix
	// Languages that the platform takes, as BCP 47 tags ("fr" takes "fr-CA"
	// too). None: all.
	Languages []string
	// Effort is the minutes of work on this platform's version of a post that
	// says nothing of its own, charged to the post's assignee.
	Effort int
}

// Edition bounds the posts of one edition.
type Edition struct{ Min, Max int }

// Mix bounds the share of an intent or a pillar (exactly one of them is set)
// in the placements of four weeks, per mille. Max 1000 is no upper bound, 0
// allows none; Min 0 is no lower bound.
type Mix struct {
	Intent, Pillar string
	Min, Max       int
}

// Person is somebody who works on posts.
type Person struct {
	Name string
	// Minutes a week, spread evenly over Days (none: Monday to Friday).
	Minutes  int
	Days     []time.Weekday
	Absences []Absence
	// Extra are minutes more, or less, in single weeks. The reserve is not
	// taken off them.
	Extra []Extra
}

// Extra is minutes that somebody has in one week beside the usual ones.
type Extra struct {
	Week    civil.Week
	Minutes int
}

// Absence is a stretch of days, both included.
type Absence struct{ From, To civil.Date }

// Post is what the calendar needs to know of a post. Texts are "" and moments
// zero where the post says nothing.
type Post struct {
	ID string
	// Title, Slug and Source are for findings only.
	Title, Slug string
	Source      problem.Position
	Lang        string
	// Ready: no work is left (stage ready or later), whatever Need says.
	Ready bool
	// Archived posts give no items; what they published still counts.
	Archived bool
	// Platforms the post goes to (the site's default already filled in). The
	// first of them that derives from none of the others is its root.
	Platforms []string
	// Most is how often at most the post is wished on a platform; a platform
	// that is absent means as often as it repeats.
	Most map[string]int
	// Priority is 1 to 5, 5 the highest; 0 means [DefaultPriority].
	Priority       int
	Pillar, Intent string
	// Series and Part (from 1) place the post in an ordered family.
	Series string
	Part   int
	Repeat Repeat

	// Embargo and NotBefore: not earlier. A day means its first minute.
	Embargo, NotBefore civil.Moment
	// Deadline: not later. A day means its last minute.
	Deadline civil.Moment
	// Expires: earlier than this. A day means its first minute.
	Expires civil.Moment
	// Pin is the author's date: it pins the root's first occurrence. A day
	// without a time pins the day. PinSource is where it stands.
	Pin       civil.Moment
	PinSource problem.Position
	// Pins are the dates of variants, by platform, PinSources where they stand.
	Pins       map[string]civil.Moment
	PinSources map[string]problem.Position

	// Need is the minutes still owed on the post itself (effort less what is
	// logged), by person; "" is whoever is free.
	Need map[string]int
	// Versions are the minutes still owed on platforms' versions, by platform
	// and person. A platform that is absent means its Effort for Assignee.
	Versions map[string]map[string]int
	Assignee string

	// Published says where the post is out already; an [Outcome] says the same.
	Published []Published
}

// Repeat asks for further occurrences: Times in all (0 and 1 mean once), each
// at least Every after the one before, and always later.
type Repeat struct {
	Times int
	Every civil.Span
}

// Published is a post that is out on a platform.
type Published struct {
	Platform string
	// Occurrence counts from 1; 0 means 1.
	Occurrence int
	At         time.Time
}

// Key names an item: one post wished on one platform, the n-th time.
type Key struct {
	Post, Platform string
	// Occurrence counts from 1.
	Occurrence int
}

// String returns post#platform#n.
func (k Key) String() string { return fmt.Sprintf("%s#%s#%d", k.Post, k.Platform, k.Occurrence) }

// Compare orders keys by post, platform and occurrence.
func (k Key) Compare(l Key) int {
	if c := strings.Compare(k.Post, l.Post); c != 0 {
		return c
	}
	if c := strings.Compare(k.Platform, l.Platform); c != 0 {
		return c
	}
	return k.Occurrence - l.Occurrence
}

// Agreed is a line of the agreed calendar.
type Agreed struct {
	Key Key
	At  time.Time
	// Pin is the mark of a placement that a person moved there.
	Pin bool
	// Source is its line, for findings.
	Source problem.Position
}

// Outcome is how a placement ended, or where its delivery stands.
type Outcome struct {
	Key   Key
	State State
	// At is the actual instant of what is published, else the planned one.
	At time.Time
}

// State is the state of a delivery, as far as planning goes.
type State string

const (
	StatePublished State = "published"
	StateUncertain State = "uncertain"
	StateHeld      State = "held"
	StateInFlight  State = "inflight"
	StateFailed    State = "failed"
	StateMissed    State = "missed"
	StateCancelled State = "cancelled"
)
