package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"strings"
	"time"
)

// The elements of RSS 2.0 (https://www.rssboard.org/rss-specification) and of
// the modules content, Dublin Core, Media RSS and Atom, in the order in which
// they are written.
type rssDoc struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Content string     `xml:"xmlns:content,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Media   string     `xml:"xmlns:media,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title         string     `xml:"title"`
	Link          string     `xml:"link"`
	Description   string     `xml:"description"`
	Language      string     `xml:"language,omitempty"`
	Copyright     string     `xml:"copyright,omitempty"`
	Editor        string     `xml:"managingEditor,omitempty"`
	LastBuildDate string     `xml:"lastBuildDate,omitempty"`
	Generator     string     `xml:"generator"`
	Docs          string     `xml:"docs"`
	TTL           int        `xml:"ttl,omitempty"`
	Links         []atomLink `xml:"atom:link"`
	Items         []rssItem  `xml:"item"`
}

type rssItem struct {
	Title       string        `xml:"title"`
	Link        string        `xml:"link"`
	GUID        rssGUID       `xml:"guid"`
	PubDate     string        `xml:"pubDate"`
	Updated     string        `xml:"atom:updated,omitempty"`
	Creators    []string      `xml:"dc:creator"`
	Language    string        `xml:"dc:language,omitempty"`
	Categories  []string      `xml:"category"`
	Description string        `xml:"description,omitempty"`
	Content     cdata         `xml:"content:encoded"`
	Enclosure   *rssEnclosure `xml:"enclosure"`
	Media       *mediaContent `xml:"media:content"`
}

type rssGUID struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	ID          string `xml:",chardata"`
}

type cdata struct {
	Text string `xml:",cdata"`
}

type rssEnclosure struct {
	URL    string `xml:"url,attr"`
	Length int64  `xml:"length,attr"` // required: 0 where unknown
	Type   string `xml:"type,attr"`
}

type mediaContent struct {
	URL         string     `xml:"url,attr"`
	Type        string     `xml:"type,attr,omitempty"`
	Medium      string     `xml:"medium,attr"`
	FileSize    int64      `xml:"fileSize,attr,omitempty"`
	Width       int        `xml:"width,attr,omitempty"`
	Height      int        `xml:"height,attr,omitempty"`
	Description *mediaText `xml:"media:description"`
	Credit      string     `xml:"media:credit,omitempty"`
}

type mediaText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

func encodeRSS(c channel) ([]byte, error) {
	doc := rssDoc{
		Version: "2.0",
		Atom:    "http://www.w3.org/2005/Atom",
		Content: "http://purl.org/rss/1.0/modules/content/",
		DC:      "http://purl.org/dc/elements/1.1/",
		Media:   "http://search.yahoo.com/mrss/",
		Channel: rssChannel{
			Title: rssTitle(c.title), Link: c.home, Description: html.EscapeString(c.description),
			Language: c.lang, Copyright: c.rights, Editor: editor(c), LastBuildDate: rfc822(c.updated),
			Generator: "editorial", Docs: "https://www.rssboard.org/rss-specification",
			TTL:   int(c.ttl.Round(time.Minute) / time.Minute),
			Links: []atomLink{{Href: c.self, Rel: "self", Type: RSS.mime()}},
		},
	}
	if c.hub != "" {
		doc.Channel.Links = append(doc.Channel.Links, atomLink{Href: c.hub, Rel: "hub"})
	}
	if c.licence != "" {
		doc.Channel.Links = append(doc.Channel.Links, atomLink{Href: c.licence, Rel: "license"})
	}
	for _, it := range c.items {
		doc.Channel.Items = append(doc.Channel.Items, rssOf(it, c))
	}
	return encodeXML(doc, c)
}

func rssOf(it *item, c channel) rssItem {
	r := rssItem{
		Title: rssTitle(it.title), Link: it.url, GUID: rssGUID{false, it.id}, PubDate: rfc822(it.published),
		Creators: it.authors, Categories: it.tags,
		// Readers take descriptions for HTML.
		Description: html.EscapeString(it.summary), Content: cdata{it.content},
	}
	if it.updated.After(it.published) {
		r.Updated = it.updated.Format(time.RFC3339)
	}
	if !strings.EqualFold(it.lang, c.lang) {
		r.Language = it.lang
	}
	if it.media.url != "" {
		r.Enclosure = &rssEnclosure{it.media.url, it.media.bytes, it.media.mime}
	}
	if it.image.Src != "" {
		i := it.image
		r.Media = &mediaContent{
			URL: i.Src, Type: i.Type, Medium: "image", FileSize: i.Bytes, Width: i.Width, Height: i.Height, Credit: i.Credit,
		}
		if i.Alt != "" {
			r.Media.Description = &mediaText{"plain", i.Alt}
		}
	}
	return r
}

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

// encodeXML writes a document with the instruction that names its style sheet.
func encodeXML(doc any, c channel) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(c.size())
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	pi := xml.ProcInst{Target: "xml-stylesheet", Inst: []byte(`type="text/xsl" href="` + c.sheet + `"`)}
	if err := errors.Join(enc.EncodeToken(pi), enc.Flush()); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	if err := enc.Encode(doc); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}
