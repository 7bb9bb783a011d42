package agreed_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"editorial/internal/need"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/problem"
)

// office is a folder under git that holds a calendar.
type office struct {
	t   *testing.T
	dir string
}

func newOffice(t *testing.T, l agreed.List) office {
	need.Program(t, "git")
	o := office{t, t.TempDir()}
	o.git("init", "-q", "-b", "main")
	o.commit("main", l)
	return o
}

func (o office) git(args ...string) (out string, ok bool) {
	o.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = o.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull,
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org")
	b, err := cmd.CombinedOutput()
	if err != nil && args[0] != "merge" {
		o.t.Fatalf("git %v: %v\n%s", args, err, b)
	}
	return string(b), err == nil
}

// commit writes the calendar on the branch, which begins at main.
func (o office) commit(branch string, l agreed.List) {
	o.t.Helper()
	if branch != "main" {
		o.git("checkout", "-q", "-b", branch, "main")
	}
	if err := os.WriteFile(filepath.Join(o.dir, "calendar.txt"), l.Format(), 0o600); err != nil {
		o.t.Fatal(err)
	}
	o.git("add", "-A")
	o.git("commit", "-q", "-m", branch)
}

// merge merges the branches and reads the result.
func (o office) merge(ours, theirs string) (agreed.List, []problem.Problem, bool) {
	o.t.Helper()
	o.git("checkout", "-q", ours)
	_, clean := o.git("merge", "-q", theirs)
	src, err := os.ReadFile(filepath.Join(o.dir, "calendar.txt"))
	if err != nil {
		o.t.Fatal(err)
	}
	l, problems := agreed.Parse("calendar.txt", src, paris(o.t))
	if clean && len(problems) == 0 && string(l.Format()) != string(src) {
		o.t.Errorf("the merged file is not in the canonical form:\n%s", src)
	}
	return l, problems, clean
}

func TestMerge_ofAdditionsToDifferentWeeksIsClean(t *testing.T) {
	t.Parallel()
	base := agreed.List{Entries: []agreed.Entry{entry(t, "2026-09-07 9h", "blog", "first")}}
	o := newOffice(t, base)
	// Neighbouring weeks that had no placement at all.
	o.commit("lea", base.Put(entry(t, "2026-12-01 9h", "blog", "lea")))
	o.commit("fatou", base.Put(entry(t, "2026-12-08 9h", "x", "fatou")))
	l, problems, clean := o.merge("lea", "fatou")
	if !clean || len(problems) > 0 || len(l.Entries) != 3 {
		t.Errorf("clean %v, problems %v, entries %v", clean, problems, l.Entries)
	}
}

func TestMerge_ofOneLineMovedTwiceInAWeekIsOneProblem(t *testing.T) {
	t.Parallel()
	base := agreed.List{Entries: []agreed.Entry{entry(t, "2026-12-01 9h", "blog", "velo")}}
	o := newOffice(t, base)
	o.commit("lea", base.Put(entry(t, "2026-12-02 9h", "blog", "velo")))
	o.commit("fatou", base.Put(entry(t, "2026-12-03 9h", "blog", "velo")))
	_, problems, clean := o.merge("lea", "fatou")
	if clean || len(problems) != 1 || problems[0].Code != agreed.CodeConflict ||
		problems[0].Params["ours"] != "HEAD" || problems[0].Params["theirs"] != "fatou" || problems[0].Line == 0 {
		t.Errorf("clean %v, problems %v", clean, problems)
	}
}

// Git sees no conflict when two branches move a line to different weeks: the
// placement then stands twice.
func TestMerge_ofOneLineMovedToTwoWeeksIsFound(t *testing.T) {
	t.Parallel()
	base := agreed.List{Entries: []agreed.Entry{entry(t, "2026-12-01 9h", "blog", "velo")}}
	o := newOffice(t, base)
	o.commit("lea", base.Put(entry(t, "2026-12-08 9h", "blog", "velo")))
	o.commit("fatou", base.Put(entry(t, "2026-12-22 9h", "blog", "velo")))
	_, problems, clean := o.merge("lea", "fatou")
	if !clean || len(problems) != 1 || problems[0].Code != agreed.CodeSameKey {
		t.Fatalf("clean %v, problems %v", clean, problems)
	}
	src, err := os.ReadFile(filepath.Join(o.dir, "calendar.txt"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(src), "\n")
	first := slices.IndexFunc(lines, func(s string) bool { return strings.Contains(s, "velo#blog#1") }) + 1
	if p := problems[0]; p.Params["line"] != strconv.Itoa(first) || !strings.HasPrefix(lines[p.Line-1], "2026-12-22") {
		t.Errorf("%v names other lines than %d and the later one", p, first)
	}
}
