package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/need"
	"editorial/internal/tools/optimum/exact"
)

// results are forty offices whose plans miss 0, 1, 2 … 39 per cent.
func results() []result {
	var all []result
	for i := range 40 {
		all = append(all, result{
			seed: uint64(i), shape: "editions", best: exact.Result{Proven: true, Value: 100}, value: 100 - i,
			took: time.Duration(i) * time.Millisecond, rivals: []int{50, 60, 100},
		})
	}
	return all
}

func TestSpread_isOfAllPlans(t *testing.T) {
	t.Parallel()
	got := spreadOf("all", results(), func(r result) int { return r.value })
	if got.n != 40 || got.optimal != 1 || got.median != 0.81 || got.twentieth != 0.63 || got.min != 0.61 || got.took != 20*time.Millisecond {
		t.Errorf("%+v", got)
	}
	empty := spreadOf("none", []result{{}}, func(result) int { return 0 })
	if empty.min != 1 || empty.optimal != 1 {
		t.Errorf("where there is nothing to win: %+v", empty)
	}
}

func TestTables_areMarkdown(t *testing.T) {
	t.Parallel()
	got := others(results()) + curve([]figures{
		{name: "small", items: 100, slots: 10, pairs: 1000, placed: 9, value: 5, micros: 20_000, bytes: 3 << 20, again: 1500, median: 1, worst: 4},
		{name: "large", items: 1000, slots: 10, pairs: 1000, placed: 9, value: 5, micros: 100_000, bytes: 3 << 20},
	})
	want := `| on the same offices | of the best value, median | mean | 5th percentile | worst | at the optimum |
| --- | ---: | ---: | ---: | ---: | ---: |
| next free slot | 50.00 % | 50.00 % | 50.00 % | 50.00 % | 0 |
| most important first | 60.00 % | 60.00 % | 60.00 % | 60.00 % | 0 |
| local search | 100.00 % | 100.00 % | 100.00 % | 100.00 % | 40 |
| this planner | 81.00 % | 80.50 % | 63.00 % | 61.00 % | 1 |
| office | items | slots | pairs | placed | value | ms | an item, µs | × that of 1,000 | MB | one post changed, ms | others moved, median | worst |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| small | 100 | 10 | 1000 | 9 | 5 | 20.0 | 200 | 2.0 | 3 | 1.5 | 1 | 4 |
| large | 1000 | 10 | 1000 | 9 | 5 | 100.0 | 100 | 1.0 | 3 | 0.0 | 0 | 0 |
`
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// The tables go between the two lines of the document, and nowhere else.
func TestDocument_wantsToKnowWhere(t *testing.T) {
	t.Parallel()
	need.Program(t, "cbc")
	path := filepath.Join(t.TempDir(), "doc.md")
	if err := os.WriteFile(path, []byte("# Planning\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := run(t.Context(), []string{"-into", path}, &out); err == nil || !strings.Contains(err.Error(), "make optimum writes") {
		t.Errorf("got %v", err)
	}
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "planning.md"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), figuresBegin) != 1 || strings.Count(string(text), figuresEnd) != 1 {
		t.Error("docs/planning.md does not say where the figures go")
	}
}
