package calendar_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"editorial/pkg/calendar"
)

// What yields to an item is exactly what the checker lets stand in its place,
// worth more there.
func TestYielding_agreesWithTheChecker(t *testing.T) {
	t.Parallel()
	named := 0
	rapid.Check(t, func(t *rapid.T) {
		in := draw(t)
		inst, _ := calendar.Expand(in)
		plan := calendar.Make(inst)
		// What leads others leaves them without ground when it goes.
		var all []calendar.Placement
		for _, p := range plan.Placements {
			if !slices.ContainsFunc(inst.After, func(a calendar.After) bool { return a.Leader == p.Item }) {
				all = append(all, p)
			}
		}
		if len(all) == 0 {
			t.Skip("nothing is placed")
		}
		p := rapid.SampledFrom(all).Draw(t, "placement")
		got := calendar.NewExplainer(&inst, plan).Yielding(p.Item)
		for j := range inst.Items {
			if j == p.Item || inst.Items[j].Platform != inst.Items[p.Item].Platform || !inst.Admissible(j, p.Slot) {
				if slices.Contains(got, j) {
					t.Fatalf("%s cannot stand there at all", inst.Items[j].Key)
				}
				continue
			}
			var with calendar.Plan
			before := 0
			for _, q := range plan.Placements {
				switch q.Item {
				case p.Item:
				case j:
					before = inst.Value(q.Item, q.Slot)
				default:
					with.Placements = append(with.Placements, q)
					with.Value += inst.Value(q.Item, q.Slot)
				}
			}
			if slices.ContainsFunc(plan.Placements, func(q calendar.Placement) bool { return q.Item == j && q.Slot == p.Slot }) {
				continue // it stands there already
			}
			with.Placements = append(with.Placements, calendar.Placement{Item: j, Slot: p.Slot})
			with.Value += inst.Value(j, p.Slot)
			want := inst.Value(j, p.Slot) > before && len(check(t, &inst, with)) == 0
			if want != slices.Contains(got, j) {
				t.Fatalf("%s in place of %s: yields %v, by the checker %v", inst.Items[j].Key, inst.Items[p.Item].Key, !want, want)
			}
			if want {
				named++
			}
		}
	})
	t.Logf("%d named", named)
}
