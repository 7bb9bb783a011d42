package revision_test

import (
	"bufio"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/need"
	"editorial/internal/revision"
	"editorial/pkg/problem"
)

// repository is a folder under git.
type repository struct {
	t   *testing.T
	dir string
}

func environ(more ...string) []string {
	return append(os.Environ(), append([]string{
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@a",
		"GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@a", "GIT_AUTHOR_DATE=2026-10-01T10:00:00Z", "GIT_COMMITTER_DATE=2026-10-02T10:00:00Z",
	}, more...)...)
}

func newRepository(t *testing.T) repository {
	t.Helper()
	need.Program(t, "git")
	r := repository{t, t.TempDir()}
	r.git("init", "-q", "-b", "main")
	return r
}

func (r repository) git(args ...string) {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-C", r.dir}, args...)...)
	cmd.Env = environ()
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

func (r repository) write(name, text string) {
	r.t.Helper()
	path := filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

func (r repository) commit(message string) {
	r.t.Helper()
	r.git("add", "-A")
	r.git("commit", "-q", "-m", message)
}

func request(dir, name string) revision.Request {
	return revision.Request{
		Dir: dir, Name: name, Paths: []string{"config.toml", "calendar.txt", "content"},
		Text: func(name string) bool { return !strings.HasSuffix(name, ".jpg") }, Environ: environ(),
	}
}

func read(t *testing.T, req revision.Request) *revision.Revision {
	t.Helper()
	r, err := revision.Read(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func texts(r *revision.Revision) map[string]string {
	all := map[string]string{}
	for name, data := range r.Files {
		all[name] = string(data)
	}
	return all
}

func TestRead_asItWasCommitted(t *testing.T) {
	t.Parallel()
	for _, below := range []string{"", "the office/[été]"} {
		t.Run(below, func(t *testing.T) {
			t.Parallel()
			repo := newRepository(t)
			in := func(name string) string { return filepath.Join(below, name) }
			repo.write(in("config.toml"), "one\r\n")
			repo.write(in("content/a.md"), "first")
			repo.write(in("content/deep/é \"b\".md"), "second\n\x00\xff")
			repo.write(in("content/p.jpg"), "picture")
			repo.write(in("secret.txt"), "not asked for")
			repo.write("other/content/x.md", "of another office")
			repo.commit("Begin “it”\n\nAnd more.")
			repo.write(in("config.toml"), "two")
			repo.write(in("calendar.txt"), "agreed")
			repo.commit("second")
			repo.write(in("config.toml"), "not committed")
			dir := filepath.Join(repo.dir, below)

			first := read(t, request(dir, "HEAD~1"))
			want := map[string]string{"config.toml": "one\r\n", "content/a.md": "first", "content/deep/é \"b\".md": "second\n\x00\xff", "content/p.jpg": ""}
			if d := cmp.Diff(want, texts(first)); d != "" {
				t.Errorf("want -, got +:\n%s", d)
			}
			if at := time.Date(2026, 10, 2, 10, 0, 0, 0, time.UTC); first.Subject != "Begin “it”" || !first.At.Equal(at) || len(first.Hash) != 40 {
				t.Errorf("%s, %s, %s", first.Subject, first.At, first.Hash)
			}
			if second := read(t, request(dir, "main")); string(second.Files["config.toml"]) != "two" || string(second.Files["calendar.txt"]) != "agreed" {
				t.Errorf("main: %v", texts(second))
			}
		})
	}
}

// TestRead_runsNothing: what a repository's own settings name is not run, and
// files come as they were committed.
func TestRead_runsNothing(t *testing.T) {
	t.Parallel()
	repo := newRepository(t)
	repo.write("config.toml", "text")
	repo.write("content/a.md", "a")
	repo.write(".gitattributes", "* filter=evil diff=evil eol=crlf text\n")
	repo.commit("begin")
	mark := filepath.Join(repo.dir, "run")
	evil := filepath.Join(repo.dir, "evil")
	if err := os.WriteFile(evil, []byte("#!/bin/sh\ntouch '"+mark+"'\ncat\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{
		"core.fsmonitor", "core.pager", "core.editor", "core.askpass", "core.sshCommand", "filter.evil.smudge", "filter.evil.clean",
		"filter.evil.process", "diff.evil.textconv", "diff.evil.command", "diff.external", "alias.rev-parse", "alias.cat-file", "gpg.program",
		"credential.helper", "core.gitProxy",
	} {
		value := evil
		if strings.HasPrefix(key, "alias.") || key == "credential.helper" {
			value = "!" + evil
		}
		repo.git("config", key, value)
	}
	repo.git("config", "core.hooksPath", repo.dir)
	repo.git("config", "log.showSignature", "true")
	for _, hook := range []string{"post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"} {
		if err := os.Link(evil, filepath.Join(repo.dir, hook)); err != nil {
			t.Fatal(err)
		}
	}
	if got := texts(read(t, request(repo.dir, "HEAD"))); got["config.toml"] != "text" {
		t.Errorf("got %q", got)
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("something was run")
	}
}

// TestRead_followsNoLink: neither symbolic links nor submodules.
func TestRead_followsNoLink(t *testing.T) {
	t.Parallel()
	repo := newRepository(t)
	repo.write("config.toml", "text")
	repo.write("content/a.md", "a")
	if err := os.Symlink("/etc/passwd", filepath.Join(repo.dir, "content", "passwd.md")); err != nil {
		need.Skip(t, err)
	}
	repo.git("add", "-A")
	repo.git("commit", "-q", "-m", "begin")
	repo.git("update-index", "--add", "--cacheinfo", "160000,1234567890123456789012345678901234567890,content/module")
	repo.git("commit", "-q", "-m", "module")
	r := read(t, request(repo.dir, "HEAD"))
	if d := cmp.Diff([]string{"config.toml", "content/a.md"}, slices.Sorted(maps.Keys(r.Files))); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"content/module", "content/passwd.md"}, r.Skipped); d != "" {
		t.Error(d)
	}
}

// TestRead_ofThisFolder: variables of another repository, as a hook of git sets
// them, count for nothing.
func TestRead_ofThisFolder(t *testing.T) {
	t.Parallel()
	repo, other := newRepository(t), newRepository(t)
	for r, text := range map[repository]string{repo: "ours", other: "theirs"} {
		r.write("config.toml", text)
		r.commit(text)
	}
	req := request(repo.dir, "HEAD")
	req.Environ = append(req.Environ, "GIT_DIR="+filepath.Join(other.dir, ".git"), "GIT_WORK_TREE="+other.dir, "GIT_INDEX_FILE=x", "GIT_OBJECT_DIRECTORY=x")
	if got := texts(read(t, req)); got["config.toml"] != "ours" {
		t.Errorf("got %q", got)
	}
}

func TestRead_saysWhatIsWrong(t *testing.T) {
	t.Parallel()
	repo := newRepository(t)
	repo.write("readme", "x")
	repo.commit("nothing yet")
	repo.git("tag", "before")
	repo.write("config.toml", "text")
	repo.commit("begin")
	outside := t.TempDir()
	for _, tt := range []struct {
		dir, name string
		want      problem.Code
	}{
		{repo.dir, "nope", revision.CodeUnknown},
		{repo.dir, "HEAD~9", revision.CodeUnknown},
		{repo.dir, "", revision.CodeUnknown},
		{repo.dir, "--all", revision.CodeUnknown},
		{repo.dir, "--output=x", revision.CodeUnknown},
		{repo.dir, "HEAD\x00", revision.CodeUnknown},
		{repo.dir, "HEAD:config.toml", revision.CodeUnknown}, // a file
		{repo.dir, "HEAD..before", revision.CodeUnknown},     // two
		{repo.dir, "$(touch x)", revision.CodeUnknown},
		{repo.dir, "before", revision.CodeNoOffice},
		{outside, "HEAD", revision.CodeOutside},
	} {
		req := request(tt.dir, tt.name)
		req.Environ = append(req.Environ, "GIT_CEILING_DIRECTORIES="+filepath.Dir(outside))
		_, err := revision.Read(t.Context(), req)
		var p problem.Problem
		if !errors.As(err, &p) || p.Code != tt.want {
			t.Errorf("%q: got %v, want %s", tt.name, err, tt.want)
		}
	}
	files, err := filepath.Glob(filepath.Join(repo.dir, "x"))
	if err != nil || len(files) > 0 {
		t.Errorf("made %v, %v", files, err)
	}
}

// TestRead_aDamagedRepository: a blob that is gone is an error, not an empty
// file.
func TestRead_aDamagedRepository(t *testing.T) {
	t.Parallel()
	repo := newRepository(t)
	repo.write("config.toml", "text that is nowhere else")
	repo.commit("begin")
	cmd := exec.Command("git", "-C", repo.dir, "rev-parse", "HEAD:config.toml")
	cmd.Env = environ()
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	hash := strings.TrimSpace(string(out))
	if err := os.Remove(filepath.Join(repo.dir, ".git", "objects", hash[:2], hash[2:])); err != nil {
		t.Fatal(err)
	}
	if r, err := revision.Read(t.Context(), request(repo.dir, "HEAD")); err == nil {
		t.Errorf("read %q", texts(r))
	}
}

// TestObject_nothingButWhatItSays: an answer that is cut off, or of another
// kind, is an error; one that is too long is cut.
func TestObject_nothingButWhatItSays(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"h blob 3\nabc\n": "abc", "h blob 0\n\n": "", "h blob 9\n123456789\n": "12345",
		"h blob 3\nab": "!", "h blob 3\nabc": "!", "h tree 3\nabc\n": "!", "h missing\n": "!", "": "!", "h blob -1\n\n": "!", "h blob x\n\n": "!",
		"h blob 99999999999999999999\n\n": "!",
	} {
		got, err := revision.Object(bufio.NewReader(strings.NewReader(in)), "blob", 5)
		if err != nil {
			got = []byte("!")
		}
		if string(got) != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestRead_withoutGit(t *testing.T) {
	t.Setenv("PATH", "")
	_, err := revision.Read(t.Context(), request(".", "HEAD"))
	var p problem.Problem
	if !errors.As(err, &p) || p.Code != revision.CodeNoGit {
		t.Errorf("got %v", err)
	}
}

// TestRead_isBounded: a file that is too large, too much together and too many
// files are each refused; pictures do not count.
func TestRead_isBounded(t *testing.T) {
	t.Parallel()
	repo := newRepository(t)
	repo.write("config.toml", "0123456789")
	repo.write("content/a.md", "0123456789")
	repo.write("content/p.jpg", strings.Repeat("x", 1000))
	repo.commit("begin")
	for _, tt := range []struct {
		file, bytes int64
		files       int
		want        problem.Code
	}{
		{10, 20, 3, ""}, {9, 20, 3, revision.CodeTooLarge}, {10, 19, 3, revision.CodeTooLarge}, {10, 20, 2, revision.CodeTooMany},
	} {
		_, err := revision.ReadWithin(t.Context(), request(repo.dir, "HEAD"), tt.file, tt.bytes, tt.files)
		var p problem.Problem
		if errors.As(err, &p); p.Code != tt.want || err != nil && tt.want == "" {
			t.Errorf("%+v: %v", tt, err)
		}
	}
}

// TestRead_aPartialClone: what is not on this machine is not fetched.
func TestRead_aPartialClone(t *testing.T) {
	t.Parallel()
	repo := newRepository(t)
	repo.write("config.toml", "one")
	repo.commit("one")
	repo.write("config.toml", "two")
	repo.commit("two")
	repo.git("config", "uploadpack.allowFilter", "true")
	clone := repository{t, t.TempDir()}
	clone.git("clone", "-q", "--filter=blob:none", "file://"+repo.dir, "here")
	dir := filepath.Join(clone.dir, "here")
	if got := texts(read(t, request(dir, "HEAD"))); got["config.toml"] != "two" {
		t.Errorf("got %q", got)
	}
	_, err := revision.Read(t.Context(), request(dir, "HEAD~1"))
	var p problem.Problem
	if !errors.As(err, &p) || p.Code != revision.CodePartial {
		t.Errorf("got %v", err)
	}
}

// TestRead_aShallowClone: a revision that it lacks may be one all the same.
func TestRead_aShallowClone(t *testing.T) {
	t.Parallel()
	repo := newRepository(t)
	for _, text := range []string{"one", "two", "three"} {
		repo.write("config.toml", text)
		repo.commit(text)
	}
	clone := repository{t, t.TempDir()}
	clone.git("clone", "-q", "--depth=1", "file://"+repo.dir, "here")
	dir := filepath.Join(clone.dir, "here")
	if got := texts(read(t, request(dir, "HEAD"))); got["config.toml"] != "three" {
		t.Errorf("got %q", got)
	}
	_, err := revision.Read(t.Context(), request(dir, "HEAD~1"))
	var p problem.Problem
	if !errors.As(err, &p) || p.Code != revision.CodeShallow {
		t.Errorf("got %v", err)
	}
}

// TestRead_ofSomebodyElse: git does not read it, and that is said.
func TestRead_ofSomebodyElse(t *testing.T) {
	t.Parallel()
	repo := newRepository(t)
	repo.write("config.toml", "text")
	repo.commit("begin")
	for _, name := range []string{repo.dir, filepath.Join(repo.dir, ".git")} {
		if err := os.Chown(name, 54321, 54321); err != nil {
			need.Skip(t, err)
		}
	}
	_, err := revision.Read(t.Context(), request(repo.dir, "HEAD"))
	var p problem.Problem
	if !errors.As(err, &p) || p.Code != revision.CodeForeign {
		t.Errorf("got %v", err)
	}
}
