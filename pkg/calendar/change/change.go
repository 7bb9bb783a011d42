package change

import (
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/civil"
)

// Kind names what a Change does; the comment says which fields it reads.
type Kind string

const (
	// Drop takes an item away, and later occurrences of its post on the
	// platform with it (Post, Platform, Occurrence). What is out or in flight
	// stays.
	Drop Kind = "drop"
	// Move pins an item at an instant, as "editorial move" does (Post,
	// Platform, Occurrence, At).
	Move Kind = "move"
	// Hours adds minutes to what a person has every week or, with Week, in
	// that week, where no reserve is taken off them (Person, N, Week).
	Hours Kind = "hours"
	// SetHours says how many minutes a person has every week (Person, N).
	SetHours Kind = "sethours"
	// CapDay and CapWeek say how many slots of a platform are used at most in
	// a day, in a week; 0: as many as there are (Platform, N).
	CapDay  Kind = "capday"
	CapWeek Kind = "capweek"
	// Embargo, NotBefore, Deadline and Expires say when the window of a post
	// opens or closes; a zero At takes the bound away (Post, At).
	Embargo   Kind = "embargo"
	NotBefore Kind = "notbefore"
	Deadline  Kind = "deadline"
	Expires   Kind = "expires"
	// Halve gives a platform half the slots: n a week become n/2, rounded up,
	// one a week becomes one every two weeks, every two weeks every four
	// (Platform; Odd says that the turns are the other weeks).
	Halve Kind = "halve"
	// Rhythm gives a platform N slots every Every weeks (0 means 1) or, with
	// Monthly, a month, on its usual days and times as far as they go
	// (Platform, N, Every, Monthly, Odd).
	Rhythm Kind = "rhythm"
	// MixMin and MixMax set one bound of the share of an intent or a pillar on
	// a platform, per mille: a MixMin of 0, a MixMax of 1000 is none (Platform,
	// Intent or Pillar, N). A share that has no bounds gets none.
	MixMin Kind = "mixmin"
	MixMax Kind = "mixmax"
	// Without leaves out a platform: nothing more goes there. What is out
	// there still counts (Platform).
	Without Kind = "without"
	// Skip closes a platform in one week (Platform, Week).
	Skip Kind = "skip"
	// Gap and Spread set the least minutes between two slots of a platform that
	// are used, and between two posts of a pillar (Platform, N).
	Gap    Kind = "gap"
	Spread Kind = "spread"
)

// Kinds lists all kinds.
func Kinds() []Kind {
	return []Kind{
		Drop, Move, Hours, SetHours, CapDay, CapWeek, Embargo, NotBefore, Deadline, Expires,
		Halve, Rhythm, MixMin, MixMax, Without, Skip, Gap, Spread,
	}
}

// Change is one change. Its kind says which fields count. A Change that names
// what is not there changes nothing.
type Change struct {
	Kind Kind `json:"kind"`
	// Post is an ID.
	Post     string `json:"post,omitempty"`
	Platform string `json:"platform,omitempty"`
	// Occurrence counts from 1; 0 means 1.
	Occurrence int        `json:"occurrence,omitempty"`
	Person     string     `json:"person,omitempty"`
	Intent     string     `json:"intent,omitempty"`
	Pillar     string     `json:"pillar,omitempty"`
	Week       civil.Week `json:"week,omitzero"`
	At         time.Time  `json:"at,omitzero"`
	// N is minutes, slots, or per mille.
	N       int  `json:"n,omitempty"`
	Every   int  `json:"every,omitempty"`
	Monthly bool `json:"monthly,omitempty"`
	Odd     bool `json:"odd,omitempty"`
}

// DropItem and MoveItem make changes of an item.
func DropItem(key calendar.Key) Change {
	return Change{Kind: Drop, Post: key.Post, Platform: key.Platform, Occurrence: key.Occurrence}
}

// MoveItem is documented at [DropItem].
func MoveItem(key calendar.Key, to time.Time) Change {
	return Change{Kind: Move, Post: key.Post, Platform: key.Platform, Occurrence: key.Occurrence, At: to}
}

// Key is the item of a Drop or a Move.
func (c Change) Key() calendar.Key {
	return calendar.Key{Post: c.Post, Platform: c.Platform, Occurrence: max(1, c.Occurrence)}
}
