package office

import (
	"context"
	"errors"

	"editorial/pkg/publish/platform"
)

// ErrPostGone is returned for an order whose post is gone.
var ErrPostGone = errors.New("the post is gone")

// PostFor returns what the platform of an order is asked to say.
func (o *Office) PostFor(_ context.Context, order Order) (platform.Post, error) {
	if order.Edition {
		return o.EditionMessage(order)
	}
	p := order.Post
	if p == nil {
		return platform.Post{}, ErrPostGone
	}
	v := p.Variants[order.Platform]
	out := platform.Post{
		Key: order.Key, At: order.At, Lang: p.Lang, Title: p.Title, Summary: p.Summary, Text: v.Text, Question: p.Question, Invite: p.Invite,
		Tags: p.Tags, Slug: p.Slug, Authors: p.Authors, File: p.Path,
	}
	if v.Title != "" {
		out.Title = v.Title
	}
	e := o.entry(p, order.At)
	out.Link, out.Canonical = e.URL, e.URL
	return out, nil
}
