package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestDocs_forecastIsWhatTheProgramPrints: the screen in docs/forecast.md is the
// one that the script of the command expects.
func TestDocs_forecastIsWhatTheProgramPrints(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "forecast.md"))
	if err != nil {
		t.Fatal(err)
	}
	script, err := txtar.ParseFile(filepath.Join("testdata", "script", "forecast.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range script.Files {
		if f.Name == "en.txt" {
			if !strings.Contains(string(doc), "```\n"+string(f.Data)+"```\n") {
				t.Errorf("docs/forecast.md does not show\n%s", f.Data)
			}
			return
		}
	}
	t.Error("the script has no en.txt")
}
