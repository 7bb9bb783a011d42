package watch

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestPoll_seesWhatTheSystemWouldTell: where there are no watches left, files
// that appear, change and go are still seen, and those of editors are not.
func TestPoll_seesWhatTheSystemWouldTell(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	old := filepath.Join(dir, "content", "a", "old.md")
	put(t, old, "x")
	put(t, filepath.Join(dir, "config.toml"), "x")
	changes := make(chan []string)
	go poll(t.Context(), dir, Look(dir), changes, time.Millisecond)
	seen := map[string]bool{}
	await := func(name string) {
		for !seen[name] {
			select {
			case list := <-changes:
				for _, f := range list {
					seen[f] = true
				}
			case <-t.Context().Done():
				t.Fatalf("%s was not seen", name)
			}
		}
	}
	put(t, filepath.Join(dir, "content", "first.md"), "x")
	await("content/first.md")
	put(t, filepath.Join(dir, "content", ".first.md.swp"), "x")
	put(t, filepath.Join(dir, "content", "first.md~"), "x")
	put(t, filepath.Join(dir, "notes.txt"), "x")
	put(t, filepath.Join(dir, "content", "new", "b.md"), "x")
	await("content/new/b.md")
	put(t, filepath.Join(dir, "config.toml"), "longer")
	await("config.toml")
	if err := os.Remove(old); err != nil {
		t.Fatal(err)
	}
	await("content/a/old.md")
	put(t, filepath.Join(dir, "templates", "newsletter", "mail.css"), "x")
	await("templates/newsletter/mail.css")
	var rest []string
	for name := range seen {
		if !slices.Contains([]string{"content/first.md", "content/new/b.md", "config.toml", "content/a/old.md", "templates/newsletter/mail.css"}, name) {
			rest = append(rest, name)
		}
	}
	if len(rest) > 0 {
		t.Errorf("seen besides: %v", rest)
	}
}

func TestOfficeFile(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("some", "office")
	for name, want := range map[string]string{
		"config.toml": "config.toml", "calendar.txt": "calendar.txt", "content": "content", "content/a/b.md": "content/a/b.md",
		"private/plan/index.html": "", "content/.git/x": "", "content/a.md~": "", "content/#a.md#": "", "content/4913": "",
		"../config.toml": "", "contents/a.md": "", "README.md": "",
		"templates": "templates", "templates/newsletter/mail.css": "templates/newsletter/mail.css", "templates/.x": "", "template/x": "",
	} {
		got, ok := officeFile(dir, filepath.Join(dir, filepath.FromSlash(name)))
		if got != want || ok != (want != "") {
			t.Errorf("%s: %q, %v", name, got, ok)
		}
	}
}
