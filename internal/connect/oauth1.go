package connect

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"github.com/dghubble/oauth1"

	"editorial/internal/secret"
	"editorial/pkg/publish/platform"
)

// runOAuth1 is RFC 5849, section 2.
func (f Flow) runOAuth1(ctx context.Context, b *back) (secret.Record, error) {
	config := &oauth1.Config{
		ConsumerKey: f.ClientID, ConsumerSecret: f.ClientSecret.Reveal(), CallbackURL: b.address,
		Endpoint:   oauth1.Endpoint{RequestTokenURL: f.App.Request, AuthorizeURL: f.App.Authorize, AccessTokenURL: f.App.Exchange},
		HTTPClient: &http.Client{Transport: within{ctx, f.Via}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
	request, requestSecret, err := config.RequestToken()
	if err != nil {
		return secret.Record{}, refusedOAuth1(ctx)
	}
	page, err := config.AuthorizationURL(request)
	if err != nil {
		return secret.Record{}, err
	}
	q := page.Query()
	for _, name := range slices.Sorted(maps.Keys(f.App.Extra)) {
		q.Set(name, f.App.Extra[name])
	}
	page.RawQuery = q.Encode()
	// The request token is what state is in OAuth 2: nobody else knows it.
	b.expect(func(v url.Values) bool {
		return same(v.Get("oauth_token"), request) && v.Get("oauth_verifier") != "" || v.Has("denied") && same(v.Get("denied"), request)
	})
	f.Show(page.String())
	got, err := b.wait(ctx)
	if err != nil {
		return secret.Record{}, err
	}
	if got.Has("denied") {
		return secret.Record{}, denied("denied")
	}
	token, tokenSecret, err := config.AccessToken(request, requestSecret, got.Get("oauth_verifier"))
	if err != nil {
		return secret.Record{}, refusedOAuth1(ctx)
	}
	return secret.Record{
		Account: f.Account, Server: f.Server,
		Token: platform.Token{Access: platform.Hidden(token), Secret: platform.Hidden(tokenSecret)},
	}, nil
}

// refusedOAuth1 says no more: the library's errors quote the answer.
func refusedOAuth1(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return platform.Refuse(platform.Auth, "oauth1", "")
}

// within sends the requests of a library that knows no context.
type within struct {
	ctx context.Context
	via *http.Client
}

// RoundTrip sends a request.
func (w within) RoundTrip(r *http.Request) (*http.Response, error) {
	return w.via.Do(r.WithContext(w.ctx))
}
