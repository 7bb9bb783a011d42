// Package ical writes calendars in the form of RFC 5545 (iCalendar), for
// people to subscribe to: one a platform, one a person.
//
// A [Calendar] holds events (placements: what goes out when) and to-dos (work
// that is due). [Calendar.Encode] is pure: the same calendar gives the same
// bytes on every day and machine. Time stamps come from the content, never from
// a clock, so that a file changes only when the calendar does.
//
// # Time
//
// Times are written on the wall of the calendar's zone with a VTIMEZONE made
// from the zone data of package civil, exact for the years that the calendar
// speaks of. Every change of offset is written out by itself: rules cannot say
// what Morocco does in Ramadan, and readers differ least on what is listed.
//
// # Text
//
// Values come from posts and may be hostile. No title makes a second line, a
// property or a component: line breaks become \n or a space, control
// characters go, and an address that is not http or https is left out.
package ical
