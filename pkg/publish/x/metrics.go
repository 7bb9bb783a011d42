package x

import (
	"context"
	"net/url"
	"time"

	"editorial/pkg/publish/platform"
)

// Metrics reads the public numbers of the post, of a thread those of its first.
func (p *Publisher) Metrics(ctx context.Context, r platform.Receipt) (map[string]int64, error) {
	if !number(r.ID) {
		return nil, platform.Refuse(platform.Invalid, "no-id", "")
	}
	var said struct {
		Data struct {
			Metrics *struct {
				Reposts   int64 `json:"retweet_count"`
				Replies   int64 `json:"reply_count"`
				Likes     int64 `json:"like_count"`
				Quotes    int64 `json:"quote_count"`
				Bookmarks int64 `json:"bookmark_count"`
				Views     int64 `json:"impression_count"`
			} `json:"public_metrics"`
		} `json:"data"`
	}
	if _, err := p.ask(ctx, time.Time{}, "/2/tweets/"+r.ID, url.Values{"tweet.fields": {"public_metrics"}}, &said); err != nil {
		return nil, err
	}
	m := said.Data.Metrics
	if m == nil {
		return nil, platform.Refuse(platform.Invalid, "not-there", r.ID)
	}
	return map[string]int64{
		"likes": m.Likes, "replies": m.Replies, "shares": m.Reposts + m.Quotes, "views": m.Views, "bookmarks": m.Bookmarks,
	}, nil
}
