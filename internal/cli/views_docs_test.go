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

// TestDocs_viewsAreWhatTheProgramPrints replays the sessions of docs/views.md on
// the sample office; -update rewrites them.
func TestDocs_viewsAreWhatTheProgramPrints(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	page := filepath.Join(root, "docs", "views.md")
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "```console\n$ editorial ", "\n```\n"
	parts := strings.Split(string(text), begin)
	if len(parts) < 6 {
		t.Fatalf("%d sessions", len(parts)-1)
	}
	for i, part := range parts[1:] {
		session, after, closed := strings.Cut(part, end)
		command, want, _ := strings.Cut(session, "\n")
		var out bytes.Buffer
		code := cli.Main(context.Background(), cli.Env{
			Args: append(strings.Fields(command), "-C", root), Out: &out, Err: &bytes.Buffer{}, In: strings.NewReader(""),
			Environ: []string{"LANG=C"}, Now: func() time.Time { t.Error("the real clock was asked"); return time.Time{} },
		})
		got := strings.TrimRight(out.String(), "\n")
		if !*update && (got != want || code != 0 || !closed) {
			t.Errorf("$ editorial %s (exit %d)\n--- docs/views.md\n%s\n--- printed\n%s", command, code, want, got)
		}
		parts[i+1] = command + "\n" + got + end + after
	}
	if *update {
		if err := os.WriteFile(page, []byte(strings.Join(parts, begin)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
