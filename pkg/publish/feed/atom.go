package feed

import (
	"cmp"
	"html"
	"time"
)

// atom writes Atom 1.0 (RFC 4287) with Media RSS.
type atom struct{}

func (atom) head(b []byte, c channel) []byte {
	b = appendAttr(append(appendProlog(b, c), "<feed"...), "xmlns", "http://www.w3.org/2005/Atom")
	b = appendAttr(b, "xmlns:media", "http://search.yahoo.com/mrss/")
	b = append(appendKnownAttr(b, "xml:lang", c.lang), ">\n"...)
	// The feed's id is its address: unlike items, a feed that moves is one
	// that readers are pointed to anew.
	b = appendElement(b, 1, "id", c.self)
	b = appendConstruct(b, 1, "title", c.title)
	if c.description != c.title {
		b = appendConstruct(b, 1, "subtitle", c.description)
	}
	updated := c.updated
	if updated.IsZero() {
		updated = time.Unix(0, 0).UTC() // required, and no clock to ask
	}
	b = appendElement(b, 1, "updated", updated.Format(time.RFC3339))
	b = appendLink(b, 1, "link", link{href: c.self, rel: "self", mime: Atom.mime()})
	b = appendLink(b, 1, "link", link{href: c.home, rel: "alternate", mime: "text/html"})
	b = append(appendChannelLinks(b, 1, "link", c), " <author>\n"...)
	b = appendElement(b, 2, "name", cmp.Or(c.author, c.title)) // RFC 4287, 4.1.1: there must be one
	b = append(appendKnown(b, 2, "email", c.email), " </author>\n"...)
	if c.rights != "" {
		b = appendConstruct(b, 1, "rights", c.rights)
	}
	return appendElement(b, 1, "generator", "editorial")
}

func (atom) item(f *fragment, it *item) {
	b := append(f.text, " <entry"...)
	f.langFrom = len(b)
	b = appendKnownAttr(b, "xml:lang", it.lang)
	f.langTo = len(b)
	b = appendElement(append(b, ">\n"...), 2, "id", it.id)
	b = appendConstruct(b, 2, "title", it.title)
	b = appendLink(b, 2, "link", link{href: it.url, rel: "alternate", mime: "text/html"})
	if it.canonical != "" {
		b = appendLink(b, 2, "link", link{href: it.canonical, rel: "canonical"})
	}
	if it.media.url != "" {
		b = appendLink(b, 2, "link", link{it.media.url, "enclosure", it.media.mime, it.media.bytes})
	}
	b = appendElement(b, 2, "published", it.published.Format(time.RFC3339))
	b = appendElement(b, 2, "updated", it.updated.Format(time.RFC3339))
	for _, name := range it.authors {
		b = appendElement(append(b, "  <author>\n"...), 3, "name", name)
		b = append(b, "  </author>\n"...)
	}
	for _, tag := range it.tags {
		b = appendEnd(append(appendAttr(append(b, "  <category"...), "term", tag), '>'), "category")
	}
	if it.summary != "" {
		b = appendConstruct(b, 2, "summary", it.summary)
	}
	if it.content != "" {
		b = appendEnd(appendCDATA(append(b, `  <content type="html">`...), it.content), "content")
	}
	f.text = append(appendMedia(b, 2, it), " </entry>\n"...)
}

func (atom) between(bool) string { return "" }

func (atom) foot(bool) string { return "</feed>\n" }

// appendConstruct appends a text (RFC 4287, 3.1): as HTML where it would read
// like some, so that readers that do not ask which it is are not led astray.
func appendConstruct(b []byte, depth int, name, s string) []byte {
	if rssTitle(s) == s {
		return appendTyped(b, depth, name, "type", "text", s)
	}
	return appendTyped(b, depth, name, "type", "html", html.EscapeString(s))
}
