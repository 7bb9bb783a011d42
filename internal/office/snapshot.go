package office

import (
	"bytes"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// snapshot is files in memory, by name: an [fs.FS] that nobody changes and
// nobody has to close. Its folders are those that the names imply.
type snapshot map[string][]byte

// Open opens a file or a folder.
func (s snapshot) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if data, ok := s[name]; ok {
		return &openFile{Reader: *bytes.NewReader(data), info: snapshotInfo{name: path.Base(name), size: int64(len(data))}}, nil
	}
	entries := s.entries(name)
	if entries == nil && name != "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &openDir{info: snapshotInfo{name: path.Base(name), dir: true}, rest: entries}, nil
}

// entries returns what a folder holds, in order; nil means that there is no
// such folder.
func (s snapshot) entries(dir string) []fs.DirEntry {
	found := map[string]snapshotInfo{}
	for name, data := range s {
		if dir != "." {
			var ok bool
			if name, ok = strings.CutPrefix(name, dir+"/"); !ok {
				continue
			}
		}
		if first, _, below := strings.Cut(name, "/"); below {
			found[first] = snapshotInfo{name: first, dir: true}
		} else {
			found[name] = snapshotInfo{name: name, size: int64(len(data))}
		}
	}
	var entries []fs.DirEntry
	for _, name := range slices.Sorted(maps.Keys(found)) {
		entries = append(entries, fs.FileInfoToDirEntry(found[name]))
	}
	return entries
}

type openFile struct {
	bytes.Reader
	info snapshotInfo
}

// Stat describes the file.
func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close does nothing: the file is in memory.
func (f *openFile) Close() error { return nil }

type openDir struct {
	info snapshotInfo
	rest []fs.DirEntry
}

// Stat describes the folder.
func (d *openDir) Stat() (fs.FileInfo, error) { return d.info, nil }

// Close does nothing: the folder is in memory.
func (d *openDir) Close() error { return nil }

// Read is an error: a folder has no bytes.
func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.info.name, Err: fs.ErrInvalid}
}

// ReadDir returns the next n entries, or all where n is not positive.
func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(d.rest) {
		if n > 0 && len(d.rest) == 0 {
			return nil, io.EOF
		}
		n = len(d.rest)
	}
	next := d.rest[:n]
	d.rest = d.rest[n:]
	return next, nil
}

type snapshotInfo struct {
	name string
	size int64
	dir  bool
}

// Name is the last part of the path.
func (i snapshotInfo) Name() string { return i.name }

// Size is in bytes.
func (i snapshotInfo) Size() int64 { return i.size }

// IsDir reports whether it is a folder.
func (i snapshotInfo) IsDir() bool { return i.dir }

// ModTime is none.
func (i snapshotInfo) ModTime() time.Time { return time.Time{} }

// Sys is nothing.
func (i snapshotInfo) Sys() any { return nil }

// Mode lets everybody read.
func (i snapshotInfo) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}
