package site

import (
	"bytes"
	"encoding/xml"
	"html/template"
	"slices"
	"strings"
	"time"
	"unicode"

	"editorial/pkg/publish"
)

// missing makes 404.html. A server sends it for any address, so nothing in it
// may be relative.
func (b *build) missing() error {
	b.rooted = true
	defer func() { b.rooted = false }()
	f := b.frame("", b.site.Lang, false)
	f.Inline = template.CSS(b.css)
	b.seal(f)
	p := b.inFrame(f, "", b.voice(b.site.Lang).say("missing"))
	p.NoIndex, p.Canonical = true, ""
	return b.putPage("missing", missingName, p)
}

// machines makes what browsers and search engines ask for.
func (b *build) machines() error {
	icon, err := b.icon()
	if err != nil {
		return err
	}
	for _, f := range []publish.File{
		{Path: styleName, Data: b.css}, {Path: robotsName, Data: b.robots()}, {Path: iconName, Data: icon},
	} {
		if err := b.sink.Put(f); err != nil {
			return err
		}
	}
	return b.sitemap()
}

// The elements of a sitemap (https://www.sitemaps.org/protocol.html).
type urlSet struct {
	XMLName xml.Name     `xml:"urlset"`
	NS      string       `xml:"xmlns,attr"`
	XHTML   string       `xml:"xmlns:xhtml,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc        string        `xml:"loc"`
	LastMod    string        `xml:"lastmod,omitempty"`
	Alternates []sitemapLink `xml:"xhtml:link"`
}

type sitemapLink struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// siteIndex is a sitemap of sitemaps, for sites of more addresses than one may
// have.
type siteIndex struct {
	XMLName xml.Name     `xml:"sitemapindex"`
	NS      string       `xml:"xmlns,attr"`
	Maps    []sitemapURL `xml:"sitemap"`
}

func (s *siteIndex) add(h *hasher) {
	h.text(s.NS)
	each(h, s.Maps)
}

const sitemapNS = "http://www.sitemaps.org/schemas/sitemap/0.9"

// sitemapMax is the most addresses that a sitemap may have.
const sitemapMax = 50_000

// sitemap lists the homes, the archive of the newsletter, and the current posts
// whose original is here. Pages of tags and of years say nothing that is not on
// these. Where there are too many for one sitemap it lists several.
func (b *build) sitemap() error {
	all := b.addresses()
	if len(all) <= sitemapMax {
		return b.machine(sitemapName, &urlSet{NS: sitemapNS, XHTML: xhtmlNS, URLs: all})
	}
	index := &siteIndex{NS: sitemapNS}
	for part := range slices.Chunk(all, sitemapMax) {
		name := "sitemap-" + itoa(len(index.Maps)+1) + ".xml"
		if err := b.machine(name, &urlSet{NS: sitemapNS, XHTML: xhtmlNS, URLs: part}); err != nil {
			return err
		}
		index.Maps = append(index.Maps, sitemapURL{Loc: b.links.URL(name)})
	}
	return b.machine(sitemapName, index)
}

const xhtmlNS = "http://www.w3.org/1999/xhtml"

// addresses are those that the sitemap has.
func (b *build) addresses() []sitemapURL {
	all := make([]sitemapURL, 0, len(b.teasers)+8)
	for _, s := range b.sections {
		all = append(all, sitemapURL{Loc: b.links.URL(s.home), LastMod: newest(s.posts)})
	}
	for _, l := range b.site.Letters {
		all = append(all, sitemapURL{Loc: b.links.URL(l.Path)})
	}
	for _, t := range b.sections[0].posts {
		e := t.entry
		if c := web(e.Post.Canonical); c != "" && c != e.URL {
			continue
		}
		u := sitemapURL{Loc: e.URL, LastMod: stamp(e.Updated)}
		if len(e.Translations) > 0 {
			u.Alternates = []sitemapLink{{"alternate", publish.Line(e.Post.Lang), e.URL}}
			for _, t := range e.Translations {
				u.Alternates = append(u.Alternates, sitemapLink{"alternate", publish.Line(t.Post.Lang), t.URL})
			}
			if main := b.mainOf(e); main != "" {
				u.Alternates = append(u.Alternates, sitemapLink{"alternate", "x-default", main})
			}
		}
		all = append(all, u)
	}
	return all
}

// machine makes a file in XML, unless it is there already.
func (b *build) machine(name string, v keyed) error {
	var h hasher
	v.add(&h)
	key := h.key()
	if b.sink.Has(name, false, key) {
		return nil
	}
	data, err := encode(v)
	if err != nil {
		return err
	}
	return b.sink.Put(publish.File{Path: name, Data: data, Key: key})
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// newest is when the last of the posts changed, or "".
func newest(posts []*teaser) string {
	var last time.Time
	for _, t := range posts {
		if t.entry.Updated.After(last) {
			last = t.entry.Updated
		}
	}
	if len(posts) == 0 {
		return ""
	}
	return stamp(last)
}

// The icon: the first letter of the title on a coloured ground.
type svg struct {
	XMLName xml.Name `xml:"svg"`
	NS      string   `xml:"xmlns,attr"`
	ViewBox string   `xml:"viewBox,attr"`
	Rect    svgRect  `xml:"rect"`
	Text    svgText  `xml:"text"`
}

type svgRect struct {
	Width  int    `xml:"width,attr"`
	Height int    `xml:"height,attr"`
	RX     int    `xml:"rx,attr"`
	Fill   string `xml:"fill,attr"`
}

type svgText struct {
	X      int    `xml:"x,attr"`
	Y      int    `xml:"y,attr"`
	Anchor string `xml:"text-anchor,attr"`
	Family string `xml:"font-family,attr"`
	Weight int    `xml:"font-weight,attr"`
	Size   int    `xml:"font-size,attr"`
	Fill   string `xml:"fill,attr"`
	Letter string `xml:",chardata"`
}

func (b *build) icon() ([]byte, error) {
	letter := "•"
	for _, r := range publish.Line(b.site.Title) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letter = strings.ToUpper(string(r))
			break
		}
	}
	return encode(svg{
		NS: "http://www.w3.org/2000/svg", ViewBox: "0 0 64 64", Rect: svgRect{64, 64, 14, "#0f5e5a"},
		Text: svgText{32, 46, "middle", "Georgia, serif", 700, 40, "#ffffff", letter},
	})
}

func encode(v any) ([]byte, error) {
	var buf bytes.Buffer
	buf.WriteString(xml.Header)
	enc := xml.NewEncoder(&buf)
	enc.Indent("", " ")
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	buf.WriteByte('\n')
	return buf.Bytes(), nil
}

// The things of https://schema.org that pages are.
type ldPosting struct {
	Context   string    `json:"@context"`
	Type      string    `json:"@type"`
	ID        string    `json:"@id"`
	Headline  string    `json:"headline"`
	Summary   string    `json:"description,omitempty"`
	Published string    `json:"datePublished"`
	Modified  string    `json:"dateModified"`
	Lang      string    `json:"inLanguage"`
	Authors   []ldThing `json:"author,omitempty"`
	Publisher *ldThing  `json:"publisher,omitempty"`
	Image     *ldImage  `json:"image,omitempty"`
	Keywords  []string  `json:"keywords,omitempty"`
	Licence   string    `json:"license,omitempty"`
	Part      *ldThing  `json:"isPartOf,omitempty"`
}

type ldThing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type ldImage struct {
	Type   string `json:"@type"`
	URL    string `json:"url"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	Credit string `json:"creditText,omitempty"`
}

type ldBlog struct {
	Context string   `json:"@context"`
	Type    string   `json:"@type"`
	Name    string   `json:"name"`
	URL     string   `json:"url"`
	Summary string   `json:"description,omitempty"`
	Lang    string   `json:"inLanguage"`
	Author  *ldThing `json:"publisher,omitempty"`
}

const schema = "https://schema.org"

func (b *build) posting(t *teaser, p *page) *ldPosting {
	e := t.entry
	ld := &ldPosting{
		Context: schema, Type: "BlogPosting", ID: e.URL, Headline: t.Title, Summary: p.Description, Published: t.Date.ISO,
		Modified: b.iso(e.Updated), Lang: publish.Line(e.Post.Lang),
		Publisher: b.publisher(), Licence: p.Licence.Href,
		Part: &ldThing{"Blog", p.Site, b.site.URL},
	}
	for _, name := range e.Authors {
		ld.Authors = append(ld.Authors, ldThing{Type: "Person", Name: publish.Line(name)})
	}
	for _, tag := range e.Post.Tags {
		ld.Keywords = append(ld.Keywords, publish.Line(tag))
	}
	if src := web(e.Image.Src); src != "" {
		ld.Image = &ldImage{"ImageObject", src, e.Image.Width, e.Image.Height, publish.Line(e.Image.Credit)}
	}
	return ld
}

func (b *build) blog(p *page) *ldBlog {
	return &ldBlog{schema, "Blog", p.Site, p.Canonical, p.Description, p.Lang, b.publisher()}
}

func (b *build) publisher() *ldThing {
	if b.site.Author == "" {
		return nil
	}
	return &ldThing{Type: "Organization", Name: publish.Line(b.site.Author), URL: b.site.URL}
}
