package courier

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"editorial/internal/office"
)

// files are those beside the posts; no link leads out of their folder.
type files struct{ dir string }

// Open opens a file below content/.
func (f files) Open(_ context.Context, path string) (io.ReadCloser, error) {
	root, err := os.OpenRoot(filepath.Join(f.dir, office.ContentDir))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	defer root.Close()
	file, err := root.Open(filepath.FromSlash(path))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		file.Close()
		return nil, fmt.Errorf("open %s: not a file", path)
	}
	return file, nil
}
