package agreed

import (
	"slices"
)

// ChangeKind says what became of a placement.
type ChangeKind string

const (
	Added    ChangeKind = "added"
	Removed  ChangeKind = "removed"
	Moved    ChangeKind = "moved" // to another time or platform
	Pinned   ChangeKind = "pinned"
	Unpinned ChangeKind = "unpinned"
)

// Change is the difference between two calendars in one placement.
type Change struct {
	Kind ChangeKind
	Key  Key
	// From is the placement as it was, To as it is; the zero Entry where it
	// was not, or is no more.
	From, To Entry
}

// Diff returns what changed, in the order of the calendar: a placement that is
// gone stands where it was, every other where it is. Notes and comments do not
// count. A placement that moved and was pinned has moved.
func Diff(before, after List) []Change {
	old := make(map[Key]Entry, len(before.Entries))
	for _, e := range before.Entries {
		if _, ok := old[e.Key]; !ok {
			old[e.Key] = e
		}
	}
	seen := make(map[Key]bool, len(after.Entries))
	var changes []Change
	for _, e := range after.Entries {
		if seen[e.Key] {
			continue
		}
		seen[e.Key] = true
		was, ok := old[e.Key]
		if kind := kindOf(was, e, ok); kind != "" {
			changes = append(changes, Change{kind, e.Key, was, e})
		}
	}
	for _, e := range before.Entries {
		if !seen[e.Key] {
			seen[e.Key] = true
			changes = append(changes, Change{Kind: Removed, Key: e.Key, From: e})
		}
	}
	slices.SortStableFunc(changes, func(a, b Change) int { return compare(a.at(), b.at()) })
	return changes
}

// at is the entry by which a change is sorted.
func (c Change) at() Entry {
	if c.Kind == Removed {
		return c.From
	}
	return c.To
}

func kindOf(was, is Entry, known bool) ChangeKind {
	switch {
	case !known:
		return Added
	case was.Platform != is.Platform || !was.At.Instant.Equal(is.At.Instant) || was.At.Zone().Name() != is.At.Zone().Name():
		return Moved
	case is.Pin && !was.Pin:
		return Pinned
	case was.Pin && !is.Pin:
		return Unpinned
	}
	return ""
}
