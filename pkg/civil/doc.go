// Package civil is the one place that turns local time into instants and
// back: dates, clocks, ISO weeks, spans and zones.
//
// # The rule
//
// A person plans in wall-clock time. [Zone.Instant] makes an instant of it by
// the rule of RFC 5545, section 3.3.5: a local time that a day skips (clocks go
// forward) is read with the offset in force before the gap, so it moves
// forward by the gap; one that a day has twice (clocks go back) means the
// first. time.Date and time.ParseInLocation do neither, so no other package of
// this module may call them for a local time.
//
// # Zones
//
// Zone data is embedded, so that the same input gives the same output on every
// host whatever its own zone data says. [LoadZone] refuses names that mean
// "whatever this host is set to".
package civil
