package forecast_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"editorial/pkg/calendar/forecast"
)

// TestDocs_figuresAreOurs holds the tables of docs/forecast.md against
// what the program says of the offices in them.
func TestDocs_figuresAreOurs(t *testing.T) {
	t.Parallel()
	file := filepath.Join("..", "..", "..", "docs", "forecast.md")
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	pooled := make([]forecast.Bin, 5)
	row := func(name string, s forecast.Score) {
		rows = append(rows, fmt.Sprintf("| %s | %d | %.3f | %.3f | %.0f %% |", name, s.Cases, s.Brier, s.Base, 100*s.Skill()))
	}
	for seed, s := range scored() {
		row(fmt.Sprintf("three posts a week, %d", seed+1), s)
		for i, b := range s.Bins {
			p := &pooled[i]
			p.From, p.To = b.From, b.To
			p.Said += b.Said * float64(b.Cases)
			p.Cases += b.Cases
			p.CameTrue += b.CameTrue
		}
	}
	for seed := range uint64(3) {
		o := plain(seed + 10)
		o.perWeek, o.weeks = 1, 40
		row(fmt.Sprintf("one post a week, %d", seed+1), forecast.Test(o.tracks(), o.now()))
	}
	for _, p := range pooled {
		rows = append(rows, fmt.Sprintf("| %.0f–%.0f %% | %d | %.0f %% | %.0f %% |", 100*p.From, 100*p.To, p.Cases, 100*p.Said/float64(p.Cases), 100*p.Share()))
	}
	for _, r := range rows {
		if !strings.Contains(string(doc), r) {
			t.Errorf("%s lacks\n%s", file, r)
		}
	}
}
