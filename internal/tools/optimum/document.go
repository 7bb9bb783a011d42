package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"editorial/internal/tools/optimum/rival"
)

// The figures of a document stand between these lines.
const (
	figuresBegin = "<!-- make optimum writes from here -->\n"
	figuresEnd   = "<!-- to here -->\n"
)

// document measures everything and puts the tables into the file.
func (o options) document(ctx context.Context, out io.Writer) error {
	text, err := os.ReadFile(o.into)
	if err != nil {
		return err
	}
	before, rest, ok := bytes.Cut(text, []byte(figuresBegin))
	_, after, closed := bytes.Cut(rest, []byte(figuresEnd))
	if !ok || !closed {
		return fmt.Errorf("%s: no lines %q and %q", o.into, figuresBegin, figuresEnd)
	}
	o.rivals = true
	results, err := o.measure(ctx, out)
	if err != nil {
		return err
	}
	if len(results) == 0 {
		return errors.New("nothing is proven")
	}
	summary(out, results)
	curve, err := o.growth(ctx)
	if err != nil {
		return err
	}
	figures := "\n" + quality(results, len(o.seeds())) + "\n" + others(results) + "\n" + curve + "\n"
	fmt.Fprint(out, figures)
	return os.WriteFile(o.into, slices.Concat(before, []byte(figuresBegin+figures+figuresEnd), after), 0o644)
}

// quality is the table of the gaps by shape, and what it is about.
func quality(results []result, seeds int) string {
	var b strings.Builder
	median := func(of func(result) float64) float64 {
		var all []float64
		for _, r := range results {
			all = append(all, of(r))
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	fmt.Fprintf(&b, "%d offices, of %d drawn, whose best plan CBC could prove; %.0f items, %.0f slots and %.0f pairs in the\n"+
		"median. Gap: what is missing of the best value.\n\n", len(results), seeds,
		median(func(r result) float64 { return float64(r.items) }), median(func(r result) float64 { return float64(r.slots) }),
		median(func(r result) float64 { return float64(r.pairs) }))
	fmt.Fprint(&b, "| shape | offices | at the optimum | median gap | mean | 95th percentile | worst | ms | CBC, ms |\n",
		"| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, s := range spreads(results) {
		fmt.Fprintf(&b, "| %s | %d | %d | %s | %s | %s | %s | %.1f | %.0f |\n", s.name, s.n, s.optimal,
			gap(s.median), gap(s.mean), gap(s.twentieth), gap(s.min), s.took.Seconds()*1000, s.solver*1000)
	}
	return b.String()
}

func gap(ratio float64) string { return fmt.Sprintf("%.2f %%", 100*(1-ratio)) }

// others is the table of what others do on the same offices.
func others(results []result) string {
	var b strings.Builder
	fmt.Fprint(&b, "| on the same offices | of the best value, median | mean | 5th percentile | worst | at the optimum |\n| --- | ---: | ---: | ---: | ---: | ---: |\n")
	line := func(s spread) {
		fmt.Fprintf(&b, "| %s | %.2f %% | %.2f %% | %.2f %% | %.2f %% | %d |\n", s.name, 100*s.median, 100*s.mean, 100*s.twentieth, 100*s.min, s.optimal)
	}
	for i, r := range rival.All() {
		line(spreadOf(r.Name, results, func(x result) int { return x.rivals[i] }))
	}
	line(spreadOf("this planner", results, func(x result) int { return x.value }))
	return b.String()
}
