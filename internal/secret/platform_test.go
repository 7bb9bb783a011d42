package secret_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"editorial/internal/secret"
	"editorial/pkg/publish/platform"
)

// rotating is a platform whose refresh tokens are good once: whoever sends one
// again kills the whole family. It lives in a folder, for several programs.
type rotating struct{ dir string }

// issue makes the n-th pair.
func issue(n int) platform.Token {
	return platform.Token{
		Access: platform.Hidden(fmt.Sprintf("access-%d", n)), Refresh: platform.Hidden(fmt.Sprintf("refresh-%d", n)), Expires: begin.Add(2 * time.Hour),
	}
}

// exchange is the platform's: each request is a file, so that no two take one.
func (p rotating) exchange(_ context.Context, old platform.Token) (platform.Token, error) {
	var n int
	if _, err := fmt.Sscanf(old.Refresh.Reveal(), "refresh-%d", &n); err != nil {
		return platform.Token{}, err
	}
	f, err := os.OpenFile(filepath.Join(p.dir, fmt.Sprintf("spent-%d", n)), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		_ = os.WriteFile(filepath.Join(p.dir, "family-dead"), nil, 0o600)
	}
	if err != nil || p.dead() {
		return platform.Token{}, platform.Refuse(platform.Auth, "invalid_grant", "")
	}
	f.Close()
	return issue(n + 1), nil
}

func (p rotating) dead() bool {
	_, err := os.Stat(filepath.Join(p.dir, "family-dead"))
	return err == nil
}

// spent is how many refresh tokens were taken.
func (p rotating) spent() int {
	all, _ := filepath.Glob(filepath.Join(p.dir, "spent-*"))
	return len(all)
}

// begin is the instant of all tests.
var begin = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

// office is a folder with a vault.
type office struct {
	dir  string
	ring secret.Ring
	now  time.Time
}

func newOffice(t *testing.T) office {
	t.Helper()
	return office{dir: t.TempDir(), now: begin}
}

func (o office) open() *secret.Vault {
	return secret.Open(secret.Options{
		Dir: filepath.Join(o.dir, ".editorial"), Office: o.dir, Ring: o.ring, Now: func() time.Time { return o.now },
		Identity: secret.Identity{Path: filepath.Join(o.dir, "home", "identity.txt")},
	})
}

// fakeRing is a keyring in memory that can be out of order.
type fakeRing struct {
	mu     sync.Mutex
	holds  map[string]string
	broken error // of every question
	full   error // of writing
	lies   bool  // gives back what was there before
}

func newRing() *fakeRing { return &fakeRing{holds: map[string]string{}} }

func (r *fakeRing) Set(service, user, text string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := errors.Join(r.broken, r.full); err != nil {
		return err
	}
	if !r.lies {
		r.holds[service+user] = text
	}
	return nil
}

func (r *fakeRing) Get(service, user string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	text, ok := r.holds[service+user]
	switch {
	case r.broken != nil:
		return "", r.broken
	case !ok:
		return "", notInRing
	}
	return text, nil
}

func (r *fakeRing) Delete(service, user string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.broken != nil {
		return r.broken
	}
	delete(r.holds, service+user)
	return nil
}
