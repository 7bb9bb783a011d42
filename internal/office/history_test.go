package office

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/tools/corpus"
	"editorial/pkg/calendar"
	"editorial/pkg/civil"
)

// TestPropose_isTheSameWithoutHistory: what the plan is not told of changes
// neither what it proposes nor what it shows.
func TestPropose_isTheSameWithoutHistory(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := corpus.Write(dir, 400, 3); err != nil {
		t.Fatal(err)
	}
	at := func(civil.Zone) (time.Time, error) { return time.Parse(time.RFC3339, "2011-10-03T08:00:00Z") }
	o, err := Load(context.Background(), Options{Dir: dir, Clock: at})
	if err != nil {
		t.Fatal(err)
	}
	// Old posts in the agreed calendar too, one of them on a platform more.
	var lines strings.Builder
	for i, p := range o.Corpus.Posts {
		if day := o.Zone.Date(p.Date.Instant); i%7 == 0 && !p.Date.IsZero() {
			fmt.Fprintf(&lines, "%s[Europe/Paris] blog %s#blog#1\n", o.local(p.Date.Instant).Format("2006-01-02T15:04-07:00"), p.ID)
			if i%14 == 0 {
				again := o.Zone.Instant(day.AddDays(i % 3 * 300).At(civil.Clock{Hour: 11}))
				fmt.Fprintf(&lines, "%s[Europe/Paris] blog %s#blog#2\n", o.local(again).Format("2006-01-02T15:04-07:00"), p.ID)
			}
		}
	}
	if err := os.WriteFile(filepath.Join(dir, AgreedFile), []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if o, err = Load(context.Background(), Options{Dir: dir, Clock: at}); err != nil {
		t.Fatal(err)
	}
	_, over := o.history()
	got := o.Propose()
	input := o.planInput(nil)
	inst, _ := calendar.Expand(input)
	want := &Proposal{Instance: inst, Plan: calendar.Make(inst), input: input}
	want.First, want.Last = got.First, got.Last
	o.fill(want)
	if len(over) < 50 || len(over) == len(o.Corpus.Posts) || len(want.Placements) < 100 {
		t.Fatalf("%d of %d posts are over, %d placements", len(over), len(o.Corpus.Posts), len(want.Placements))
	}
	show := func(all []Placement) []string {
		var lines []string
		for _, x := range all {
			lines = append(lines, fmt.Sprint(x.At, x.Key, x.State, x.Pinned, x.Locked, x.From, x.Post != nil))
		}
		slices.Sort(lines)
		return lines
	}
	if d := cmp.Diff(show(want.Placements), show(got.Placements)); d != "" {
		t.Errorf("with history -, without +:\n%s", d)
	}
	if d := cmp.Diff(show(want.Removed), show(got.Removed)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]any{len(want.Left), want.Gaps, want.Load}, []any{len(got.Left), got.Gaps, got.Load}); d != "" {
		t.Error(d)
	}
}
