// Package advice finds the cheapest single change that would let an item have
// a place: docs/planning.md, section Reasons.
//
// [For] takes a planned office and an item that its plan leaves out. It reads
// off the rules that close each of the item's slots what could be changed,
// makes each of these changes to a copy of the [calendar.Input], expands and
// plans that, and keeps what really gives the item a place. So whatever an
// [Answer] holds has been planned, with all that it does to others: once from
// the plan that stands ([calendar.Again]), which says what is worth telling, and
// once anew, as the next plan will be: that is what is told.
//
// The work is bounded by a number of plans, not by time: the same office gets
// the same answer on every machine.
package advice
