package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestDocs_aCommandOnce: docs/json.md describes the answer of a command in one
// row; two of them would say different things.
func TestDocs_aCommandOnce(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "json.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]*--json)` \\|").FindAllStringSubmatch(string(doc), -1) {
		seen[row[1]]++
	}
	if len(seen) < 15 {
		t.Errorf("%d commands", len(seen))
	}
	for command, n := range seen {
		if n != 1 {
			t.Errorf("%q has %d rows", command, n)
		}
	}
}
