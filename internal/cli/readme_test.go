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

// TestReadme_firstScreenIsWhatTheProgramPrints replays the session of
// README.md on the sample office. A line "…" stands for any lines.
func TestReadme_firstScreenIsWhatTheProgramPrints(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, session, ok := strings.Cut(string(text), "```console\n")
	session, _, closed := strings.Cut(session, "```")
	if !ok || !closed {
		t.Fatal("README.md has no session")
	}
	office := t.TempDir()
	if err := os.CopyFS(filepath.Join(office, "content"), os.DirFS(filepath.Join(root, "content"))); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"config.toml", "calendar.txt"} {
		data, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(office, name), data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range strings.Split(session, "$ editorial ")[1:] {
		command, want, _ := strings.Cut(step, "\n")
		var out bytes.Buffer
		cli.Main(context.Background(), cli.Env{
			Args: append(strings.Fields(command), "-C", office), Out: &out, Err: &bytes.Buffer{}, In: strings.NewReader(""),
			Environ: []string{"LANG=C"}, Now: func() time.Time { t.Error("the real clock was asked"); return time.Time{} },
		})
		if !printed(strings.Split(strings.TrimSpace(want), "\n"), strings.Split(strings.TrimSpace(out.String()), "\n")) {
			t.Errorf("$ editorial %s\n--- README.md\n%s\n--- printed\n%s", command, want, out.String())
		}
	}
}

// printed reports whether lines are as wanted, "…" standing for any lines.
func printed(want, lines []string) bool {
	if len(want) == 0 {
		return len(lines) == 0
	}
	if want[0] == "…" {
		for i := 0; i <= len(lines); i++ {
			if printed(want[1:], lines[i:]) {
				return true
			}
		}
		return false
	}
	return len(lines) > 0 && want[0] == lines[0] && printed(want[1:], lines[1:])
}
