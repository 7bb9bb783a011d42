package site

import (
	"bytes"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"editorial/pkg/content/markdown"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
	"editorial/pkg/words"
)

// build is the making of one site.
type build struct {
	*Pages
	site   publish.Site
	links  *publish.Links
	bodies publish.Bodies
	tags   []publish.Topic
	// tagPath is the page of a tag by the slug that posts' spellings share.
	tagPath map[string]publish.Topic
	// assets are those in use: path inside the corpus → path of the copy.
	assets map[string]string
	// using guards assets while pages are made by several goroutines.
	using sync.Mutex
	// buffers are what pages are rendered into, so that none grows anew.
	buffers sync.Pool
	// teasers are what lists show, by post id.
	teasers map[string]teaser
	files   []publish.File
	// rooted makes links from the root of the host: see [Pages.missing].
	rooted bool
}

func newBuild(p *Pages, s publish.Site, bodies publish.Bodies) *build {
	b := &build{
		Pages: p, site: s, links: publish.NewLinks(s), bodies: bodies, tags: publish.Tags(s),
		tagPath: map[string]publish.Topic{}, assets: map[string]string{}, teasers: map[string]teaser{},
	}
	for _, t := range b.tags {
		b.tagPath[t.Path] = t
	}
	return b
}

// write renders a page of a kind at the folder dir ("fr/velo/").
func (b *build) write(kind, dir string, p *page) error {
	return b.writeAs(kind, dir+"index.html", p)
}

func (b *build) writeAs(kind, name string, p *page) error {
	f, err := b.render(kind, name, p)
	if err != nil {
		return err
	}
	b.files = append(b.files, f)
	return nil
}

// render makes the file of a page. Several goroutines may.
func (b *build) render(kind, name string, p *page) (publish.File, error) {
	buf, ok := b.buffers.Get().(*bytes.Buffer)
	if !ok {
		buf = new(bytes.Buffer)
	}
	defer b.buffers.Put(buf)
	buf.Reset()
	if err := b.kinds[kind].ExecuteTemplate(buf, "base", p); err != nil {
		return publish.File{}, fmt.Errorf("render %s: %w", name, err)
	}
	return publish.File{Path: name, Data: bytes.Clone(buf.Bytes())}, nil
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

// resolve returns the function that gives a body's links and pictures their
// addresses on the page of the post, and notes the assets in use.
func (b *build) resolve(e publish.Entry) func(dest string) string {
	return func(dest string) string {
		if strings.HasPrefix(dest, "#") {
			return dest
		}
		t := b.links.Target(e.Post, dest)
		switch {
		case t.Entry != nil:
			return b.rel(e.Path, t.Entry.Path) + t.Suffix
		case t.Source != "":
			return b.asset(e.Path, t)
		}
		return t.URL
	}
}

// asset returns the address of an asset as the folder from sees it, and notes
// that it is in use.
func (b *build) asset(from string, t publish.Target) string {
	b.using.Lock()
	b.assets[t.Source] = t.Asset.Path
	b.using.Unlock()
	return b.rel(from, t.Asset.Path) + t.Suffix
}

// image returns the address of an entry's picture as the folder from sees it.
func (b *build) image(from string, e publish.Entry) string {
	if t := b.links.Target(e.Post, e.Image.Src); t.Source != "" {
		return b.asset(from, t)
	}
	return e.Image.Src
}

func (b *build) copyAssets() {
	for _, source := range slices.Sorted(maps.Keys(b.assets)) {
		b.files = append(b.files, publish.File{Path: b.assets[source], Source: source})
	}
}

// body returns the parsed body of an entry.
func (b *build) body(e publish.Entry) (*markdown.Document, error) {
	doc := b.bodies.Document(e.Post)
	if doc == nil {
		return nil, fmt.Errorf("%s: no body", e.Post.Path)
	}
	return doc, nil
}

// say returns the words of the language of a page.
func (b *build) say(lang string) func(key string, params ...string) string {
	l, ok := words.Parse(lang)
	if !ok {
		l, _ = words.Parse(b.site.Lang)
	}
	w := b.words[l]
	if w == nil {
		w = b.words[words.English]
	}
	return func(key string, params ...string) string {
		m := problem.Params{}
		for i := 0; i+1 < len(params); i += 2 {
			m[params[i]] = params[i+1]
		}
		return w.Say("site."+key, m)
	}
}

// date is an instant as a page shows it.
type date struct{ Text, ISO string }

func (b *build) date(lang string, t time.Time) date {
	say := b.say(lang)
	d := b.site.Zone.Date(t)
	key := "date"
	if d.Day == 1 {
		key = "date-first"
	}
	return date{
		Text: say(key, "day", strconv.Itoa(d.Day), "month", say("month-"+strconv.Itoa(int(d.Month))), "year", strconv.Itoa(d.Year)),
		ISO:  t.In(b.site.Zone.Location()).Format(time.RFC3339),
	}
}

// langName is the name of a language in that language, or its tag; key is
// "lang" where it stands alone, "lang-in" within a sentence.
func (b *build) langName(tag, key string) string {
	if _, ok := words.Parse(tag); ok {
		return b.say(tag)(key)
	}
	return publish.Line(tag)
}
