package calendar

import (
	"time"

	"editorial/pkg/civil"
)

// Never stands for a minute after every other.
const Never = 1 << 30

// Instance is the planning problem in numbers: docs/planning.md states it.
// Minutes, days and weeks count from Start, the Monday of the present ISO
// week. Platforms, posts, people, items and slots are indices into the lists
// here, each in a fixed order. The admissible pairs are not listed but
// computed ([Instance.Admissible], [Instance.Value]): there may be millions.
// [Instance.Export] is the same in the form of a file.
type Instance struct {
	Start, End time.Time
	Zone       civil.Zone
	Now        int // the first whole minute that is not past
	Horizon    int
	Weeks      int

	Platforms []PlatformRules // by name
	People    []string        // by name; people of Need beyond them owe to the team only
	Posts     []PostNeed      // by ID
	Slots     []Slot          // by platform and instant
	Items     []Item          // free items, by Key
	Fixed     []Fixed         // by instant, platform and key
	After     []After         // by follower and leader
	Lags      []Lag
	Caps      []Cap
	Mixes     []MixRow
	Capacity  []CapacityRow
}

// PlatformRules are the rules of one platform that are no rows of their own.
type PlatformRules struct {
	Name        string
	Edition     bool
	Gap, Spread int
	// SlotLo and SlotHi bound its slots.
	SlotLo, SlotHi int
}

// PostNeed is what a post itself still owes, counted once.
type PostNeed struct {
	ID   string
	Need []Minutes
}

// Minutes are owed by a person: an index, or -1 for the team as a whole.
type Minutes struct{ Person, Minutes int }

// Slot is an instant at which a platform can take items.
type Slot struct {
	Platform                     int
	At, Day, Week, Block, Weight int
	Min, Max                     int
	// Fixed is the number of fixed placements in it.
	Fixed int
	// Due is when a post that goes out here must be ready, DueWeek its week: 0
	// where that is past, Weeks where it is after the horizon.
	Due, DueWeek int
	// Own says that a pin made the slot.
	Own bool
}

// Item is a free item.
type Item struct {
	Key            Key
	Post, Platform int
	Priority       int
	Pillar, Intent string
	// From is the later of Start, embargo and not-before.
	From int
	// First and Until are the first and the last minute at which a slot is
	// admissible; First is Never where nothing is.
	First, Until int
	// SlotLo and SlotHi bound the admissible slots, Closed are the exceptions
	// between them, in order.
	SlotLo, SlotHi int
	Closed         []int
	// Need is what this platform's version still owes.
	Need []Minutes
	// Agreed is the slot in which the agreed calendar has it, or -1.
	Agreed int
	// Limits say why First, Until and Closed are as they are.
	Limits []Limit
}

// Fixed is a placement that the plan cannot change.
type Fixed struct {
	Key            Key
	Post           int // or -1: the post is gone
	Platform       int
	At             int // may lie before Start, or after the horizon
	Slot           int // or -1: at no slot
	Pillar, Intent string
	DueWeek        int
	Why            Why
	// Owes is what the version still owes; Done says that nothing is owed any
	// more on the post, either.
	Owes []Minutes
	Done bool
}

// Why says what fixes a placement.
type Why string

const (
	WhyPublished Why = "published"
	WhyInFlight  Why = "inflight"
	WhyLocked    Why = "locked"
	WhyPinned    Why = "pinned"
)

// After is a chain between two free items: the follower goes out no earlier
// than the lag after its leader, and has no place where the leader has none.
type After struct {
	Item, Leader int
	Lag          int // index into Lags
	Why          Link
}

// Link says what ties a follower to its leader.
type Link string

const (
	LinkDerives Link = "derives"
	LinkSeries  Link = "series"
	LinkRepeat  Link = "repeat"
)

// Lag is, by slot of a leader's platform (from its SlotLo), the first minute
// at which the follower may stand.
type Lag struct {
	Platform int
	Release  []int
}

// Cap bounds the used slots of a platform in a day or a week (-1: not that
// one). Used is what fixed placements use.
type Cap struct {
	Platform, Day, Week int
	Limit, Used         int
}

// MixRow bounds the share of an intent or a pillar, per mille, on a platform
// in a block. N and C are the fixed placements and those of them that match.
type MixRow struct {
	Platform, Block int
	Intent, Pillar  string
	Min, Max        int
	N, C            int
}

// CapacityRow bounds the minutes due by the end of a week. Person -1 is the
// team. Taken is what fixed placements take.
type CapacityRow struct {
	Person, Week int
	Avail, Taken int
}

// Limit is one reason why slots are closed to an item before any planning.
type Limit struct {
	Code  LimitCode
	At    int    // the minute it sets, where it sets one
	Other string // the item or date it comes from
}

// LimitCode names the kinds of Limit.
type LimitCode string

const (
	LimitNow       LimitCode = "now"       // the slot is past
	LimitEmbargo   LimitCode = "embargo"   // before the embargo
	LimitNotBefore LimitCode = "notbefore" // before not-before
	LimitDeadline  LimitCode = "deadline"  // after the deadline
	LimitExpires   LimitCode = "expires"   // expired by then
	LimitLead      LimitCode = "lead"      // due before now, with hours left
	LimitLeader    LimitCode = "leader"    // a fixed leader, and its lag
	LimitNoLeader  LimitCode = "noleader"  // a leader that can have no place
	LimitFollower  LimitCode = "follower"  // a fixed follower must stay behind it
)

// Plan is a proposal: who stands where.
type Plan struct {
	// Placements of free items, by instant, platform and item.
	Placements []Placement
	// Left are the free items without a place, in order.
	Left []int
	// Value is the sum of the placements' values.
	Value int
}

// Placement is a free item in a slot (indices).
type Placement struct{ Item, Slot int }

// Admissible reports whether the slot is open to the item before any other
// is placed.
func (inst *Instance) Admissible(item, slot int) bool {
	it := &inst.Items[item]
	if slot < it.SlotLo || slot >= it.SlotHi {
		return false
	}
	for _, s := range it.Closed {
		if s == slot {
			return false
		}
	}
	return true
}

// Value returns what the item is worth in an admissible slot.
func (inst *Instance) Value(item, slot int) int {
	it, s := &inst.Items[item], &inst.Slots[slot]
	p := 1 << (it.Priority - 1)
	v := p * (1000 - 500*(s.At-it.From)/inst.Horizon) * s.Weight / 1000
	if it.Agreed == slot {
		v += 200 * p
	}
	return v
}

// Time returns the instant of a minute.
func (inst *Instance) Time(minute int) time.Time {
	return inst.Start.Add(time.Duration(minute) * time.Minute)
}
