package content

import (
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// Stage is where a post is in production.
type Stage string

const (
	Idea      Stage = "idea"
	Draft     Stage = "draft"
	Review    Stage = "review"
	Ready     Stage = "ready"
	Published Stage = "published"
	Archived  Stage = "archived"
)

// Stages returns the stages in the order of production.
func Stages() []Stage { return []Stage{Idea, Draft, Review, Ready, Published, Archived} }

// Post is one Markdown file with its front matter, as read: nothing in it
// depends on the clock.
type Post struct {
	// Path is the file's path inside the corpus, with forward slashes.
	Path string
	// ID never changes, whatever becomes of title, slug or file name. It is
	// the front matter's id, or one derived from the path (IDDerived).
	ID        string
	IDDerived bool

	Title string
	Slug  string
	Lang  string
	Stage Stage
	// Date is when the author wants the post out (publishDate, or date).
	Date civil.Moment
	// Platforms the post names; nil means the site's default.
	Platforms []string
	// Priority is 1 to 5, 5 the highest; 3 unless the post says so.
	Priority int

	// Body is the Markdown after the front matter; BodyLine is the line of
	// the file, from 1, on which it begins.
	Body     []byte
	BodyLine int

	// Problems found in this post.
	Problems []problem.Problem
}

// HasErrors reports whether a problem holds the post back.
func (p *Post) HasErrors() bool { return problem.Errors(p.Problems) > 0 }
