package connections_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"editorial/internal/config"
	"editorial/internal/connections"
	"editorial/internal/need"
	"editorial/internal/secret"
	"editorial/pkg/publish/platform"
)

// TestBook_git: an account of git speaks from a repository below the office, and
// without a folder or an address nobody does.
func TestBook_git(t *testing.T) {
	t.Parallel()
	need.Program(t, "git")
	dir := t.TempDir()
	site := filepath.Join(dir, "site.git")
	if out, err := exec.Command("git", "init", "-q", "--bare", site).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	c := config.Config{Platforms: map[string]config.Platform{
		"../site": {Kind: "git", Connection: config.Connection{Options: map[string]string{"repository": site}}},
		"empty":   {Kind: "git"},
	}}
	v := secret.Open(secret.Options{Dir: dir, Now: func() time.Time { return time.Unix(0, 0) }, Identity: secret.Identity{Path: filepath.Join(dir, "id")}})
	b := connections.Open(c, v, os.Environ())
	if _, ok := b.Publisher(context.Background(), "../site"); ok {
		t.Error("a publisher without a folder")
	}
	b.Dir = filepath.Join(dir, "office")
	if _, ok := b.Publisher(t.Context(), "empty"); ok {
		t.Error("a publisher without an address")
	}
	p, ok := b.Publisher(t.Context(), "../site")
	if !ok {
		t.Fatal("no publisher")
	}
	if _, err := p.(platform.Checker).Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if all, err := filepath.Glob(filepath.Join(b.Dir, ".editorial/git/*")); err != nil || len(all) != 1 {
		t.Errorf("%v, %v", all, err)
	}
}

// TestLook_saysThatARepositoryCannotBeUsed: before anything is due, as the delivery
// would; and neither says the password.
func TestLook_saysThatARepositoryCannotBeUsed(t *testing.T) {
	t.Parallel()
	b := open(t, "[platforms.site]\nkind = \"git\"\nlive = true\nconnection = { options = { repository = \"https://me:sekret@git.example/site.git\" } }\n", nil)
	b.Dir = t.TempDir()
	all := b.Live(t.Context())
	if len(all) != 1 {
		t.Fatalf("%+v", all)
	}
	if s, _ := b.State(t.Context(), "site"); !s.Refused() {
		t.Error("nobody need be asked for that")
	}
	s := b.Look(t.Context(), all[0], begin)
	if !s.Refused() || s.AskErr.Error() != "auth git-address" {
		t.Errorf("it is well: %v", s.AskErr)
	}
	if _, _, err := b.Deliver(t.Context(), "site", b.Dir, nil); err == nil || err.Error() != "auth git-address" {
		t.Errorf("%v", err)
	}
}
