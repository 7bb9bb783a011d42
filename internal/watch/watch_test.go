package watch

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"editorial/internal/need"
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
		"content/.#a.md": "", "content/a.md.swp": "", "content/A.SWX": "", "content/sedAbC123": "content/sedAbC123",
		"../config.toml": "", "contents/a.md": "", "README.md": "",
		"templates": "templates", "templates/newsletter/mail.css": "templates/newsletter/mail.css", "templates/.x": "", "template/x": "",
	} {
		got, ok := officeFile(dir, filepath.Join(dir, filepath.FromSlash(name)))
		if got != want || ok != (want != "") {
			t.Errorf("%s: %q, %v", name, got, ok)
		}
	}
}

// TestReady_leavesOutWhatCameAndWent: the files that editors and sed write first
// and then rename are no change; a file that was there and went is one.
func TestReady_leavesOutWhatCameAndWent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, "content", name) }
	put(t, at("a.md"), "x")
	put(t, at("gone.md"), "x")
	f := follower{dir: dir, changed: map[string]bool{}, known: Look(dir), born: map[string]bool{}}
	pass := func() []string {
		out := make(chan []string)
		if f.ready(out) == nil {
			return nil
		}
		list := slices.Sorted(maps.Keys(f.changed))
		f.changed = map[string]bool{}
		return list
	}
	tell := func(op fsnotify.Op, name string) {
		t.Helper()
		if !f.note(fsnotify.Event{Name: at(name), Op: op}) {
			t.Fatal("not noted")
		}
	}
	// As sed -i does: a new file takes the name of the old one.
	tell(fsnotify.Create, "sedAbC123")
	tell(fsnotify.Write, "sedAbC123")
	tell(fsnotify.Rename, "sedAbC123")
	tell(fsnotify.Create, "a.md")
	put(t, at("b.md"), "x")
	tell(fsnotify.Create, "b.md")
	if got := pass(); !slices.Equal(got, []string{"content/a.md", "content/b.md"}) {
		t.Errorf("saved: %v", got)
	}
	tell(fsnotify.Create, "try")
	tell(fsnotify.Remove, "try")
	if got := pass(); got != nil {
		t.Errorf("came and went: %v", got)
	}
	// What was known and is gone is a change, though its name was taken for a moment.
	for _, name := range []string{"gone.md", "b.md"} {
		if err := os.Remove(at(name)); err != nil {
			t.Fatal(err)
		}
		tell(fsnotify.Create, name)
		tell(fsnotify.Remove, name)
	}
	tell(fsnotify.Remove, "never-told.md")
	if got := pass(); !slices.Equal(got, []string{"content/b.md", "content/gone.md", "content/never-told.md"}) {
		t.Errorf("gone: %v", got)
	}
}

// TestNote_followsFoldersThatAreRenamed: a folder that has another name is
// watched under that one and under no other, and so is all below it.
func TestNote_followsFoldersThatAreRenamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, "content", filepath.FromSlash(name)) }
	put(t, at("d0/below/p.md"), "x")
	w, err := fsnotify.NewWatcher()
	if err != nil {
		need.Skip(t, err) // the system has no more to give
	}
	defer w.Close()
	f := follower{dir: dir, watcher: w, changed: map[string]bool{}, known: Look(dir), born: map[string]bool{}, watched: map[string]bool{}}
	if !f.add(f.within("content")) {
		need.Skip(t, "the system has no more watches")
	}
	// until notes all that the system tells, up to a file that was made last.
	until := func(name string) {
		put(t, at(name), "x")
		for e := range w.Events {
			if !f.note(e) {
				t.Fatal("not noted")
			}
			if e.Name == at(name) {
				return
			}
		}
	}
	for i := range 20 {
		to := fmt.Sprintf("d%d", i+1)
		if err := os.Rename(at(fmt.Sprintf("d%d", i)), at(to)); err != nil {
			t.Fatal(err)
		}
		until(fmt.Sprintf("mark%d.md", i))
		if !f.again() {
			t.Fatal("not watched again")
		}
		f.ready(nil)
		got, want := w.WatchList(), []string{filepath.Join(dir, "content"), at(to), at(to + "/below")}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("rename %d: watched are %v, want %v", i+1, got, want)
		}
	}
	until("d20/below/new.md")
}
