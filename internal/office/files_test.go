package office

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"editorial/internal/need"
)

func open(t *testing.T, dir string) *folder {
	t.Helper()
	f, err := openFolder(dir, publicFile, publicDir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.close() })
	return f
}

func TestFolder_writesOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := open(t, dir)
	for i, tt := range []struct {
		data    string
		changed bool
	}{{"one", true}, {"one", false}, {"two", true}, {"", true}, {"", false}} {
		changed, err := f.replace("a/b.txt", []byte(tt.data))
		if err != nil || changed != tt.changed {
			t.Errorf("write %d: changed %v, %v", i, changed, err)
		}
		got, err := os.ReadFile(filepath.Join(dir, "a", "b.txt"))
		if err != nil || string(got) != tt.data {
			t.Errorf("write %d: %q, %v", i, got, err)
		}
	}
	big := strings.Repeat("x", 200_000)
	src := fstest.MapFS{"big": {Data: []byte(big)}, "longer": {Data: []byte(big + "y")}}
	for i, tt := range []struct {
		from    string
		changed bool
	}{{"big", true}, {"big", false}, {"longer", true}, {"longer", false}, {"big", true}} {
		changed, err := f.copyFrom("c.bin", src, tt.from)
		if err != nil || changed != tt.changed {
			t.Errorf("copy %d: changed %v, %v", i, changed, err)
		}
	}
}

func TestFolder_staysInside(t *testing.T) {
	t.Parallel()
	dir, outside := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "link")); err != nil {
		need.Skip(t, err)
	}
	f := open(t, dir)
	for _, name := range []string{"link/a.txt", "../a.txt", "/etc/a.txt"} {
		if _, err := f.replace(name, []byte("x")); err == nil {
			t.Errorf("%s: written", name)
		}
	}
	if names, _ := os.ReadDir(outside); len(names) != 0 {
		t.Errorf("outside holds %v", names)
	}
}

func TestFolder_survivesAKilledWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := open(t, dir)
	if err := os.WriteFile(filepath.Join(dir, Temporary("a.txt")), []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := f.replace("a.txt", []byte("whole")); err != nil {
		t.Fatal(err)
	}
	names, _ := os.ReadDir(dir)
	if len(names) != 1 || names[0].Name() != "a.txt" {
		t.Errorf("left behind: %v", names)
	}
}

func TestFolder_removeTakesEmptyFoldersAlong(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := open(t, dir)
	for _, name := range []string{"a/b/c.txt", "a/d.txt"} {
		if _, err := f.replace(name, []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"a/b/c.txt", "never.txt"} {
		if err := f.remove(name); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "a", "b")); !os.IsNotExist(err) {
		t.Error("a/b is still there")
	}
	if _, err := os.Stat(filepath.Join(dir, "a", "d.txt")); err != nil {
		t.Error(err)
	}
}

// TestFolder_toldNamesTheFile: a person knows no temporary name.
func TestFolder_toldNamesTheFile(t *testing.T) {
	t.Parallel()
	f := open(t, t.TempDir())
	for _, err := range []error{
		&fs.PathError{Op: "write", Path: ".calendar.txt.1234", Err: syscall.ENOSPC},
		&os.LinkError{Op: "renameat", Old: ".calendar.txt.1234", New: "calendar.txt", Err: syscall.ENOSPC},
	} {
		told := f.told(err, AgreedFile)
		if !errors.Is(told, syscall.ENOSPC) || strings.Contains(told.Error(), "1234") || !strings.Contains(told.Error(), AgreedFile) {
			t.Errorf("%v is told as %v", err, told)
		}
	}
}
