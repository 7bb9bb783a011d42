package graph

import (
	"context"
	"net/url"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Check says whose the token is, when it ends, and how many posts are left of the
// day's.
func (c Containers) Check(ctx context.Context) (platform.Standing, error) {
	var s platform.Standing
	var now time.Time // no clock here
	var me struct{ Username string }
	if _, err := c.Get(ctx, now, c.URL(c.Owner), url.Values{"fields": {"id,username"}}, &me); err != nil {
		return s, err
	}
	token, err := c.Credentials.Token(ctx)
	if err != nil {
		return s, err
	}
	s.Account, s.Expires = wire.Cut("@"+me.Username), token.Expires
	used, total, err := c.quota(ctx, now)
	s.Left, s.Quota = max(total-used, 0), total
	return s, err
}

// quota is how many posts of the last 24 hours count, and how many may; 0 where
// the platform does not say.
func (c Containers) quota(ctx context.Context, now time.Time) (used, total int, err error) {
	var got struct {
		Data []struct {
			Usage  int `json:"quota_usage"`
			Config struct {
				Total int `json:"quota_total"`
			} `json:"config"`
		} `json:"data"`
	}
	if _, err := c.Get(ctx, now, c.URL(c.Owner, c.Limit), url.Values{"fields": {"quota_usage,config"}}, &got); err != nil || len(got.Data) == 0 {
		return 0, 0, err
	}
	return got.Data[0].Usage, got.Data[0].Config.Total, nil
}
