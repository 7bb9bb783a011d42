package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"editorial/internal/tools/optimum/shape"
)

// spread is how some ratios lie: per shape, or in all.
type spread struct {
	name                         string
	n, optimal                   int
	median, mean, twentieth, min float64
	took                         time.Duration // of the planner, in the median
	solver                       float64       // seconds, in the median
}

// spreadOf takes the ratios of the values that a plan has in each result.
func spreadOf(name string, results []result, value func(result) int) spread {
	s := spread{name: name, n: len(results)}
	if s.n == 0 {
		return s
	}
	var all, seconds []float64
	var took []time.Duration
	for _, r := range results {
		ratio := r.ratio(value(r))
		all = append(all, ratio)
		s.mean += ratio / float64(s.n)
		took, seconds = append(took, r.took), append(seconds, r.best.Seconds)
		if value(r) == r.best.Value {
			s.optimal++
		}
	}
	slices.Sort(all)
	slices.Sort(took)
	slices.Sort(seconds)
	s.median, s.twentieth, s.min = all[s.n/2], all[s.n/20], all[0]
	s.took, s.solver = took[s.n/2], seconds[s.n/2]
	return s
}

// spreads are those of the planner by shape, and at the end that of all.
func spreads(results []result) []spread {
	var all []spread
	ours := func(r result) int { return r.value }
	for _, name := range shape.Names() {
		var some []result
		for _, r := range results {
			if r.shape == name {
				some = append(some, r)
			}
		}
		if len(some) > 0 {
			all = append(all, spreadOf(name, some, ours))
		}
	}
	return append(all, spreadOf("all", results, ours))
}

// summary prints how near the plans come, by shape and in all, and the worst.
func summary(out io.Writer, results []result) {
	fmt.Fprintf(out, "\n%-14s %4s %8s %8s %8s %8s %8s %8s\n", "shape", "n", "optimal", "median", "mean", "5 %", "worst", "ms")
	for _, s := range spreads(results) {
		fmt.Fprintf(out, "%-14s %4d %8d %7.2f%% %7.2f%% %7.2f%% %7.2f%% %8.1f\n", s.name, s.n, s.optimal,
			100*s.median, 100*s.mean, 100*s.twentieth, 100*s.min, float64(s.took.Microseconds())/1000)
	}
	worst := slices.Clone(results)
	slices.SortStableFunc(worst, func(a, b result) int { return cmp.Compare(a.ratio(a.value), b.ratio(b.value)) })
	fmt.Fprintln(out, "\nworst:")
	for _, r := range worst[:min(15, len(worst))] {
		fmt.Fprintln(out, r)
	}
}
