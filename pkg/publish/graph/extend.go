package graph

import (
	"context"
	"net/url"
	"time"

	"editorial/pkg/publish/platform"
)

// early is how long before its end a token is extended. It lives 60 days. Source:
// developers.facebook.com/docs/threads/get-started/long-lived-tokens, November
// 2026.
const early = 14 * 24 * time.Hour

// Extend lets the account's token live longer, where it ends soon and the platform
// extends it: the old one stays good. That it fails says nothing of the token,
// which is then used as it is.
func (c Client) Extend(ctx context.Context, now time.Time, address, grant string) error {
	token, err := c.Credentials.Token(ctx)
	if err != nil || token.Expires.IsZero() || token.Expires.Sub(now) > early || !token.Expires.After(now) {
		return err
	}
	_, err = c.Credentials.Renew(ctx, token, func(ctx context.Context, old platform.Token) (platform.Token, error) {
		var got struct {
			Access  string `json:"access_token"`
			Seconds int64  `json:"expires_in"`
		}
		query := url.Values{"grant_type": {grant}}
		if _, err := c.Get(ctx, now, address, query, &got); err != nil {
			return platform.Token{}, err
		}
		if got.Access == "" || got.Seconds <= 0 {
			return platform.Token{}, platform.Refuse(platform.Temporary, "no-token", "")
		}
		old.Access, old.Expires = platform.Hidden(got.Access), now.Add(time.Duration(got.Seconds)*time.Second)
		return old, nil
	})
	return err
}

// Renew lets the account's token live longer where it ends soon, and can.
func (c Containers) Renew(ctx context.Context, now time.Time) error {
	if c.Refresh == "" {
		return nil
	}
	return c.Extend(ctx, now, c.Refresh, c.Grant)
}
