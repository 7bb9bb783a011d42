// Package tui is the calendar on the whole screen of a terminal: "editorial
// plan --tui". Rows are days, columns are platforms; a person walks through
// them by keyboard, moves and pins placements, sees at once what else moves and
// whose hours change, and agrees the result.
//
// The package draws and reads keys. What an edit means, what follows from it
// and what is written is for package office: an edit is an [office.Edit] of an
// [office.Draft], and an [office.Session] undoes it. Planning runs beside the
// keys; an answer that nobody waits for any more is dropped.
//
// Every text passes through a pen, which takes out what a terminal would obey
// and what terminals do not agree on how wide it is.
package tui
