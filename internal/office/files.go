package office

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"editorial/internal/config"
	"editorial/pkg/problem"
)

// Permissions of what is written.
const (
	publicFile  fs.FileMode = 0o644
	publicDir   fs.FileMode = 0o755
	privateFile fs.FileMode = 0o600
	privateDir  fs.FileMode = 0o700
)

// readMost is the most bytes of a list of the program's own that are read,
// cacheMost of its cache.
const (
	readMost  = 64 << 20
	cacheMost = 256 << 20
)

// tmpPrefix begins the names of files that are being written.
const tmpPrefix = ".editorial-tmp-"

// folder writes below one folder and never leaves it, whatever a symbolic link
// inside it says.
type folder struct {
	root      *os.Root
	file, dir fs.FileMode
	// sync makes every write reach the disk before it counts: for files that
	// cannot be made again.
	sync bool
}

// openFolder opens a folder, made if it is not there.
func openFolder(name string, file, dir fs.FileMode) (*folder, error) {
	if err := os.MkdirAll(name, dir); err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	root, err := openRoot(name)
	return newFolder(root, err, file, dir)
}

// openIn is openFolder for a folder of another one, which no link leads out
// of: who gives us an office does not choose where else we write.
func openIn(parent, name string, file, dir fs.FileMode) (*folder, error) {
	if err := os.MkdirAll(parent, publicDir); err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	above, err := openRoot(parent)
	if err != nil {
		return nil, fmt.Errorf("open folder: %w", err)
	}
	defer above.Close()
	root, err := openBelow(above, name)
	if errors.Is(err, fs.ErrNotExist) {
		if err = above.MkdirAll(name, dir); err == nil {
			root, err = openBelow(above, name)
		}
	}
	return newFolder(root, err, file, dir)
}

func newFolder(root *os.Root, err error, file, dir fs.FileMode) (*folder, error) {
	if err != nil {
		return nil, fmt.Errorf("open folder: %w", err)
	}
	f := &folder{root: root, file: file, dir: dir}
	if err := f.shut(root, "."); err != nil {
		root.Close()
		return nil, fmt.Errorf("close folder to others: %w", f.told(err, "."))
	}
	return f, nil
}

// openRoot is os.OpenRoot for what may be no folder: a pipe would be waited for.
func openRoot(name string) (*os.Root, error) {
	info, err := os.Stat(name)
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: syscall.ENOTDIR}
	}
	if err != nil {
		return nil, err
	}
	return os.OpenRoot(name)
}

// openBelow is openRoot for a folder of an open one, which no link leads out of.
func openBelow(root *os.Root, name string) (*os.Root, error) {
	info, err := root.Stat(name)
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: syscall.ENOTDIR}
	}
	if err != nil {
		return nil, err
	}
	return root.OpenRoot(name)
}

func (f *folder) close() error { return f.root.Close() }

// read returns the bytes of a regular file.
func (f *folder) read(name string) ([]byte, error) {
	data, err := config.ReadRegular(f.root.FS(), name, readMost)
	if p := (problem.Problem{}); errors.As(err, &p) {
		p.File = f.named(name)
		err = p
	}
	return data, f.told(err, name)
}

// told is an error of the system that names the file as a person knows it.
func (f *folder) told(err error, name string) error {
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		return &fs.PathError{Op: at.Op, Path: f.named(name), Err: at.Err}
	}
	if link := (*os.LinkError)(nil); errors.As(err, &link) { // from a temporary name
		return &fs.PathError{Op: link.Op, Path: f.named(name), Err: link.Err}
	}
	return err
}

// named is a path as a person knows it: that of a folder of ours begins with
// the folder.
func (f *folder) named(name string) string {
	switch base := filepath.Base(f.root.Name()); base {
	case PublicDir, PrivateDir, StateDir:
		return path.Join(base, name)
	}
	return name
}

// openRegular opens a file that is there to be compared: only a regular one.
func openRegular(dir *os.Root, base string) (*os.File, error) {
	info, err := dir.Stat(base)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err != nil {
		return nil, err
	}
	return dir.Open(base)
}

// shut takes from a private file or folder, which somebody else may have made,
// what it allows others.
func (f *folder) shut(dir *os.Root, name string) error {
	if f.file != privateFile {
		return nil
	}
	info, err := dir.Lstat(name)
	if err != nil || info.Mode().Perm()&0o077 == 0 || info.Mode()&fs.ModeSymlink != 0 {
		return err
	}
	return dir.Chmod(name, info.Mode().Perm()&0o700)
}

// at opens the folder of a file, made if it is not there, so that what follows
// does not walk the path anew each time. The caller closes it.
func (f *folder) at(name string) (dir *os.Root, base string, err error) {
	dir, err = openBelow(f.root, path.Dir(name))
	if errors.Is(err, fs.ErrNotExist) {
		if err = f.root.MkdirAll(path.Dir(name), f.dir); err == nil {
			dir, err = openBelow(f.root, path.Dir(name))
		}
	}
	if err == nil {
		err = f.shut(dir, ".")
	}
	return dir, path.Base(name), err
}

// replace gives the file of that name (forward slashes) these bytes, whole or
// not at all, and leaves it alone when it already holds them.
func (f *folder) replace(name string, data []byte) (changed bool, err error) {
	dir, base, err := f.at(name)
	if err != nil {
		return false, err
	}
	defer dir.Close()
	if hasBytes(dir, base, data) {
		return false, f.shut(dir, base)
	}
	return true, f.write(dir, base, name, bytes.NewReader(data))
}

// hasBytes reports whether a file is there and has exactly these bytes.
func hasBytes(dir *os.Root, base string, data []byte) bool {
	old, err := openRegular(dir, base)
	if err != nil {
		return false
	}
	defer old.Close()
	if info, err := old.Stat(); err != nil || info.Size() != int64(len(data)) {
		return false
	}
	buf := make([]byte, min(len(data), 64<<10))
	for len(data) > 0 {
		n := min(len(data), len(buf))
		if _, err := io.ReadFull(old, buf[:n]); err != nil || !bytes.Equal(buf[:n], data[:n]) {
			return false
		}
		data = data[n:]
	}
	return true
}

// copyFrom is replace for a file's bytes that are read from src as they are
// needed.
func (f *folder) copyFrom(name string, src fs.FS, from string) (changed bool, err error) {
	dir, base, err := f.at(name)
	if err != nil {
		return false, err
	}
	defer dir.Close()
	in, err := src.Open(from)
	if err != nil {
		return false, &sourceError{err}
	}
	defer in.Close()
	same, err := holds(dir, base, in)
	if err != nil {
		return false, err
	}
	if same {
		return false, f.shut(dir, base)
	}
	again, err := src.Open(from)
	if err != nil {
		return false, &sourceError{err}
	}
	defer again.Close()
	return true, f.write(dir, base, name, again)
}

// sourceError is that of a file which was to be copied and cannot be opened.
type sourceError struct{ error }

func (e *sourceError) Unwrap() error { return e.error }

// holds reports whether the file of that name has exactly the bytes of in.
func holds(dir *os.Root, base string, in io.Reader) (bool, error) {
	old, err := openRegular(dir, base)
	if err != nil {
		return false, nil // not there, or not to be read: it will be written
	}
	defer old.Close()
	a, b := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		n, errIn := io.ReadFull(in, a)
		m, errOld := io.ReadFull(old, b)
		if errIn != nil && !ended(errIn) {
			return false, errIn
		}
		if errOld != nil && !ended(errOld) || !bytes.Equal(a[:n], b[:m]) {
			return false, nil
		}
		if ended(errIn) {
			return ended(errOld), nil
		}
	}
}

func ended(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// write makes the file through a temporary one beside it.
func (f *folder) write(dir *os.Root, base, name string, in io.Reader) error {
	tmp, tmpName, err := f.temporary(dir, base)
	if err != nil {
		return err
	}
	_, err = io.Copy(tmp, in)
	return f.finish(dir, base, name, tmp, tmpName, err)
}

// stage writes a file whole under its temporary name.
func (f *folder) stage(dir *os.Root, base string, in io.Reader) (name string, err error) {
	tmp, name, err := f.temporary(dir, base)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(tmp, in)
	if err = f.seal(tmp, err); err != nil {
		_ = dir.Remove(name)
	}
	return name, err
}

// create makes a file that is not there yet, whole or not at all, whatever
// stops the program. What bears that name already, a dangling link included,
// stays as it is: then created is false.
func (f *folder) create(name string, data []byte) (created bool, err error) {
	return f.createFrom(name, bytes.NewReader(data))
}

// createFrom is create for bytes that are read as they are needed.
func (f *folder) createFrom(name string, in io.Reader) (created bool, err error) {
	dir, base, err := f.at(name)
	if err != nil {
		return false, err
	}
	defer dir.Close()
	if _, err := dir.Lstat(base); err == nil {
		return false, gone(dir.Remove(Temporary(base))) // left by a run that was killed
	}
	whole, err := f.stage(dir, base, in)
	if err != nil {
		return false, err
	}
	err = dir.Link(whole, base)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		// A disk without hard links: only a name that is still free is taken.
		if _, taken := dir.Lstat(base); errors.Is(taken, fs.ErrNotExist) {
			return true, dir.Rename(whole, base)
		}
	}
	return err == nil, gone(dir.Remove(whole))
}

// gone is the error of removing what need not have been there.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// remove takes a file away, and the folders that it leaves empty. A file that
// is not there is no error.
func (f *folder) remove(name string) error { return f.removeWithin("", name) }

// removeWithin is remove that leaves folders alone that are not the given one
// and not inside it; "" means all may go.
func (f *folder) removeWithin(top, name string) error {
	if err := gone(f.root.Remove(name)); err != nil {
		return err
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if top != "" && dir != top && !strings.HasPrefix(dir, top+"/") || f.root.Remove(dir) != nil { // not empty
			break
		}
	}
	return nil
}

// removeTemporary removes the temporary files that a killed run left below a
// folder. A folder that is not there has none.
func removeTemporary(dir string) error {
	root, err := openRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer root.Close()
	return fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || !strings.HasPrefix(e.Name(), tmpPrefix) {
			return err
		}
		return root.Remove(name)
	})
}

// safeName reports whether a path may be written below a folder: relative,
// clean, and nothing that begins like our temporary files.
func safeName(name string) bool {
	return fs.ValidPath(name) && name != "." && !strings.HasPrefix(path.Base(name), tmpPrefix)
}

// Temporary returns the name under which a file of that name is written before
// it counts: short, so that the longest of names has one.
func Temporary(base string) string {
	sum := sha256.Sum256([]byte(base))
	return tmpPrefix + hex.EncodeToString(sum[:8])
}

// Leftover reports whether a file of that name was being written by a run that
// was killed.
func Leftover(name string) bool { return strings.HasPrefix(path.Base(name), tmpPrefix) }
