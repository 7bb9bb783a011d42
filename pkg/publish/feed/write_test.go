package feed_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
	"editorial/pkg/publish/feed"
	"editorial/pkg/publish/internal/sample"
)

// ledger is a sink that knows what became of every file, and fails at the
// given step.
type ledger struct {
	mu           sync.Mutex
	files        map[string][]byte // closed
	keys         map[string]string // of all files that were opened
	open, most   int
	given, twice []string // abandoned; opened or ended twice
	step, failAt int
	has          map[string]string // keys of what is there
}

var errDisk = errors.New("disk full")

func newLedger() *ledger {
	return &ledger{files: map[string][]byte{}, keys: map[string]string{}, failAt: -1}
}

// next counts a step; whoever calls holds the lock.
func (l *ledger) next() error {
	l.step++
	if l.step-1 == l.failAt {
		return errDisk
	}
	return nil
}

func (l *ledger) Put(f publish.File) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.files[f.Path] = f.Data
	return l.next()
}

func (l *ledger) Has(path string, _ bool, key string) bool { return key != "" && l.has[path] == key }

func (l *ledger) Open(path string, _ bool, key string) (publish.FileWriter, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.next(); err != nil {
		return nil, err
	}
	if _, ok := l.keys[path]; ok {
		l.twice = append(l.twice, path)
	}
	l.keys[path] = key
	l.open++
	l.most = max(l.most, l.open)
	return &ledgerFile{ledger: l, path: path}, nil
}

type ledgerFile struct {
	bytes.Buffer
	ledger *ledger
	path   string
	ended  bool
}

func (f *ledgerFile) Write(b []byte) (int, error) {
	f.ledger.mu.Lock()
	defer f.ledger.mu.Unlock()
	if err := f.ledger.next(); err != nil {
		return len(b) / 2, err
	}
	return f.Buffer.Write(b)
}

func (f *ledgerFile) end() {
	if f.ended {
		f.ledger.twice = append(f.ledger.twice, f.path)
	}
	f.ended = true
	f.ledger.open--
}

func (f *ledgerFile) Close() error {
	f.ledger.mu.Lock()
	defer f.ledger.mu.Unlock()
	f.end()
	f.ledger.files[f.path] = f.Bytes()
	return f.ledger.next()
}

func (f *ledgerFile) Abandon() {
	f.ledger.mu.Lock()
	defer f.ledger.mu.Unlock()
	f.end()
	f.ledger.given = append(f.ledger.given, f.path)
}

// counted are bodies that note who was asked for, without that of one post.
type counted struct {
	publish.Bodies
	without string
	mu      sync.Mutex
	asked   map[string]int
}

func count(b publish.Bodies) *counted { return &counted{Bodies: b, asked: map[string]int{}} }

func (c *counted) Document(p *content.Post) *markdown.Document {
	c.mu.Lock()
	c.asked[p.Path]++
	c.mu.Unlock()
	if p.Path == c.without {
		return nil
	}
	return c.Bodies.Document(p)
}

func newFeeds(t *testing.T, o feed.Options) *feed.Feeds {
	t.Helper()
	feeds, err := feed.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return feeds
}

// TestWrite_sameBytesOnAnyNumberOfProcessors runs alone: it sets the number.
func TestWrite_sameBytesOnAnyNumberOfProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	s := sample.Many(60)
	want := build(t, everything(), s)
	for _, n := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(n)
		got := build(t, everything(), s)
		for name, data := range want {
			if !bytes.Equal(got[name], data) {
				t.Errorf("on %d processors: other bytes of %s", n, name)
			}
		}
	}
}

// TestWrite_endsEveryFileWhateverFails lets every step fail in turn: what is
// opened is ended once, and what is closed is whole.
func TestWrite_endsEveryFileWhateverFails(t *testing.T) {
	t.Parallel()
	s := sample.Many(14)
	feeds, bodies := newFeeds(t, everything()), sample.Bodies(s)
	whole := newLedger()
	if err := feeds.Write(s, bodies, whole); err != nil {
		t.Fatal(err)
	}
	if whole.open != 0 || len(whole.given) != 0 || len(whole.twice) != 0 {
		t.Fatalf("all well: %d open, given up %q, twice %q", whole.open, whole.given, whole.twice)
	}
	for at := range whole.step {
		l := newLedger()
		l.failAt = at
		if err := feeds.Write(s, bodies, l); !errors.Is(err, errDisk) {
			t.Errorf("step %d: %v", at, err)
		}
		if l.open != 0 || len(l.twice) != 0 {
			t.Errorf("step %d: %d open, twice %q", at, l.open, l.twice)
		}
		for path, data := range l.files {
			if !bytes.Equal(data, whole.files[path]) {
				t.Errorf("step %d: %s counts, but is not whole", at, path)
			}
		}
	}
}

// TestWrite_withoutABody: nothing counts that shows the post, and all other
// bodies are asked for, so that no broken one stays unknown.
func TestWrite_withoutABody(t *testing.T) {
	t.Parallel()
	s := sample.Many(40)
	bodies, l := count(sample.Bodies(s)), newLedger()
	bodies.without = s.Entries[3].Post.Path
	if err := newFeeds(t, everything()).Write(s, bodies, l); err == nil {
		t.Error("no error")
	}
	if _, ok := l.files["feed.xml"]; ok || l.open != 0 {
		t.Errorf("%d open; feed.xml counts: %v", l.open, ok)
	}
	for _, e := range s.Current() {
		if bodies.asked[e.Post.Path] == 0 {
			t.Errorf("nobody asked for %s", e.Post.Path)
		}
	}
}

// TestWrite_opensFewFilesAtOnce: a site of many tags.
func TestWrite_opensFewFilesAtOnce(t *testing.T) {
	t.Parallel()
	s := sample.Many(120)
	for i := range s.Entries {
		p := s.Entries[i].Post
		p.Tags = nil
		for k := range 5 { // some tags in all posts, some in few
			p.Tags = append(p.Tags, fmt.Sprintf("tag %d", (i*7+k)%90), fmt.Sprintf("rare %d", i/3))
		}
	}
	l := newLedger()
	if err := newFeeds(t, everything()).Write(s, sample.Bodies(s), l); err != nil {
		t.Fatal(err)
	}
	if l.most > 64 || l.open != 0 || len(l.twice) > 0 {
		t.Errorf("%d open at once, %d in the end, twice %q", l.most, l.open, l.twice)
	}
	want := []string{"feed-en.css", "feed-fr.css"}
	for _, link := range newFeeds(t, everything()).Links(s) {
		want = append(want, link.Path)
	}
	slices.Sort(want)
	if d := cmp.Diff(want, slices.Sorted(maps.Keys(l.files))); d != "" {
		t.Error(d)
	}
	for name, data := range l.files {
		if err := wellFormed(name, data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWrite_postIsReadOnceAndOnlyForFeedsThatAreStale(t *testing.T) {
	t.Parallel()
	s := read(sample.Many(30))
	feeds := newFeeds(t, feed.Options{Count: 4})
	bodies, l := count(sample.Bodies(s)), newLedger()
	if err := feeds.Write(s, bodies, l); err != nil {
		t.Fatal(err)
	}
	for _, e := range feeds.Wants(s) {
		if bodies.asked[e.Post.Path] != 1 {
			t.Errorf("%s: asked %d times", e.Post.Path, bodies.asked[e.Post.Path])
		}
	}
	again, nothing := newLedger(), count(bodies.Bodies)
	again.has = l.keys
	if err := feeds.Write(s, nothing, again); err != nil {
		t.Fatal(err)
	}
	if len(nothing.asked) != 0 || len(again.keys) != 0 {
		t.Errorf("asked for %v, opened %v", nothing.asked, again.keys)
	}

	i := slices.IndexFunc(s.Entries, func(e publish.Entry) bool { return e.Post.Lang == "en" })
	s.Entries[i].Post.Sum[0]++
	one, some := newLedger(), count(bodies.Bodies)
	one.has = l.keys
	if err := feeds.Write(s, some, one); err != nil {
		t.Fatal(err)
	}
	want := []string{"atom.xml", "en/atom.xml", "en/feed.json", "en/feed.xml", "feed.json", "feed.xml"}
	if d := cmp.Diff(want, slices.Sorted(maps.Keys(one.keys))); d != "" {
		t.Errorf("after an English text has changed: %s", d)
	}
}

// read gives the posts of a site sums, as if they had been read from files.
func read(s publish.Site) publish.Site {
	for i := range s.Entries {
		s.Entries[i].Post.Sum[0], s.Entries[i].Post.Sum[1] = 1, byte(i)
	}
	return s
}
