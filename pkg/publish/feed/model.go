package feed

import (
	"fmt"
	"html"
	"strings"
	"time"

	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
)

// channel is a feed in no format. All its strings are clean.
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
	items   []*item
}

// size is about how many bytes the feed will have, and seldom less: to grow a
// buffer of many megabytes costs more than to fill it.
func (c channel) size() int {
	n := 2048
	for _, it := range c.items {
		n += len(it.content) + len(it.content)/6 + len(it.summary) + 1024
	}
	return n
}

// item is a post in no format.
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

// items makes the items of all feeds, by post id, on all processors.
func (f *Feeds) items(s publish.Site, bodies publish.Bodies) (map[string]*item, error) {
	links := publish.NewLinks(s)
	wanted := f.Wants(s)
	made := make([]*item, len(wanted))
	if err := publish.Each(len(wanted), func(i int) (err error) {
		made[i], err = itemOf(wanted[i], s, bodies.Document(wanted[i].Post), links)
		return err
	}); err != nil {
		return nil, err
	}
	items := make(map[string]*item, len(made))
	for i, e := range wanted {
		items[e.Post.ID] = made[i]
	}
	return items, nil
}

func itemOf(e publish.Entry, s publish.Site, doc *markdown.Document, links *publish.Links) (*item, error) {
	if doc == nil {
		return nil, fmt.Errorf("%s: no body", e.Post.Path)
	}
	body, err := doc.HTML(markdown.Options{Resolve: links.Absolute(e.Post), Image: links.Size(e.Post)})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.Post.Path, err)
	}
	text := doc.Excerpt(publish.FeedRunes)
	it := &item{
		id: GUID(e.Post.ID), url: clean(e.URL), canonical: webAddress(e.Post.Canonical),
		title: publish.Headline(e.Post, text), summary: publish.Summary(e.Post, text, publish.FeedRunes),
		content: clean(body + asks(e)), lang: clean(e.Post.Lang),
		published: inZone(e.Published, s), updated: inZone(e.Updated, s),
		image: cleanImage(e.Image),
	}
	if it.updated.Before(it.published) {
		it.updated = it.published
	}
	it.media = media(e, doc, links, it.image)
	it.authors, it.tags = cleanAll(e.Authors), cleanAll(e.Post.Tags)
	return it, nil
}

// asks is what a post asks of its readers, as HTML after its text.
func asks(e publish.Entry) string {
	var b strings.Builder
	for _, s := range []string{e.Post.Question, e.Post.Invite} {
		if s = publish.Line(s); s != "" {
			b.WriteString("<p><strong>" + html.EscapeString(s) + "</strong></p>\n")
		}
	}
	return b.String()
}

// media returns the first recording that the text links to, else the picture
// where its type is known.
func media(e publish.Entry, doc *markdown.Document, links *publish.Links, image publish.Image) enclosure {
	for _, link := range doc.Links() {
		t := links.Target(e.Post, link.Dest)
		if kind, _, _ := strings.Cut(t.Asset.Type, "/"); kind == "audio" || kind == "video" {
			return enclosure{clean(t.URL), clean(t.Asset.Type), t.Asset.Bytes}
		}
	}
	if image.Src != "" && image.Type != "" {
		return enclosure{image.Src, image.Type, image.Bytes}
	}
	return enclosure{}
}

// channel makes one feed.
func (f *Feeds) channel(s publish.Site, spec feedSpec, items map[string]*item) channel {
	links := publish.NewLinks(publish.Site{URL: s.URL})
	lang := spec.lang
	if lang == "" {
		lang = s.Lang
	}
	c := channel{
		title: publish.Line(spec.title), description: publish.Line(s.Description),
		home: clean(links.URL(spec.home)), self: clean(links.URL(spec.path)),
		sheet: strings.Repeat("../", strings.Count(spec.path, "/")) + sheetName,
		lang:  clean(lang), author: publish.Line(s.Author), email: clean(s.Email),
		rights: publish.Line(s.Licence), licence: clean(s.LicenceURL), hub: clean(s.Hub), ttl: f.opts.TTL,
	}
	if c.title == "" {
		c.title = c.home
	}
	if c.description == "" {
		c.description = c.title
	}
	for _, e := range spec.entries {
		it := items[e.Post.ID]
		if it.updated.After(c.updated) {
			c.updated = it.updated
		}
		c.items = append(c.items, it)
	}
	return c
}
