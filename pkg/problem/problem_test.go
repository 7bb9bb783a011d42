package problem_test

import (
	"errors"
	"io/fs"
	"testing"

	"editorial/pkg/problem"
)

func TestPosition_String_leavesOutWhatIsUnknown(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]problem.Position{
		"":           {},
		"a.md":       {File: "a.md"},
		"a.md:3":     {File: "a.md", Line: 3},
		"a.md:3:7":   {File: "a.md", Line: 3, Col: 7},
		"a b.md:1:1": {File: "a b.md", Line: 1, Col: 1},
	} {
		if got := p.String(); got != want {
			t.Errorf("%#v: got %q, want %q", p, got, want)
		}
	}
}

func TestSort_ordersByPlaceThenCode(t *testing.T) {
	t.Parallel()
	at := func(file string, line, col int, code problem.Code) problem.Problem {
		return problem.Problem{Position: problem.Position{File: file, Line: line, Col: col}, Code: code}
	}
	want := []problem.Problem{at("a", 0, 0, "z"), at("a", 2, 1, "a"), at("a", 2, 1, "b"), at("a", 10, 1, "a"), at("b", 1, 1, "a")}
	got := []problem.Problem{want[4], want[3], want[2], want[1], want[0]}
	problem.Sort(got)
	for i := range want {
		if got[i].Error() != want[i].Error() {
			t.Fatalf("place %d: got %v, want %v", i, got[i], want[i])
		}
	}
}

func TestProblem_isAnErrorThatKeepsItsCause(t *testing.T) {
	t.Parallel()
	err := error(problem.Problem{
		Position: problem.Position{File: "a.md", Line: 1, Col: 2}, Code: "unreadable",
		Params: problem.Params{"b": "2", "a": "x\n"}, Cause: fs.ErrPermission,
	})
	if !errors.Is(err, fs.ErrPermission) {
		t.Error("the cause is lost")
	}
	if got, want := err.Error(), `a.md:1:2: unreadable a="x\n" b="2": permission denied`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	known := []string{"title", "date", "draft", "platforms", "publishDate", "embargo"}
	for name, want := range map[string]string{
		"tilte": "title", "Date": "date", "dat": "date", "platform": "platforms", "drafts": "draft",
		"publishdate": "publishDate", "embrago": "embargo", "colour": "", "x": "", "": "",
	} {
		if got := problem.Nearest(name, known); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
