package youtube

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
)

// Metrics reads a film's numbers: views, likes and replies (comments), each where
// the channel shows it.
func (p *Publisher) Metrics(ctx context.Context, r platform.Receipt) (map[string]int64, error) {
	if !filmID(r.ID) {
		return nil, platform.Refuse(platform.Invalid, "no-id", "")
	}
	var said struct {
		Items []struct {
			Statistics map[string]string `json:"statistics"`
		} `json:"items"`
	}
	if err := p.list(ctx, time.Time{}, "videos", url.Values{"part": {"statistics"}, "id": {r.ID}}, &said); err != nil {
		return nil, err
	}
	if len(said.Items) == 0 {
		return nil, platform.Refuse(platform.Invalid, "film-gone", r.ID)
	}
	numbers := map[string]int64{}
	for theirs, ours := range map[string]string{"viewCount": "views", "likeCount": "likes", "commentCount": "replies"} {
		if n, err := strconv.ParseInt(said.Items[0].Statistics[theirs], 10, 64); err == nil {
			numbers[ours] = n
		}
	}
	return numbers, nil
}
