// Package week makes the calendar of the office as pages that a team opens in
// a browser, or prints and pins to the wall: one page a week, and a front page
// with the present week, how the plan stands, what is left out and why, and
// the weeks to come.
//
// The pages are private. They need no script, name every state by a sign and
// a word as well as by a colour, stand as a table where there is room and as a
// list of days where there is none, and print on one sheet of A4.
//
// The package knows no planner: whoever has a plan fills in a [Calendar].
//
//	pages, err := week.New()
//	files, err := pages.Files(week.Calendar{…})
package week
