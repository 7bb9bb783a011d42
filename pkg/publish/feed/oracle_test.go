package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"html"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
)

// The encoders of the standard library, and the same feeds as values for them:
// what ours write must be what these write, byte for byte.

type fullChannel struct {
	channel
	items []*item
}

func (s fullChannel) encode(format Format) ([]byte, error) {
	switch format {
	case RSS:
		return encodeRSS(s)
	case Atom:
		return encodeAtom(s)
	}
	return encodeJSON(s)
}

func TestWrite_isWhatTheStandardEncodersWrite(t *testing.T) {
	t.Parallel()
	long, empty := sample.Site(), sample.Site()
	long.Entries[0].Post.Summary = strings.Repeat("word ]]> ", 1<<14)
	empty.Entries, empty.Title, empty.Description, empty.Author, empty.Email = nil, "", "", "", ""
	for name, s := range map[string]publish.Site{
		"sample": sample.Site(), "turned": sample.Turned(), "many": sample.Many(100), "long": long, "empty": empty,
	} {
		f, err := New(Options{Tags: true, Pillars: true, Pages: true, TTL: 90 * time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		bodies := sample.Bodies(s)
		files, err := publish.Files(f, s, bodies)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string][]byte{}
		for _, file := range files {
			got[file.Path] = file.Data
		}
		m := newMaker(s)
		for _, spec := range f.specs(s) {
			full := fullChannel{channel: f.channel(s, spec, m.links)}
			for _, at := range spec.shown {
				it, err := m.item(&s.Entries[at], bodies.Document(s.Entries[at].Post))
				if err != nil {
					t.Fatal(err)
				}
				full.items = append(full.items, it)
			}
			want, err := full.encode(spec.format)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(named(want), named(got[spec.path])); d != "" {
				t.Errorf("%s: %s (-want +got):\n%s", name, spec.path, d)
			}
		}
	}
}

// named is a feed in which no character of markup is written by its number.
func named(data []byte) string {
	return strings.NewReplacer("&#x26;", "&amp;", "&#x3C;", "&lt;", "&#x3E;", "&gt;").Replace(string(data))
}

// oracleText is s as the standard library escapes it.
func oracleText(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func oracleString(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// FuzzEscapes: whatever the text, it is escaped as the standard library does,
// and read back it is the same, but for what XML does not allow.
func FuzzEscapes(f *testing.F) {
	for _, s := range []string{
		sample.Hostile, "", "a\tb\nc\rd\x7f", "]]>", "]]", ">", "]]]>]]>>", "\xed\xa0\x80", "\ufffe\uffff\ufffd", "\u2028\u2029\u0085", "\xef\xbf",
		"\U0001f6b2 \U0010ffff", "\b\f\\\"'/<>&",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := string(appendText(nil, s)), oracleText(t, s); got != want {
			t.Errorf("XML: %q: got %q, want %q", s, got, want)
		}
		if got, want := named(appendPlain(nil, s)), oracleText(t, s); got != named([]byte(want)) {
			t.Errorf("XML: %q: got %q, want %q", s, got, want)
		}
		if got, want := string(appendString(nil, s)), oracleString(t, s); got != want {
			t.Errorf("JSON: %q: got %q, want %q", s, got, want)
		}
		var read struct {
			Text  string `xml:"text"`
			CDATA string `xml:"cdata"`
		}
		tidy := clean(s)
		doc := append(appendText([]byte("<a><text>"), tidy), "</text><cdata>"...)
		doc = append(appendCDATA(doc, tidy), "</cdata></a>"...)
		if err := xml.Unmarshal(doc, &read); err != nil {
			t.Fatalf("%q: %v in %s", s, err, doc)
		}
		if read.Text != tidy || read.CDATA != tidy {
			t.Errorf("%q: read back as %q and %q", tidy, read.Text, read.CDATA)
		}
	})
}

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
	Description string        `xml:"description"`
	Content     *cdata        `xml:"content:encoded"`
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
	Content    *atomHTML      `xml:"content"`
	Media      *mediaContent  `xml:"media:content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomHTML struct {
	Type string `xml:"type,attr"`
	Text string `xml:",cdata"`
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

// The objects of JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
type jsonDoc struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	HomePageURL string       `json:"home_page_url"`
	FeedURL     string       `json:"feed_url"`
	Description string       `json:"description,omitempty"`
	Language    string       `json:"language,omitempty"`
	Authors     []jsonAuthor `json:"authors,omitempty"`
	Hubs        []jsonHub    `json:"hubs,omitempty"`
	Items       []jsonItem   `json:"items"`
}

type jsonItem struct {
	ID            string           `json:"id"`
	URL           string           `json:"url"`
	ExternalURL   string           `json:"external_url,omitempty"`
	Title         string           `json:"title"`
	ContentHTML   string           `json:"content_html"`
	Summary       string           `json:"summary,omitempty"`
	Image         string           `json:"image,omitempty"`
	DatePublished string           `json:"date_published"`
	DateModified  string           `json:"date_modified,omitempty"`
	Authors       []jsonAuthor     `json:"authors,omitempty"`
	Tags          []string         `json:"tags,omitempty"`
	Language      string           `json:"language,omitempty"`
	Attachments   []jsonAttachment `json:"attachments,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonHub struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

type jsonAttachment struct {
	URL   string `json:"url"`
	Type  string `json:"mime_type"`
	Bytes int64  `json:"size_in_bytes,omitempty"`
}

func encodeRSS(c fullChannel) ([]byte, error) {
	doc := rssDoc{
		Version: "2.0",
		Atom:    "http://www.w3.org/2005/Atom",
		Content: "http://purl.org/rss/1.0/modules/content/",
		DC:      "http://purl.org/dc/elements/1.1/",
		Media:   "http://search.yahoo.com/mrss/",
		Channel: rssChannel{
			Title: rssTitle(c.title), Link: c.home, Description: rssText(c.description),
			Language: c.lang, Copyright: c.rights, Editor: editor(c.channel), LastBuildDate: rfc822(c.updated),
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

func rssOf(it *item, c fullChannel) rssItem {
	r := rssItem{
		Title: rssTitle(it.title), Link: it.url, GUID: rssGUID{false, it.id}, PubDate: rfc822(it.published),
		Creators: it.authors, Categories: it.tags,
		// Readers take descriptions for HTML.
		Description: rssText(it.summary),
	}
	if it.updated.After(it.published) {
		r.Updated = it.updated.Format(time.RFC3339)
	}
	if it.content != "" {
		r.Content = &cdata{it.content}
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

// encodeXML writes a document with the instruction that names its style sheet.
func encodeXML(doc any, c fullChannel) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	pi := xml.ProcInst{Target: "xml-stylesheet", Inst: []byte(`type="text/css" href="` + c.sheet + `"`)}
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
func encodeAtom(c fullChannel) ([]byte, error) {
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

func atomOf(it *item, c fullChannel) atomEntry {
	e := atomEntry{
		ID: it.id, Title: plain(it.title),
		Links:     []atomLink{{Href: it.url, Rel: "alternate", Type: "text/html"}},
		Published: it.published.Format(time.RFC3339), Updated: it.updated.Format(time.RFC3339),
	}
	if it.content != "" {
		e.Content = &atomHTML{"html", it.content}
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

func plain(s string) atomText {
	if rssTitle(s) != s {
		return atomText{"html", html.EscapeString(s)}
	}
	return atomText{"text", s}
}

func ref[T any](v T) *T { return &v }
func encodeJSON(c fullChannel) ([]byte, error) {
	doc := jsonDoc{
		Version: "https://jsonfeed.org/version/1.1",
		Title:   c.title, HomePageURL: c.home, FeedURL: c.self, Language: c.lang, Items: []jsonItem{},
	}
	if c.description != c.title {
		doc.Description = c.description
	}
	if c.author != "" {
		doc.Authors = []jsonAuthor{{c.author}}
	}
	if c.hub != "" {
		doc.Hubs = []jsonHub{{"WebSub", c.hub}}
	}
	var b bytes.Buffer
	if err := indented(&b, "", doc); err != nil {
		return nil, err
	}
	// Item by item: a feed of all posts may have a hundred megabytes, and the
	// encoder would hold three copies of it.
	const end = "[]\n}\n"
	if len(c.items) == 0 {
		return b.Bytes(), nil
	}
	b.Truncate(b.Len() - len(end))
	separator := "[\n  "
	for _, it := range c.items {
		b.WriteString(separator)
		if err := indented(&b, "  ", jsonOf(it, c)); err != nil {
			return nil, err
		}
		b.Truncate(b.Len() - len("\n"))
		separator = ",\n  "
	}
	b.WriteString("\n ]\n}\n")
	return b.Bytes(), nil
}

// indented appends a value, whose lines but the first begin with prefix.
func indented(b *bytes.Buffer, prefix string, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false) // a file of its own, never inside a page
	enc.SetIndent(prefix, " ")
	return enc.Encode(v)
}

func jsonOf(it *item, c fullChannel) jsonItem {
	j := jsonItem{
		ID: it.id, URL: it.url, ExternalURL: it.canonical, Title: it.title, ContentHTML: it.content,
		Summary: it.summary, Image: it.image.Src, DatePublished: it.published.Format(time.RFC3339), Tags: it.tags,
	}
	if it.updated.After(it.published) {
		j.DateModified = it.updated.Format(time.RFC3339)
	}
	if !strings.EqualFold(it.lang, c.lang) {
		j.Language = it.lang
	}
	for _, name := range it.authors {
		j.Authors = append(j.Authors, jsonAuthor{name})
	}
	if it.media.url != "" {
		j.Attachments = []jsonAttachment{{it.media.url, it.media.mime, it.media.bytes}}
	}
	return j
}
