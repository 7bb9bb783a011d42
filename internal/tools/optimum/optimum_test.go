package main

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"editorial/internal/need"
	"editorial/internal/tools/optimum/exact"
	"editorial/internal/tools/optimum/rival"
	"editorial/internal/tools/optimum/shape"
	"editorial/pkg/calendar"
)

// The least that plans reach of the best value, per mille: each of them, and
// half of them.
const (
	leastOfEach = 990
	leastOfHalf = 995
)

// proven are seeds of all shapes whose best plan the solver proves at once.
func proven() []uint64 {
	return []uint64{
		2, 7, 14, 15, 18, 27, 38, 56, 75, 76, 79, 85, 97, 106, 113,
		116, 121, 123, 128, 129, 138, 146, 170, 179, 185, 187, 190, 194, 203, 206,
	}
}

// TestMake_isNearTheProvenOptimum plans offices of all shapes, and has the
// solver find the best plan of each from the exported file. Neither may break
// a rule of the other, nor the checker's.
func TestMake_isNearTheProvenOptimum(t *testing.T) {
	t.Parallel()
	solver := exact.Solver{Program: need.Program(t, "cbc"), Limit: time.Minute}
	var mu sync.Mutex
	var all []float64
	shapes := map[string]int{}
	t.Run("each", func(t *testing.T) {
		for _, seed := range proven() {
			t.Run(fmt.Sprint(seed), func(t *testing.T) {
				t.Parallel()
				r := nearOptimum(t, solver, seed)
				mu.Lock()
				defer mu.Unlock()
				all, shapes[r.shape] = append(all, r.ratio(r.value)), shapes[r.shape]+1
			})
		}
	})
	if len(all) < len(proven()) {
		return
	}
	slices.Sort(all)
	if median := all[len(all)/2]; 1000*median < leastOfHalf {
		t.Errorf("the median is %.2f %% of the optimum", 100*median)
	}
	for _, name := range shape.Names() {
		if shapes[name] < 2 {
			t.Errorf("%d offices of the shape %q", shapes[name], name)
		}
	}
}

func nearOptimum(t *testing.T, solver exact.Solver, seed uint64) result {
	t.Helper()
	r, wrong, err := options{solver: solver}.office(t.Context(), seed)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrong {
		t.Error(w)
	}
	if !r.best.Proven {
		t.Fatalf("%s: not proven", r.shape)
	}
	if 1000*r.ratio(r.value) < leastOfEach {
		t.Errorf("%s: %d of %d, %.2f %% of the optimum", r.shape, r.value, r.best.Value, 100*r.ratio(r.value))
	}
	// The solver, held to our plan, finds it possible and worth the same.
	_, in, err := shape.Draw(seed)
	if err != nil {
		t.Fatal(err)
	}
	inst, _ := calendar.Expand(in)
	export := inst.Export(calendar.Make(inst))
	ours, err := exact.Of(export)
	if err != nil {
		t.Fatal(err)
	}
	same, err := solver.Run(t.Context(), ours.Model(), ours.Plan)
	if err != nil || same.Value != export.Value || same.Objective != float64(export.Value) {
		t.Errorf("the solver finds our plan worth %v: %+v, %v", export.Value, same, err)
	}
	return r
}

// TestRivals_keepEveryRule has the checker look at the plans of others, and
// holds that the more they try the better they are.
func TestRivals_keepEveryRule(t *testing.T) {
	t.Parallel()
	var sums []int
	for seed := range uint64(14) {
		_, in, err := shape.Draw(seed)
		if err != nil {
			t.Fatal(err)
		}
		inst, _ := calendar.Expand(in)
		problem, err := exact.Of(inst.Export(calendar.Plan{}))
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range rival.All() {
			plan, value := r.Plan(problem)
			bad, err := check(&inst, plan, value)
			if err != nil || len(bad) > 0 {
				t.Errorf("seed %d, %s: %q, %v", seed, r.Name, bad, err)
			}
			if i == len(sums) {
				sums = append(sums, 0)
			}
			sums[i] += value
		}
	}
	if !slices.IsSorted(sums) || sums[0] == 0 {
		t.Errorf("worth %d in all", sums)
	}
}
