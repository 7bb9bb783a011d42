package feed

import (
	"strconv"
	"time"
)

// rss writes RSS 2.0 (https://www.rssboard.org/rss-specification) with the
// modules content, Dublin Core, Media RSS and Atom.
type rss struct{}

func (rss) head(b []byte, c channel) []byte {
	b = append(appendProlog(b, c), `<rss version="2.0"`...)
	b = appendAttr(b, "xmlns:atom", "http://www.w3.org/2005/Atom")
	b = appendAttr(b, "xmlns:content", "http://purl.org/rss/1.0/modules/content/")
	b = appendAttr(b, "xmlns:dc", "http://purl.org/dc/elements/1.1/")
	b = append(appendAttr(b, "xmlns:media", "http://search.yahoo.com/mrss/"), ">\n <channel>\n"...)
	b = appendElement(b, 2, "title", rssTitle(c.title))
	b = appendElement(b, 2, "link", c.home)
	b = appendElement(b, 2, "description", rssText(c.description))
	b = appendKnown(b, 2, "language", c.lang)
	b = appendKnown(b, 2, "copyright", c.rights)
	b = appendKnown(b, 2, "managingEditor", editor(c))
	b = appendKnown(b, 2, "lastBuildDate", rfc822(c.updated))
	b = appendElement(b, 2, "generator", "editorial")
	b = appendElement(b, 2, "docs", "https://www.rssboard.org/rss-specification")
	if ttl := int(c.ttl.Round(time.Minute) / time.Minute); ttl > 0 {
		b = appendElement(b, 2, "ttl", strconv.Itoa(ttl))
	}
	b = appendLink(b, 2, "atom:link", link{href: c.self, rel: "self", mime: RSS.mime()})
	return appendChannelLinks(b, 2, "atom:link", c)
}

// appendChannelLinks appends the links of a feed that XML formats share: its
// hub, and its licence (RFC 4946).
func appendChannelLinks(b []byte, depth int, name string, c channel) []byte {
	if c.hub != "" {
		b = appendLink(b, depth, name, link{href: c.hub, rel: "hub"})
	}
	if c.licence != "" {
		b = appendLink(b, depth, name, link{href: c.licence, rel: "license"})
	}
	return b
}

func (rss) item(f *fragment, it *item) {
	b := append(f.text, "  <item>\n"...)
	b = appendElement(b, 3, "title", rssTitle(it.title))
	b = appendElement(b, 3, "link", it.url)
	b = appendTyped(b, 3, "guid", "isPermaLink", "false", it.id)
	b = appendElement(b, 3, "pubDate", rfc822(it.published))
	if it.updated.After(it.published) {
		b = appendElement(b, 3, "atom:updated", it.updated.Format(time.RFC3339))
	}
	for _, name := range it.authors {
		b = appendElement(b, 3, "dc:creator", name)
	}
	f.langFrom = len(b)
	b = appendKnown(b, 3, "dc:language", it.lang)
	f.langTo = len(b)
	for _, tag := range it.tags {
		b = appendElement(b, 3, "category", tag)
	}
	b = appendElement(b, 3, "description", rssText(it.summary)) // readers take it for HTML
	if it.content != "" {
		b = appendEnd(appendCDATA(append(b, "   <content:encoded>"...), it.content), "content:encoded")
	}
	if it.media.url != "" {
		b = appendAttr(append(b, "   <enclosure"...), "url", it.media.url)
		b = appendNumber(b, "length", it.media.bytes) // required: 0 where unknown
		b = appendEnd(append(appendAttr(b, "type", it.media.mime), '>'), "enclosure")
	}
	f.text = append(appendMedia(b, 3, it), "  </item>\n"...)
}

func (rss) between(bool) string { return "" }

func (rss) foot(bool) string { return " </channel>\n</rss>\n" }

// editor is the form that RSS wants: "address (name)".
func editor(c channel) string {
	switch {
	case c.email == "":
		return ""
	case c.author == "":
		return c.email
	}
	return c.email + " (" + c.author + ")"
}

// rfc822 writes a date of RFC 822 with a year of four digits; "" if zero.
func rfc822(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC1123Z)
}
