package calendar_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"editorial/pkg/calendar"
)

// placed is a plan as [calendar.Again] takes it.
func placed(inst *calendar.Instance, plan calendar.Plan) []calendar.Placed {
	var list []calendar.Placed
	for _, p := range plan.Placements {
		list = append(list, calendar.Placed{Key: inst.Items[p.Item].Key, At: inst.Time(inst.Slots[p.Slot].At)})
	}
	return list
}

// moved counts the items, but for those of a post, that stand in one plan and
// not in the same place of the other.
func moved(a *calendar.Instance, p calendar.Plan, b *calendar.Instance, q calendar.Plan, but string) int {
	n, then := 0, map[calendar.Key]int{}
	for _, x := range p.Placements {
		then[a.Items[x.Item].Key] = a.Slots[x.Slot].At
	}
	for _, x := range q.Placements {
		key := b.Items[x.Item].Key
		if at, ok := then[key]; key.Post != but && (!ok || at != b.Slots[x.Slot].At) {
			n++
		}
		delete(then, key)
	}
	for key := range then {
		if key.Post != but {
			n++ // it lost its place
		}
	}
	return n
}

// alter changes one post in one of the ways in which people do.
func alter(in calendar.Input, post int) calendar.Input {
	in.Posts = slices.Clone(in.Posts)
	p := &in.Posts[post]
	switch post % 4 {
	case 0:
		p.Priority = 5
	case 1:
		p.Archived = true
	case 2:
		p.NotBefore = in.Zone.Day(in.Zone.Date(in.Now).AddDays(20))
	default:
		p.Need = map[string]int{"q1": 300}
		p.Ready = false
	}
	return in
}

// replans alters every so-many-th post of a planned office, and returns how
// many others move each time.
func replans(in calendar.Input, step int) []int {
	inst, _ := calendar.Expand(in)
	plan := calendar.Make(inst)
	was := placed(&inst, plan)
	var counts []int
	for post := 0; post < len(in.Posts); post += step {
		next, _ := calendar.Expand(alter(in, post))
		counts = append(counts, moved(&inst, plan, &next, calendar.Again(next, was), in.Posts[post].ID))
	}
	slices.Sort(counts)
	return counts
}

func TestAgain_movesFewOthers(t *testing.T) {
	t.Parallel()
	counts := replans(workload(t, 100, 0, 13), 7)
	median, worst := counts[len(counts)/2], counts[len(counts)-1]
	t.Logf("of 200 items %d move in the median, %d at worst", median, worst)
	if median > 2 || worst > 40 {
		t.Errorf("of 200 items %d move in the median, %d at worst", median, worst)
	}
}

func TestAgain_breaksNoRuleAndLeavesWhatIsUnchanged(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := draw(t)
		inst, _ := calendar.Expand(in)
		was := placed(&inst, calendar.Make(inst))
		if len(in.Posts) > 0 {
			in = alter(in, rapid.IntRange(0, len(in.Posts)-1).Draw(t, "altered"))
		}
		in.Now = in.Now.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "later")) * time.Hour)
		next, _ := calendar.Expand(in)
		if got := check(t, &next, calendar.Again(next, was)); len(got) > 0 {
			t.Fatalf("%d problems, the first: %s", len(got), got[0])
		}
	})
}

func BenchmarkAgain(b *testing.B) {
	for _, w := range workloads() {
		b.Run(w.name, func(b *testing.B) {
			in := workload(b, w.posts, w.published, w.weeks)
			inst, _ := calendar.Expand(in)
			was := placed(&inst, calendar.Make(inst))
			next, _ := calendar.Expand(alter(in, 4))
			b.ReportAllocs()
			for b.Loop() {
				calendar.Again(next, was)
			}
		})
	}
}
