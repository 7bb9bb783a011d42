package secret

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Locker lets one program at a time do something.
type Locker interface {
	// Lock waits until nobody holds the name, or the context ends.
	Lock(ctx context.Context, name string) (unlock func() error, err error)
}

// lockEvery is how often somebody who waits asks again.
const lockEvery = 20 * time.Millisecond

// FileLocks are locks of the operating system on files of a folder, which is
// made. The system lets go of one when its program ends, however it ends. They
// work between the programs of one machine.
type FileLocks struct{ Dir string }

// Lock holds the file of a name.
func (l FileLocks) Lock(ctx context.Context, name string) (func() error, error) {
	if err := os.MkdirAll(l.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("lock %s: %w", name, err)
	}
	f := flock.New(filepath.Join(l.Dir, name+".lock"), flock.SetPermissions(0o600))
	if _, err := f.TryLockContext(ctx, lockEvery); err != nil {
		return nil, fmt.Errorf("lock %s: %w", name, err)
	}
	return f.Unlock, nil
}
