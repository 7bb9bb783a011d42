package office

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// errAbandoned ends the writing of a file that nobody wants any more.
var errAbandoned = errors.New("abandoned")

// rewrite gives a file new bytes as they come, whole or not at all. While they
// are those that it has already, nothing is written.
type rewrite struct {
	in   *folder
	dir  *os.Root
	base string
	name string // below the folder
	// old is the file as it is while the bytes are the same, same how many are.
	old  *os.File
	same int64
	buf  []byte
	// tmp has the new bytes once they differ.
	tmp     *os.File
	tmpName string
	err     error
}

// rewrite begins to give a file new bytes. The caller closes it.
func (f *folder) rewrite(name string) (*rewrite, error) {
	dir, base, err := f.at(name)
	if err != nil {
		return nil, err
	}
	r := &rewrite{in: f, dir: dir, base: base, name: name}
	if info, err := dir.Lstat(base); err == nil && info.Mode().IsRegular() {
		r.old, _ = dir.Open(base) // one that cannot be read is written anew
	}
	if r.old == nil {
		r.part()
	}
	return r, nil
}

// Write takes the next bytes.
func (r *rewrite) Write(b []byte) (int, error) {
	if r.err == nil && r.tmp == nil && !r.has(b) {
		r.part()
	}
	if r.err != nil {
		return 0, r.err
	}
	if r.tmp == nil {
		r.same += int64(len(b))
		return len(b), nil
	}
	n, err := r.tmp.Write(b)
	r.err = err
	return n, err
}

// has reports whether the next bytes of the file are these.
func (r *rewrite) has(b []byte) bool {
	if r.buf == nil {
		r.buf = make([]byte, 32<<10)
	}
	for len(b) > 0 {
		n := min(len(b), len(r.buf))
		if _, err := io.ReadFull(r.old, r.buf[:n]); err != nil || !bytes.Equal(r.buf[:n], b[:n]) {
			return false
		}
		b = b[n:]
	}
	return true
}

// part begins the new file, with what is the same in both.
func (r *rewrite) part() {
	r.tmp, r.tmpName, r.err = r.in.temporary(r.dir, r.base)
	if r.err != nil || r.old == nil {
		return
	}
	if _, r.err = r.old.Seek(0, io.SeekStart); r.err == nil {
		_, r.err = io.CopyN(r.tmp, r.old, r.same)
	}
}

// close ends the file and reports whether it has other bytes than before.
func (r *rewrite) close() (changed bool, err error) {
	defer r.dir.Close()
	if r.err == nil && r.tmp == nil {
		if n, err := r.old.Read(make([]byte, 1)); n > 0 || !errors.Is(err, io.EOF) {
			r.part() // it was longer
		}
	}
	if r.old != nil {
		defer r.old.Close()
	}
	if r.tmp == nil {
		return false, errors.Join(r.err, r.in.shut(r.dir, r.base))
	}
	return true, r.in.finish(r.dir, r.base, r.name, r.tmp, r.tmpName, r.err)
}

// abandon ends the writing and leaves the file as it was.
func (r *rewrite) abandon() {
	r.err = cmp.Or(r.err, errAbandoned)
	_, _ = r.close()
}

// temporary opens the file beside another in which its new bytes are gathered.
func (f *folder) temporary(dir *os.Root, base string) (tmp *os.File, name string, err error) {
	name = Temporary(base)
	tmp, err = dir.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, f.file)
	if errors.Is(err, fs.ErrExist) {
		// Left by a run that was killed.
		if err := dir.Remove(name); err != nil {
			return nil, "", err
		}
		tmp, err = dir.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, f.file)
	}
	return tmp, name, err
}

// finish puts a temporary file in the place of another, or removes it if
// something went wrong.
func (f *folder) finish(dir *os.Root, base, name string, tmp *os.File, tmpName string, err error) error {
	if err = f.seal(tmp, err); err == nil {
		err = dir.Rename(tmpName, base)
	}
	if err == nil {
		return nil
	}
	_ = dir.Remove(tmpName)
	if info, stat := dir.Lstat(base); stat == nil && info.IsDir() {
		return &fs.PathError{Op: "write", Path: f.named(name), Err: syscall.EISDIR}
	}
	return err
}

// seal closes a temporary file whose bytes are there, unless something went
// wrong.
func (f *folder) seal(tmp *os.File, err error) error {
	if err == nil && f.sync {
		err = tmp.Sync()
	}
	return errors.Join(err, tmp.Close())
}
