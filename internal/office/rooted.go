package office

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"sync"
	"syscall"
)

// openDirs is how many folders a rooted keeps open.
const openDirs = 64

// rooted reads below one folder, which no link inside it leads out of. It
// keeps folders open, so that the path of each of thousands of files in them
// is not walked anew.
type rooted struct {
	root *os.Root
	all  fs.ReadDirFS

	mu   sync.Mutex
	dirs map[string]*os.Root
}

func newRooted(root *os.Root) (*rooted, error) {
	all, ok := root.FS().(fs.ReadDirFS)
	if !ok {
		return nil, errors.New("folders cannot be listed")
	}
	return &rooted{root: root, all: all, dirs: map[string]*os.Root{}}, nil
}

// Open opens a file. It waits for nobody: one that is a pipe by now is opened
// at once, and the system is not asked whether a file could be waited for.
func (r *rooted) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	dir, base := path.Split(name)
	root := r.dir(dir)
	if root == nil {
		root, base = r.root, name
	}
	f, err := root.OpenFile(base, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = &fs.PathError{Op: pe.Op, Path: name, Err: pe.Err}
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// dir returns a folder that is kept open, or nil.
func (r *rooted) dir(name string) *os.Root {
	if name == "" {
		return r.root
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if d, ok := r.dirs[name]; ok {
		return d
	}
	if len(r.dirs) == openDirs {
		return nil
	}
	d, err := r.root.OpenRoot(path.Clean(name))
	if err != nil {
		return nil
	}
	r.dirs[name] = d
	return d
}

// ReadDir lists a folder.
func (r *rooted) ReadDir(name string) ([]fs.DirEntry, error) { return r.all.ReadDir(name) }

// Close closes the folder.
func (r *rooted) Close() error {
	errs := []error{r.root.Close()}
	for _, d := range r.dirs {
		errs = append(errs, d.Close())
	}
	return errors.Join(errs...)
}
