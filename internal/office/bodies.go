package office

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
)

// ErrChanged is wrapped by the error of a build, a check or a preview during
// which somebody changed a post: what was read before would not fit to it.
// Whoever loads the office again can go on.
var ErrChanged = errors.New("a post changed meanwhile")

// bodies reads and parses what stands in posts, when somebody asks, and keeps
// what is known of it. Several goroutines may ask.
type bodies struct {
	// files has the posts; kept has the texts of those that are not shown as
	// their file has them, by their sum.
	files fs.FS
	kept  map[[sha256.Size]byte][]byte
	// last are the texts of posts as they were shown last, by their sum in hex,
	// for those that have changed since.
	last   map[string][]byte
	parser *markdown.Parser
	finder func() *content.ForeignFinder

	known *knowledge

	mu sync.Mutex
	// broken are the bodies that cannot be shown, by the path of their post;
	// err is the first of those that could not be read at all.
	broken map[string]broken
	err    error
	// fresh are the bodies that were parsed for their facts last: whoever asks
	// for the facts often wants the body next. turn is the oldest of them.
	fresh [8]fresh
	turn  int
}

// fresh is a parsed body that nobody has.
type fresh struct {
	key bodyKey
	doc *markdown.Document
}

// broken is a post whose body cannot be rendered.
type broken struct {
	post    *content.Post
	problem problem.Problem
}

// openBodies opens the posts of the office; close closes them.
func (o *Office) openBodies() (b *bodies, done func() error, err error) {
	b = &bodies{
		kept: o.kept, last: o.last, parser: markdown.New(), finder: sync.OnceValue(content.NewForeignFinder),
		known: o.cache.known, broken: map[string]broken{},
	}
	files, done, err := o.contentFS()
	if errors.Is(err, fs.ErrNotExist) {
		return b, func() error { return nil }, nil // no post, no body
	}
	b.files = files
	return b, done, err
}

// source returns the file of a post, as it was when the post was read.
func (b *bodies) source(p *content.Post) ([]byte, error) {
	if src, ok := b.kept[p.Sum]; ok {
		return src, nil
	}
	if b.files == nil {
		return nil, fmt.Errorf("read %s/%s: %w", ContentDir, p.Path, fs.ErrNotExist)
	}
	src, err := content.ReadFile(b.files, p.Path)
	if old, ok := b.last[hex.EncodeToString(p.Sum[:])]; ok && (err != nil || sha256.Sum256(src) != p.Sum) {
		return old, nil
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && sha256.Sum256(src) != p.Sum:
		return nil, fmt.Errorf("%s/%s: %w", ContentDir, p.Path, ErrChanged)
	case err != nil:
		if at := (*fs.PathError)(nil); errors.As(err, &at) {
			err = at.Err // its path is that below the folder of the posts
		}
		return nil, &fs.PathError{Op: "read", Path: ContentDir + "/" + p.Path, Err: err}
	}
	return src, nil
}

// Document returns the body of a post, or nil.
func (b *bodies) Document(p *content.Post) *markdown.Document {
	if doc := b.takeFresh(bodyKey{p.Sum, p.Lang}); doc != nil {
		return doc
	}
	src, err := b.source(p)
	if err != nil {
		b.failed(err)
		return nil
	}
	return b.parse(p, p.Body(src))
}

// failed notes the first error.
func (b *bodies) failed(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.err = cmp.Or(b.err, err)
}

// parse parses the text of a post.
func (b *bodies) parse(p *content.Post, text []byte) *markdown.Document {
	doc, err := b.parser.Parse(text, p.Lang)
	if err != nil {
		b.known.learnBroken(p)
		b.mu.Lock()
		defer b.mu.Unlock()
		b.broken[p.Path] = broken{p, bodyProblem(p, err)}
		return nil
	}
	return doc
}

// tryBroken parses the bodies that could not be shown before, so that nothing
// is made that leads to them.
func (b *bodies) tryBroken(posts []*content.Post) {
	for _, p := range posts {
		if b.known.isBroken(p) {
			b.Document(p)
		}
	}
}

// Facts returns what is known of the body of a post.
func (b *bodies) Facts(p *content.Post) (publish.Facts, bool) {
	if facts, ok := b.known.factsOf(p); ok {
		return facts, true
	}
	doc := b.Document(p)
	if doc == nil {
		return publish.Facts{}, false
	}
	facts := publish.FactsOf(doc)
	b.known.learn(p, facts)
	b.mu.Lock()
	b.fresh[b.turn] = fresh{bodyKey{p.Sum, p.Lang}, doc}
	b.turn = (b.turn + 1) % len(b.fresh)
	b.mu.Unlock()
	return facts, true
}

// takeFresh hands over a body that was parsed for its facts, or returns nil.
func (b *bodies) takeFresh(key bodyKey) *markdown.Document {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range b.fresh {
		if doc := b.fresh[i].doc; doc != nil && b.fresh[i].key == key {
			b.fresh[i] = fresh{}
			return doc
		}
	}
	return nil
}

// foreign returns what other generators left in the body of a post, the lines
// counted from its first.
func (b *bodies) foreign(p *content.Post) []content.Foreign {
	if found, ok := b.known.strangeIn(p); ok {
		return found
	}
	src, err := b.source(p)
	if err != nil {
		b.failed(err)
		return nil
	}
	found := b.finder().Find(p.Body(src), 1)
	b.known.learnStrange(p, found)
	return found
}

// problem says why the body of a post cannot be shown.
func (b *bodies) problem(p *content.Post) (problem.Problem, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	x, ok := b.broken[p.Path]
	return x.problem, ok && x.post == p
}

// takeBroken returns the posts whose bodies turned out to be broken, and
// forgets them; the error is that of a file that could not be read.
func (b *bodies) takeBroken() ([]broken, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []broken
	for _, path := range slices.Sorted(maps.Keys(b.broken)) {
		all = append(all, b.broken[path])
	}
	clear(b.broken)
	return all, b.err
}
