package feed

import (
	"cmp"
	"fmt"
	"html"
	"strings"
	"time"

	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
)

// channel is a feed in no format, without its items. All its strings are clean.
type channel struct {
	title, description string
	home, self, sheet  string
	lang               string
	author, email      string
	rights, licence    string
	hub                string
	ttl                time.Duration
	// updated is the newest change of an item; zero without items.
	updated time.Time
}

// item is a post in no format. All its strings are clean.
type item struct {
	id, url, canonical string
	title              string
	summary            string // plain text
	content            string // HTML
	lang               string
	authors, tags      []string
	published, updated time.Time
	image              publish.Image
	// media is what the post brings with it: a recording it links to, else its
	// picture.
	media enclosure
}

// enclosure is a file; bytes is 0 where unknown, url "" for none.
type enclosure struct {
	url, mime string
	bytes     int64
}

// maker makes items of the posts of a site.
type maker struct {
	site  publish.Site
	links *publish.Links
}

func newMaker(s publish.Site) *maker { return &maker{s, publish.NewLinks(s)} }

// item makes the item of a post and its body.
func (m *maker) item(e *publish.Entry, doc *markdown.Document) (*item, error) {
	recordings := false
	resolve := func(dest string) string {
		t := m.links.Target(e.Post, dest)
		recordings = recordings || recording(t.Asset)
		return t.URL
	}
	body, err := doc.HTML(markdown.Options{Resolve: resolve, Image: m.links.Size(e.Post)})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.Post.Path, err)
	}
	if more := asks(*e); more != "" {
		body += more
	}
	text := ""
	if publish.Line(e.Post.Summary) == "" {
		text = doc.Excerpt(publish.FeedRunes)
	}
	it := &item{
		id: GUID(e.Post.ID), url: clean(e.URL), canonical: webAddress(e.Post.Canonical),
		title: line(publish.Headline(e.Post, text)), summary: line(publish.Summary(e.Post, text, publish.FeedRunes)),
		content: clean(body), lang: clean(e.Post.Lang), image: cleanImage(e.Image),
	}
	if it.content == "" && it.summary == "" {
		it.summary = it.title // readers show one of the two
	}
	it.published, it.updated = dates(e, m.site)
	if it.media = picture(it.image); recordings {
		it.media = cmp.Or(m.recording(e, doc), it.media)
	}
	it.authors, it.tags = cleanAll(e.Authors), cleanAll(e.Post.Tags)
	return it, nil
}

// dates returns when a post came out and when it last changed, as a clock of
// the site shows it.
func dates(e *publish.Entry, s publish.Site) (published, updated time.Time) {
	published, updated = inZone(e.Published, s), inZone(e.Updated, s)
	if updated.Before(published) {
		updated = published
	}
	return published, updated
}

// asks is what a post asks of its readers, as HTML after its text.
func asks(e publish.Entry) string {
	var b strings.Builder
	for _, s := range []string{e.Post.Question, e.Post.Invite} {
		if s = line(s); s != "" {
			b.WriteString("<p><strong>" + html.EscapeString(s) + "</strong></p>\n")
		}
	}
	return b.String()
}

// recording returns the first recording that the text links to.
func (m *maker) recording(e *publish.Entry, doc *markdown.Document) enclosure {
	for _, link := range doc.Links() {
		if t := m.links.Target(e.Post, link.Dest); recording(t.Asset) {
			return enclosure{clean(t.URL), clean(t.Asset.Type), t.Asset.Bytes}
		}
	}
	return enclosure{}
}

// picture is an image as a file that comes with a post, where its type is known.
func picture(i publish.Image) enclosure {
	if i.Src == "" || i.Type == "" {
		return enclosure{}
	}
	return enclosure{i.Src, i.Type, i.Bytes}
}

func recording(a publish.Asset) bool {
	kind, _, _ := strings.Cut(a.Type, "/")
	return kind == "audio" || kind == "video"
}

// channel makes the head of a feed; addresses are those of the site's links.
func (f *Feeds) channel(s publish.Site, spec feedSpec, links *publish.Links) channel {
	lang := langOf(s, spec)
	c := channel{
		title: line(spec.title), description: line(s.Description),
		home: clean(links.URL(spec.home)), self: clean(links.URL(spec.path)),
		sheet: strings.Repeat("../", strings.Count(spec.path, "/")) + sheetName(sheetLang(lang)),
		lang:  clean(lang), author: name(s.Author), email: clean(s.Email),
		rights: name(s.Licence), licence: clean(s.LicenceURL), hub: clean(s.Hub), ttl: f.opts.TTL,
	}
	if c.title == "" {
		c.title = c.home
	}
	if c.description == "" {
		c.description = c.title
	}
	for _, at := range spec.shown {
		if _, updated := dates(&s.Entries[at], s); updated.After(c.updated) {
			c.updated = updated
		}
	}
	return c
}

// langOf is the language that a feed says it is in.
func langOf(s publish.Site, spec feedSpec) string { return cmp.Or(spec.lang, s.Lang) }
