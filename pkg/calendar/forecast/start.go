package forecast

import (
	"math"
	"slices"
	"time"
)

// Start says how long before it must be ready an idea is to be begun.
type Start struct {
	drawn []int // hours from the beginning of the work to ready, in order
}

// longest is the longest time to ready that is told from later: a year.
const longest = 366 * 24

// Start draws how long posts of a kind take from when somebody begins to work
// on them, if they are not given up.
func (m *Model) Start(kind string) Start {
	d := m.drawer(kind, longest, true)
	drawn := d.futures(stream("start", kind), Post{Kind: kind, Stage: Work()[m.begins]}, Runs)
	slices.Sort(drawn)
	return Start{drawn}
}

// Before returns the time within which that share of posts becomes ready, and
// false where a year is not enough.
func (s Start) Before(share float64) (time.Duration, bool) {
	i := int(math.Ceil(share*float64(len(s.drawn)))) - 1
	n := s.drawn[max(0, min(i, len(s.drawn)-1))]
	return time.Duration(n) * time.Hour, n != never
}

// Within returns the share of posts that are ready within a time from when they
// are begun.
func (s Start) Within(d time.Duration) float64 {
	n, _ := slices.BinarySearch(s.drawn, int(d/time.Hour)+1)
	return float64(n) / float64(len(s.drawn))
}
