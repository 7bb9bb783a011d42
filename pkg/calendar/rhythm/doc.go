// Package rhythm expands a platform's rhythm into instants.
//
// A [Rhythm] is written on the wall clock: times of day on days of the week,
// so many a week between two times, recurrence rules. [Rhythm.Expand] walks
// the days of a horizon on the wall and makes instants of what it finds with
// [civil.Zone.Instant] only, so that a change of clocks moves nothing but what
// it must: 09:00 stays 09:00, a time that a day skips moves forward by the
// gap, one that comes twice means the first.
//
// [Closed] removes slots: blackout dates, public holidays ([Holidays] knows
// those of some countries) and quiet hours. It never moves them.
package rhythm
