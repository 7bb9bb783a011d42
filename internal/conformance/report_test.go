package conformance

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"editorial/internal/need"
)

var update = flag.Bool("update", false, "rewrite the figures of docs/conformance.md")

// holdReport holds docs/conformance.md to what is so: the figures and every
// exception.
func holdReport(t *testing.T, results map[string][]verdict) {
	t.Helper()
	if len(results) < len(suites()) {
		need.Skip(t, "a suite did not run")
	}
	name := filepath.Join("..", "..", "docs", "conformance.md")
	const heading = "## Figures\n"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	intro, got, _ := strings.Cut(string(data), heading)
	want := report(results)
	if *update {
		if err := os.WriteFile(name, []byte(intro+heading+want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if got != want {
		t.Errorf("docs/conformance.md says something else than is so; make golden rewrites it to\n%s", want)
	}
}

func report(results map[string][]verdict) string {
	var table, why strings.Builder
	table.WriteString("\n| suite | version | cases | met | exceptions | read, but no key can be added |\n| --- | --- | ---: | ---: | ---: | ---: |\n")
	for _, s := range suites() {
		all := results[s.name]
		apart, fixed := 0, 0
		for _, v := range all {
			if v.apart {
				apart++
			}
			if v.fixed {
				fixed++
			}
		}
		cases := fmt.Sprint(len(all))
		if apart > 0 {
			cases += fmt.Sprintf(" (%d no table)", apart)
		}
		fmt.Fprintf(&table, "| %s | %s | %s | %d | %d | %d |\n", s.name, s.version, cases, len(all)-len(s.exceptions), len(s.exceptions), fixed)
		by := map[string][]string{}
		for name, reason := range s.exceptions {
			by[reason] = append(by[reason], name)
		}
		if len(by) == 0 {
			continue
		}
		fmt.Fprintf(&why, "\n## Exceptions of %s\n\n", s.name)
		for _, reason := range slices.Sorted(maps.Keys(by)) {
			slices.SortFunc(by[reason], func(a, b string) int {
				if d := len(a) - len(b); d != 0 && len(a) < 4 && len(b) < 4 {
					return d
				}
				return strings.Compare(a, b)
			})
			fmt.Fprintf(&why, "- %s: %s.\n", strings.ToUpper(reason[:1])+reason[1:], strings.Join(by[reason], ", "))
		}
	}
	return table.String() + why.String()
}
