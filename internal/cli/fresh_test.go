package cli

import (
	"strconv"
	"testing"

	"editorial/pkg/problem"
)

// TestFresh: what was said is not said again, what is no error not at all, and
// every problem is looked at once: by pairs, so many would take hours.
func TestFresh(t *testing.T) {
	t.Parallel()
	const many = 50_000
	all := func(from, to int) []problem.Problem {
		var ps []problem.Problem
		for i := from; i < to; i++ {
			at := problem.Position{File: "content/" + strconv.Itoa(i) + ".md", Line: 1}
			ps = append(ps, problem.Problem{Position: at, Code: "bad-date"}, problem.Problem{Position: at, Code: "no-id", Severity: problem.Info})
		}
		return ps
	}
	got := fresh(all(2, many+2), all(0, many))
	if len(got) != 2 || got[0].Error() != "content/50000.md:1: bad-date" || got[1].Error() != "content/50001.md:1: bad-date" {
		t.Errorf("got %v", got)
	}
	if got := fresh(all(0, 3), nil); len(got) != 3 {
		t.Errorf("of none said: %v", got)
	}
}
