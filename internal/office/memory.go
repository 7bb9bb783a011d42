package office

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"sync"

	"editorial/pkg/problem"
	"editorial/pkg/publish"
)

// memory is the sink of what is made to be looked at: it keeps files, and
// writes none.
type memory struct {
	// wanted says which files are asked for; nil means all. The others are
	// not made where that can be helped.
	wanted func(path string, private bool) bool
	// lazy makes no file for everybody that has a key: it is made when somebody
	// asks, and later says by the names of those what they are made of.
	lazy  bool
	later map[string]string

	mu    sync.Mutex
	names *register
	files map[string]publish.File // by the name that a build gives them
	// problems are copies that could not have their names.
	problems []problem.Problem
}

func newMemory(wanted func(path string, private bool) bool) *memory {
	m := &memory{wanted: wanted}
	m.restart()
	return m
}

func (m *memory) restart() {
	m.names, m.files, m.problems = newRegister(0), map[string]publish.File{}, nil
	m.later = map[string]string{}
}

// Has reports whether nobody asks for a file, or not yet.
func (m *memory) Has(path string, private bool, key string) bool {
	if m.wanted != nil {
		return !m.wanted(path, private)
	}
	if !m.lazy || private || key == "" {
		return false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.take(publish.File{Path: path}) {
		return false // putting it will say why
	}
	m.later[path] = key
	return true
}

// take gives a file its name, if it may have it.
func (m *memory) take(f publish.File) bool {
	lost, err := m.names.take(f)
	for _, other := range lost {
		m.problems = append(m.problems, taken(other))
		delete(m.files, nameOf(other))
	}
	return err == nil
}

// Put keeps a file.
func (m *memory) Put(f publish.File) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	lost, err := m.names.take(f)
	var p problem.Problem
	switch {
	case errors.Is(err, errCopied):
		return nil
	case errors.As(err, &p):
		m.problems = append(m.problems, p)
		return nil
	case err != nil:
		return err
	}
	for _, other := range lost {
		m.problems = append(m.problems, taken(other))
		delete(m.files, nameOf(other))
	}
	m.files[nameOf(f)] = f
	return nil
}

// Open begins a file.
func (m *memory) Open(path string, private bool, key string) (publish.FileWriter, error) {
	return &memoryFile{memory: m, file: publish.File{Path: path, Private: private, Key: key}}, nil
}

type memoryFile struct {
	bytes.Buffer
	memory *memory
	file   publish.File
}

// Close keeps the file.
func (f *memoryFile) Close() error {
	f.file.Data = f.Bytes()
	return f.memory.Put(f.file)
}

// Abandon forgets the file.
func (f *memoryFile) Abandon() {}

// all returns the files, those for everybody first, in the order of their paths.
func (m *memory) all() []publish.File {
	files := make([]publish.File, 0, len(m.files))
	for _, f := range m.files {
		files = append(files, f)
	}
	slices.SortFunc(files, func(a, b publish.File) int { return cmp.Compare(nameOf(a), nameOf(b)) })
	return files
}
