package office

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"reflect"
	"sync"

	"editorial/internal/config"
	"editorial/pkg/content"
	"editorial/pkg/publish"
)

// Files below [StateDir]: the cache, and one that is made only to ask what time
// it is where the files lie.
const (
	cacheName = "cache"
	stampName = "stamp"
)

// cache remembers between builds what was read of files and of what the files
// of the output were made. It is never needed: whatever is missing, damaged or
// of another program is read and made again. And it is trusted of no file that
// may have changed since: see [mark].
type cache struct {
	// dir is the folder that has the state.
	dir string
	// program names the program that wrote or will write it; "" uses none.
	program string
	// stamp is when the run that wrote it began to read; now is when this one
	// did, as the disk of the state tells time.
	stamp, now stamp
	posts      map[string]*cachedPost
	assets     map[string]cachedAsset
	known      *knowledge
	// running reports that this program has read it all itself, and is told of
	// what changes: then a tick of the clock hides nothing.
	running bool
	// read are the files that this load has read, as they were then.
	one  sync.Mutex
	read map[string]mark
	// stays reports that the cache outlives the load, so that posts are kept as
	// they were made; defaults are those that they were made with.
	stays    bool
	defaults content.Defaults
	// changed reports that it knows something else than its file.
	changed bool
	// ended is when the run that wrote it had made its last file.
	ended stamp
	files map[string]cachedFile // by their names below the output folder
}

type cachedPost struct {
	mark mark
	head content.Head
	// post is what the head says, as long as this program runs; nil: not known.
	post *content.Post
}

type cachedAsset struct {
	mark          mark
	active        bool
	width, height int
}

// cachedFile is a file of the output as it was when it was made of what the
// key names.
type cachedFile struct {
	mark mark
	key  [sha256.Size]byte
}

func newCache() *cache {
	return &cache{
		posts: map[string]*cachedPost{}, read: map[string]mark{}, assets: map[string]cachedAsset{}, known: newKnowledge(), files: map[string]cachedFile{},
	}
}

// openCache reads the cache of a folder. Where begin is set, a build begins:
// the cache can be saved at its end.
func openCache(dir string, begin bool) *cache {
	c := newCache()
	if p := program(); p != "" {
		if data, err := config.ReadRegular(os.DirFS(dir), path.Join(StateDir, cacheName), cacheMost); err == nil {
			c = decodeCache(data, p)
		}
		c.program = p
	}
	c.dir = dir
	if begin {
		c.now = tick(dir)
	}
	return c
}

// program names this program: another one may read and make everything
// differently.
func program() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	m, _ := markOf(info)
	return fmt.Sprint(name, m)
}

// tick returns what time it is where the state lies; zero if that is not known.
func tick(dir string) stamp {
	state, err := openIn(dir, StateDir, privateFile, privateDir)
	if err != nil {
		return stamp{}
	}
	defer state.close()
	if err := state.remove(stampName); err != nil {
		return stamp{}
	}
	f, err := state.root.OpenFile(stampName, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateFile)
	if err != nil {
		return stamp{}
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return stamp{}
	}
	m, _ := markOf(info)
	return stamp{m.mtime, m.dev}
}

// trusts reports whether a file of that mark cannot have changed in the tick of
// the clock in which it was read.
func (c *cache) trusts(m mark) bool { return c.running || m.older(c.stamp) }

// Post returns the post of a file if that cannot have changed since. Several
// goroutines may ask, each for files of its own.
func (c *cache) Post(name string, info fs.FileInfo, d content.Defaults) (*content.Post, bool) {
	known, ok := c.posts[name]
	if !ok || !c.trusts(known.mark) {
		return nil, false
	}
	if m, ok := markOf(info); !ok || m != known.mark {
		return nil, false
	}
	if !c.stays {
		return known.head.Post(name, d), true
	}
	if known.post == nil {
		known.post = known.head.Post(name, d)
	}
	return known.post.Copy(), true
}

// under begins a load: posts that were made with other defaults are made anew.
func (c *cache) under(d content.Defaults) {
	if reflect.DeepEqual(c.defaults, d) {
		return
	}
	c.defaults = d
	for _, p := range c.posts {
		p.post = nil
	}
}

// Read notes what the file of a post was when it was read: nothing, where the
// system does not say enough.
func (c *cache) Read(name string, info fs.FileInfo) {
	m, ok := markOf(info)
	if !ok {
		m = mark{}
	}
	c.one.Lock()
	defer c.one.Unlock()
	c.read[name] = m
}

// learn remembers the posts as they have just been read, and no others.
func (c *cache) learn(posts []*content.Post) {
	next := make(map[string]*cachedPost, len(posts))
	for _, p := range posts {
		m, read := c.read[p.Path]
		if !read {
			if old, ok := c.posts[p.Path]; ok && old.head.Sum == p.Sum {
				next[p.Path] = old
			}
			continue
		}
		if head, whole := p.Head(); m != (mark{}) && whole {
			next[p.Path] = &cachedPost{mark: m, head: head}
		}
	}
	c.changed = c.changed || len(c.read) > 0 || len(next) != len(c.posts)
	c.posts = next
	c.read = map[string]mark{}
}

// asset returns what was read of a file beside the posts, if it cannot have
// changed since.
func (c *cache) asset(a content.Asset) (cachedAsset, bool) {
	old, ok := c.assets[a.Path]
	if !ok || !c.trusts(old.mark) {
		return cachedAsset{}, false
	}
	m, ok := markOf(a.Info)
	return old, ok && m == old.mark
}

// learnAssets remembers the files beside the posts, and no others.
func (c *cache) learnAssets(known map[string]cachedAsset) {
	if !maps.Equal(c.assets, known) {
		c.assets, c.changed = known, true
	}
}

// keyed is a sink for one output: its keys say of what program and with which
// options files are made.
type keyed struct {
	publish.Sink
	scope [sha256.Size]byte
}

// Has asks with the whole key, or whether anybody wants the file.
func (k keyed) Has(path string, private bool, key string) bool {
	return k.Sink.Has(path, private, k.whole(key))
}

// Put gives the file its whole key.
func (k keyed) Put(f publish.File) error {
	f.Key = k.whole(f.Key)
	return k.Sink.Put(f)
}

// Open begins a file with its whole key.
func (k keyed) Open(path string, private bool, key string) (publish.FileWriter, error) {
	return k.Sink.Open(path, private, k.whole(key))
}

func (k keyed) whole(key string) string {
	if key == "" {
		return ""
	}
	var room [4 * sha256.Size]byte
	sum := sha256.Sum256(append(append(room[:0], k.scope[:]...), key...))
	return string(sum[:])
}

// numbers are what a mark is made of.
func (m mark) numbers() []int64 { return []int64{m.size, m.mtime, m.ctime, m.ino, m.dev} }

// key names a state of a file that is copied.
func (m mark) key() string {
	var b []byte
	for _, n := range m.numbers() {
		b = binary.LittleEndian.AppendUint64(b, uint64(n))
	}
	sum := sha256.Sum256(b)
	return string(sum[:])
}

// save writes the cache. That it could not be written matters to nobody: the
// next build does what it would have spared.
func (c *cache) save(state *folder) error {
	if c.program == "" || c.now == (stamp{}) {
		return gone(state.remove(cacheName))
	}
	if !c.changed || c.running { // what a program knows that runs is in its memory
		return nil
	}
	c.stamp, c.ended = c.now, tick(c.dir)
	f, err := state.rewrite(cacheName)
	if err != nil {
		return err
	}
	if err := c.encode(f); err != nil {
		f.abandon()
		return err
	}
	_, err = f.close()
	c.changed = c.changed && err != nil
	return err
}

// end takes over what a build has made, and forgets what is known of bodies
// that no post has any more.
func (c *cache) end(posts []*content.Post, files map[string]cachedFile) {
	if !maps.Equal(c.files, files) {
		c.files, c.changed = files, true
	}
	c.changed = c.known.prune(posts) || c.changed
}
