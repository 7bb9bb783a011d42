package calendar_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"editorial/internal/tools/optimum/exact"
	"editorial/pkg/calendar"
)

// The rules are written three times: in the planner, in the checker, and as
// rows of the program that a solver gets. The latter two read an exported file
// and say the same of any plan, of the planner's and of what is made of it by
// moving items about.
func TestExport_theSolverIsHeldToWhatTheCheckerHolds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		inst, _ := calendar.Expand(draw(t))
		plan := calendar.Make(inst)
		problem, err := exact.Of(inst.Export(plan))
		if err != nil {
			t.Fatal(err)
		}
		model := problem.Model()
		for turn := range 4 {
			placed, err := exact.Of(inst.Export(plan))
			if err != nil {
				t.Fatal(err)
			}
			value, broken := model.Check(placed.Plan)
			rejected := check(t, &inst, plan)
			if (len(broken) == 0) != (len(rejected) == 0) || value != plan.Value {
				t.Fatalf("turn %d: worth %d or %d; the model finds %q, the checker %q", turn, plan.Value, value, broken, rejected)
			}
			if len(model.Pairs) == 0 {
				return
			}
			plan = changed(t, &inst, plan, model.Pairs)
		}
	})
}

// changed places an item, or places it elsewhere, or takes it out.
func changed(t *rapid.T, inst *calendar.Instance, plan calendar.Plan, pairs []exact.Placed) calendar.Plan {
	pair := rapid.SampledFrom(pairs).Draw(t, "pair")
	item := slices.IndexFunc(inst.Items, func(it calendar.Item) bool { return it.Key.String() == pair.Item })
	next := calendar.Plan{Placements: slices.DeleteFunc(slices.Clone(plan.Placements), func(p calendar.Placement) bool { return p.Item == item })}
	if rapid.IntRange(0, 3).Draw(t, "taken out") > 0 {
		next.Placements = append(next.Placements, calendar.Placement{Item: item, Slot: pair.Slot})
	}
	for _, p := range next.Placements {
		next.Value += inst.Value(p.Item, p.Slot)
	}
	return next
}
