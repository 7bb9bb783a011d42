package calendar_test

import (
	"testing"

	"pgregory.net/rapid"

	"editorial/pkg/calendar"
)

// exhaustive returns the value of the best of all plans, told apart by the
// independent checker; ok is false where there are too many.
func exhaustive(inst *calendar.Instance) (best int, ok bool) {
	pairs := make([][]calendar.Placement, len(inst.Items))
	plans := 1
	for i := range inst.Items {
		for s := range inst.Slots {
			if inst.Admissible(i, s) {
				pairs[i] = append(pairs[i], calendar.Placement{Item: i, Slot: s})
			}
		}
		if plans *= len(pairs[i]) + 1; plans > 1_500 {
			return 0, false
		}
	}
	var plan calendar.Plan
	var walk func(i int)
	walk = func(i int) {
		if i == len(pairs) {
			if plan.Value > best {
				if bad, err := checked(inst, plan); err == nil && len(bad) == 0 {
					best = plan.Value
				}
			}
			return
		}
		walk(i + 1)
		for _, p := range pairs[i] {
			v := inst.Value(p.Item, p.Slot)
			plan.Placements, plan.Value = append(plan.Placements, p), plan.Value+v
			walk(i + 1)
			plan.Placements, plan.Value = plan.Placements[:len(plan.Placements)-1], plan.Value-v
		}
	}
	walk(0)
	return best, true
}

func TestMake_isNearTheBestOfSmallOffices(t *testing.T) {
	t.Parallel()
	got, most, n, optimal := 0, 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		inst, _ := calendar.Expand(draw(t))
		best, ok := exhaustive(&inst)
		if len(inst.Items) < 3 || !ok {
			t.Skip("too small or too large to search")
		}
		value := calendar.Make(inst).Value
		if value > best {
			t.Fatalf("worth %d, and the best of all plans %d", value, best)
		}
		got, most, n = got+value, most+best, n+1
		if value == best {
			optimal++
		}
	})
	t.Logf("%d offices, %d of them at the best, %.2f %% of its value", n, optimal, 100*float64(got)/float64(max(most, 1)))
	if 10*got < 9*most {
		t.Errorf("worth %d of %d", got, most)
	}
}
