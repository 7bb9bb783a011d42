package publish

import (
	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
)

// Bodies gives what stands in the bodies of posts. Several goroutines may ask.
type Bodies interface {
	// Document parses the body of a post, anew each time: thousands of parsed
	// bodies are more than a memory holds. It is nil if the body cannot be
	// shown; whoever made the Bodies knows why.
	Document(*content.Post) *markdown.Document
	// Facts returns what is known of a body without its parsed form, which
	// costs little once the body has been parsed; false if it cannot be shown.
	Facts(*content.Post) (Facts, bool)
}

// Facts are what lists, feeds and checks need to know of a body.
type Facts struct {
	// Teaser and Summary are the beginning of the text, at most [SummaryRunes]
	// and [FeedRunes] long.
	Teaser, Summary string
	Words           int
	// Title reports whether the body has a heading of the first level.
	Title bool
	// Links and Images are where the body leads and what it shows, in the
	// order of the text.
	Links  []Mention
	Images []Mention
	// Sources are what raw HTML loads, and cites, besides.
	Sources []Mention
}

// Mention is an address in a body. Bare reports an image that nothing stands
// for.
type Mention struct {
	Dest string
	Line int // of the body, from 1
	Bare bool
}

// FactsOf returns the facts of a body.
func FactsOf(doc *markdown.Document) Facts {
	f := Facts{Teaser: doc.Excerpt(SummaryRunes), Summary: doc.Excerpt(FeedRunes), Words: doc.Words()}
	for _, h := range doc.Headings() {
		f.Title = f.Title || h.Level == 1
	}
	for _, l := range doc.Links() {
		f.Links = append(f.Links, Mention{Dest: l.Dest, Line: l.Line})
	}
	for _, i := range doc.Images() {
		f.Images = append(f.Images, Mention{Dest: i.Dest, Line: i.Line, Bare: i.Alt == ""})
	}
	for _, s := range doc.Sources() {
		f.Sources = append(f.Sources, Mention{Dest: s.Dest, Line: s.Line})
	}
	return f
}
