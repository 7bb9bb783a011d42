package shape_test

import (
	"encoding/json"
	"slices"
	"testing"

	"editorial/internal/tools/optimum/shape"
	"editorial/pkg/calendar"
)

func export(t *testing.T, in calendar.Input) string {
	t.Helper()
	inst, _ := calendar.Expand(in)
	text, err := json.Marshal(inst.Export(calendar.Plan{}))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func draw(t *testing.T, seed uint64) (string, calendar.Input) {
	t.Helper()
	name, in, err := shape.Draw(seed)
	if err != nil {
		t.Fatal(err)
	}
	return name, in
}

func TestDraw_theSameSeedGivesTheSameOffice(t *testing.T) {
	t.Parallel()
	seen := map[string]uint64{}
	for seed := range uint64(28) {
		_, one := draw(t, seed)
		_, two := draw(t, seed)
		text := export(t, one)
		if export(t, two) != text {
			t.Errorf("seed %d gave two offices", seed)
		}
		if other, ok := seen[text]; ok {
			t.Errorf("the seeds %d and %d gave the same office", seed, other)
		}
		seen[text] = seed
	}
}

// Each shape has what it is named for.
func TestDraw_shapesAreWhatTheyAreCalled(t *testing.T) {
	t.Parallel()
	has := map[string]func(calendar.Input, *calendar.Instance) bool{
		"tight hours": short,
		"deep chains": func(_ calendar.Input, i *calendar.Instance) bool { return depth(i) >= 4 },
		"clashing pins": func(_ calendar.Input, i *calendar.Instance) bool {
			return len(calendar.Clashes(i, calendar.Plan{})) > 0
		},
		"heavy mix": func(_ calendar.Input, i *calendar.Instance) bool { return len(i.Mixes) >= 4 },
		"editions": func(_ calendar.Input, i *calendar.Instance) bool {
			for _, s := range i.Slots {
				if s.Min > 1 {
					return true
				}
			}
			return false
		},
		"a year":     func(in calendar.Input, _ *calendar.Instance) bool { return in.Weeks == 52 },
		"one person": func(in calendar.Input, i *calendar.Instance) bool { return len(in.People) == 1 && owes(i) },
		"ten people": func(in calendar.Input, i *calendar.Instance) bool { return len(in.People) == 10 && owes(i) },
		"far apart": func(_ calendar.Input, i *calendar.Instance) bool {
			for _, p := range i.Platforms {
				if p.Gap > 0 || p.Spread > 0 {
					return true
				}
			}
			return false
		},
		"agreed": func(_ calendar.Input, i *calendar.Instance) bool {
			n := 0
			for _, it := range i.Items {
				if it.Agreed >= 0 {
					n++
				}
			}
			return 3*n > len(i.Items)
		},
		"weights": func(_ calendar.Input, i *calendar.Instance) bool {
			weights := map[int]bool{}
			for _, s := range i.Slots {
				weights[s.Weight] = true
			}
			return len(weights) >= 3
		},
		"bilingual": func(in calendar.Input, _ *calendar.Instance) bool {
			langs := map[string]bool{}
			for _, p := range in.Posts {
				langs[p.Lang] = true
			}
			return len(langs) >= 3
		},
		"everything": func(in calendar.Input, i *calendar.Instance) bool {
			return len(i.After) > 0 && len(i.Capacity) > 0 && len(in.Agreed) > 0
		},
		"a month": func(in calendar.Input, _ *calendar.Instance) bool {
			return len(in.Posts) == 40 && len(in.Platforms) == 3
		},
	}
	for seed := range uint64(3 * len(shape.Names())) {
		name, in := draw(t, seed)
		inst, _ := calendar.Expand(in)
		if n := len(inst.Items); n < 15 || n > 160 {
			t.Errorf("seed %d (%s): %d items", seed, name, n)
		}
		if f, ok := has[name]; !ok || !f(in, &inst) {
			t.Errorf("seed %d: no office of the shape %q", seed, name)
		}
	}
}

func owes(inst *calendar.Instance) bool {
	return len(inst.Capacity) > 0 && slices.ContainsFunc(inst.Posts, func(p calendar.PostNeed) bool { return len(p.Need) > 0 })
}

// short: what is owed is more than somebody has time for.
func short(_ calendar.Input, inst *calendar.Instance) bool {
	owed := map[int]int{}
	for _, p := range inst.Posts {
		for _, m := range p.Need {
			owed[m.Person] += m.Minutes
		}
	}
	for _, it := range inst.Items {
		for _, m := range it.Need {
			owed[m.Person] += m.Minutes
		}
	}
	for _, r := range inst.Capacity {
		if r.Person >= 0 && r.Week == inst.Weeks-1 && owed[r.Person] > r.Avail {
			return true
		}
	}
	return false
}

// depth is the length of the longest chain of free items.
func depth(inst *calendar.Instance) int {
	length := make([]int, len(inst.Items))
	longest := 0
	for range inst.Items {
		for _, a := range inst.After {
			if a.Item >= 0 && a.Leader >= 0 {
				length[a.Item] = max(length[a.Item], length[a.Leader]+1)
				longest = max(longest, length[a.Item])
			}
		}
	}
	return longest
}

// The growth curve is of offices that are as large as they say.
func TestGrown_isAsLargeAsItSays(t *testing.T) {
	t.Parallel()
	in, err := shape.Grown(shape.Size{Items: 1000, Weeks: 13, Platforms: 7}, 1)
	if err != nil {
		t.Fatal(err)
	}
	inst, problems := calendar.Expand(in)
	if len(inst.Items) != 1000 || len(inst.Slots) < 1200 || len(inst.Slots) > 1300 || len(problems) > 0 {
		t.Errorf("%d items, %d slots, %v", len(inst.Items), len(inst.Slots), problems)
	}
}
