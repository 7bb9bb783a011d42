package history

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/need"
)

// repo is a repository that a test makes with git itself.
type repo struct {
	t       *testing.T
	dir     string
	environ []string
}

func newRepo(t *testing.T) *repo {
	t.Helper()
	need.Program(t, "git")
	r := &repo{t: t, dir: t.TempDir(), environ: []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null",
		"GIT_CEILING_DIRECTORIES=" + os.TempDir(),
	}}
	return r
}

// day is noon of a day in 2026.
func day(n int) time.Time { return time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, n) }

func (r *repo) git(at time.Time, args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-C", r.dir}, args...)...)
	stamp := at.Format(time.RFC3339)
	cmd.Env = append(slices.Clone(r.environ), "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@a", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@a",
		"GIT_AUTHOR_DATE="+stamp, "GIT_COMMITTER_DATE="+stamp)
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (r *repo) write(name, text string) {
	r.t.Helper()
	path := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

func (r *repo) commit(at time.Time) {
	r.t.Helper()
	r.git(at, "add", "-A")
	r.git(at, "commit", "-q", "-m", "x")
}

func (r *repo) open() *Repository {
	r.t.Helper()
	h, err := Open(context.Background(), r.dir, r.environ)
	if err != nil {
		r.t.Fatal(err)
	}
	return h
}

func (r *repo) log(h *Repository) Log {
	r.t.Helper()
	log, err := h.Log(context.Background(), "content")
	if err != nil {
		r.t.Fatal(err)
	}
	return log
}

// texts are the bytes of the versions of a log.
func (r *repo) texts(h *Repository, log Log) []string {
	r.t.Helper()
	var versions []Version
	for _, c := range log.Changes {
		if c.Version != "" {
			versions = append(versions, c.Version)
		}
	}
	all := make([]string, len(versions))
	err := h.Versions(context.Background(), versions, func(i int, src []byte) {
		all[i] = string(src)
		if src == nil {
			all[i] = "(none)"
		}
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return all
}

const long = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n"

func TestLog_followsFilesThroughTheirLife(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git(day(0), "init", "-q")
	r.write("content/a.md", long)
	r.write("elsewhere.md", "no")
	r.commit(day(0))
	r.write("content/sub/b.md", "b")
	r.commit(day(2))
	r.git(day(3), "mv", "content/a.md", "content/c.md")
	r.write("content/c.md", long+"nine\n")
	r.commit(day(3))
	r.git(day(5), "rm", "-q", "content/sub/b.md")
	r.write("elsewhere.md", "still no")
	r.commit(day(5))
	h := r.open()
	log := r.log(h)
	want := []Change{
		{At: day(0), Commit: 0, Root: true, Kind: Added, Path: "a.md"},
		{At: day(2), Commit: 1, Kind: Added, Path: "sub/b.md"},
		{At: day(3), Commit: 2, Kind: Renamed, Path: "c.md", From: "a.md"},
		{At: day(5), Commit: 3, Kind: Deleted, Path: "sub/b.md"},
	}
	got := slices.Clone(log.Changes)
	for i := range got {
		if (got[i].Version == "") != (got[i].Kind == Deleted) {
			t.Errorf("%+v", got[i])
		}
		got[i].Version = ""
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{long, "b", long + "nine\n"}, r.texts(h, log)); d != "" {
		t.Error(d)
	}
	if log.Cut || log.Commits != 4 || h.Shallow {
		t.Errorf("%d commits, cut %v, shallow %v", log.Commits, log.Cut, h.Shallow)
	}
}

// TestLog_namesAreBytes: nothing that a file may be called breaks the reading.
func TestLog_namesAreBytes(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git(day(0), "init", "-q")
	names := []string{
		"commit 0 0 0.md", "\n:100644 100644 0 0 A", "--help.md", "-rf", ":(exclude)x.md", "a\tb.md", "\x1b[31m.md", "é\u202e.md", "\xff\xfe.md",
		`"quoted".md`, "*.md", "R100.md", strings.Repeat("n", 200) + ".md",
	}
	for _, name := range names {
		r.write("content/"+name, "text of "+name+"\x00"+long)
	}
	r.commit(day(1))
	r.write("content/moved/stays", "text of stays")
	for i, name := range names {
		r.git(day(2), "mv", "--", "content/"+name, "content/moved/"+name)
		if i%2 == 0 {
			r.write("content/moved/"+name, "text of "+name+"\x00"+long+"!")
		}
	}
	r.commit(day(2))
	h := r.open()
	log := r.log(h)
	var paths []string
	log.Changes = slices.DeleteFunc(log.Changes, func(c Change) bool { return c.Kind == Deleted })
	for i, text := range r.texts(h, log) {
		text, _, _ = strings.Cut(text, "\x00")
		name, ok := strings.CutPrefix(text, "text of ")
		if c := log.Changes[i]; !ok || c.Kind == Renamed == (c.From == "") || c.Path != name && c.Path != "moved/"+name || c.Kind == Renamed && c.From != name {
			t.Errorf("%q: %+v", text, c)
		}
		paths = append(paths, log.Changes[i].Path)
	}
	for _, name := range names {
		if !slices.Contains(paths, name) || !slices.Contains(paths, "moved/"+name) {
			t.Errorf("%q is missing", name)
		}
	}
}

// TestLog_runsNothing: whatever settings and attributes name stays unrun.
func TestLog_runsNothing(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git(day(0), "init", "-q")
	trap := filepath.Join(t.TempDir(), "sprung")
	script := filepath.Join(t.TempDir(), "trap")
	if err := os.WriteFile(script, []byte("#!/bin/sh\ntouch '"+trap+"'\ncat\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	r.write("content/a.md", long)
	r.write(".gitattributes", "*.md diff=trap filter=trap\n")
	r.commit(day(0))
	r.git(day(1), "mv", "content/a.md", "content/b.md")
	r.write("content/b.md", long+"more\n")
	r.commit(day(1))
	for key, value := range map[string]string{
		"core.fsmonitor": script, "core.hooksPath": filepath.Dir(script), "core.pager": script, "pager.log": script, "diff.external": script,
		"diff.trap.textconv": script, "diff.trap.command": script, "filter.trap.smudge": script, "filter.trap.clean": script,
		"gpg.program": script, "log.showSignature": "true", "core.sshCommand": script, "core.gitProxy": script, "core.editor": script,
		"diff.orderFile": "/dev/zero", "log.follow": "true", "diff.relative": "false", "diff.renames": "false", "log.showRoot": "false",
		"log.diffMerges": "separate", "format.pretty": "oneline", "color.ui": "always", "core.quotePath": "true", "log.decorate": "full",
		"alias.log": "!" + script, "alias.cat-file": "!" + script, "core.alternateRefsCommand": script, "diff.noprefix": "true",
	} {
		r.git(day(1), "config", key, value)
	}
	h := r.open()
	log := r.log(h)
	if len(log.Changes) != 2 || log.Changes[1].From != "a.md" || !log.Changes[0].Root {
		t.Errorf("%+v", log.Changes)
	}
	if d := cmp.Diff([]string{long, long + "more\n"}, r.texts(h, log)); d != "" {
		t.Error(d)
	}
	if _, err := os.Stat(trap); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was run: %v", err)
	}
}

// TestVersions_fetchNothing: a partial clone lacks versions, and is not asked
// to fetch them.
func TestVersions_fetchNothing(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git(day(0), "init", "-q")
	r.write("content/a.md", long)
	r.commit(day(0))
	trap := filepath.Join(t.TempDir(), "sprung")
	for key, value := range map[string]string{
		"extensions.partialClone": "origin", "remote.origin.promisor": "true", "remote.origin.partialCloneFilter": "blob:none",
		"remote.origin.url": "ext::sh -c touch% " + trap, "protocol.ext.allow": "always",
	} {
		r.git(day(0), "config", key, value)
	}
	h := r.open()
	missing := Version(strings.Repeat("1", 40))
	var got []string
	err := h.Versions(context.Background(), []Version{missing, r.log(h).Changes[0].Version}, func(_ int, src []byte) { got = append(got, string(src)) })
	// git may answer that it is missing, or end.
	if err == nil && cmp.Diff([]string{"", long}, got) != "" {
		t.Errorf("%q", got)
	}
	if _, err := os.Stat(trap); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was fetched: %v", err)
	}
}

func TestLog_passesOverWhatIsNoFile(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git(day(0), "init", "-q")
	r.write("content/a.md", "a")
	r.commit(day(0))
	if err := os.Symlink("/etc/passwd", filepath.Join(r.dir, "content", "link.md")); err != nil {
		need.Skip(t, err)
	}
	r.commit(day(1))
	// A file becomes a link, and a file again.
	if err := os.Remove(filepath.Join(r.dir, "content", "a.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("x", filepath.Join(r.dir, "content", "a.md")); err != nil {
		t.Fatal(err)
	}
	r.commit(day(2))
	if err := os.Remove(filepath.Join(r.dir, "content", "a.md")); err != nil {
		t.Fatal(err)
	}
	r.write("content/a.md", "again")
	r.commit(day(3))
	var got []string
	for _, c := range r.log(r.open()).Changes {
		got = append(got, string(c.Kind)+" "+c.Path)
	}
	if d := cmp.Diff([]string{"A a.md", "D a.md", "A a.md"}, got); d != "" {
		t.Error(d)
	}
}

// TestLog_readsBothSidesOfAMerge once each.
func TestLog_readsBothSidesOfAMerge(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git(day(0), "init", "-q", "-b", "main")
	r.write("content/a.md", "a")
	r.commit(day(0))
	r.git(day(1), "checkout", "-q", "-b", "side")
	r.write("content/side.md", "side")
	r.commit(day(1))
	r.write("content/side.md", "side, more")
	r.commit(day(3))
	r.git(day(2), "checkout", "-q", "main")
	r.write("content/a.md", "a, more")
	r.commit(day(2))
	r.git(day(4), "merge", "-q", "--no-ff", "-m", "merge", "side")
	var got []string
	for _, c := range r.log(r.open()).Changes {
		got = append(got, string(c.Kind)+" "+c.Path)
	}
	slices.Sort(got)
	if d := cmp.Diff([]string{"A a.md", "A side.md", "M a.md", "M side.md"}, got); d != "" {
		t.Error(d)
	}
}

func TestLog_isBounded(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git(day(0), "init", "-q")
	for i := range 5 {
		r.write("content/"+string(rune('a'+i))+".md", strings.Repeat("x", 10*(i+1)))
		r.commit(day(i))
	}
	paths := func(log Log) string {
		var all []string
		for _, c := range log.Changes {
			all = append(all, c.Path)
		}
		return strings.Join(all, " ")
	}
	h := r.open()
	h.limits.commits = 2
	if log := r.log(h); !log.Cut || paths(log) != "d.md e.md" || log.Changes[0].Commit != 0 {
		t.Errorf("two commits: %+v", log)
	}
	h = r.open()
	h.limits.changes = 3
	if log := r.log(h); !log.Cut || paths(log) != "c.md d.md e.md" {
		t.Errorf("three changes: %+v", log)
	}
	h = r.open()
	h.limits.blob = 25
	if got := r.texts(h, r.log(h)); got[1] == "(none)" || got[2] != "(none)" {
		t.Errorf("versions of 25 bytes: %q", got)
	}
	h.limits.blob, h.limits.blobs = 100, 35
	if got := r.texts(h, r.log(h)); got[1] == "(none)" || got[2] != "(none)" {
		t.Errorf("35 bytes of versions: %q", got)
	}
}

func TestOpen_saysWhyThereIsNoHistory(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	if _, err := Open(context.Background(), r.dir, r.environ); !errors.Is(err, ErrNoRepository) {
		t.Errorf("a folder: %v", err)
	}
	r.git(day(0), "init", "-q")
	if _, err := Open(context.Background(), r.dir, r.environ); !errors.Is(err, ErrNoCommit) {
		t.Errorf("an empty repository: %v", err)
	}
	bare := filepath.Join(t.TempDir(), "bare")
	r.git(day(0), "init", "-q", "--bare", bare)
	if _, err := Open(context.Background(), bare, r.environ); !errors.Is(err, ErrNoRepository) {
		t.Errorf("a bare repository: %v", err)
	}
	// Another repository that the environment names is not this one.
	if _, err := Open(context.Background(), r.t.TempDir(), append(r.environ, "GIT_DIR="+filepath.Join(r.dir, ".git"))); !errors.Is(err, ErrNoRepository) {
		t.Errorf("GIT_DIR: %v", err)
	}
}

func TestLog_ofAShallowClone(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git(day(0), "init", "-q")
	for i := range 4 {
		r.write("content/"+string(rune('a'+i))+".md", "x")
		r.commit(day(i))
	}
	clone := newRepo(t)
	clone.environ = r.environ
	r.git(day(4), "clone", "-q", "--depth", "2", "file://"+r.dir, clone.dir)
	h := clone.open()
	log := clone.log(h)
	var roots int
	for _, c := range log.Changes {
		if c.Root {
			roots++
		}
	}
	if !h.Shallow || len(log.Changes) != 4 || roots != 3 {
		t.Errorf("shallow %v, %+v", h.Shallow, log.Changes)
	}
}

// TestLog_ofABrokenRepository: git's reason is told in one line.
func TestLog_ofABrokenRepository(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git(day(0), "init", "-q")
	r.write("content/a.md", long)
	r.commit(day(0))
	tree := r.git(day(0), "rev-parse", "HEAD^{tree}")
	if err := os.Remove(filepath.Join(r.dir, ".git", "objects", tree[:2], tree[2:])); err != nil {
		t.Fatal(err)
	}
	_, err := r.open().Log(context.Background(), "content")
	if err == nil || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), tree) {
		t.Errorf("%v", err)
	}
}

// TestLog_belowTheRoot: an office may be a folder of a larger repository.
func TestLog_belowTheRoot(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git(day(0), "init", "-q")
	r.write("content/other.md", "x")
	r.write("team/office/content/a.md", "x")
	r.commit(day(0))
	sub := *r
	sub.dir = filepath.Join(r.dir, "team", "office")
	log := r.log(sub.open())
	if len(log.Changes) != 1 || log.Changes[0].Path != "a.md" {
		t.Errorf("%+v", log.Changes)
	}
}

func TestLog_endsWithItsContext(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git(day(0), "init", "-q")
	r.write("content/a.md", "x")
	r.commit(day(0))
	h := r.open()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := h.Log(ctx, "content"); !errors.Is(err, context.Canceled) {
		t.Errorf("log: %v", err)
	}
	if err := h.Versions(ctx, []Version{"x"}, func(int, []byte) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("versions: %v", err)
	}
}

// FuzzParser: whatever git were to answer, the reading ends, and names what was
// there.
func FuzzParser(f *testing.F) {
	f.Add("commit 1 2 3\x00\n:000000 100644 0 1 A\x00content/a.md\x00")
	f.Add("commit 1 2\x00\n:100644 100644 1 2 R100\x00content/a.md\x00content/b.md\x00:100644 000000 1 0 D\x00content/c\x00")
	f.Add(":")
	f.Fuzz(func(t *testing.T, answer string) {
		p := parser{from: newReader(strings.NewReader(answer)), folder: "content/", most: limits{commits: 10, changes: 10}}
		_ = p.read()
		for _, c := range p.log.Changes {
			if !strings.Contains(answer, "content/"+c.Path) || (c.Version == "") != (c.Kind == Deleted) {
				t.Errorf("%+v", c)
			}
		}
	})
}

// TestVersions_aPartialClone: what is not on this machine is not fetched, and
// the error says so.
func TestVersions_aPartialClone(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git(day(0), "init", "-q", "-b", "main")
	r.write("content/a.md", "one")
	r.commit(day(0))
	r.write("content/a.md", "two")
	r.commit(day(1))
	r.git(day(1), "config", "uploadpack.allowFilter", "true")
	clone := newRepo(t)
	clone.git(day(1), "clone", "-q", "--filter=blob:none", "file://"+r.dir, "here")
	clone.dir = filepath.Join(clone.dir, "here")
	h := clone.open()
	var versions []Version
	log, err := h.Log(context.Background(), "content")
	for _, c := range log.Changes {
		versions = append(versions, c.Version)
	}
	if err == nil {
		err = h.Versions(context.Background(), versions, func(int, []byte) {})
	}
	if !errors.Is(err, ErrPartial) {
		t.Errorf("got %v", err)
	}
}

// TestOpen_ofSomebodyElse: git does not read it, and that is said.
func TestOpen_ofSomebodyElse(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.git(day(0), "init", "-q", "-b", "main")
	r.write("content/a.md", "one")
	r.commit(day(0))
	giveAway(t, r.dir)
	if _, err := Open(context.Background(), r.dir, r.environ); !errors.Is(err, ErrForeign) {
		t.Errorf("got %v", err)
	}
}

// giveAway gives a repository to another owner, which only root can.
func giveAway(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{dir, filepath.Join(dir, ".git")} {
		if err := os.Chown(name, 54321, 54321); err != nil {
			need.Skip(t, err)
		}
	}
}
