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

// What moves leaves four weeks behind whose mix must hold without it: the slot
// asked about is the last of its four weeks, the other items stand in the next.
func TestYielding_keepsTheMixThatAnItemLeavesBehind(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		mix  []calendar.Mix
		want []string
	}{
		{"no mix", nil, []string{"b", "c", "d", "talk"}},
		{"too little would be left", []calendar.Mix{{Intent: "converse", Min: 400, Max: 1000}}, []string{"b", "c", "d"}},
		{"too much would be left", []calendar.Mix{{Intent: "promote", Max: 510}}, []string{"b", "c", "d"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.Now = at(t, o.Zone, "2026-10-23 08:00")
			o.platform("x", "tue 09:00", "wed 09:00", "thu 09:00", "fri 09:00").Mix = tt.mix
			for _, id := range []string{"a", "b", "c", "d"} {
				o.post(id, "x").Intent = "promote"
			}
			o.post("talk", "x").Intent = "converse"
			inst, _ := calendar.Expand(o.Input)
			var plan calendar.Plan
			for i := range inst.Items {
				plan.Placements = append(plan.Placements, calendar.Placement{Item: i, Slot: i})
				plan.Value += inst.Value(i, i)
			}
			if bad := check(t, &inst, plan); len(bad) > 0 {
				t.Fatalf("the checker says: %s", bad)
			}
			var got []string
			for _, i := range calendar.NewExplainer(&inst, plan).Yielding(0) {
				got = append(got, inst.Items[i].Key.Post)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%v would stand there, want %v", got, tt.want)
			}
		})
	}
}
