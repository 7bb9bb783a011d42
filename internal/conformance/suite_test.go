// Package conformance holds what is read against the test suites of others:
// toml-test and the YAML test suite as front matter, the examples of CommonMark
// and of GitHub's Markdown as bodies. The suites come with Go modules; none of
// their cases is committed here.
//
// Where a case is not met, it stands in a list with the reason. A case in a
// list that is met fails the test. docs/conformance.md has the figures.
package conformance

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// suite is a test suite that is held.
type suite struct {
	name, version string
	// cases returns them all; a case is what is wrong with it, "" for nothing.
	cases func(t *testing.T) []verdict
	// exceptions are the cases that are not met, and why.
	exceptions map[string]string
}

// verdict is what became of a case.
type verdict struct {
	name string
	// fault is what is wrong, "" for nothing.
	fault string
	// apart is set for a case that no front matter can be: a document that is no
	// table is refused, which is right, and counted apart.
	apart bool
	// fixed is set for a document that is read, and to which no key can be added.
	fixed bool
}

func suites() []suite { return []suite{tomlTest(), yamlTestSuite(), commonMark(), gfm()} }

// hold runs a suite and fails for every case that is neither met nor listed,
// and every listed one that is met.
func (s suite) hold(t *testing.T) []verdict {
	t.Helper()
	all := s.cases(t)
	listed := maps.Clone(s.exceptions)
	for _, v := range all {
		reason, is := listed[v.name]
		switch delete(listed, v.name); {
		case v.fault != "" && !is:
			t.Errorf("%s: %s", v.name, v.fault)
		case v.fault == "" && is:
			t.Errorf("%s is met: it is no exception any more (%s)", v.name, reason)
		case is && strings.TrimSpace(reason) == "":
			t.Errorf("%s is an exception without a reason", v.name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(listed)) {
		t.Errorf("%s is an exception, and no case", name)
	}
	return all
}

// TestSuites runs them all and holds docs/conformance.md to what came of it.
func TestSuites(t *testing.T) {
	t.Parallel()
	results := map[string][]verdict{}
	for _, s := range suites() {
		t.Run(s.name, func(t *testing.T) { results[s.name] = s.hold(t) })
	}
	t.Run("report", func(t *testing.T) { holdReport(t, results) })
}
