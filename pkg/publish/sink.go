package publish

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"sync"
)

// Sink takes the files of outputs. Several goroutines may use one.
type Sink interface {
	// Put takes a whole file. Files have names of their own; one that another
	// file has already is an error that wraps [ErrPath].
	Put(File) error
	// Open begins a file that is written piece by piece, for those that no
	// memory should hold. It counts once it is closed; key is [File.Key].
	Open(path string, private bool, key string) (FileWriter, error)
	// Has reports whether the file of that name is there already, made of
	// what the key names, and takes it as put. An output that hears true need
	// not make the file; one that hears false puts it with that Key.
	//
	// A key must name everything that the bytes depend on, but for the
	// program and its options. The key "" asks whether anybody wants the file:
	// true only where nobody does, such as in a preview of another page.
	Has(path string, private bool, key string) bool
}

// FileWriter is a file on its way. Whoever opened it ends it in one of two
// ways, once.
type FileWriter interface {
	io.WriteCloser
	// Abandon gives the file up: it does not count, and one that was there
	// before stays.
	Abandon()
}

// Files returns all files of an output, in the order of their paths: for a
// site that memory holds.
func Files(o Output, s Site, b Bodies) ([]File, error) {
	var m Memory
	if err := o.Write(s, b, &m); err != nil {
		return nil, err
	}
	return m.Files()
}

// Memory is a sink that keeps every file. The zero Memory is empty.
type Memory struct {
	mu    sync.Mutex
	files []File
}

// Put takes a file.
func (m *Memory) Put(f File) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files = append(m.files, f)
	return nil
}

// Has returns false.
func (m *Memory) Has(string, bool, string) bool { return false }

// Open begins a file.
func (m *Memory) Open(path string, private bool, key string) (FileWriter, error) {
	return &memoryFile{memory: m, file: File{Path: path, Private: private, Key: key}}, nil
}

// Files returns the files in the order of their paths, or an error that wraps
// [ErrPath].
func (m *Memory) Files() ([]File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	slices.SortStableFunc(m.files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return m.files, CheckPaths(m.files)
}

type memoryFile struct {
	bytes.Buffer
	memory *Memory
	file   File
}

// Close puts the file.
func (f *memoryFile) Close() error {
	f.file.Data = f.Bytes()
	return f.memory.Put(f.file)
}

// Abandon forgets the file.
func (f *memoryFile) Abandon() {}
