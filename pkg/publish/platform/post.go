package platform

import (
	"context"
	"io"
	"time"
)

// Post is what a platform is asked to say: values only, every link absolute.
// Strings are "" where the post says nothing.
type Post struct {
	Key Key
	// At is the instant of the placement.
	At   time.Time
	Lang string // BCP 47
	// Title is the post's, or the variant's.
	Title, Summary string
	// Text is what the variant says in place of everything derived.
	Text string
	// Thread allows several posts that answer each other. Texts, where it has
	// any, are those posts in a person's own words.
	// Numbered ends each of them with its number: " 1/4".
	Thread   bool
	Texts    []string
	Numbered bool
	// Question and Invite are what the post asks its readers, and asks them to
	// do.
	Question, Invite string
	// Link is the address of the post's page with what tells where readers come
	// from; Canonical the same address without.
	Link, Canonical string
	// Tags without "#", as people write them.
	Tags []string
	// Media in their order, the picture of the post first.
	Media []Media
	// Slug, Authors, Licence, HTML, Markdown and Plain are for platforms that
	// take the whole text. HTML is sanitised and its links are absolute; Plain
	// is the text alone.
	Slug           string
	Authors        []string
	Licence        string
	HTML, Markdown string
	Plain          string
	// File is the path of the post below content/, Source its bytes.
	File   string
	Source []byte
	// Edition is the mail of a newsletter's edition; nil of a post.
	Edition *Edition
	// FirstComment is said under the post once it is out.
	FirstComment string
}

// Media is a picture, a film or a sound beside the post.
type Media struct {
	// Path is below content/, Name its last part.
	Path string `json:"path"`
	Name string `json:"name"`
	Type string `json:"type"` // MIME
	Alt  string `json:"alt"`
	// Width, Height (pixels), Seconds and Bytes are 0 where unknown.
	Width   int   `json:"width,omitempty"`
	Height  int   `json:"height,omitempty"`
	Seconds int   `json:"seconds,omitempty"`
	Bytes   int64 `json:"bytes,omitempty"`
	// Sum is the SHA-256 in hexadecimal. What is sent has it, or is not sent.
	Sum string `json:"sum"`
	// URL is where everybody can fetch it; "" where nobody can.
	URL string `json:"url,omitempty"`
}

// Edition is the mail of a newsletter.
type Edition struct {
	ID      string
	Subject string
	// Message is the whole mail, as RFC 5322 wants it, but for what is the
	// recipient's own: To and Message-ID.
	Message []byte
	// From is the address in the envelope, without a name.
	From string
	// To are the recipients, given by hand.
	To []string
	// Items name the placements that the edition brings these readers: what one of
	// them has already is not brought again in another edition.
	Items []string
}

// Files opens what stands beside posts. The error wraps fs.ErrNotExist where
// there is nothing.
type Files interface {
	Open(ctx context.Context, path string) (io.ReadCloser, error)
}
