package feed

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"maps"
	"slices"
	"time"

	"editorial/pkg/publish"
)

// keys names what the bytes of feeds depend on, for [publish.Sink.Has].
//
// The links in a post lead where the posts and files of the site are. Which
// of them a body names is known only once it has been parsed, and so the
// whole table of addresses goes into every key: a new text in a post changes
// the keys of the feeds that show it, a new post or a moved one all of them.
type keys struct {
	site    publish.Site
	targets []byte         // sum of what links may lead to
	entries map[int][]byte // sums of entries, nil where one is not known
}

func newKeys(s publish.Site) *keys {
	sum := newSum()
	sum.text(s.URL)
	for i := range s.Entries {
		e := &s.Entries[i]
		sum.text(e.Post.Path, e.Path, e.URL)
		sum.list(e.Aliases)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Assets)) {
		a := s.Assets[name]
		sum.text(name, a.Path, a.Type)
		sum.number(int64(a.Width), int64(a.Height), a.Bytes, flag(a.Active))
	}
	return &keys{site: s, targets: sum.bytes(), entries: map[int][]byte{}}
}

// of returns the key of a feed, or "" where a post is not known by its sum.
func (k *keys) of(spec feedSpec, c channel) string {
	sum := newSum()
	sum.text(string(spec.format), spec.path, c.title, c.description, c.home, c.self, c.sheet, c.lang)
	sum.text(c.author, c.email, c.rights, c.licence, c.hub, c.updated.Format(time.RFC3339))
	sum.number(int64(c.ttl), int64(len(spec.shown)))
	sum.text(string(k.targets))
	for _, at := range spec.shown {
		entry, ok := k.entries[at]
		if !ok {
			entry = k.entry(at)
			k.entries[at] = entry
		}
		if entry == nil {
			return ""
		}
		sum.text(string(entry))
	}
	return hex.EncodeToString(sum.bytes())
}

// entry returns the sum of an entry, its text included.
func (k *keys) entry(at int) []byte {
	e := &k.site.Entries[at]
	if !e.Post.Read() {
		return nil
	}
	sum := newSum()
	sum.text(string(e.Post.Sum[:]), e.Post.Path)
	published, updated := dates(e, k.site)
	p := e.Post
	sum.text(p.ID, p.Lang, p.Title, p.Summary, p.Slug, p.Question, p.Invite, p.Canonical)
	sum.text(e.URL, published.Format(time.RFC3339), updated.Format(time.RFC3339))
	sum.list(p.Tags)
	sum.list(e.Authors)
	i := e.Image
	sum.text(i.Src, i.Alt, i.Credit, i.Type)
	sum.number(int64(i.Width), int64(i.Height), i.Bytes)
	return sum.bytes()
}

// sum is a SHA-256 of values, each with its length, so that no two lists of
// them are the same bytes.
type sum struct {
	hash hash.Hash
	buf  []byte
}

func newSum() *sum { return &sum{hash: sha256.New()} }

func (s *sum) text(all ...string) {
	for _, text := range all {
		s.buf = append(binary.AppendUvarint(s.buf, uint64(len(text))), text...)
	}
	if len(s.buf) > 4<<10 {
		s.flush()
	}
}

func (s *sum) list(all []string) {
	s.number(int64(len(all)))
	s.text(all...)
}

func (s *sum) number(all ...int64) {
	for _, n := range all {
		s.buf = binary.AppendVarint(s.buf, n)
	}
}

func (s *sum) flush() {
	s.hash.Write(s.buf) // never fails
	s.buf = s.buf[:0]
}

func (s *sum) bytes() []byte {
	s.flush()
	return s.hash.Sum(nil)
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
