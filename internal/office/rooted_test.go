package office

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"editorial/pkg/content"

	"editorial/internal/need"
)

// TestRooted_waitsForNoPipe: a post that is a named pipe by the time it is
// opened keeps nobody waiting, in folders that are kept open as in those for
// which no more are.
func TestRooted_waitsForNoPipe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRooted(root)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for i := range openDirs + 2 {
		name := fmt.Sprintf("d%d", i)
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := pipe(filepath.Join(dir, name, "p.md")); err != nil {
			need.Skip(t, err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "q.md"), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := content.ReadFile(r, name+"/p.md"); err == nil {
			t.Errorf("%s: a pipe is read", name)
		}
		if got, err := content.ReadFile(r, name+"/q.md"); string(got) != name || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		var at *fs.PathError
		if _, err := r.Open(name + "/none.md"); !errors.As(err, &at) || at.Path != name+"/none.md" || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(r.dirs) != openDirs {
		t.Errorf("%d folders are kept open", len(r.dirs))
	}
}
