package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"editorial/internal/need"
)

// TestRealBlogs holds that scripts/real-blogs sees what differs and what does
// not, on a clone of its own making.
func TestRealBlogs(t *testing.T) {
	t.Parallel()
	need.Python(t, "yaml", "feedparser")
	dir := t.TempDir()
	editorial := filepath.Join(dir, "editorial")
	if out, err := exec.Command("go", "build", "-o", editorial, "editorial/cmd/editorial").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	posts := filepath.Join(dir, "blogs", "electron", "blog")
	if err := os.MkdirAll(posts, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"one.md":   "---\ntitle: 1.10 # as it was typed\ndate: 2024-01-05\n---\nOne.\n",
		"two.md":   "---\ntitle: \"Two “2”\"\ndate: 2024-01-06T09:00:00+02:00\nslug: second\n---\nTwo.\n",
		"three.md": "---\ntitle: Three\ndate: 2024-01-07 08:00 2024 +0100\n---\nThree.\n",
	} {
		if err := os.WriteFile(filepath.Join(posts, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(filepath.Join("..", "..", "scripts", "real-blogs"), filepath.Join(dir, "blogs"))
	cmd.Env = append(os.Environ(), "EDITORIAL="+editorial, "HUGO=", "JEKYLL=")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{
		"- files: 3\n", "- in the feed: 2\n", "- refused: 1\n  - `content/three.md:3: bad-date",
		"- titles that differ from PyYAML's: 0\n", "- instants that differ from PyYAML's: 1\n  - `content/three.md: None",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
}
