package linkedin

import (
	"context"
	"net/url"
	"time"

	"editorial/pkg/publish/bearer"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// early is how long before its end a token is renewed, of the 60 days that it
// lives.
const early = 7 * 24 * time.Hour

// Renew spends the refresh token, where the app has one, before the access token
// ends: Check says of one that has ended that it is no good.
func (p *Publisher) Renew(ctx context.Context, now time.Time) error {
	return p.session.Renew(ctx, now, early)
}

// Check asks LinkedIn about the token: until when it is good, and for what. It
// needs ClientID and ClientSecret.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	account := p.session.Account
	token, err := account.Credentials.Token(ctx)
	if err != nil {
		return platform.Standing{}, err
	}
	s := platform.Standing{Account: p.Author, Expires: token.Expires, Limits: map[string]int{"characters": limitText, "media": limitImages}}
	have := token.Scopes
	if account.ClientSecret != "" {
		a, err := wire.Do(ctx, p.session.Via, wire.Form(p.auth+"/oauth/v2/introspectToken", url.Values{
			"client_id": {account.ClientID}, "client_secret": {account.ClientSecret.Reveal()}, "token": {token.Access.Reveal()},
		}))
		if err != nil {
			return s, err
		}
		if !a.OK() {
			e := platform.As(refused(a, time.Time{}))
			e.Detail = "" // what was sent may stand in it
			return s, e
		}
		var said struct {
			Active  bool   `json:"active"`
			Status  string `json:"status"`
			Scope   string `json:"scope"`
			Expires int64  `json:"expires_at"`
		}
		if err := a.Decode(&said); err != nil {
			return s, err
		}
		if !said.Active {
			return s, platform.Refuse(platform.Auth, "token-"+wire.Cut(said.Status), "")
		}
		have = scopeList(said.Scope)
		if said.Expires > 0 {
			s.Expires = time.Unix(said.Expires, 0).UTC()
		}
	}
	s.Missing = bearer.Missing(have, p.scopes())
	return s, nil
}
