package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"editorial/internal/cli"
)

// TestDocs_firstFiveMinutesAreWhatTheProgramPrints replays the sessions of the
// two pages for newcomers, in a new folder each. A line "…" stands for any
// lines.
func TestDocs_firstFiveMinutesAreWhatTheProgramPrints(t *testing.T) {
	t.Parallel()
	for page, lang := range map[string]string{"getting-started.md": "en", "demarrer.md": "fr"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
		if err != nil {
			t.Fatal(err)
		}
		_, session, ok := strings.Cut(string(text), "```console\n")
		session, _, closed := strings.Cut(session, "```")
		if !ok || !closed {
			t.Fatalf("%s has no session", page)
		}
		dir := t.TempDir()
		for _, step := range strings.Split(session, "$ ")[1:] {
			command, want, _ := strings.Cut(step, "\n")
			if to, ok := strings.CutPrefix(command, "cd "); ok {
				dir = filepath.Join(dir, to)
				continue
			}
			var out, errs bytes.Buffer
			code := cli.Main(context.Background(), cli.Env{
				Args: inFolder(dir, words(strings.TrimPrefix(command, "editorial"))), Out: &out, Err: &errs, In: strings.NewReader(""),
				Environ: []string{"EDITORIAL_LANG=" + lang, "EDITORIAL_NOW=2026-10-19T08:00"},
				Now:     func() time.Time { t.Error("the real clock was asked"); return time.Time{} },
			})
			// A person stands in the folder, the test outside it.
			printedOut := strings.NewReplacer("-C "+filepath.ToSlash(dir)+" ", "", filepath.ToSlash(dir)+"/", "").Replace(out.String())
			if code != 0 || errs.Len() > 0 || !printed(strings.Split(strings.TrimSpace(want), "\n"), strings.Split(strings.TrimSpace(printedOut), "\n")) {
				t.Errorf("$ %s (exit %d)\n%s--- %s\n%s\n--- printed\n%s", command, code, &errs, page, want, printedOut)
			}
		}
	}
}

func inFolder(dir string, args []string) []string { return append(args, "-C", dir) }

// words takes a command line apart, double quotes kept together.
func words(line string) []string {
	var all []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			all = append(all, part)
		} else {
			all = append(all, strings.Fields(part)...)
		}
	}
	return all
}
