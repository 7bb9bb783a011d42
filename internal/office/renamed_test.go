package office

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"editorial/internal/config"
	"editorial/internal/need"
	"editorial/pkg/civil"
)

// renamedOffice is an office with one post that is out, built.
func renamedOffice(t *testing.T) (dir string, build func() string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, ContentDir), 0o700); err != nil {
		t.Fatal(err)
	}
	put := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("config.toml", "[site]\ntitle = \"Office\"\nlang = \"en\"\nzone = \"Europe/Paris\"\nurl = \"https://office.example/\"\n")
	put("content/a.md", "---\ntitle: Open day\nid: x1\ndate: 2026-10-01\nstage: published\n---\nCome all.\n")
	build = func() string {
		t.Helper()
		o, err := Load(t.Context(), Options{
			Dir: dir, Clock: func(civil.Zone) (time.Time, error) { return time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC), nil },
			Config: config.Options{ReadFile: os.ReadFile}, Build: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		built, err := o.Build(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		var pages []string
		for _, name := range built.Files {
			if strings.HasSuffix(name, "/index.html") && (strings.HasPrefix(name, "public/a/") || strings.HasPrefix(name, "public/b/")) {
				pages = append(pages, name)
			}
		}
		feed, err := os.ReadFile(filepath.Join(dir, "public", "feed.xml"))
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(pages)
		return strings.Join(append(pages, strings.Repeat("item ", strings.Count(string(feed), "<item>"))), " ")
	}
	return dir, build
}

// TestStand_notBesideTheSamePost: where a post was renamed and what took its
// name broke, the post is out once, under its new name; where it was not
// renamed, its last good text stands.
func TestStand_notBesideTheSamePost(t *testing.T) {
	t.Parallel()
	for name, taken := range map[string]string{
		"front matter": "---\ntitle: [\n---\nx\n",
		"unreadable":   "---\ntitle: \"\xff\"\n---\nx\n",
		"body":         "---\ntitle: Other\nid: x2\ndate: 2026-10-02\nstage: published\n---\n" + strings.Repeat(">", 6000) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, build := renamedOffice(t)
			if got := build(); got != "public/a/index.html item " {
				t.Fatalf("at first: %q", got)
			}
			a, b := filepath.Join(dir, "content", "a.md"), filepath.Join(dir, "content", "b.md")
			if err := os.Rename(a, b); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(a, []byte(taken), 0o600); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if got := build(); got != "public/b/index.html item " {
					t.Errorf("renamed: %q", got)
				}
			}
			// Nothing good is known of what took the name, and the post that has a
			// new one is remembered under that.
			if err := os.WriteFile(b, []byte(taken), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(a); err != nil {
				t.Fatal(err)
			}
			if got := build(); got != "public/b/index.html item " {
				t.Errorf("broken under its new name: %q", got)
			}
		})
	}
}

// TestInstead_isRendered: where the body of a post breaks, and its page is to be
// made anew since that of its neighbour changed, what was last good is rendered.
func TestInstead_isRendered(t *testing.T) {
	t.Parallel()
	dir, build := renamedOffice(t)
	build()
	for name, text := range map[string]string{
		"a.md": "---\ntitle: Open day\nid: x1\ndate: 2026-10-01\nstage: published\n---\n" + strings.Repeat(">", 6000) + "\n",
		"b.md": "---\ntitle: Other\nid: x2\ndate: 2026-10-02\nstage: published\n---\nWords.\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, "content", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := build(); got != "public/a/index.html public/b/index.html item item " {
		t.Errorf("built: %q", got)
	}
	page, err := os.ReadFile(filepath.Join(dir, "public", "a", "index.html"))
	if err != nil || !strings.Contains(string(page), "Come all.") {
		t.Errorf("%s, %v", page, err)
	}
}

// TestSource_namesTheFile: a post that cannot be read any more is named.
func TestSource_namesTheFile(t *testing.T) {
	t.Parallel()
	dir, _ := renamedOffice(t)
	o, err := Load(t.Context(), Options{
		Dir: dir, Clock: func(civil.Zone) (time.Time, error) { return time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC), nil },
		Config: config.Options{ReadFile: os.ReadFile},
	})
	if err != nil {
		t.Fatal(err)
	}
	a := filepath.Join(dir, "content", "a.md")
	if err := os.Remove(a); err != nil {
		t.Fatal(err)
	}
	if err := pipe(a); err != nil {
		need.Skip(t, err)
	}
	_, err = o.Build(t.Context(), t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "content/a.md: not a regular file") {
		t.Errorf("%v", err)
	}
}

// TestBuild_saysWhatNobodyKnows: where the list of the files and the cache are
// lost together, the page of a post that was deleted stays, and that is said,
// once.
func TestBuild_saysWhatNobodyKnows(t *testing.T) {
	t.Parallel()
	dir, _ := renamedOffice(t)
	build := func(want string) {
		t.Helper()
		o, err := Load(t.Context(), Options{
			Dir: dir, Clock: func(civil.Zone) (time.Time, error) { return time.Date(2026, 10, 19, 6, 0, 0, 0, time.UTC), nil },
			Config: config.Options{ReadFile: os.ReadFile}, Build: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		built, err := o.Build(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, p := range built.Problems {
			said += string(p.Code) + " " + p.Params["n"] + " " + p.Severity.String()
		}
		if said != want {
			t.Errorf("said %q, want %q", said, want)
		}
	}
	build("") // the first
	build("")
	content := filepath.Join(dir, "content")
	if err := os.Rename(filepath.Join(content, "a.md"), filepath.Join(content, "b.md")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{cacheName, manifest} {
		if err := os.WriteFile(filepath.Join(dir, StateDir, name), []byte("damaged"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	build("unknown-files 1 warning")
	build("")
}
