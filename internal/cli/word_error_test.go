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
	"editorial/internal/need"
)

// What the system refuses is said in the language of the screen, with the path
// and with what to do.
func TestWordError(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name         string
		breaks       func(t *testing.T, dir string)
		line, en, fr string
	}{
		{"not a folder", nil, "build --out {dir}/config.toml", "config.toml is not a folder", "config.toml n’est pas un dossier"},
		{"a folder", func(t *testing.T, dir string) { mkdir(t, filepath.Join(dir, "archetypes", "default.md")) },
			"new Title", "archetypes/default.md is a folder", "archetypes/default.md est un dossier"},
		{"out of the office", func(t *testing.T, dir string) {
			link(t, os.TempDir(), filepath.Join(dir, "archetypes"))
		}, "new Title", "leads out of the office's folder", "mène hors du dossier de la rédaction"},
		{"posts out of the office", func(t *testing.T, dir string) {
			if err := os.RemoveAll(filepath.Join(dir, "content")); err != nil {
				t.Fatal(err)
			}
			link(t, t.TempDir(), filepath.Join(dir, "content"))
		}, "list", "content leads out of the office's folder", "content mène hors du dossier de la rédaction"},
		{"long name", nil, "build --out {dir}/" + strings.Repeat("x", 300), "the name is too long", "le nom est trop long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := officeOf(t)
			if tt.breaks != nil {
				tt.breaks(t, dir)
			}
			for lang, want := range map[string]string{"en": tt.en, "fr": tt.fr} {
				var out, stderr bytes.Buffer
				code := cli.Main(context.Background(), cli.Env{
					Args: append(strings.Fields(strings.ReplaceAll(tt.line, "{dir}", dir)), "-C", dir), Out: &out, Err: &stderr,
					Environ: []string{"LANG=" + lang}, Now: time.Now,
				})
				hint := map[string]string{"en": "\nhint: ", "fr": "\nconseil : "}[lang]
				if code != cli.ExitFound || !strings.Contains(stderr.String(), want) || !strings.Contains(stderr.String(), hint) {
					t.Errorf("%s: exit code %d, stderr %q; want %q and a hint", lang, code, stderr.String(), want)
				}
			}
		})
	}
}

func mkdir(t *testing.T, name string) {
	t.Helper()
	if err := os.MkdirAll(name, 0o755); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		need.Skip(t, err)
	}
}
