package office

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"editorial/internal/need"
	"editorial/pkg/problem"
)

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestTemplates_areNoneWithoutTheFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put(t, dir, "templates/site/page.html", "x")
	fsys, err := (&Office{Dir: dir}).templates("newsletter")
	if fsys != nil || err != nil {
		t.Errorf("%v, %v", fsys, err)
	}
}

// TestTemplates_areAStateOfTheFolder: what changes after they are read changes
// nothing.
func TestTemplates_areAStateOfTheFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"mail.html", "mail.css", "parts/head.html", "parts/deep/x.html", ".git/config", "mail.html~", ".swp"} {
		put(t, dir, "templates/newsletter/"+name, name)
	}
	fsys, err := (&Office{Dir: dir}).templates("newsletter")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "templates")); err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(fsys, "mail.html", "mail.css", "parts/head.html", "parts/deep/x.html"); err != nil {
		t.Error(err)
	}
	var names []string
	if err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if !e.IsDir() {
			names = append(names, name)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(names, " "); got != "mail.css mail.html parts/deep/x.html parts/head.html" {
		t.Error(got)
	}
	if data, err := fs.ReadFile(fsys, "parts/head.html"); string(data) != "parts/head.html" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
}

// TestTemplates_nameWhatCannotBeRead: all of it, and the rest is read.
func TestTemplates_nameWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put(t, dir, "secret.html", "secret")
	office := filepath.Join(dir, "office")
	put(t, office, "templates/newsletter/mail.html", "ours")
	put(t, office, "templates/newsletter/latin.html", "caf\xe9")
	put(t, office, "templates/newsletter/photo.png", "\x89PNG")
	put(t, office, "templates/newsletter/large.css", strings.Repeat("x", templateMax+1))
	within := filepath.Join(office, "templates", "newsletter")
	if err := errors.Join(os.Symlink("../../../secret.html", filepath.Join(within, "out.html")),
		os.Symlink("mail.html", filepath.Join(within, "in.html")), os.Symlink(".", filepath.Join(within, "loop"))); err != nil {
		need.Skip(t, err)
	}
	if err := pipe(filepath.Join(within, "pipe.html")); err != nil {
		need.Skip(t, err)
	}
	fsys, err := (&Office{Dir: office}).templates("newsletter")
	want := map[string]string{
		"templates/newsletter/latin.html": "not UTF-8", "templates/newsletter/large.css": "too large", "templates/newsletter/loop": "not a regular file",
		"templates/newsletter/out.html": "path escapes from parent", "templates/newsletter/pipe.html": "not a regular file",
	}
	found := unreadable(t, err)
	for name, detail := range want {
		if found[name] != detail {
			t.Errorf("%s: %q, want %q", name, found[name], detail)
		}
	}
	if len(found) != len(want) {
		t.Errorf("%v", found)
	}
	for name, text := range map[string]string{"mail.html": "ours", "in.html": "ours", "photo.png": "\x89PNG"} {
		if data, err := fs.ReadFile(fsys, name); string(data) != text || err != nil {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
	if _, err := fs.ReadFile(fsys, "out.html"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("out.html: %v", err)
	}
}

func TestTemplates_areNotWithoutEnd(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i := range templatesMax + 3 {
		put(t, dir, fmt.Sprintf("templates/site/%04d.html", i), "x")
	}
	_, err := (&Office{Dir: dir}).templates("site")
	if found := unreadable(t, err); len(found) != 1 || found["templates/site"] != "more than 500 files" {
		t.Errorf("%v", found)
	}
}

func TestTemplates_aFileIsNoFolder(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"templates", "templates/site"} {
		dir := t.TempDir()
		put(t, dir, name, "x")
		fsys, err := (&Office{Dir: dir}).templates("site")
		if found := unreadable(t, err); len(found) != 1 || fsys != nil {
			t.Errorf("%s: %v", name, found)
		}
	}
}

// TestWithTemplates_leavesOutWhatFails: one by one, and says so of each.
func TestWithTemplates_leavesOutWhatFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"a.html", "b.html", "c.html"} {
		put(t, dir, "templates/site/"+name, "x")
	}
	put(t, dir, "templates/site/latin.css", "\xe9")
	var tries, last []string
	found, err := (&Office{Dir: dir}).withTemplates("site", func(own fs.FS, dropped []string) error {
		last = dropped
		var names []string
		for _, name := range []string{"a.html", "b.html", "c.html"} {
			if _, err := fs.Stat(own, name); err == nil {
				names = append(names, name)
			}
		}
		tries = append(tries, strings.Join(names, " "))
		if len(names) > 1 {
			return problem.Problem{Position: problem.Position{File: "templates/site/" + names[0], Line: 3}, Code: "template-run"}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(tries, ", "); got != "a.html b.html c.html, b.html c.html, c.html" {
		t.Error(got)
	}
	if got := strings.Join(last, " "); got != "latin.css a.html b.html" {
		t.Error(got)
	}
	if len(found) != 3 || found[0].Code != CodeTemplateUnreadable || found[1].File != "templates/site/a.html" {
		t.Errorf("%v", found)
	}
}

// TestWithTemplates_endsWithWhatIsNotTheirFault: also with a problem elsewhere.
func TestWithTemplates_endsWithWhatIsNotTheirFault(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put(t, dir, "templates/site/a.html", "x")
	for _, fault := range []error{errors.New("full"), problem.Problem{Position: problem.Position{File: "templates/site/z.html"}, Code: "x"}, problem.Problem{Code: "x"}} {
		n := 0
		found, err := (&Office{Dir: dir}).withTemplates("site", func(fs.FS, []string) error {
			n++
			return fault
		})
		if n != 1 || len(found) > 0 || err == nil || err.Error() != fault.Error() {
			t.Errorf("%v: %d times, %v, %v", fault, n, found, err)
		}
	}
}

// unreadable returns what is said of each file.
func unreadable(t *testing.T, err error) map[string]string {
	t.Helper()
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("%v", err)
	}
	found := map[string]string{}
	for _, err := range joined.Unwrap() {
		p, ok := err.(problem.Problem)
		if !ok || p.Code != CodeTemplateUnreadable {
			t.Fatalf("%v", err)
		}
		found[p.File] = p.Params["detail"]
	}
	return found
}
