//go:build linux

package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"editorial/internal/need"
	"editorial/internal/store"
)

// TestSQLite_isForItsOwnerAlone: none of the files can be read by others, the
// messages in them not before they are sent.
func TestSQLite_isForItsOwnerAlone(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state")
	s := open(t, filepath.Join(dir, "d%20?#é.db")) // and a name is a name, whatever is in it
	put(t, s, delivery(1))
	seen := 0
	if err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		seen++
		info, err := entry.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v", path, info.Mode())
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if seen != 5 { // the folder, the file, -wal, -shm, .migrate
		t.Errorf("%d files", seen)
	}
	file := filepath.Join(t.TempDir(), "backup.db")
	if _, err := s.Backup(t.Context(), file, at(0)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup: %v, %v", info.Mode(), err)
	}
}

// TestSQLite_foreignFiles: what is no database of ours stays as it is.
func TestSQLite_foreignFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	other := filepath.Join(dir, "other.db")
	db, err := sql.Open("sqlite", other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("create table places (a text)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, bytes.Repeat([]byte("a post, and no database\n"), 500), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{other: string(store.CodeForeign), text: string(store.CodeNone)} {
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(t.Context(), path); string(found(err).Code) != want {
			t.Errorf("%s: %v", path, err)
		}
		if after, err := os.ReadFile(path); err != nil || path == text && !bytes.Equal(before, after) {
			t.Errorf("%s was changed: %v", path, err)
		}
	}
	for _, address := range []string{"", "mysql://velo:hunter2@db.example/velo", "postgres://velo:hunter2@db.example:x/velo"} {
		if _, err := store.Open(t.Context(), address); found(err).Code != store.CodeAddress || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", address, err)
		}
	}
	if _, err := store.Open(t.Context(), dir); !errors.Is(err, syscall.EISDIR) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := store.Open(t.Context(), filepath.Join(text, "below")); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("below a file: %v", err)
	}
}

// TestSQLite_damaged: a file that was damaged on the disk says so, in every use.
func TestSQLite_damaged(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 200 {
		put(t, s, delivery(n))
	}
	if err := s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 16 << 10; i < len(data)-4096; i++ {
		data[i] ^= 0x5a
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	if err := s.Check(t.Context()); found(err).Code != store.CodeDamaged {
		t.Errorf("the check: %v", err)
	}
	if _, err := s.All(t.Context()); found(store.Explain(err)).Code != store.CodeDamaged {
		t.Errorf("reading: %v", err)
	}
	if _, err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "b.db"), at(0)); found(err).Code != store.CodeDamaged {
		t.Errorf("a backup of it: %v", err)
	}
}

// TestSQLite_lockedByAnotherProgram: a program that holds the file for twelve
// seconds, a backup program say, delays a write, and that is all. A write that
// nobody waits for any more ends.
func TestSQLite_lockedByAnotherProgram(t *testing.T) {
	t.Parallel()
	python := need.Python(t, "sqlite3")
	path := filepath.Join(t.TempDir(), "a.db")
	s := open(t, path)
	holder := exec.Command(python, "-c", `import sqlite3, sys, time
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("begin exclusive")
print("held", flush=True)
time.sleep(12)
c.execute("commit")`, path)
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Wait() }()
	if _, err := out.Read(make([]byte, 5)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Get(t.Context(), "none"); err != nil {
		t.Errorf("reading meanwhile: %v", err)
	}
	impatient, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer impatient.Close()
	if _, err := impatient.Exec("create table x (a text)"); found(store.Explain(err)).Code != store.CodeLocked {
		t.Errorf("without waiting: %v", err)
	}
	called, off := context.WithCancel(t.Context())
	off()
	if err := s.Write(called, func(*store.Tx) error { t.Error("it was done"); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
	put(t, s, delivery(1))
	if get(t, s, delivery(1).Key).Step != 1 {
		t.Error("it was not written")
	}
}

// TestSQLite_diskFull: a full disk fails the write and nothing else, and as soon
// as there is room the next one succeeds.
func TestSQLite_diskFull(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t)
	s := open(t, filepath.Join(disk, "a.db"))
	put(t, s, delivery(0))
	filler := filepath.Join(disk, "filler")
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{64 << 10, 4 << 10, 1} {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	var full error
	n := 1
	for ; full == nil && n < 2000; n++ {
		full = s.Write(t.Context(), func(tx *store.Tx) error { _, err := tx.Put(t.Context(), delivery(n), at(0)); return err })
	}
	if code := found(full).Code; code != store.CodeFull && code != store.CodeDisk {
		t.Errorf("a full disk: %v", full)
	}
	if _, err := s.Backup(t.Context(), filepath.Join(disk, "backup.db"), at(0)); err == nil {
		t.Error("there was room for a backup")
	}
	if get(t, s, delivery(0).Key).Step != 1 {
		t.Error("what was there is not there any more")
	}
	if left, err := filepath.Glob(filepath.Join(disk, "*backup*")); len(left) > 0 || err != nil {
		t.Errorf("a backup that did not fit stays: %v", left)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	put(t, s, delivery(n))
	if all, err := s.All(t.Context()); err != nil || len(all) != n {
		t.Errorf("%d deliveries of %d, %v", len(all), n, err)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestSQLite_readOnly: a file that cannot be written is refused at once, not in
// the middle of a delivery.
func TestSQLite_readOnly(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t)
	path := filepath.Join(disk, "a.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		need.Skip(t, err)
	}
	if _, err := store.Open(t.Context(), path); !errors.Is(err, syscall.EROFS) {
		t.Errorf("%v", err)
	}
}

// smallDisk is a disk of one mebibyte, which needs root.
func smallDisk(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		need.Skip(t, err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}
