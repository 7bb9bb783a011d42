// Package civil is the one place that turns local time into instants and
// back: dates, clocks, ISO weeks, spans and zones, and the texts that people
// write for them.
//
// # The rule
//
// A person plans in wall-clock time. [Zone.Instant] makes an instant of it by
// the rule of RFC 5545, section 3.3.5: a local time that a day skips (clocks go
// forward) is read with the offset in force before the gap, so it moves
// forward by the gap; one that a day has twice (clocks go back) means the
// first. time.Date and time.ParseInLocation do neither, so no other package of
// this module may call them for a local time. [Zone.Skips] and [Zone.Repeats]
// tell whether the rule was needed.
//
// # Zones
//
// Zone data is embedded, so that the same input gives the same output on every
// host whatever its own zone data says. [LoadZone] refuses names that mean
// "whatever this host is set to"; [NearestZone] helps who misspelt one. A test
// holds every zone against Python's zoneinfo around each of its changes.
//
// # Texts
//
// [Zone.ParseMoment] reads dates as people write them in English and French,
// [ParseClock], [ParseWeek], [ParseSpan], [ParseWork] and [ParseWeekday] the
// rest, [Zone.ParseWhen] what is said from today ("friday 09:00"). They are
// strict: what does not exist or could mean two things is a [*ParseError] whose
// [Reason] callers word for people. No parser looks at a clock.
//
// A moment that is kept is written with its wall clock, its offset and its
// zone ([Moment.Zoned], RFC 9557), so that it stays right when the rules of the
// zone change: the wall clock wins, and [Zone.ParseZoned] says by how much the
// instant has moved.
package civil
