package office

import (
	"slices"

	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/problem"
	"editorial/pkg/publish"
)

// bodies are parsed posts by path.
type bodies map[string]*markdown.Document

// Document returns the body of a post.
func (b bodies) Document(p *content.Post) *markdown.Document { return b[p.Path] }

// broken is a post whose body cannot be rendered.
type broken struct {
	post    *content.Post
	problem problem.Problem
}

// parse parses the bodies that are not parsed yet, on all processors, and
// returns the posts of which it cannot, in their order.
func (b bodies) parse(posts ...*content.Post) []broken {
	posts = slices.DeleteFunc(slices.Clone(posts), func(p *content.Post) bool { return b[p.Path] != nil })
	if len(posts) == 0 {
		return nil
	}
	parser := markdown.New()
	docs, errs := make([]*markdown.Document, len(posts)), make([]error, len(posts))
	_ = publish.Each(len(posts), func(i int) error { // errors are kept each with its post
		docs[i], errs[i] = parser.Parse(posts[i].Body, posts[i].Lang)
		return nil
	})
	var bad []broken
	for i, p := range posts {
		if errs[i] != nil {
			bad = append(bad, broken{p, bodyProblem(p, errs[i])})
			continue
		}
		b[p.Path] = docs[i]
	}
	return bad
}

func postsOf(entries []publish.Entry) []*content.Post {
	posts := make([]*content.Post, len(entries))
	for i, e := range entries {
		posts[i] = e.Post
	}
	return posts
}
