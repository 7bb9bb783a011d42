package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"editorial/internal/tools/optimum/shape"
)

// summary prints how near the plans come, by shape and in all, and the worst.
func summary(out io.Writer, results []result) {
	fmt.Fprintf(out, "\n%-14s %4s %8s %8s %8s %8s %8s %8s\n", "shape", "n", "optimal", "median", "mean", "5 %", "worst", "ms")
	for _, name := range append(shape.Names(), "") {
		var some []result
		for _, r := range results {
			if name == "" || r.shape == name {
				some = append(some, r)
			}
		}
		if len(some) == 0 {
			continue
		}
		slices.SortFunc(some, func(a, b result) int { return cmp.Or(cmp.Compare(a.ratio(), b.ratio()), cmp.Compare(a.seed, b.seed)) })
		optimal, sum, took := 0, 0.0, 0.0
		for _, r := range some {
			if r.value == r.best {
				optimal++
			}
			sum += r.ratio()
			took += r.took.Seconds() * 1000
		}
		n := len(some)
		fmt.Fprintf(out, "%-14s %4d %8d %7.2f%% %7.2f%% %7.2f%% %7.2f%% %8.1f\n", cmp.Or(name, "all"), n, optimal,
			100*some[n/2].ratio(), 100*sum/float64(n), 100*some[n/20].ratio(), 100*some[0].ratio(), took/float64(n))
	}
	slices.SortFunc(results, func(a, b result) int { return cmp.Compare(a.ratio(), b.ratio()) })
	fmt.Fprintln(out, "\nworst:")
	for _, r := range results[:min(15, len(results))] {
		fmt.Fprintln(out, r)
	}
}
