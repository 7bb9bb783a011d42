package exact_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"editorial/internal/tools/optimum/exact"
	"editorial/internal/tools/optimum/rival"
	"editorial/internal/tools/optimum/shape"
	"editorial/pkg/calendar"
	"editorial/pkg/calendar/verify"
)

// TestModel_saysWhatTheCheckerSays changes plans of offices of all shapes at
// random, for the better or the worse: the rows of the model and the checker,
// which share no code, take or refuse the same.
func TestModel_saysWhatTheCheckerSays(t *testing.T) {
	t.Parallel()
	taken, refused := 0, 0
	for seed := range uint64(28) {
		_, in, err := shape.Draw(seed)
		if err != nil {
			t.Fatal(err)
		}
		inst, _ := calendar.Expand(in)
		export := inst.Export(calendar.Plan{})
		problem, err := exact.Of(export)
		if err != nil {
			t.Fatal(err)
		}
		model := problem.Model()
		chance := rand.New(rand.NewPCG(seed, 1))
		plan, _ := rival.ByPriority(problem)
		for turn := range 24 {
			next := change(chance, plan, model.Pairs)
			value, broken := model.Check(next)
			rejected := checked(t, export, next, value)
			if (len(broken) == 0) != (len(rejected) == 0) {
				t.Fatalf("seed %d, turn %d: the model finds %q, the checker %q", seed, turn, broken, rejected)
			}
			if len(broken) == 0 {
				plan = next
				taken++
			} else {
				refused++
			}
		}
	}
	if taken < 50 || refused < 50 {
		t.Errorf("%d plans taken and %d refused", taken, refused)
	}
}

// change moves an item, places one, or takes one out.
func change(chance *rand.Rand, plan, pairs []exact.Placed) []exact.Placed {
	pair := pairs[chance.IntN(len(pairs))]
	next := slices.DeleteFunc(slices.Clone(plan), func(p exact.Placed) bool { return p.Item == pair.Item })
	if chance.IntN(4) > 0 {
		next = append(next, pair)
	}
	return next
}

func checked(t *testing.T, export calendar.Export, plan []exact.Placed, value int) []string {
	t.Helper()
	export.Plan, export.Value = nil, value
	for _, p := range plan {
		export.Plan = append(export.Plan, calendar.ExportPlaced{Item: p.Item, Slot: p.Slot})
	}
	text, err := json.Marshal(export)
	if err != nil {
		t.Fatal(err)
	}
	_, problems, err := verify.Check(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, p := range problems {
		all = append(all, fmt.Sprint(p))
	}
	return all
}
