package wordpress

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// page is how many comments are read at once: the most WordPress gives.
const page = 100

// Comments reads the approved comments of a post, the oldest first. The cursor
// is the number of the page.
func (p *Publisher) Comments(ctx context.Context, r platform.Receipt, cursor string) ([]platform.Comment, string, error) {
	n, err := strconv.Atoi(cursor)
	if err != nil || n < 1 {
		n = 1
	}
	var list []struct {
		ID      int64  `json:"id"`
		Author  string `json:"author_name"`
		Link    string `json:"link"`
		Date    string `json:"date_gmt"`
		Content struct {
			Rendered string `json:"rendered"`
		} `json:"content"`
	}
	a, err := p.comments(ctx, r, n, page, &list)
	if err != nil {
		return nil, "", err
	}
	var all []platform.Comment
	for _, c := range list {
		all = append(all, platform.Comment{
			ID: strconv.FormatInt(c.ID, 10), Author: article.Words(c.Author), Text: article.Words(c.Content.Rendered), URL: c.Link, At: entry{Date: c.Date}.at(),
		})
	}
	next := ""
	if pages, err := strconv.Atoi(a.Header.Get("X-WP-TotalPages")); err == nil && n < pages {
		next = strconv.Itoa(n + 1)
	}
	return all, next, nil
}

// Metrics counts the approved comments: WordPress itself counts nothing else.
func (p *Publisher) Metrics(ctx context.Context, r platform.Receipt) (map[string]int64, error) {
	a, err := p.comments(ctx, r, 1, 1, nil)
	if err != nil {
		return nil, err
	}
	n, err := strconv.ParseInt(a.Header.Get("X-WP-Total"), 10, 64)
	if err != nil {
		return nil, nil
	}
	return map[string]int64{"replies": n}, nil
}

func (p *Publisher) comments(ctx context.Context, r platform.Receipt, n, size int, into any) (wire.Answer, error) {
	q := url.Values{"post": {r.ID}, "order": {"asc"}, "page": {strconv.Itoa(n)}, "per_page": {strconv.Itoa(size)}}
	return p.get(ctx, time.Time{}, "comments", q, into)
}
