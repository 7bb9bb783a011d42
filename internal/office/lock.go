package office

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"editorial/internal/config"
	"editorial/pkg/problem"
)

// Files below [StateDir] that are held while something is written: by a build,
// and by whoever writes the agreed calendar.
const (
	lockName   = "lock"
	agreedLock = "calendar.lock"
)

// lockEvery is how often a build that waits asks again.
const lockEvery = 50 * time.Millisecond

// lock waits until no other process holds the file, or the context ends. The
// system lets go of it when the process ends, however it ends.
func lock(ctx context.Context, name string) (unlock func() error, err error) {
	if err := regularOrNone(name); err != nil {
		return nil, err
	}
	l := flock.New(name, flock.SetPermissions(privateFile))
	if _, err := l.TryLockContext(ctx, lockEvery); err != nil {
		return nil, fmt.Errorf("wait for another editorial: %w", err)
	}
	return l.Unlock, nil
}

// lockOutput waits until no other build works on an output folder, which is
// made if it is not there.
func lockOutput(ctx context.Context, out string) (unlock func() error, err error) {
	if err := os.MkdirAll(out, publicDir); err != nil {
		return nil, fmt.Errorf("make output folder: %w", err)
	}
	state, err := openIn(out, StateDir, privateFile, privateDir)
	if err != nil {
		return nil, err
	}
	defer state.close()
	return lock(ctx, filepath.Join(out, StateDir, lockName))
}

// isOffice reports whether a folder has a configuration.
func isOffice(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, config.FileName))
	return err == nil
}

// release lets others build.
func (o *Office) release() {
	if o.unlock != nil {
		_ = o.unlock()
		o.unlock = nil
	}
}

// regularOrNone refuses a file of the state that is no regular one: a pipe would
// be waited for.
func regularOrNone(name string) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return problem.Problem{Position: problem.Position{File: path.Join(StateDir, filepath.Base(name))}, Code: config.CodeNotRegular}
	}
	return nil
}

// Building reports whether a build is writing into a folder just now. It makes
// no file.
func Building(dir string) bool {
	name := filepath.Join(dir, StateDir, lockName)
	if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return false
	}
	l := flock.New(name, flock.SetPermissions(privateFile))
	free, err := l.TryRLock()
	if err != nil {
		return false
	}
	_ = l.Unlock()
	return !free
}
