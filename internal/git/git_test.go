package git_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"editorial/internal/git"
	"editorial/internal/need"
)

// A variable that leads git to another repository counts for nothing, nor does
// a monitor that the repository names.
func TestFind_readsTheFolderAlone(t *testing.T) {
	t.Parallel()
	need.Program(t, "git")
	here, other, ran := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "ran")
	environ := append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_DIR="+filepath.Join(other, ".git"), "GIT_WORK_TREE="+other)
	run := func(dir string, args ...string) string {
		t.Helper()
		g, err := git.Find(dir, environ)
		if err != nil {
			t.Fatal(err)
		}
		out, err := g.Command(t.Context(), args...).Output()
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return strings.TrimSpace(string(out))
	}
	run(here, "init", "-q")
	run(other, "init", "-q")
	run(here, "config", "core.fsmonitor", "touch "+ran)
	want, err := filepath.EvalSymlinks(here)
	if err != nil {
		t.Fatal(err)
	}
	if got := run(here, "rev-parse", "--show-toplevel"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	run(here, "status", "--porcelain")
	if _, err := os.Stat(ran); err == nil {
		t.Error("the monitor of the repository ran")
	}
}
