package bound_test

import (
	"testing"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/bound"
)

// known is the worth of the best plan of [quarter] that CBC found in nine
// minutes; the independent checker finds it sound. CBC's own bound is then
// 2,346,082.
const known = 2_339_984

func TestOf_isNearTheBestOfAQuarterOfSevenPlatforms(t *testing.T) {
	t.Parallel()
	inst, _ := calendar.Expand(quarter(t))
	if n := len(inst.Items); n < 400 || n > 700 || len(inst.Platforms) != 7 || inst.Weeks != 13 {
		t.Fatalf("%d items, %d platforms, %d weeks: another office", n, len(inst.Platforms), inst.Weeks)
	}
	value := calendar.Make(inst).Value
	for _, target := range []int{0, value, known} {
		got := bound.Of(&inst, target)
		t.Logf("%d, from %d: %.2f %% above the best plan known, %.2f %% above that of the planner", got, target, above(got, known), above(got, value))
		if got < known || got < value {
			t.Errorf("no plan is said to be worth more than %d; one is worth %d", got, max(known, value))
		}
		if 1000*got > 1005*known {
			t.Errorf("%d is more than half a per cent above %d", got, known)
		}
	}
}

func above(bound, value int) float64 { return 100 * (float64(bound)/float64(value) - 1) }

func TestOf_officeWithoutPosts(t *testing.T) {
	t.Parallel()
	in := quarter(t)
	in.Posts = nil
	inst, _ := calendar.Expand(in)
	if got := bound.Of(&inst, 0); got != 0 {
		t.Errorf("%d, and there is nothing to place", got)
	}
	if got := bound.Of(&calendar.Instance{}, 0); got != 0 {
		t.Errorf("%d of no office", got)
	}
}

// What nobody would set must not make sums overflow: the bound stays one.
func TestOf_monstrousNumbers(t *testing.T) {
	t.Parallel()
	in := quarter(t)
	for i := range in.Posts {
		if i%3 == 0 {
			in.Posts[i].Need = map[string]int{"q0": 1 << 40, "": 1 << 62, "q1": 1}
		}
		in.Posts[i].Versions = map[string]map[string]int{"x": {"q2": 1 << 45}}
	}
	for i := range in.People {
		in.People[i].Minutes = 1 << 30
	}
	inst, _ := calendar.Expand(in)
	value := calendar.Make(inst).Value
	for _, target := range []int{-1 << 50, value, 1 << 50} {
		if got := bound.Of(&inst, target); got < value {
			t.Errorf("%d, and a plan is worth %d", got, value)
		}
	}
}

func BenchmarkBound(b *testing.B) {
	b.Run("quarter", func(b *testing.B) {
		inst, _ := calendar.Expand(quarter(b))
		value := calendar.Make(inst).Value
		b.ReportAllocs()
		var got int
		for b.Loop() {
			got = bound.Of(&inst, value)
		}
		b.ReportMetric(float64(len(inst.Items)), "items")
		b.ReportMetric(float64(len(inst.Slots)), "slots")
		b.ReportMetric(above(got, known), "%above-known")
	})
}
