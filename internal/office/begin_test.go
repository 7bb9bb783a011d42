package office_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// at is a clock that stands at a time of the wall.
func at(now string) func(civil.Zone) (time.Time, error) {
	return func(z civil.Zone) (time.Time, error) {
		m, err := z.ParseMoment(now)
		return m.Instant, err
	}
}

// begun makes a model office and loads it.
func begun(t *testing.T, lang words.Lang, now string) *office.Office {
	t.Helper()
	dir := t.TempDir()
	if _, err := office.Begin(dir, lang, at(now)); err != nil {
		t.Fatal(err)
	}
	o, err := office.Load(context.Background(), office.Options{Dir: dir, Clock: at(now), Config: config.Options{ReadFile: os.ReadFile}})
	if err != nil {
		t.Fatalf("%s %s: %v %v", lang, now, err, o.Problems)
	}
	return o
}

// TestBegin_modelIsFreshAndFeasibleInEveryWeekOfAYear: whenever somebody
// begins, the model loads, teaches exactly what it means to teach, asks nobody
// for more hours than there are, and fills the weeks to come.
func TestBegin_modelIsFreshAndFeasibleInEveryWeekOfAYear(t *testing.T) {
	t.Parallel()
	for _, lang := range words.Langs() {
		t.Run(string(lang), func(t *testing.T) {
			t.Parallel()
			first := civil.Date{Year: 2026, Month: 10, Day: 1}
			for n := range 53 {
				// Eight days apart, so that every day of the week has its turn.
				now := first.AddDays(8*n).String() + "T" + []string{"08:00", "23:30", "12:45"}[n%3]
				o := begun(t, lang, now)
				p := o.Propose()
				found, err := o.Check(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				if len(found) != 1 || found[0].Code != office.CodeAltText || found[0].Severity != problem.Warning {
					t.Errorf("%s: found %v; want one picture without a text", now, found)
				}
				for _, w := range p.Load {
					if w.Needed > w.Had {
						t.Errorf("%s: %q has %d minutes in %s and needs %d", now, w.Person, w.Had, w.Week, w.Needed)
					}
				}
				if len(p.Left) > 3 {
					t.Errorf("%s: %d posts have no place", now, len(p.Left))
				}
				// Within so many days each platform has at least so many. The
				// film may lose its Saturday to a holiday, twice at worst.
				for _, want := range []struct {
					platform string
					n, days  int
				}{{"blog", 2, 14}, {"facebook", 4, 14}, {"x", 3, 14}, {"newsletter", 2, 29}} {
					n := 0
					for _, x := range p.Placements {
						if x.Platform == want.platform && !x.At.Before(o.Now) && x.At.Before(o.Now.AddDate(0, 0, want.days)) {
							n++
						}
					}
					if n < want.n {
						t.Errorf("%s: %d on %s in %d days, want %d", now, n, want.platform, want.days, want.n)
					}
				}
			}
		})
	}
}

func TestBegin_sameClockGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	a, b := begun(t, words.French, "2026-10-19T08:00"), begun(t, words.French, "2026-10-19T18:00")
	if d := cmp.Diff(tree(t, a.Dir), tree(t, b.Dir)); d != "" {
		t.Error(d)
	}
}

// tree returns path → contents.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		if e.Type()&os.ModeSymlink != 0 {
			to, err := os.Readlink(name)
			all[filepath.ToSlash(rel)] = "-> " + to
			return err
		}
		data, err := os.ReadFile(name)
		all[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestBegin_neverTouchesWhatIsThere: every file that exists keeps its bytes,
// links are not followed, and what lies outside the folder is left alone.
func TestBegin_neverTouchesWhatIsThere(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		there   map[string]string // "-> x" is a link
		exists  bool
		posts   string
		written []string // some of what must be new
		not     []string // what must not
	}{
		{"own files", map[string]string{"README.md": "mine", ".gitignore": "/public/\n", "crisis.md": ""}, false, "",
			[]string{"config.toml", "charter.md", "content/letter.md"}, nil},
		{"an office", map[string]string{"config.toml": "broken ["}, true, "", nil, []string{"content/letter.md", "charter.md"}},
		{"a dangling link for a strategy", map[string]string{"config.toml": "-> nowhere"}, true, "", nil, []string{"content/letter.md", "nowhere"}},
		{"a blog of Hugo", map[string]string{"content/posts/a.md": "x", "hugo.toml": ""}, false, "content",
			[]string{"config.toml", "charter.md"}, []string{"content/letter.md", "content/images/door.png"}},
		{"a blog of Jekyll", map[string]string{"_posts/2026-01-01-a.markdown": "x"}, false, "_posts",
			[]string{"config.toml"}, []string{"content/letter.md"}},
		{"a link for a file", map[string]string{"charter.md": "-> ../outside"}, false, "", []string{"config.toml"}, nil},
		{"pictures and no post", map[string]string{"content/images/door.png": "mine"}, false, "", []string{"content/letter.md"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			base := t.TempDir()
			dir := filepath.Join(base, "office")
			for name, data := range tt.there {
				path := filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				var err error
				if len(data) > 3 && data[:3] == "-> " {
					err = os.Symlink(data[3:], path)
				} else {
					err = os.WriteFile(path, []byte(data), 0o644)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			b, err := office.Begin(dir, words.English, at("2026-10-19T08:00"))
			if err != nil {
				t.Fatal(err)
			}
			after := tree(t, base)
			for name, data := range tt.there {
				if after["office/"+name] != data {
					t.Errorf("%s is now %q", name, after["office/"+name])
				}
				if slices.Contains(b.Created, name) {
					t.Errorf("says it created %s", name)
				}
			}
			if b.Exists != tt.exists || b.Posts != tt.posts {
				t.Errorf("exists %v, posts %q", b.Exists, b.Posts)
			}
			for _, name := range tt.written {
				if _, ok := after["office/"+name]; !ok || !slices.Contains(b.Created, name) {
					t.Errorf("%s was not written", name)
				}
			}
			for _, name := range tt.not {
				if _, ok := after["office/"+name]; ok {
					t.Errorf("%s was written", name)
				}
			}
			if _, ok := after["outside"]; ok {
				t.Error("a link led outside")
			}
		})
	}
}

func TestBegin_linkedFolderLeadsNowhere(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	dir := filepath.Join(base, "office")
	for _, d := range []string{dir, filepath.Join(base, "elsewhere")} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("../elsewhere", filepath.Join(dir, "content")); err != nil {
		t.Fatal(err)
	}
	if _, err := office.Begin(dir, words.English, at("2026-10-19T08:00")); err == nil {
		t.Error("no error")
	}
	if got := tree(t, filepath.Join(base, "elsewhere")); len(got) > 0 {
		t.Errorf("written outside: %v", got)
	}
	if _, err := os.Lstat(filepath.Join(dir, "config.toml")); err == nil {
		t.Error("config.toml was written, though the office is not whole")
	}
}

// TestBegin_completesWhatWasInterrupted: whatever of the office a full disk or
// a kill left, with a file in the middle of being written, the next run makes
// the same office as one that nothing stopped, on a later day too.
func TestBegin_completesWhatWasInterrupted(t *testing.T) {
	t.Parallel()
	whole := t.TempDir()
	done, err := office.Begin(whole, words.French, at("2026-10-19T08:00"))
	if err != nil {
		t.Fatal(err)
	}
	want := tree(t, whole)
	var order []string // in which Begin writes
	for _, name := range done.Created {
		if name != config.FileName {
			order = append(order, name)
		}
	}
	for n := range len(order) + 1 {
		for _, day := range []string{"2026-10-19", "2026-10-27"} {
			dir := t.TempDir()
			there := map[string]string{}
			for _, name := range order[:n] {
				there[name] = want[name]
			}
			if n < len(order) {
				// Of the file that it was at: half of it, under the name that
				// stands for it until it is whole.
				half := want[order[n]][:len(want[order[n]])/2]
				there[filepath.Join(filepath.Dir(order[n]), office.Temporary(filepath.Base(order[n])))] = half
			}
			if n > 0 { // stopped after the last step but one
				there[filepath.Join(filepath.Dir(order[n-1]), office.Temporary(filepath.Base(order[n-1])))] = want[order[n-1]]
			}
			for name, data := range there {
				name = filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			b, err := office.Begin(dir, words.French, at(day+"T10:00"))
			if err != nil {
				t.Fatal(err)
			}
			got := tree(t, dir)
			for name := range want {
				if _, ok := got[name]; !ok {
					t.Errorf("stopped after %d files, again on %s: no %s", n, day, name)
				}
			}
			for name := range got {
				if _, ok := want[name]; !ok {
					t.Errorf("stopped after %d files, again on %s: %s is left", n, day, name)
				}
			}
			posts := slices.ContainsFunc(order[:n], func(name string) bool { return filepath.Ext(name) == ".md" && filepath.Dir(name) == "content" })
			if posts || day == "2026-10-19" {
				if d := cmp.Diff(want, got); d != "" {
					t.Errorf("stopped after %d files, again on %s: %s", n, day, d)
				}
				if b.Posts != "" || len(b.Kept) > 0 {
					t.Errorf("stopped after %d files: posts %q, kept %q", n, b.Posts, b.Kept)
				}
			}
		}
	}
}
