package feed

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
)

// The objects of JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
type jsonFeed struct {
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

func encodeJSON(c channel) ([]byte, error) {
	doc := jsonFeed{
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
	b.Grow(c.size())
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

func jsonOf(it *item, c channel) jsonItem {
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
