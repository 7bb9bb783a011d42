package office

import (
	"maps"
	"strings"
)

// Memory is what a program remembers that loads and makes an office again and
// again while it runs: what was read of files, and what was last good of posts.
type Memory struct {
	good  *lastGood
	cache *cache // nil before the first load
}

// NewMemory returns a Memory of nothing yet.
func NewMemory() *Memory { return &Memory{good: newLastGood()} }

// Forget makes files, named as below the office's folder, be read again.
func (m *Memory) Forget(files []string) {
	if m.cache == nil {
		return
	}
	for _, name := range files {
		forget(m.cache.posts, name)
		forget(m.cache.assets, name)
	}
}

// forget takes out what is known of a file, or of all below a folder, named as
// below the office's.
func forget[T any](known map[string]T, name string) {
	if name == ContentDir { // too much happened to be told
		clear(known)
		return
	}
	name, ok := strings.CutPrefix(name, ContentDir+"/")
	if !ok {
		return
	}
	if _, ok := known[name]; ok {
		delete(known, name)
		return
	}
	maps.DeleteFunc(known, func(below string, _ T) bool { return strings.HasPrefix(below, name+"/") })
}

// open returns the cache for a load: that of the load before, or what an
// earlier program left in a folder.
func (m *Memory) open(dir string, begin bool) *cache {
	switch {
	case m == nil:
		return openCache(dir, begin)
	case m.cache == nil:
		m.cache = openCache(dir, begin)
		m.cache.stays = true
	default:
		m.cache.running = true
		if begin {
			m.cache.now = tick(dir)
		}
	}
	return m.cache
}

// turn makes what was kept the past; text returns the text of a post.
func (m *Memory) turn(text func(path string) []byte) {
	next := newLastGood()
	for path, sum := range m.good.now {
		known, ok := m.good.memory[sum]
		if !ok {
			known = text(path)
		}
		if ok || sumOf(known) == sum {
			next.before[path], next.memory[sum] = sum, known
		}
	}
	m.good = next
}
