package calendar_test

import (
	"testing"

	"pgregory.net/rapid"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/bound"
)

func TestBound_isNeverBelowTheBestOfSmallOffices(t *testing.T) {
	t.Parallel()
	n, tight := 0, 0
	var sum, most int
	rapid.Check(t, func(t *rapid.T) {
		inst, _ := calendar.Expand(draw(t))
		best, ok := exhaustive(&inst)
		if !ok {
			t.Skip("too large to search")
		}
		got := bound.Of(&inst, best)
		if got < best {
			t.Fatalf("no plan is said to be worth more than %d, and one is worth %d", got, best)
		}
		if n++; got == best {
			tight++
		}
		sum, most = sum+got, most+best
	})
	t.Logf("%d offices, %d bounds reached, %.2f %% of the best", n, tight, 100*float64(sum)/float64(max(most, 1)))
}

func TestBound_isNeverBelowAPlan(t *testing.T) {
	t.Parallel()
	var sum, most int
	rapid.Check(t, func(t *rapid.T) {
		inst, _ := calendar.Expand(draw(t))
		value := calendar.Make(inst).Value
		for _, target := range []int{0, value / 2, value, 2 * value} {
			got := bound.Of(&inst, target)
			if got < value {
				t.Fatalf("no plan is said to be worth more than %d, and one is worth %d", got, value)
			}
			if target == value {
				sum, most = sum+got, most+value
			}
		}
	})
	t.Logf("%.2f %% of Make", 100*float64(sum)/float64(max(most, 1)))
}
