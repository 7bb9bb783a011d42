// Package feed makes the feeds that readers subscribe to.
package feed

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"time"

	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
)

// RSS is an RSS 2.0 feed with the full content of the newest posts.
type RSS struct {
	// Path of the file, such as "feed.xml".
	Path string
	// Limit is the number of posts; 0 means all.
	Limit int
}

// Name returns the path.
func (r RSS) Name() string { return r.Path }

// Wants returns the newest entries up to the limit.
func (r RSS) Wants(s publish.Site) []publish.Entry {
	if r.Limit > 0 && len(s.Entries) > r.Limit {
		return s.Entries[:r.Limit]
	}
	return s.Entries
}

type rss struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Content string   `xml:"xmlns:content,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	Channel channel  `xml:"channel"`
}

type channel struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	Description string `xml:"description"`
	Language    string `xml:"language,omitempty"`
	Self        self   `xml:"atom:link"`
	Items       []item `xml:"item"`
}

type self struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type item struct {
	Title   string `xml:"title"`
	Link    string `xml:"link"`
	GUID    guid   `xml:"guid"`
	PubDate string `xml:"pubDate"`
	Content cdata  `xml:"content:encoded"`
}

type guid struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	ID          string `xml:",chardata"`
}

type cdata struct {
	Text string `xml:",cdata"`
}

// Files makes the feed.
func (r RSS) Files(s publish.Site, bodies publish.Bodies) ([]publish.File, error) {
	doc := rss{
		Version: "2.0",
		Content: "http://purl.org/rss/1.0/modules/content/",
		Atom:    "http://www.w3.org/2005/Atom",
		Channel: channel{
			Title: s.Title, Link: s.URL, Description: s.Description, Language: s.Lang,
			Self: self{s.URL + r.Path, "self", "application/rss+xml"},
		},
	}
	for _, e := range r.Wants(s) {
		html, err := bodies.Document(e.Post).HTML(markdown.Options{})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Post.Path, err)
		}
		doc.Channel.Items = append(doc.Channel.Items, item{
			Title: e.Post.Title, Link: e.URL,
			GUID:    guid{false, "urn:uuid:" + e.Post.ID},
			PubDate: e.Published.Format(time.RFC1123Z),
			Content: cdata{html},
		})
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	if err := enc.Encode(doc); err != nil {
		return nil, fmt.Errorf("encode %s: %w", r.Path, err)
	}
	b.WriteByte('\n')
	return []publish.File{{Path: r.Path, Data: b.Bytes()}}, nil
}
