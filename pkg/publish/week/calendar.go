package week

import (
	"editorial/pkg/civil"
	"editorial/pkg/words"
)

// Calendar is a plan as the pages show it. Times stand on the wall of the
// office's zone.
type Calendar struct {
	// Lang is the language of the pages.
	Lang words.Lang
	// Office is the name of the office, Zone the name of its zone.
	Office, Zone string
	// Today is the day on which the plan was made.
	Today civil.Date
	// First is the first week shown, the present one; Weeks is how many there
	// are, at least one.
	First civil.Week
	Weeks int
	// Verdict says in a sentence how the plan stands, Tone how good that is.
	Verdict string
	Tone    Tone
	// Platforms are the rows, in the order in which they stand.
	Platforms []Platform
	// Entries are placements, Free the slots that nothing fills; both in the
	// order of time. What lies outside the weeks is not shown.
	Entries []Entry
	Free    []Slot
	// Load is the work due in a week; of one person, or of the team.
	Load []Load
	// Left are posts without a place; LeftMore is how many more there are.
	Left     []Left
	LeftMore int
	// Unplaced are all posts without a place that are somebody's, for the sheets
	// of people.
	Unplaced []Unplaced
	// Changes are what the plan would change in the agreed calendar.
	Changes Changes
	// Duties are work that is due, in the order in which it is. Closed are days
	// on which nothing goes out. Only the calendar to print has them.
	Duties []Duty
	Closed []Closed
	// Next is the command that is useful next, or "".
	Next string
}

// Tone says how good a verdict is.
type Tone string

const (
	Good    Tone = "good"
	Caution Tone = "caution"
	Bad     Tone = "bad"
)

// Platform is a row of the grid.
type Platform struct {
	Name string
	// Role is what the platform is for, or "".
	Role string
}

// State is how a placement stands. Any other state shows as Agreed.
type State string

const (
	StatePublished State = "published"
	StateDue       State = "due"
	StateHeld      State = "held"
	StateAgreed    State = "agreed"
	StateNew       State = "new"
	StateMoved     State = "moved"
)

// Entry is a placement.
type Entry struct {
	At       civil.DateTime
	Platform string
	State    State
	// Pinned and Locked say why it stays where it is.
	Pinned, Locked bool
	// Title is the post's, Lang its language, Stage where it is in production
	// (a key of the words "stage"), Who works on it. All but Title may be "".
	Title, Lang, Stage, Who string
	// Href leads to the post, or is "".
	Href string
}

// Slot is a free slot.
type Slot struct {
	At       civil.DateTime
	Platform string
}

// Load is minutes of work. Who is the name of a person, "" is the team.
type Load struct {
	Who         string
	Week        civil.Week
	Needed, Had int
}

// Unplaced is a post of a person that has no place on a platform.
type Unplaced struct{ Who, Platform, Title, Lang string }

// Left is a post without a place.
type Left struct{ Platform, Title, Lang, Why string }

// Changes counts placements.
type Changes struct{ New, Moved, Removed int }

// sign is what stands for a state beside its word, as in the terminal.
func (s State) sign() string {
	switch s {
	case StatePublished:
		return "✓"
	case StateDue:
		return "»"
	case StateHeld:
		return "!"
	case StateNew:
		return "+"
	case StateMoved:
		return "~"
	}
	return "="
}

// known returns the state, or StateAgreed for one that the pages do not know.
func (s State) known() State {
	switch s {
	case StatePublished, StateDue, StateHeld, StateNew, StateMoved:
		return s
	}
	return StateAgreed
}

// states returns all states in the order of the legend.
func states() []State {
	return []State{StatePublished, StateDue, StateHeld, StateAgreed, StateNew, StateMoved}
}
