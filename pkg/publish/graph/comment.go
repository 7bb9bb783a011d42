package graph

import (
	"context"
	"net/url"
	"time"

	"editorial/pkg/publish/platform"
)

// Comments returns a page of what people answered, each as told says it, and the
// cursor of the next page, "" where there is none. The query is that of the first.
func Comments[T any](ctx context.Context, c Client, address string, query url.Values, cursor string, told func(T) platform.Comment) ([]platform.Comment, string, error) {
	if cursor != "" {
		query.Set("after", cursor)
	}
	some, next, err := One[T](ctx, c, time.Time{}, address, query)
	if err != nil {
		return nil, "", err
	}
	var all []platform.Comment
	for _, one := range some {
		all = append(all, told(one))
	}
	return all, next.Get("after"), nil
}

// Say says the first comment of the message under the post, unless one of those
// there, which the query lists, is it already.
func Say[T any](ctx context.Context, c Client, job platform.Job, r platform.Receipt, query url.Values, is func(T) bool) error {
	say := job.Message.FirstComment
	switch {
	case say == "":
		return nil
	case r.ID == "":
		return platform.Refuse(platform.Invalid, "no-id", "")
	}
	said := false
	at := c.URL(r.ID, "comments")
	whole, err := Each(ctx, c, job.Now, at, query, func(one T) bool {
		said = is(one)
		return said
	})
	switch {
	case err != nil:
		return err
	case said:
		return nil
	case !whole:
		return platform.Refuse(platform.Invalid, "too-many-comments", "")
	}
	_, err = c.Post(ctx, job.Now, at, url.Values{"message": {say}}, nil)
	return err
}
