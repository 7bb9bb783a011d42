package calendar_test

import (
	"testing"

	"pgregory.net/rapid"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/bound"
)

func TestBound_isNeverBelowTheBestOfSmallOffices(t *testing.T) {
	t.Parallel()
	n, reached := 0, 0
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
			reached++
		}
	})
	t.Logf("%d offices, %d bounds reached", n, reached)
	if 10*reached < 9*n {
		t.Errorf("of %d small offices %d reach their bound", n, reached)
	}
}

func TestBound_isNeverBelowAPlan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		inst, _ := calendar.Expand(draw(t))
		value := calendar.Make(inst).Value
		for _, target := range []int{0, value, 2 * value} {
			if got := bound.Of(&inst, target); got < value {
				t.Fatalf("no plan is said to be worth more than %d, and one is worth %d", got, value)
			}
		}
	})
}

// A plan that keeps the rules keeps fewer of them, too: without a rule the
// bound is not below what was planned with it. Whatever the rule that the bound
// overlooks, this finds where it takes one for stricter than it is.
func TestBound_withoutARuleIsNotBelowAPlanWithIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := draw(t)
		inst, _ := calendar.Expand(in)
		value := calendar.Make(inst).Value
		looser := inst
		looser.Platforms = append([]calendar.PlatformRules(nil), inst.Platforms...)
		looser.Slots = append([]calendar.Slot(nil), inst.Slots...)
		name := rapid.SampledFrom([]string{"caps", "gaps", "spreads", "mixes", "hours", "chains", "minima", "maxima"}).Draw(t, "without")
		switch name {
		case "caps":
			looser.Caps = nil
		case "mixes":
			looser.Mixes = nil
		case "hours":
			looser.Capacity = nil
		case "chains":
			looser.After = nil
		}
		for i := range looser.Platforms {
			switch name {
			case "gaps":
				looser.Platforms[i].Gap = 0
			case "spreads":
				looser.Platforms[i].Spread = 0
			}
		}
		for i := range looser.Slots {
			switch name {
			case "minima":
				looser.Slots[i].Min = 1
			case "maxima":
				looser.Slots[i].Max += 2
			}
		}
		if got := bound.Of(&looser, value); got < value {
			t.Fatalf("without %s no plan is said to be worth more than %d, and with them one is worth %d", name, got, value)
		}
	})
}

func TestBound_dependsOnNothingButItsInput(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := draw(t)
		inst, _ := calendar.Expand(in)
		other, _ := calendar.Expand(shuffled(t, in))
		first := bound.Of(&inst, 0)
		if again := bound.Of(&inst, 0); again != first {
			t.Fatalf("%d, and then %d", first, again)
		}
		if turned := bound.Of(&other, 0); turned != first {
			t.Fatalf("%d, and in another order %d", first, turned)
		}
	})
}
