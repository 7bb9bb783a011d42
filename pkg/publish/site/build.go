package site

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"html/template"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"

	"editorial/pkg/content"
	"editorial/pkg/publish"
)

// build is the making of one site. Of the posts it holds what others show of
// them, and one page at a time for each processor.
type build struct {
	*Pages
	site   publish.Site
	links  *publish.Links
	bodies publish.Bodies
	sink   publish.Sink

	teasers []teaser
	// of is the teaser of a post, sections are those that are current, for
	// the site ("") and each of its languages where there are several.
	of       map[*content.Post]*teaser
	sections []section
	tags     []publish.Topic
	pillars  []publish.Topic
	// tagBy are the tags by the spellings that posts have of them.
	tagBy map[string]*publish.Topic
	about string // the site's description
	// common is the sum of what all pages depend on.
	common [sha256.Size]byte
	// redirects are former addresses of posts.
	redirects []redirect

	// making guards what follows while pages are made by several goroutines.
	making sync.Mutex
	// assets are those in use: path inside the corpus → path of the copy.
	assets map[string]string
	frames map[frameKey]*frame
	// buffers are what pages are rendered into, so that none grows anew, and
	// hashers what their keys are made in.
	buffers, hashers sync.Pool
	// rooted makes links from the root of the host: see [build.missing].
	rooted bool
}

// section are the current posts of a language, newest first.
type section struct {
	lang  string
	home  string
	posts []*teaser
}

func newBuild(p *Pages, s publish.Site, bodies publish.Bodies, sink publish.Sink) *build {
	b := &build{
		Pages: p, site: s, links: publish.NewLinks(s), bodies: bodies, sink: sink, tags: publish.Tags(s),
		of: make(map[*content.Post]*teaser, len(s.Entries)), tagBy: map[string]*publish.Topic{},
		about: publish.Spaces(s.Lang, publish.Line(s.Description)), assets: map[string]string{}, frames: map[frameKey]*frame{},
	}
	if p.opts.Pillars {
		b.pillars = publish.Pillars(s)
	}
	b.knowTags()
	b.sumUp()
	return b
}

// knowTags finds the tags by how posts spell them.
func (b *build) knowTags() {
	byPath := make(map[string]*publish.Topic, len(b.tags))
	for i := range b.tags {
		byPath[b.tags[i].Path] = &b.tags[i]
	}
	for i := range b.site.Entries {
		for _, name := range b.site.Entries[i].Post.Tags {
			if _, ok := b.tagBy[name]; !ok {
				b.tagBy[name] = byPath[tagsDir+publish.Slug(name)+"/"]
			}
		}
	}
}

// sumUp gathers what all pages may depend on: the site, without what it holds.
func (b *build) sumUp() {
	var h hasher
	s := b.site
	h.text(s.Title, s.Description, s.URL, s.Lang, s.Licence, s.LicenceURL, s.Author, s.Email, b.style)
	h.num(len(s.Langs))
	h.text(s.Langs...)
	h.flags(b.opts.IndexFiles)
	h.num(b.opts.Newest)
	h.num(int(b.opts.Robots))
	b.common = sha256.Sum256(h.buf)
}

// put makes a page of a kind, unless it is there already or nobody wants it.
// What it is made of is its key.
func (b *build) put(kind, name string, of keyed, make func() (any, error)) error {
	if b.unwanted(name) {
		return nil
	}
	h, ok := b.hashers.Get().(*hasher)
	if !ok {
		h = new(hasher)
	}
	h.buf = h.buf[:0]
	h.sum(b.sums[kind])
	of.add(h)
	key := h.key()
	b.hashers.Put(h)
	if b.sink.Has(name, false, key) {
		return nil
	}
	p, err := make()
	if err != nil {
		return err
	}
	data, err := b.render(kind, name, p)
	if err != nil {
		return err
	}
	return b.sink.Put(publish.File{Path: name, Data: data, Key: key})
}

// putPage is put for a page whose key is all that it shows.
func (b *build) putPage(kind, name string, p keyed) error {
	return b.put(kind, name, p, func() (any, error) { return p, nil })
}

// unwanted reports whether nobody asks for a file.
func (b *build) unwanted(name string) bool { return b.sink.Has(name, false, "") }

// render makes the bytes of a page. Several goroutines may.
func (b *build) render(kind, name string, p any) ([]byte, error) {
	buf, ok := b.buffers.Get().(*bytes.Buffer)
	if !ok {
		buf = new(bytes.Buffer)
	}
	defer b.buffers.Put(buf)
	buf.Reset()
	root := "base"
	if kind == "redirect" {
		root = kind
	}
	if err := b.kinds[kind].Write(buf, root, p); err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return bytes.Clone(buf.Bytes()), nil
}

// part renders what pages with the same frame share, whatever their kinds: a
// kind's own file cannot define it.
func (b *build) part(name string, f *frame) (template.HTML, error) {
	part, err := b.shared.Execute(name, f)
	return template.HTML(part), err
}

// rel returns the address of a path below the site, seen from the page in the
// folder from.
func (b *build) rel(from, to string) string {
	if b.opts.IndexFiles && (to == "" || strings.HasSuffix(to, "/")) {
		to += "index.html"
	}
	if b.rooted {
		escaped := (&url.URL{Path: to}).EscapedPath()
		base, err := url.Parse(b.site.URL)
		if err != nil {
			return "/" + escaped
		}
		return base.EscapedPath() + escaped
	}
	return publish.Relative(from, to)
}

// use notes that an asset is in use.
func (b *build) use(t publish.Target) {
	b.making.Lock()
	defer b.making.Unlock()
	b.assets[t.Source] = t.Asset.Path
}

// image returns the address of an entry's picture as the folder from sees it.
func (b *build) image(from string, e *publish.Entry) string {
	if e.Image.Src == "" {
		return ""
	}
	if t := b.links.Target(e.Post, e.Image.Src); t.Source != "" {
		b.use(t)
		return b.rel(from, t.Asset.Path) + t.Suffix
	}
	return e.Image.Src
}

// copyAssets puts the assets that pages use.
func (b *build) copyAssets() error {
	for _, source := range slices.Sorted(maps.Keys(b.assets)) {
		if err := b.sink.Put(publish.File{Path: b.assets[source], Source: source}); err != nil {
			return err
		}
	}
	return nil
}
