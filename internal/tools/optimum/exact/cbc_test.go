package exact_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/need"
	"editorial/internal/tools/optimum/exact"
)

// tiny is an office that can be planned by hand: the newsletter needs two
// posts, the slots of the blog are too near each other for both to be used, and
// what follows on the blog must wait for the letter.
const tiny = `{"version": 1, "horizon": 10080,
"slots": [
 {"id": 0, "platform": "blog", "at": 100, "min": 1, "max": 1}, {"id": 1, "platform": "blog", "at": 160, "min": 1, "max": 1},
 {"id": 2, "platform": "letter", "at": 120, "min": 2, "max": 3}],
"items": [
 {"id": "a#blog#1", "post": "a", "platform": "blog", "priority": 3}, {"id": "a#letter#1", "post": "a", "platform": "letter", "priority": 3},
 {"id": "b#blog#1", "post": "b", "platform": "blog", "priority": 3}, {"id": "b#letter#1", "post": "b", "platform": "letter", "priority": 3}],
"pairs": [
 {"item": "a#blog#1", "slot": 0, "value": 90}, {"item": "a#blog#1", "slot": 1, "value": 60},
 {"item": "b#blog#1", "slot": 0, "value": 80}, {"item": "b#blog#1", "slot": 1, "value": 70},
 {"item": "a#letter#1", "slot": 2, "value": 5}, {"item": "b#letter#1", "slot": 2, "value": 20}],
"after": [{"item": "a#blog#1", "leader": "a#letter#1", "fixed": null, "release": {"2": 150}}],
"gaps": [{"platform": "blog", "minutes": 61}]}`

func read(t *testing.T, text string) *exact.Problem {
	t.Helper()
	p, err := exact.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Without the letter a cannot stand on the blog, and with it only late; b
// early and the letter are worth most.
func TestSolve_findsTheBestPlanOfATinyOffice(t *testing.T) {
	t.Parallel()
	solver := exact.Solver{Program: need.Program(t, "cbc"), Limit: time.Minute}
	for _, tt := range []struct {
		name, text string
		want       int
		plan       []exact.Placed
	}{
		{"as it is", tiny, 105, []exact.Placed{{Item: "a#letter#1", Slot: 2}, {Item: "b#blog#1", Slot: 0}, {Item: "b#letter#1", Slot: 2}}},
		{"no gap", strings.Replace(tiny, `"minutes": 61`, `"minutes": 60`, 1), 165, []exact.Placed{
			{Item: "a#blog#1", Slot: 1}, {Item: "a#letter#1", Slot: 2}, {Item: "b#blog#1", Slot: 0}, {Item: "b#letter#1", Slot: 2},
		}},
		{"three for a letter", strings.Replace(tiny, `"min": 2`, `"min": 3`, 1), 80, []exact.Placed{{Item: "b#blog#1", Slot: 0}}},
		{"nothing follows", strings.Replace(tiny, `"item": "a#blog#1", "leader"`, `"item": "x", "leader"`, 1), 115, []exact.Placed{
			{Item: "a#blog#1", Slot: 0}, {Item: "a#letter#1", Slot: 2}, {Item: "b#letter#1", Slot: 2},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := read(t, tt.text)
			got, err := solver.Solve(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			if !got.Proven || got.Value != tt.want || got.Bound != tt.want || got.Objective != float64(tt.want) {
				t.Errorf("got %+v, want %d", got, tt.want)
			}
			if d := cmp.Diff(tt.plan, got.Plan); d != "" {
				t.Error(d)
			}
			if value, broken := p.Model().Check(got.Plan); value != tt.want || len(broken) > 0 {
				t.Errorf("the model takes its own plan for %d and %q", value, broken)
			}
		})
	}
}

func TestRun_refusesAPlanThatBreaksARule(t *testing.T) {
	t.Parallel()
	solver := exact.Solver{Program: need.Program(t, "cbc"), Limit: time.Minute}
	model := read(t, tiny).Model()
	alone := []exact.Placed{{Item: "b#letter#1", Slot: 2}} // one for a letter that needs two
	if _, err := solver.Run(t.Context(), model, alone); !errors.Is(err, exact.ErrInfeasible) {
		t.Errorf("got %v", err)
	}
	if _, broken := model.Check(alone); len(broken) != 1 {
		t.Errorf("the model finds %q", broken)
	}
}

// What is proven is not proven again; another plan is the same problem, and
// another value of a pair is another one.
func TestSolve_keepsWhatIsProven(t *testing.T) {
	t.Parallel()
	solver := exact.Solver{Program: need.Program(t, "cbc"), Limit: time.Minute, Cache: filepath.Join(t.TempDir(), "new")}
	first, err := solver.Solve(t.Context(), read(t, tiny))
	if err != nil {
		t.Fatal(err)
	}
	solver.Program = "no-such-solver"
	planned := strings.TrimSuffix(tiny, "}") + `, "plan": [{"item": "b#blog#1", "slot": 0}], "value": 80}`
	again, err := solver.Solve(t.Context(), read(t, planned))
	if err != nil || !cmp.Equal(first, again) {
		t.Errorf("got %+v, %v, want %+v", again, err, first)
	}
	if _, err := solver.Solve(t.Context(), read(t, strings.Replace(tiny, "90", "91", 1))); err == nil {
		t.Error("another problem was taken for the same")
	}
}
