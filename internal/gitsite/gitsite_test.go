package gitsite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"editorial/internal/need"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// remote is a repository elsewhere.
type remote struct {
	t   testing.TB
	dir string
}

func newRemote(t testing.TB, args ...string) remote {
	t.Helper()
	need.Program(t, "git")
	r := remote{t, filepath.Join(t.TempDir(), "site.git")}
	r.run("", append([]string{"init", "-q", "--bare", "-b", "main"}, append(args, r.dir)...)...)
	return r
}

// run runs git with the settings of nobody.
func (r remote) run(stdin string, args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_AUTHOR_NAME=x", "GIT_AUTHOR_EMAIL=x@x", "GIT_COMMITTER_NAME=x", "GIT_COMMITTER_EMAIL=x@x")
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %s: %v: %s", args, err, out)
	}
	return string(out)
}

func (r remote) git(args ...string) string {
	r.t.Helper()
	return r.run("", append([]string{"--git-dir", r.dir}, args...)...)
}

// begin puts a first file into it, as somebody else.
func (r remote) begin(path, text string) {
	r.t.Helper()
	blob := strings.TrimSpace(r.run(text, "--git-dir", r.dir, "hash-object", "-w", "--stdin"))
	idx := filepath.Join(r.t.TempDir(), "index")
	put := exec.Command("git", "--git-dir", r.dir, "update-index", "--add", "--cacheinfo", "100644,"+blob+","+path)
	put.Env = append(os.Environ(), "GIT_INDEX_FILE="+idx)
	if out, err := put.CombinedOutput(); err != nil {
		r.t.Fatalf("%v: %s", err, out)
	}
	write := exec.Command("git", "--git-dir", r.dir, "write-tree")
	write.Env = put.Env
	tree, err := write.Output()
	if err != nil {
		r.t.Fatal(err)
	}
	commit := strings.TrimSpace(r.git("commit-tree", strings.TrimSpace(string(tree)), "-m", "somebody's"))
	r.git("update-ref", "refs/heads/main", commit)
}

// count is how many commits of the branch bear a key.
func (r remote) count(key platform.Key) int {
	r.t.Helper()
	n := 0
	for line := range strings.Lines(r.git("log", "--format=%(trailers:key=Editorial-Key,valueonly)", "--all")) {
		if strings.TrimSpace(line) == string(key) {
			n++
		}
	}
	return n
}

// hook makes the repository run something.
func (r remote) hook(name, script string) {
	r.t.Helper()
	if err := os.MkdirAll(filepath.Join(r.dir, "hooks"), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.dir, "hooks", name), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		r.t.Fatal(err)
	}
}

func open(t testing.TB, server, dir string, options map[string]string) *Publisher {
	t.Helper()
	p, err := New(platform.Account{Server: server, Options: options}, dir, append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null"))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func job(t testing.TB, f platform.Format, name string) platform.Job {
	t.Helper()
	p := publishtest.Post("git")
	p.Key, p.Slug, p.Title = platform.NewKey(name, "git", 1), name, "Post "+name
	p.Media[0].Name = name + ".png"
	m, err := f.Render(p)
	if err != nil {
		t.Fatal(err)
	}
	return platform.Job{Key: p.Key, Due: p.At, Now: p.At, Message: m, Files: publishtest.Album()}
}

func TestCommit_putsThePostIntoTheRepository(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		begin bool
		args  []string
		via   func(string) string
	}{
		"empty":       {false, nil, func(d string) string { return d }},
		"with a file": {true, nil, func(d string) string { return "file://" + d }},
		"sha256":      {true, []string{"--object-format=sha256"}, func(d string) string { return d }},
	} {
		r := newRemote(t, c.args...)
		if c.begin {
			r.begin("README.md", "theirs\n")
		}
		p := open(t, c.via(r.dir), filepath.Join(t.TempDir(), "own"), map[string]string{"path": "content/:lang/:year/:slug/index.md", "name": "Le Vélo", "email": "velo@velo.example"})
		j := job(t, p, "freins")
		end := publishtest.Drive(t.Context(), p, j, nil)
		if end.State != journal.Published || end.Receipt.URL != "https://velo.example/fr/freins/" {
			t.Fatalf("%s: %+v, %v", name, end, end.Last)
		}
		if got := r.git("show", "main:content/fr/2026/freins/index.md"); got != "---\ntitle: Freins\n---\nDix minutes suffisent.\n" {
			t.Errorf("%s: %q", name, got)
		}
		if got := r.git("show", "main:content/fr/2026/freins/freins.png"); got != string(publishtest.Picture().Data) {
			t.Errorf("%s: %q", name, got)
		}
		if c.begin && r.git("show", "main:README.md") != "theirs\n" {
			t.Errorf("%s: what was there is gone", name)
		}
		want := "Le Vélo <velo@velo.example> 2026-12-01T08:00:00+00:00 Le Vélo 2026-12-01T08:00:00+00:00\npublish: Post freins\n\nEditorial-Key: freins#git#1\n"
		if got := r.git("log", "-1", "--format=%an <%ae> %aI %cn %cI%n%B", "main"); strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("%s: %s", name, got)
		}
		if id := strings.TrimSpace(r.git("rev-parse", "main")); end.Receipt.ID != id {
			t.Errorf("%s: receipt %s, commit %s", name, end.Receipt.ID, id)
		}
		// Once more, by a machine that knows nothing: nothing more.
		q := open(t, c.via(r.dir), filepath.Join(t.TempDir(), "own"), nil)
		got, err := q.Commit(t.Context(), j)
		if err != nil || got.ID != end.Receipt.ID || r.count(j.Key) != 1 {
			t.Errorf("%s: %+v, %v, %d commits", name, got, err, r.count(j.Key))
		}
	}
}

// TestCommit_isTheSameOnEveryMachine: same placement, same branch, same commit.
func TestCommit_isTheSameOnEveryMachine(t *testing.T) {
	t.Parallel()
	var ids []string
	for range 2 {
		r := newRemote(t)
		p := open(t, r.dir, filepath.Join(t.TempDir(), "own"), nil)
		end := publishtest.Drive(t.Context(), p, job(t, p, "a"), nil)
		ids = append(ids, end.Receipt.ID)
	}
	if ids[0] == "" || ids[0] != ids[1] {
		t.Errorf("%q", ids)
	}
}

// lost wraps a run of git so that the at-th call goes wrong.
func lost(run runner, at int, after bool, n *int) runner {
	return func(ctx context.Context, c call) ([]byte, []byte, error) {
		if *n++; *n != at {
			return run(ctx, c)
		}
		if after {
			_, _, _ = run(ctx, c)
		}
		return nil, []byte("fatal: the remote end hung up unexpectedly"), errors.New("signal: killed")
	}
}

// TestPublisher_whateverRunOfGitIsCut: each run of git of a delivery fails once,
// before or after it did its work; the post is out once.
func TestPublisher_whateverRunOfGitIsCut(t *testing.T) {
	t.Parallel()
	r := newRemote(t)
	r.begin("README.md", "theirs\n")
	for _, after := range []bool{false, true} {
		for at := 1; ; at++ {
			n, name := 0, fmt.Sprintf("post-%v-%d", after, at)
			dir := filepath.Join(t.TempDir(), "own")
			restart := func() platform.Publisher {
				p := open(t, r.dir, dir, nil)
				p.run = lost(p.run, at, after, &n)
				return p
			}
			j := job(t, restart(), name)
			end := publishtest.Drive(t.Context(), restart(), j, restart)
			if end.State != journal.Published || r.count(j.Key) != 1 {
				t.Errorf("%s: %+v, %v: %d commits", name, end, end.Last, r.count(j.Key))
			}
			if n < at {
				break
			}
			if at > 60 {
				t.Fatal("no end")
			}
		}
	}
}

// TestPush_killedAfterItArrived: the real git is killed when the branch has
// moved and before it says so.
func TestPush_killedAfterItArrived(t *testing.T) {
	t.Parallel()
	need.Program(t, "sh")
	r := newRemote(t)
	p := open(t, r.dir, filepath.Join(t.TempDir(), "own"), nil)
	real := p.run
	p.run = func(ctx context.Context, c call) ([]byte, []byte, error) {
		if c.args[0] != "push" {
			return real(ctx, c)
		}
		if _, said, err := real(ctx, c); err != nil {
			t.Errorf("%v: %s", err, said)
		}
		return nil, nil, exec.Command("sh", "-c", "kill -9 $$").Run()
	}
	j := job(t, p, "killed")
	if _, err := p.Commit(t.Context(), j); platform.ClassOf(err) != platform.Uncertain {
		t.Fatalf("%v", err)
	}
	if f, err := p.Lookup(t.Context(), j); err != nil || f.Whether != platform.Found || f.Receipt.Evidence != platform.ByLookup {
		t.Errorf("%+v, %v", f, err)
	}
}

// TestFetch_afterGitWasKilled: locks and half-made repositories of a git that was
// killed stop nobody.
func TestFetch_afterGitWasKilled(t *testing.T) {
	t.Parallel()
	r := newRemote(t)
	r.begin("README.md", "theirs\n")
	dir := filepath.Join(t.TempDir(), "own")
	p := open(t, r.dir, dir, nil)
	for _, name := range []string{"refs/remotes/origin/main.lock", "editorial.index.lock", "packed-refs.lock", "HEAD"} {
		at := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		text := ""
		if name == "HEAD" {
			text = "ref: refs/heads/main\n"
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	j := job(t, p, "a")
	if _, err := p.Prepare(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Commit(t.Context(), j); err != nil {
		t.Fatal(err)
	}
}

// TestPublisher_twoMachinesAtOnce: both posts of two machines come in, and a post
// that both send comes in once.
func TestPublisher_twoMachinesAtOnce(t *testing.T) {
	t.Parallel()
	r := newRemote(t)
	r.begin("README.md", "theirs\n")
	var wg sync.WaitGroup
	for machine := range 2 {
		dir := filepath.Join(t.TempDir(), "own")
		wg.Go(func() {
			restart := func() platform.Publisher { return open(t, r.dir, dir, nil) }
			for n := range 6 {
				name := fmt.Sprintf("both-%d", n)
				if n%2 == 1 {
					name = fmt.Sprintf("of-%d-%d", machine, n)
				}
				if end := publishtest.Drive(t.Context(), restart(), job(t, restart(), name), restart); end.State != journal.Published {
					t.Errorf("%s on %d: %+v, %v", name, machine, end, end.Last)
				}
			}
		})
	}
	wg.Wait()
	for n := range 6 {
		names := []string{fmt.Sprintf("both-%d", n)}
		if n%2 == 1 {
			names = []string{fmt.Sprintf("of-0-%d", n), fmt.Sprintf("of-1-%d", n)}
		}
		for _, name := range names {
			if got := r.count(platform.NewKey(name, "git", 1)); got != 1 {
				t.Errorf("%s: %d commits", name, got)
			}
		}
	}
}

// TestPush_overtaken: somebody pushes between our fetch and our push.
func TestPush_overtaken(t *testing.T) {
	t.Parallel()
	r := newRemote(t)
	r.begin("README.md", "theirs\n")
	p := open(t, r.dir, filepath.Join(t.TempDir(), "own"), nil)
	real, once := p.run, false
	p.run = func(ctx context.Context, c call) ([]byte, []byte, error) {
		if c.args[0] == "push" && !once {
			once = true
			tree := strings.TrimSpace(r.git("rev-parse", "main^{tree}"))
			r.git("update-ref", "refs/heads/main", strings.TrimSpace(r.git("commit-tree", tree, "-p", "main", "-m", "meanwhile")))
		}
		return real(ctx, c)
	}
	j := job(t, p, "a")
	if _, err := p.Commit(t.Context(), j); platform.ClassOf(err) != platform.Temporary || platform.As(err).Code != "moved-on" {
		t.Fatalf("%v", err)
	}
	if _, err := p.Commit(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	if log := r.git("log", "--format=%s", "main"); log != "publish: Post a\nmeanwhile\nsomebody's\n" {
		t.Errorf("%s", log)
	}
}

func TestPush_refused(t *testing.T) {
	t.Parallel()
	r := newRemote(t)
	r.hook("pre-receive", "echo 'no posts on Sundays' >&2; exit 1")
	p := open(t, r.dir, filepath.Join(t.TempDir(), "own"), nil)
	_, err := p.Commit(t.Context(), job(t, p, "a"))
	if e := platform.As(err); e.Class != platform.Permission || e.Code != "remote-declined" || !strings.Contains(e.Detail, "no posts on Sundays") {
		t.Errorf("%v", err)
	}
	f, err := p.Lookup(t.Context(), job(t, p, "a"))
	if err != nil || f.Whether != platform.NotFound {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestCommit_writesOverNobodysFile(t *testing.T) {
	t.Parallel()
	r := newRemote(t)
	r.begin("content/posts/a.md", "theirs\n")
	p := open(t, r.dir, filepath.Join(t.TempDir(), "own"), nil)
	for _, do := range []func(platform.Job) error{
		func(j platform.Job) error { _, err := p.Prepare(t.Context(), j); return err },
		func(j platform.Job) error { _, err := p.Commit(t.Context(), j); return err },
	} {
		if e := platform.As(do(job(t, p, "a"))); e.Class != platform.Invalid || e.Code != "path-taken" {
			t.Errorf("%v", e)
		}
	}
	// A folder where the file must go, and a file where the folder must.
	q := open(t, r.dir, filepath.Join(t.TempDir(), "own"), map[string]string{"path": "content/posts/a.md/:slug.md"})
	if _, err := q.Commit(t.Context(), job(t, q, "b")); platform.ClassOf(err) != platform.Invalid {
		t.Errorf("%v", err)
	}
	q = open(t, r.dir, filepath.Join(t.TempDir(), "own"), map[string]string{"path": "content/posts"})
	if _, err := q.Commit(t.Context(), job(t, q, "c")); platform.ClassOf(err) != platform.Invalid {
		t.Errorf("%v", err)
	}
	if got := r.git("show", "main:content/posts/a.md"); got != "theirs\n" {
		t.Errorf("%q", got)
	}
	// Its own file it may change: the second time that the post goes out.
	if end := publishtest.Drive(t.Context(), p, job(t, p, "own"), nil); end.State != journal.Published {
		t.Fatalf("%+v %v", end, end.Last)
	}
	post := publishtest.Post("git")
	post.Key, post.Slug, post.Text, post.Media = platform.NewKey("own", "git", 2), "own", "Encore.", nil
	m, err := p.Render(post)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Commit(t.Context(), platform.Job{Key: post.Key, Due: post.At.Add(time.Hour), Now: post.At, Message: m}); err != nil {
		t.Fatal(err)
	}
	if got := r.git("show", "main:content/posts/own.md"); !strings.HasSuffix(got, "---\n\nEncore.\n") {
		t.Errorf("%q", got)
	}
}

func TestCommit_runsNothingOfTheRepository(t *testing.T) {
	t.Parallel()
	r := newRemote(t)
	r.begin(".gitattributes", "*.md filter=evil\n")
	dir := filepath.Join(t.TempDir(), "own")
	p := open(t, r.dir, dir, nil)
	if _, err := p.Prepare(t.Context(), job(t, p, "a")); err != nil {
		t.Fatal(err)
	}
	ran := filepath.Join(t.TempDir(), "ran")
	for _, kv := range [][2]string{{"filter.evil.clean", "touch " + ran}, {"core.hooksPath", filepath.Join(dir, "hooks")}, {"core.fsmonitor", "touch " + ran}, {"core.sshCommand", "touch " + ran}} {
		r.run("", "--git-dir", dir, "config", kv[0], kv[1])
	}
	if err := os.MkdirAll(filepath.Join(dir, "hooks"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, hook := range []string{"pre-push", "post-index-change", "reference-transaction", "pre-commit"} {
		if err := os.WriteFile(filepath.Join(dir, "hooks", hook), []byte("#!/bin/sh\ntouch "+ran+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if end := publishtest.Drive(t.Context(), p, job(t, p, "b"), nil); end.State != journal.Published {
		t.Fatalf("%+v %v", end, end.Last)
	}
	if _, err := os.Stat(ran); err == nil {
		t.Error("something was run")
	}
	if q, err := New(platform.Account{Server: "ext::touch " + ran}, filepath.Join(t.TempDir(), "own"), os.Environ()); err == nil {
		if _, err := q.Check(t.Context()); platform.ClassOf(err) != platform.Auth {
			t.Errorf("%v", err)
		}
	}
	if _, err := os.Stat(ran); err == nil {
		t.Error("an address was run")
	}
}

func TestNew_refuses(t *testing.T) {
	t.Parallel()
	for _, a := range []platform.Account{
		{}, {Server: "--upload-pack=x"}, {Server: "https://awa:geheim@velo.example/x.git"}, {Server: "/x", Options: map[string]string{"branch": "-x"}},
		{Server: "/x", Options: map[string]string{"branch": "a..b"}}, {Server: "/x", Options: map[string]string{"branch": "a b"}},
	} {
		if _, err := New(a, t.TempDir(), nil); !errors.Is(err, ErrAddress) {
			t.Errorf("%+v: %v", a, err)
		}
	}
	if p, err := New(platform.Account{Server: "https://velo.example", Options: map[string]string{"repository": "git@velo.example:site.git"}}, t.TempDir(), os.Environ()); err != nil || p.account.Server != "git@velo.example:site.git" {
		t.Errorf("%v", err)
	}
	p := open(t, filepath.Join(t.TempDir(), "nothing"), filepath.Join(t.TempDir(), "own"), nil)
	if _, err := p.Check(t.Context()); platform.ClassOf(err) != platform.Auth {
		t.Errorf("%v", err)
	}
}

func TestValidate_paths(t *testing.T) {
	t.Parallel()
	p := publishtest.Post("git")
	for pattern, ok := range map[string]bool{
		"": true, "_posts/:year-:month-:day-:slug.md": true, ":section/:filename.md": true,
		"../:slug.md": false, "/etc/:slug.md": false, ".git/hooks/:slug": false, "x/.GITMODULES": false, "git~1/:slug": false, "a:b": false,
	} {
		f := newFormat(map[string]string{"path": pattern})
		if got := problem.Errors(f.Validate(p)) == 0; got != ok {
			t.Errorf("%q: %v", pattern, f.Validate(p))
		}
	}
	if got := newFormat(map[string]string{"path": "_posts/:year-:month-:day-:slug.md"}).place(p); got != "_posts/2026-12-01-freins.md" {
		t.Errorf("%q", got)
	}
	p.File, p.Media[0].Path = "fr/freins.md", "fr/img/a.png"
	if got := newFormat(map[string]string{"path": "c/:slug/index.md"}).beside(p)[0]; got != "c/freins/img/a.png" {
		t.Errorf("%q", got)
	}
	if got := newFormat(map[string]string{"assets": "static/:slug"}).beside(p)[0]; got != "static/freins/freins.png" {
		t.Errorf("%q", got)
	}
}

func TestRender_frontMatterAnew(t *testing.T) {
	t.Parallel()
	p := publishtest.Post("git")
	p.Title = "A: \"b\"\n--- c"
	m, err := newFormat(map[string]string{"form": "yaml"}).Render(p)
	if err != nil {
		t.Fatal(err)
	}
	w, err := said(platform.Job{Message: m})
	if err != nil {
		t.Fatal(err)
	}
	if got := string(w.Text); !strings.Contains(got, "title: 'A: \"b\" --- c'\n") || !strings.Contains(got, "date: \"2026-12-01T08:00:00Z\"") || !strings.HasSuffix(got, "\n---\n\nDix minutes suffisent.\n") {
		t.Errorf("%s", got)
	}
	if w.Subject != `publish: A: "b" --- c` {
		t.Errorf("%q", w.Subject)
	}
}
