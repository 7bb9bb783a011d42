package graph

import (
	"context"
	"net/url"
	"time"
)

// maxPages is how many pages of a list are read before it is said that it was not
// read whole.
const maxPages = 20

// page is a piece of a list.
type page[T any] struct {
	Data   []T `json:"data"`
	Paging struct {
		Next string `json:"next"`
	} `json:"paging"`
}

// Each shows the entries of a list, page by page, until stop says that it has
// seen enough. It reports whether that was so, or the list was at its end: else
// there is more than anybody wants to read.
func Each[T any](ctx context.Context, c Client, now time.Time, address string, query url.Values, stop func(T) bool) (whole bool, err error) {
	for range maxPages {
		all, next, err := One[T](ctx, c, now, address, query)
		if err != nil {
			return false, err
		}
		for _, one := range all {
			if stop(one) {
				return true, nil
			}
		}
		if next == nil {
			return true, nil
		}
		query = next
	}
	return false, nil
}

// One returns one page of a list, and the query of the next, or nil.
func One[T any](ctx context.Context, c Client, now time.Time, address string, query url.Values) ([]T, url.Values, error) {
	var p page[T]
	if _, err := c.Get(ctx, now, address, query, &p); err != nil {
		return nil, nil, err
	}
	return p.Data, following(query, p.Paging.Next), nil
}

// following is the query of the next page, out of its address: where that leads
// does not matter, and the token in it is left out.
func following(query url.Values, next string) url.Values {
	u, err := url.Parse(next)
	if next == "" || err != nil {
		return nil
	}
	found := false
	after := url.Values{}
	for name, values := range query {
		after[name] = values
	}
	for _, name := range []string{"after", "until", "__paging_token", "offset"} {
		if v := u.Query().Get(name); v != "" && v != query.Get(name) {
			after.Set(name, v)
			found = true
		}
	}
	if !found {
		return nil
	}
	return after
}
