package markdown_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"

	"editorial/pkg/content/markdown"
)

type example struct {
	Markdown, HTML, Section string
	Example                 int
}

// specification returns the examples of CommonMark, which Goldmark's module
// holds.
func specification(t testing.TB) []example {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "_test", "spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []example
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestHTML_followsCommonMark renders every example of the specification, with
// typography off and the ids of headings taken out. Examples with raw HTML
// are sanitised: there only well-formedness and safety are asked.
func TestHTML_followsCommonMark(t *testing.T) {
	t.Parallel()
	differs := map[int]string{
		598: "unknown scheme", 599: "unknown scheme", 601: "unknown scheme",
		608: "bare address, a link in GitHub's Markdown",
		611: "bare address, a link in GitHub's Markdown",
		612: "bare address, a link in GitHub's Markdown",
	}
	ids := regexp.MustCompile(`(<h[1-6]) id="[^"]*"`)
	p, plain := markdown.New(), goldmark.New()
	compared := 0
	for _, e := range specification(t) {
		got := html(t, p, e.Markdown, "zxx", markdown.Options{})
		checkSafe(t, got)
		var omitted bytes.Buffer
		if err := plain.Convert([]byte(e.Markdown), &omitted); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(omitted.String(), "<!-- raw HTML omitted -->") {
			continue
		}
		compared++
		same := ids.ReplaceAllString(got, "$1") == e.HTML
		if differs[e.Example] == "" && !same {
			t.Errorf("example %d, %s: %q\ngot  %q\nwant %q", e.Example, e.Section, e.Markdown, got, e.HTML)
		} else if differs[e.Example] != "" && same {
			t.Errorf("example %d is as specified: it is no exception any more", e.Example)
		}
	}
	if compared < 550 {
		t.Errorf("only %d examples were compared", compared)
	}
}
