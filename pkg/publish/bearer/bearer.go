package bearer

import (
	"context"
	"net/http"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Session is an account and the line to its platform.
type Session struct {
	Account platform.Account
	Via     wire.Doer
	// Endpoint is where refresh tokens are exchanged; "" renews nothing.
	Endpoint string
	// Basic proves the app by a header (RFC 6749, 2.3.1), where it has a secret;
	// otherwise by the fields of the form.
	Basic bool
}

// Do sends what build makes, with the token. If the answer is 401, which says
// that nothing was done, the token is renewed and a second request built. Errors
// are those of [wire.Do]; a failure to renew is of class Auth or Temporary.
func (s Session) Do(ctx context.Context, now time.Time, build func() (wire.Request, error)) (wire.Answer, error) {
	token, err := s.Account.Credentials.Token(ctx)
	if err != nil {
		return wire.Answer{}, err
	}
	a, err := s.send(ctx, token, build)
	if err != nil || a.Status != http.StatusUnauthorized || s.Endpoint == "" || token.Refresh == "" {
		return a, err
	}
	token, err = s.Account.Credentials.Renew(ctx, token, func(ctx context.Context, stale platform.Token) (platform.Token, error) {
		return s.exchange(ctx, now, stale)
	})
	if err != nil {
		return wire.Answer{}, err
	}
	return s.send(ctx, token, build)
}

// Renew spends the refresh token where the access token ends within a span from
// now, or has ended: for who must not wait for a 401. Without a refresh token it
// does nothing. Errors are those of the exchange.
func (s Session) Renew(ctx context.Context, now time.Time, within time.Duration) error {
	token, err := s.Account.Credentials.Token(ctx)
	if err != nil || s.Endpoint == "" || token.Refresh == "" || token.Expires.IsZero() || token.Expires.After(now.Add(within)) {
		return err
	}
	_, err = s.Account.Credentials.Renew(ctx, token, func(ctx context.Context, stale platform.Token) (platform.Token, error) {
		return s.exchange(ctx, now, stale)
	})
	return err
}

func (s Session) send(ctx context.Context, token platform.Token, build func() (wire.Request, error)) (wire.Answer, error) {
	r, err := build()
	if err != nil {
		return wire.Answer{}, err
	}
	return wire.Do(ctx, s.Via, r.Bearer(token.Access))
}
