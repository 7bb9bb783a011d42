// Package agreed is the agreed calendar: the text file calendar.txt, under git,
// that says which post goes out where and when. It is one placement a line,
// sorted, made to merge and to review:
//
//	# 2026-W49
//	2026-12-01T09:00+01:00[Europe/Paris] blog 0f3c5a1e#blog#1 pin # velo-cargo
//
// A line holds the instant with its zone, the platform, the [Key] that was
// allotted when the placement was first agreed, marks, and a note for people.
// docs/agreed-calendar.md has the grammar.
//
// [Parse] reads the file and finds all its problems: lines it cannot read,
// conflicts that git left, keys that stand twice because two branches each
// moved the placement to another week. [List.Format] writes the one canonical
// form. Writing is refused, by the caller, while Parse finds errors: the lines
// that could not be read would be lost.
//
// [Diff] compares two calendars, as for a review.
package agreed
