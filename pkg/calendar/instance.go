package calendar

import (
	"slices"
	"time"

	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
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
	// Lock is the last minute of the lock window.
	Lock    int
	Horizon int
	Weeks   int

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
	// SlotLo and SlotHi bound its admissible slots, Closed are those between
	// them that are not admissible, in order.
	SlotLo, SlotHi int
	Closed         []int
	// Need is what this platform's version still owes.
	Need []Minutes
	// Agreed is the slot in which the agreed calendar has it, or -1.
	Agreed int
	// Limits say why First, Until and Closed are as they are.
	Limits []Limit
	// Title is for people.
	Title string
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
	// Held says that it is in flight and must not go out: nothing follows it.
	Held bool
	// Shut is what closes its instant to the rhythm; nil: nothing does.
	Shut *rhythm.Shut
	// Title and Source are for findings: the line that fixes it, or the post.
	Title  string
	Source problem.Position
}

// Why says what fixes a placement.
type Why string

const (
	WhyPublished Why = "published"
	WhyInFlight  Why = "inflight"
	WhyLocked    Why = "locked"
	WhyPinned    Why = "pinned"
)

// After is a chain: the follower goes out no earlier than the lag after its
// leader, and has no place where the leader has none. At least one of the two
// is a free item. A fixed follower that is still to come binds its leader: it
// stands early enough, or nowhere.
type After struct {
	// Item and Leader are free items; -1 where that side is fixed.
	Item, Leader int
	// FixedItem and FixedLeader are fixed placements; -1 where that side is
	// free.
	FixedItem, FixedLeader int
	// First is the first minute for the follower of a fixed leader: Never,
	// where that one is held.
	First int
	// Lag is an index into Lags for a free leader, else -1.
	Lag int
	Why Link
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
// one). Used is what fixed placements use, past ones and those at no slot
// included; those at one instant count once.
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
	Code LimitCode
	// At is the first minute that it allows, or, of a deadline and an expiry,
	// the last.
	At int
}

// LimitCode names the kinds of Limit.
type LimitCode string

const (
	LimitEmbargo   LimitCode = "embargo"   // before the embargo
	LimitNotBefore LimitCode = "notbefore" // before not-before
	LimitDeadline  LimitCode = "deadline"  // after the deadline
	LimitExpires   LimitCode = "expires"   // expired by then
	LimitDay       LimitCode = "day"       // not on the day that the author wants
	LimitPin       LimitCode = "pin"       // pinned where it cannot stand
	LimitLead      LimitCode = "lead"      // due before now, with hours left
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
	_, closed := slices.BinarySearch(it.Closed, slot)
	return !closed
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

// day returns the day of a minute, counted from the start.
func (inst *Instance) day(minute int) int {
	return inst.Zone.Date(inst.Time(minute)).DaysSince(inst.Zone.Date(inst.Start))
}

// block returns the block of the mix rules that a day (from the start) lies
// in, counted from that of the start.
func (inst *Instance) block(day int) int {
	from := inst.Zone.Date(inst.Start).DaysSince(civil.Date{Year: 1970, Month: time.January, Day: 5})
	return (from+day)/daysOfFourWeeks - from/daysOfFourWeeks
}

// slotAt returns the slot of a platform at a minute, or -1.
func (inst *Instance) slotAt(platform, at int) int {
	p := inst.Platforms[platform]
	i, ok := slices.BinarySearchFunc(inst.Slots[p.SlotLo:p.SlotHi], at, func(s Slot, at int) int { return s.At - at })
	if !ok {
		return -1
	}
	return p.SlotLo + i
}
