package verify_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"editorial/pkg/calendar/verify"
	"editorial/pkg/problem"
)

// load reads a calendar that was written by hand after docs/planning.md: no
// planner has touched it.
func load(t *testing.T) map[string]any {
	t.Helper()
	data, err := os.ReadFile("testdata/by-hand.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

func run(t *testing.T, doc map[string]any) ([]problem.Problem, error) {
	t.Helper()
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	_, problems, err := verify.Check(strings.NewReader(string(data)))
	return problems, err
}

func TestCheck_findsNothingWrongWithAGoodCalendar(t *testing.T) {
	t.Parallel()
	problems, err := run(t, load(t))
	if err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
	doc := load(t)
	doc["plan"], doc["value"] = []any{}, 0
	if problems, err := run(t, doc); err != nil || len(problems) > 0 {
		t.Errorf("nothing placed: %v, %v", problems, err)
	}
}

// place sets the plan, "item slot" each, and its value to what the pairs say.
func place(doc map[string]any, placements ...string) {
	plan, value := []any{}, 0.0
	for _, p := range placements {
		item, slot, _ := strings.Cut(p, " ")
		var n float64
		if err := json.Unmarshal([]byte(slot), &n); err != nil {
			panic(err)
		}
		plan = append(plan, map[string]any{"item": item, "slot": n})
		for _, x := range doc["pairs"].([]any) {
			if pair := x.(map[string]any); pair["item"] == item && pair["slot"] == n {
				value += pair["value"].(float64)
			}
		}
	}
	doc["plan"], doc["value"] = plan, value
}

func set(doc map[string]any, list string, i int, field string, value any) {
	doc[list].([]any)[i].(map[string]any)[field] = value
}

// Each break of a rule is found, alone, and named.
func TestCheck_findsEachBrokenRule(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		spoil func(map[string]any)
		want  []string
	}{
		{"an item twice", func(d map[string]any) { place(d, "a#blog#1 0", "a#blog#1 2") }, []string{"verify-twice", "verify-value"}},
		{"a slot too full", func(d map[string]any) { place(d, "a#blog#1 0", "b#blog#1 0") }, []string{"verify-full"}},
		{"an edition too small", func(d map[string]any) { place(d, "a#blog#1 0", "a#letter#1 4") }, []string{"verify-small"}},
		{"a pair that is closed", func(d map[string]any) { place(d, "b#blog#1 3", "a#blog#1 0", "a#letter#1 3") }, []string{"verify-pair", "verify-pair"}},
		{"a cap", func(d map[string]any) { set(d, "caps", 0, "limit", 1); place(d, "a#blog#1 0", "b#blog#1 2") }, []string{"verify-cap"}},
		{"a gap", func(d map[string]any) { set(d, "spreads", 0, "minutes", 0); place(d, "a#blog#1 0", "b#blog#1 1") }, []string{"verify-gap"}},
		{"a gap to what is fixed", func(d map[string]any) { set(d, "gaps", 0, "minutes", 3000); place(d, "a#blog#1 0") }, []string{"verify-gap"}},
		{"a spread", func(d map[string]any) { set(d, "spreads", 0, "minutes", 3000); place(d, "a#blog#1 0", "b#blog#1 2") }, []string{"verify-spread"}},
		{"a follower too early", func(d map[string]any) { place(d, "a#blog#1 2", "a#letter#1 4", "b#blog#1 0", "b#letter#1 4") }, []string{"verify-after"}},
		{"a follower alone", func(d map[string]any) { place(d, "a#letter#1 4", "b#letter#1 4") }, []string{"verify-noleader", "verify-noleader"}},
		{"too great a share", func(d map[string]any) { set(d, "mix", 0, "max", 0); place(d, "a#blog#1 0", "b#blog#1 2") }, []string{"verify-mix-max"}},
		{"too small a share", func(d map[string]any) {
			set(d, "mix", 0, "intent", "talk")
			set(d, "mix", 0, "min", 600)
			place(d, "a#blog#1 0", "b#blog#1 2")
		}, []string{"verify-mix-min"}},
		{"too much work", func(d map[string]any) { set(d, "capacity", 0, "avail", 89); place(d, "a#blog#1 0", "b#blog#1 2") }, []string{"verify-capacity"}},
		{"a value that is none", func(d map[string]any) { d["value"] = 1 }, []string{"verify-value"}},
		{"a bound that is none", func(d map[string]any) { d["bound"] = 1 }, []string{"verify-bound"}},
		// Numbers that do not follow from the others.
		{"a wrong horizon", func(d map[string]any) { d["horizon"] = 0 }, []string{"verify-data"}},
		{"a wrong day", func(d map[string]any) { set(d, "slots", 2, "day", 4) }, []string{"verify-data"}},
		{"a wrong block", func(d map[string]any) { set(d, "slots", 2, "block", 1) }, []string{"verify-data"}},
		{"a fixed one forgotten", func(d map[string]any) { set(d, "caps", 0, "used", 0) }, []string{"verify-data"}},
		{"a pair forgotten", func(d map[string]any) { d["pairs"] = d["pairs"].([]any)[1:]; place(d) }, []string{"verify-data", "verify-data"}},
		{"a value of a pair", func(d map[string]any) { set(d, "pairs", 0, "value", 99); place(d) }, []string{"verify-data"}},
		{"a name that leads nowhere", func(d map[string]any) { place(d, "x#blog#1 0") }, []string{"verify-unknown"}},
		{"a priority that nobody has", func(d map[string]any) { set(d, "items", 0, "priority", 9) }, []string{"verify-range"}},
		{"work that gives time back", func(d map[string]any) { set(d, "items", 0, "need", map[string]any{"q": -5}) }, []string{"verify-range"}},
		{"a slot that takes nothing", func(d map[string]any) { set(d, "slots", 0, "max", 0) }, []string{"verify-range"}},
		{"a slot that leads nowhere", func(d map[string]any) { place(d, "a#blog#1 9") }, []string{"verify-unknown"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc := load(t)
			tt.spoil(doc)
			problems, err := run(t, doc)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range problems {
				got = append(got, string(p.Code))
			}
			slices.Sort(got)
			slices.Sort(tt.want)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v\n%v", got, tt.want, problems)
			}
		})
	}
}

func TestCheck_refusesWhatIsNoCalendar(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "{}", "[]", "null", `{"version":1}`, `{"version":1,"zone":"Local"}`, `{"version":1,"slots":[{"id":1.5}]}`, `{"version":1} {}`} {
		if _, _, err := verify.Check(strings.NewReader(text)); err == nil {
			t.Errorf("%q was taken for a calendar", text)
		}
	}
	if _, _, err := verify.Check(strings.NewReader(`{"version":2}`)); !errors.Is(err, verify.ErrVersion) {
		t.Errorf("version 2: %v", err)
	}
}

// Whatever a file says, the checker answers.
func FuzzCheck(f *testing.F) {
	data, err := os.ReadFile("testdata/by-hand.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"version":1,"start":"2026-10-19T00:00:00+02:00","end":"2026-10-26T00:00:00+01:00","zone":"Europe/Paris","horizon":0,"slots":[{"id":0,"at":99,"weight":1,"min":1,"max":1}],"items":[{"id":"a","priority":5,"until":999}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, problems, err := verify.Check(strings.NewReader(string(data)))
		if err != nil && len(problems) > 0 {
			t.Error("an error and problems")
		}
	})
}
