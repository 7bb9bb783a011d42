package bluesky

import (
	"context"
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Check says whose the session is. App passwords do not end, and have no scopes.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	var s platform.Standing
	var now time.Time // limits that a server names are for whoever asks again, not for here
	var me account
	a, err := p.query(ctx, now, "com.atproto.server.getSession", nil, &me)
	if err != nil {
		return s, err
	}
	s.Account = wire.Cut(me.Handle)
	s.Left, s.Quota = number(a, "RateLimit-Remaining"), number(a, "RateLimit-Limit")
	if n := number(a, "RateLimit-Reset"); n > 0 {
		s.Resets = time.Unix(int64(n), 0).UTC()
	}
	s.Limits = map[string]int{"graphemes": maxGraphemes, "bytes": maxBytes, "images": maxImages, "image_bytes": maxImage}
	return s, nil
}

// number reads a header that is a number; 0 where it is none.
func number(a wire.Answer, name string) int {
	n, err := strconv.Atoi(a.Header.Get(name))
	if err != nil || n < 0 {
		return 0
	}
	return n
}
