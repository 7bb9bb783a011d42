package office

import (
	"context"
	"errors"

	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

// ErrPostGone is returned for an order whose post is gone.
var ErrPostGone = errors.New("the post is gone")

// PostFor returns what the platform of an order is asked to say. It is nothing
// where the post cannot be rendered: no platform takes that.
func (o *Office) PostFor(ctx context.Context, order Order) (platform.Post, error) {
	if order.Edition {
		return o.EditionMessage(order)
	}
	p := order.Post
	if p == nil {
		return platform.Post{}, ErrPostGone
	}
	m, problems, err := o.Message(ctx, p, Placement{Platform: order.Platform, At: order.At, Post: p})
	if err != nil {
		return platform.Post{}, err
	}
	m.Key = order.Key
	if problem.Errors(problems) > 0 {
		return platform.Post{Key: m.Key, At: m.At, Lang: m.Lang, File: m.File}, nil
	}
	return m, nil
}
