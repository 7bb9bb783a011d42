package x

import (
	"context"
	"strconv"
	"time"

	"editorial/pkg/publish/bearer"
	"editorial/pkg/publish/platform"
)

// Check asks who the account is. X tells the posts left of a day only where it
// sends its headers with this answer too.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	var h handle
	a, err := p.whoami(ctx, time.Time{}, &h)
	if err != nil {
		return platform.Standing{}, err
	}
	token, err := p.session.Account.Credentials.Token(ctx)
	if err != nil {
		return platform.Standing{}, err
	}
	s := platform.Standing{Account: "@" + h.Name, Missing: bearer.Missing(token.Scopes, scopes()), Limits: map[string]int{"weighted": p.rule().Limit, "media": limitMedia}}
	if token.Refresh == "" {
		s.Expires = token.Expires // it ends for good
	}
	s.Quota, _ = strconv.Atoi(a.Header.Get("X-User-Limit-24hour-Limit"))
	s.Left, _ = strconv.Atoi(a.Header.Get("X-User-Limit-24hour-Remaining"))
	if n, err := strconv.ParseInt(a.Header.Get("X-User-Limit-24hour-Reset"), 10, 64); err == nil {
		s.Resets = time.Unix(n, 0).UTC()
	}
	return s, nil
}
