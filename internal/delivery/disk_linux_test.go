package delivery_test

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"

	"editorial/internal/need"
	"editorial/internal/store"
)

// TestDisk_isReallyFull: the same on a small disk that somebody fills.
func TestDisk_isReallyFull(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=4m"); err != nil {
		need.Skip(t, fmt.Errorf("only root makes a small disk: %w", err))
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	s, err := store.Open(t.Context(), filepath.Join(dir, "d", "deliveries.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	b := newBench(t, 2)
	b.store, b.opts.Store = s, s
	filler := filepath.Join(dir, "filler")
	b.remote.blind = true
	b.remote.commit = func(int) (bool, error) { return true, fill(filler) }
	full := new(atomic.Int32)
	b.opts.Log = slog.New(heard{"delivery not recorded", func(n int) {
		if n == 2 {
			_ = os.Remove(filler)
		}
	}, full})
	b.restart("a")
	b.sync()
	b.at(0)
	b.want(0, "published")
	b.out(1)
	if full.Load() == 0 {
		t.Error("the disk was never full")
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// fill writes a file until the disk takes no more.
func fill(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	for size := 64 << 10; size > 0; {
		if _, err := f.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
			size /= 2
		} else if err != nil {
			return err
		}
	}
	return nil
}
