package feed

import (
	"encoding/xml"
	"strings"
	"time"
)

// The elements of Atom 1.0 (RFC 4287).
type atomFeed struct {
	XMLName   xml.Name     `xml:"feed"`
	NS        string       `xml:"xmlns,attr"`
	Media     string       `xml:"xmlns:media,attr"`
	Lang      string       `xml:"xml:lang,attr,omitempty"`
	ID        string       `xml:"id"`
	Title     atomText     `xml:"title"`
	Subtitle  *atomText    `xml:"subtitle"`
	Updated   string       `xml:"updated"`
	Links     []atomLink   `xml:"link"`
	Authors   []atomPerson `xml:"author"`
	Rights    *atomText    `xml:"rights"`
	Generator string       `xml:"generator"`
	Entries   []atomEntry  `xml:"entry"`
}

type atomEntry struct {
	Lang       string         `xml:"xml:lang,attr,omitempty"`
	ID         string         `xml:"id"`
	Title      atomText       `xml:"title"`
	Links      []atomLink     `xml:"link"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Authors    []atomPerson   `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Summary    *atomText      `xml:"summary"`
	Content    atomText       `xml:"content"`
	Media      *mediaContent  `xml:"media:content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomLink struct {
	Href   string `xml:"href,attr"`
	Rel    string `xml:"rel,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Length int64  `xml:"length,attr,omitempty"`
}

type atomPerson struct {
	Name  string `xml:"name"`
	Email string `xml:"email,omitempty"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

func encodeAtom(c channel) ([]byte, error) {
	author := atomPerson{c.author, c.email}
	if author.Name == "" {
		author.Name = c.title // RFC 4287, 4.1.1: there must be one
	}
	doc := atomFeed{
		NS: "http://www.w3.org/2005/Atom", Media: "http://search.yahoo.com/mrss/",
		// The feed's id is its address: unlike items, a feed that moves is one
		// that readers are pointed to anew.
		Lang: c.lang, ID: c.self, Title: plain(c.title), Updated: c.updated.Format(time.RFC3339),
		Links: []atomLink{
			{Href: c.self, Rel: "self", Type: Atom.mime()},
			{Href: c.home, Rel: "alternate", Type: "text/html"},
		},
		Authors: []atomPerson{author}, Generator: "editorial",
	}
	if c.updated.IsZero() {
		doc.Updated = time.Unix(0, 0).UTC().Format(time.RFC3339) // required, and no clock to ask
	}
	if c.description != c.title {
		doc.Subtitle = ref(plain(c.description))
	}
	if c.hub != "" {
		doc.Links = append(doc.Links, atomLink{Href: c.hub, Rel: "hub"})
	}
	if c.licence != "" {
		doc.Links = append(doc.Links, atomLink{Href: c.licence, Rel: "license"}) // RFC 4946
	}
	if c.rights != "" {
		doc.Rights = ref(plain(c.rights))
	}
	for _, it := range c.items {
		doc.Entries = append(doc.Entries, atomOf(it, c))
	}
	return encodeXML(doc, c)
}

func atomOf(it *item, c channel) atomEntry {
	e := atomEntry{
		ID: atomID(it.id), Title: plain(it.title),
		Links:     []atomLink{{Href: it.url, Rel: "alternate", Type: "text/html"}},
		Published: it.published.Format(time.RFC3339), Updated: it.updated.Format(time.RFC3339),
		Content: atomText{"html", it.content},
	}
	if !strings.EqualFold(it.lang, c.lang) {
		e.Lang = it.lang
	}
	if it.canonical != "" {
		e.Links = append(e.Links, atomLink{Href: it.canonical, Rel: "canonical"})
	}
	if it.media.url != "" {
		e.Links = append(e.Links, atomLink{Href: it.media.url, Rel: "enclosure", Type: it.media.mime, Length: it.media.bytes})
	}
	if it.image.Src != "" {
		e.Media = rssOf(it, c).Media
	}
	for _, name := range it.authors {
		e.Authors = append(e.Authors, atomPerson{Name: name})
	}
	for _, tag := range it.tags {
		e.Categories = append(e.Categories, atomCategory{tag})
	}
	if it.summary != "" {
		e.Summary = ref(plain(it.summary))
	}
	return e
}

func plain(s string) atomText { return atomText{"text", s} }

func ref[T any](v T) *T { return &v }
