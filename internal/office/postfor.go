package office

import (
	"context"
	"errors"

	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
)

// ErrPostGone is returned for an order whose post is gone.
var ErrPostGone = errors.New("the post is gone")

// PostFor returns what the platform of an order is asked to say. The error is a
// problem where the post cannot be told.
func (o *Office) PostFor(ctx context.Context, order Order) (platform.Post, error) {
	if order.Edition {
		return o.EditionMessage(order)
	}
	if order.Post == nil {
		return platform.Post{}, ErrPostGone
	}
	p, problems, err := o.Message(ctx, order.Post, Placement{Key: order.Item, Platform: order.Platform, At: order.At, Post: order.Post})
	if err != nil {
		return p, err
	}
	for _, x := range problems {
		if x.Severity == problem.Error {
			return p, x
		}
	}
	return p, nil
}
