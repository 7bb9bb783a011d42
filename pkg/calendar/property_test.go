package calendar_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/verify"
	"editorial/pkg/civil"
)

// check has the independent checker look at a plan.
func check(t interface {
	Helper()
	Fatalf(string, ...any)
}, inst *calendar.Instance, plan calendar.Plan) []string {
	t.Helper()
	problems, err := checked(inst, plan)
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	return problems
}

func checked(inst *calendar.Instance, plan calendar.Plan) ([]string, error) {
	var buf bytes.Buffer
	if err := json.NewEncoder(&buf).Encode(inst.Export(plan)); err != nil {
		return nil, err
	}
	_, problems, err := verify.Check(&buf)
	var all []string
	for _, p := range problems {
		all = append(all, p.Error())
	}
	return all, err
}

func TestMake_breaksNoRuleThatTheCheckerKnows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		inst, _ := calendar.Expand(draw(t))
		plan := calendar.Make(inst)
		if got := check(t, &inst, plan); len(got) > 0 {
			t.Fatalf("%d problems, the first: %s", len(got), got[0])
		}
		if n := len(plan.Placements) + len(plan.Left); n != len(inst.Items) {
			t.Fatalf("%d placed or left of %d", n, len(inst.Items))
		}
		if got := check(t, &inst, calendar.Plan{}); len(got) > 0 {
			t.Fatalf("leaving out everything: %s", got[0])
		}
	})
}

// Any plan that keeps the rules, not only the planner's own: what the planner
// says of a slot is what the checker says of a plan with the item in it.
func TestExplain_agreesWithTheChecker(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		inst, _ := calendar.Expand(draw(t))
		if len(inst.Items) == 0 {
			t.Skip("nothing to place")
		}
		var plan calendar.Plan
		out := make([]int, len(inst.Items))
		for i := range out {
			out[i] = i
		}
		for range rapid.IntRange(1, 12).Draw(t, "placements") {
			if len(out) == 0 {
				break
			}
			k := rapid.IntRange(0, len(out)-1).Draw(t, "item")
			reasons := calendar.NewExplainer(&inst, plan).Explain(out[k])
			if len(reasons) == 0 {
				continue
			}
			r := reasons[rapid.IntRange(0, len(reasons)-1).Draw(t, "slot")]
			with := plan
			with.Placements = append(slices.Clone(plan.Placements), calendar.Placement{Item: out[k], Slot: r.Slot})
			if with.Value += r.Value; r.Block.Rule == calendar.RuleClosed {
				r.Value = 0
			}
			found := check(t, &inst, with)
			if open := r.Block.Rule == ""; open != (len(found) == 0) {
				t.Fatalf("%s at %s: planner %+v, checker %q", inst.Items[out[k]].Key, inst.Time(inst.Slots[r.Slot].At), r.Block, found)
			}
			if len(found) == 0 {
				plan = with
				out = slices.Delete(out, k, k+1)
			}
		}
	})
}

func TestMake_dependsOnNothingButItsInput(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := draw(t)
		export := func(in calendar.Input) string {
			inst, problems := calendar.Expand(in)
			plan := calendar.Make(inst)
			text, err := json.Marshal([]any{inst.Export(plan), problems, calendar.Clashes(&inst, plan)})
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		first := export(in)
		if again := export(in); again != first {
			t.Fatal("the same input gave another plan")
		}
		if other := export(shuffled(t, in)); other != first {
			t.Fatalf("the order of the input counts:\n%s\n%s", first, other)
		}
	})
}

// agree is what "plan --write" does: what is placed is agreed, what was agreed
// and is not placed any more is not, the past stays.
func agree(in calendar.Input, inst *calendar.Instance, plan calendar.Plan) calendar.Input {
	marked := map[calendar.Key]bool{}
	var list []calendar.Agreed
	for _, a := range in.Agreed {
		marked[a.Key] = a.Pin
		if a.At.Before(in.Now) {
			list = append(list, a)
		}
	}
	add := func(key calendar.Key, at int, pin bool) {
		list = slices.DeleteFunc(list, func(a calendar.Agreed) bool { return a.Key == key })
		list = append(list, calendar.Agreed{Key: key, At: inst.Time(at), Pin: pin})
	}
	for _, f := range inst.Fixed {
		if f.At >= inst.Now {
			add(f.Key, f.At, marked[f.Key])
		}
	}
	for _, p := range plan.Placements {
		add(inst.Items[p.Item].Key, inst.Slots[p.Slot].At, false)
	}
	in.Agreed = list
	return in
}

func TestMake_agreeingAndPlanningAgainComesToRest(t *testing.T) {
	t.Parallel()
	moved, all := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		in := draw(t)
		inst, _ := calendar.Expand(in)
		plan := calendar.Make(inst)
		for turn := 0; ; turn++ {
			in = agree(in, &inst, plan)
			next, _ := calendar.Expand(in)
			again := calendar.Make(next)
			if turn == 0 {
				all++
				if !samePlan(&inst, plan, &next, again) {
					moved++
				}
			}
			if samePlan(&inst, plan, &next, again) {
				return
			}
			if turn == 8 {
				t.Fatal("still moving after eight turns")
			}
			inst, plan = next, again
		}
	})
	t.Logf("%d of %d plans moved once more after they were agreed", moved, all)
	if 20*moved > all {
		t.Errorf("%d of %d plans moved once more after they were agreed", moved, all)
	}
}

func samePlan(a *calendar.Instance, p calendar.Plan, b *calendar.Instance, q calendar.Plan) bool {
	where := func(inst *calendar.Instance, plan calendar.Plan) map[calendar.Key]int {
		m := map[calendar.Key]int{}
		for _, x := range plan.Placements {
			m[inst.Items[x.Item].Key] = inst.Slots[x.Slot].At
		}
		for _, f := range inst.Fixed {
			m[f.Key] = f.At
		}
		return m
	}
	m, n := where(a, p), where(b, q)
	if len(m) != len(n) {
		return false
	}
	for k, at := range m {
		if other, ok := n[k]; !ok || other != at {
			return false
		}
	}
	return true
}

// The admissible pairs once more, from the Input alone and day by day.
func TestExpand_admissiblePairsAreThoseOfTheInput(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := draw(t)
		inst, _ := calendar.Expand(in)
		posts := map[string]calendar.Post{}
		for _, p := range in.Posts {
			posts[p.ID] = p
		}
		out := map[string]bool{}
		for _, f := range inst.Fixed {
			if f.Why == calendar.WhyPublished {
				out[f.Key.Post] = true
			}
		}
		platforms := map[string]calendar.Platform{}
		for _, p := range in.Platforms {
			platforms[p.Name] = p
		}
		for i, it := range inst.Items {
			p, platform := posts[it.Key.Post], platforms[it.Key.Platform]
			owes := !p.Ready && (len(p.Need) > 0 && !out[p.ID] || versionOwes(p, platform))
			for s, slot := range inst.Slots {
				at := inst.Time(slot.At)
				want := inst.Platforms[slot.Platform].Name == it.Key.Platform && !at.Before(in.Now) &&
					(p.Embargo.IsZero() || !at.Before(p.Embargo.Instant)) && (p.NotBefore.IsZero() || !at.Before(p.NotBefore.Instant)) &&
					(p.Expires.IsZero() || at.Before(p.Expires.Instant)) && beforeEnd(in.Zone, at, p.Deadline)
				if owes {
					due := in.Zone.Add(at, civil.Span{Days: -platform.Lead})
					want = want && !due.Before(in.Now)
				}
				got := inst.Admissible(i, s)
				if got && !want {
					t.Fatalf("%s at %s is admissible", it.Key, at)
				}
				// A pin narrows or closes what the dates allow, and nothing else does.
				pinned := slices.ContainsFunc(it.Limits, func(l calendar.Limit) bool {
					return l.Code == calendar.LimitDay || l.Code == calendar.LimitPin
				})
				if want && !got && !pinned {
					t.Fatalf("%s at %s is not admissible: %+v", it.Key, at, it.Limits)
				}
			}
		}
	})
}

func versionOwes(p calendar.Post, platform calendar.Platform) bool {
	if v, ok := p.Versions[platform.Name]; ok {
		return len(v) > 0
	}
	return platform.Effort > 0
}

func beforeEnd(z civil.Zone, at time.Time, deadline civil.Moment) bool {
	switch {
	case deadline.IsZero():
		return true
	case deadline.HasClock:
		return !at.After(deadline.Instant)
	}
	return z.Date(at).Compare(deadline.Local.Date) <= 0
}

// Every item is there once, free or fixed, and none that nobody wished.
func TestExpand_itemsAreThoseOfTheInput(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := draw(t)
		inst, _ := calendar.Expand(in)
		got := map[calendar.Key]int{}
		for _, it := range inst.Items {
			got[it.Key]++
		}
		for _, f := range inst.Fixed {
			got[f.Key]++
		}
		want := map[calendar.Key]bool{}
		for _, o := range in.Outcomes {
			switch o.State {
			case calendar.StateFailed, calendar.StateMissed, calendar.StateCancelled:
			default:
				want[o.Key] = true
			}
		}
		for _, p := range in.Posts {
			for _, out := range p.Published {
				want[calendar.Key{Post: p.ID, Platform: out.Platform, Occurrence: 1}] = true
			}
			for _, name := range p.Platforms {
				for _, platform := range in.Platforms {
					for n := 1; n <= max(1, p.Repeat.Times) && platform.Name == name && !p.Archived; n++ {
						if len(platform.Languages) == 0 || p.Lang != "en" {
							want[calendar.Key{Post: p.ID, Platform: name, Occurrence: n}] = true
						}
					}
				}
			}
		}
		for k := range want {
			if got[k] != 1 {
				t.Fatalf("%s is there %d times", k, got[k])
			}
		}
		if len(got) != len(want) {
			t.Fatalf("%d items, want %d", len(got), len(want))
		}
	})
}

// Whoever has more hours, or a platform more slots and a higher cap, may do all
// that was allowed before; and has no worse a calendar, but for what a search
// misses once in a while.
func TestMake_moreRoomIsNeverWorthLess(t *testing.T) {
	t.Parallel()
	all := 0
	var less []string
	rapid.Check(t, func(t *rapid.T) {
		in := draw(t)
		inst, _ := calendar.Expand(in)
		plan := calendar.Make(inst)
		switch rapid.IntRange(0, 3).Draw(t, "more") {
		case 0:
			in.People = slices.Clone(in.People)
			for i := range in.People {
				in.People[i].Minutes += 120
			}
		case 1:
			in.Platforms = slices.Clone(in.Platforms)
			for i := range in.Platforms {
				in.Platforms[i].CapDay, in.Platforms[i].CapWeek = 0, 0
			}
		case 2:
			in.Reserve = 0
		case 3:
			in.Platforms = slices.Clone(in.Platforms)
			for i := range in.Platforms {
				in.Platforms[i].Gap, in.Platforms[i].Spread = 0, 0
			}
		}
		roomier, _ := calendar.Expand(in)
		if bad := check(t, &roomier, plan); len(bad) > 0 {
			t.Fatalf("allowed, but not with more room: %s", bad[0])
		}
		all++
		if more := calendar.Make(roomier).Value; 100*more < 98*plan.Value-100 {
			less = append(less, fmt.Sprintf("worth %d, and %d with more room", plan.Value, more))
		}
	})
	t.Logf("%d of %d plans are worth less with more room: %q", len(less), all, less)
	if 50*len(less) > all {
		t.Errorf("%d of %d plans are worth less with more room: %q", len(less), all, less)
	}
}
