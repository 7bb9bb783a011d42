package rhythm

import (
	"slices"
	"strconv"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// Problems of a rhythm. Their parameters name the part, never the platform:
// the caller adds that.
const (
	// CodeRule: a recurrence rule cannot be read (value, detail).
	CodeRule problem.Code = "rhythm-rule"
	// CodeRuleOften: a recurrence rule gives more than [MaxOccurrences]
	// instants (value, max), or repeats by the hour or faster.
	CodeRuleOften problem.Code = "rhythm-rule-often"
	// CodeAnchor: turns of several weeks have no anchor date (every).
	CodeAnchor problem.Code = "rhythm-anchor"
	// CodeSpaced: n slots do not fit into the open minutes of a week (n).
	CodeSpaced problem.Code = "rhythm-spaced"
)

// MaxOccurrences bounds what one recurrence rule gives in a horizon.
const MaxOccurrences = 10_000

// step is what spaced slots are rounded to, in minutes.
const step = 5

// Expand returns the slots on the days from first to before end, in order of
// time, one an instant; whatever closed holds is left out. The problems are
// all that were found: a part that has one gives no slot.
func (r Rhythm) Expand(zone civil.Zone, first, end civil.Date, closed Closed) ([]Slot, []problem.Problem) {
	e := expansion{zone: zone, first: first, end: end}
	for _, t := range r.Times {
		e.times(t)
	}
	for _, s := range r.Spaced {
		e.spaced(s)
	}
	for _, rule := range r.Rules {
		e.rule(rule)
	}
	// The greatest weight of an instant comes first and stays.
	slices.SortFunc(e.slots, func(a, b Slot) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return b.Weight - a.Weight
	})
	shut := closed.Reader(zone)
	var open []Slot
	for _, s := range e.slots {
		if day := zone.Date(s.At); day.Before(first) || !day.Before(end) {
			continue // a gap moved it over midnight
		}
		if len(open) > 0 && open[len(open)-1].At.Equal(s.At) {
			continue
		}
		if _, is := shut.At(s.At); !is {
			open = append(open, s)
		}
	}
	return open, e.problems
}

type expansion struct {
	zone       civil.Zone
	first, end civil.Date
	slots      []Slot
	problems   []problem.Problem
}

func (e *expansion) add(at time.Time, weight int) {
	if weight == 0 {
		weight = DefaultWeight
	}
	e.slots = append(e.slots, Slot{at.Truncate(time.Minute), weight})
}

func (e *expansion) find(code problem.Code, params problem.Params, cause error) {
	e.problems = append(e.problems, problem.Problem{Code: code, Params: params, Cause: cause})
}

func (e *expansion) times(t Times) {
	if t.Every > 1 && t.Anchor.IsZero() {
		e.find(CodeAnchor, problem.Params{"every": strconv.Itoa(t.Every)}, nil)
		return
	}
	for day := e.first; day.Before(e.end); day = day.AddDays(1) {
		if !on(day, t.Days) || t.Every > 1 && weeksBetween(t.Anchor, day)%t.Every != 0 {
			continue
		}
		for _, c := range t.At {
			e.add(e.zone.Instant(day.At(c)), t.Weight)
		}
	}
}

// weeksBetween counts ISO weeks from the one of a to the one of b. It counts
// days, not week numbers: a year of 53 weeks would flip the parity.
func weeksBetween(a, b civil.Date) int {
	return civil.WeekOf(b).Monday().DaysSince(civil.WeekOf(a).Monday()) / 7
}

func on(day civil.Date, days []time.Weekday) bool {
	return len(days) == 0 || slices.Contains(days, day.Weekday())
}

// spaced puts the k-th of n slots at (2k-1)/(2n) of the open minutes of each
// ISO week, rounded to [step] on the wall. Weeks count whole: what lies outside the horizon
// is dropped by Expand.
func (e *expansion) spaced(s Spaced) {
	type stretch struct {
		from    time.Time
		minutes int
	}
	before := len(e.slots)
	for monday := civil.WeekOf(e.first).Monday(); monday.Before(e.end); monday = monday.AddDays(7) {
		var week []stretch
		total := 0
		for d := range 7 {
			day := monday.AddDays(d)
			if !on(day, s.Days) {
				continue
			}
			last := day
			if !later(s.To, s.From) {
				last = day.AddDays(1)
			}
			from := e.zone.Instant(day.At(s.From))
			// A gap moves a time that it skips behind those after it.
			minutes := max(0, int(e.zone.Instant(last.At(s.To)).Sub(from)/time.Minute))
			week = append(week, stretch{from, minutes})
			total += minutes
		}
		if s.N <= 0 || s.N*step > total {
			// Not in this week, so in none: those of the weeks before go, too.
			e.slots = e.slots[:before]
			e.find(CodeSpaced, problem.Params{"n": strconv.Itoa(s.N)}, nil)
			return
		}
		for k := 1; k <= s.N; k++ {
			at := (2*k - 1) * total / (2 * s.N)
			for _, w := range week {
				if at < w.minutes {
					e.add(e.round(w.from, at, w.minutes), s.Weight)
					break
				}
				at -= w.minutes
			}
		}
	}
}

// round returns the instant a number of minutes after from, moved to the
// nearest full step on the wall that is inside the stretch, if there is one.
func (e *expansion) round(from time.Time, at, minutes int) time.Time {
	t := from.Add(time.Duration(at) * time.Minute)
	over := e.zone.DateTime(t).Minute % step
	move := -over
	if 2*over >= step {
		move += step
	}
	switch {
	case at+move >= minutes:
		move -= step
	case at+move < 0:
		move += step
	}
	if at+move < 0 || at+move >= minutes {
		move = 0
	}
	return t.Add(time.Duration(move) * time.Minute)
}

func later(a, b civil.Clock) bool {
	return a.Hour*60+a.Minute > b.Hour*60+b.Minute
}
