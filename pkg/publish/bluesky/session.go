package bluesky

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// tokens is what the server gives for a password, or for a refresh token.
type tokens struct {
	Access  platform.Hidden `json:"accessJwt"`
	Refresh platform.Hidden `json:"refreshJwt"`
}

// session returns the tokens of a session that is not over, as far as one can
// know, and whether they are new.
func (p *Publisher) session(ctx context.Context, now time.Time) (platform.Token, bool, error) {
	token, err := p.account.Credentials.Token(ctx)
	if err != nil {
		return token, false, err
	}
	over := !token.Expires.IsZero() && !now.IsZero() && now.Add(eager).After(token.Expires)
	if inSession(token) && !over {
		return token, false, nil
	}
	token, err = p.renew(ctx, token, now)
	return token, true, err
}

// inSession reports whether a token is more than an app password.
func inSession(t platform.Token) bool { return t.Access != "" && t.Secret != "" }

// password is the app password of a token.
func password(t platform.Token) platform.Hidden {
	if t.Secret != "" || t.Refresh != "" {
		return t.Secret
	}
	return t.Access
}

// renew has the session prolonged, or begins one with the password.
func (p *Publisher) renew(ctx context.Context, stale platform.Token, now time.Time) (platform.Token, error) {
	return p.account.Credentials.Renew(ctx, stale, func(ctx context.Context, have platform.Token) (platform.Token, error) {
		if have.Refresh != "" {
			got, err := p.begin(ctx, now, "com.atproto.server.refreshSession", have.Refresh, nil)
			if err == nil || platform.ClassOf(err) != platform.Auth {
				return kept(got, password(have)), err
			}
		}
		secret := password(have)
		if secret == "" {
			return platform.Token{}, platform.Refuse(platform.Auth, "no-password", "")
		}
		got, err := p.begin(ctx, now, "com.atproto.server.createSession", "", map[string]string{
			"identifier": strings.TrimPrefix(p.account.Name, "@"), "password": secret.Reveal(),
		})
		return kept(got, secret), err
	})
}

// begin calls one of the two methods that give tokens.
func (p *Publisher) begin(ctx context.Context, now time.Time, method string, token platform.Hidden, body any) (tokens, error) {
	var got tokens
	a, err := p.send(ctx, now, token, func() (wire.Request, error) {
		if body == nil {
			return wire.Request{Method: http.MethodPost, URL: at(p.account.Server, method, nil)}, nil
		}
		return wire.JSON(http.MethodPost, at(p.account.Server, method, nil), body)
	})
	if err == nil {
		err = json.Unmarshal(a.Body, &got)
		if err != nil || got.Access == "" { // nothing of the answer is told: it may hold tokens
			err = &platform.Error{Class: platform.Temporary, Status: a.Status, Code: "no-session"}
		}
	}
	return got, wire.Harmless(err)
}

// kept is a session as the account keeps it.
func kept(t tokens, secret platform.Hidden) platform.Token {
	return platform.Token{
		Access: t.Access, Refresh: t.Refresh, Secret: secret, Expires: ends(t.Access), RefreshBy: ends(t.Refresh),
	}
}

// ends is when a token says that it ends (RFC 7519, "exp"); zero where it does
// not say. Nothing is believed of it but that.
func ends(token platform.Hidden) time.Time {
	parts := strings.Split(token.Reveal(), ".")
	if len(parts) != 3 {
		return time.Time{}
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return time.Time{}
	}
	var claims struct {
		Exp int64 `json:"exp"`
	}
	const year9999 = 253402300799
	if json.Unmarshal(data, &claims) != nil || claims.Exp <= 0 || claims.Exp > year9999 {
		return time.Time{}
	}
	return time.Unix(claims.Exp, 0).UTC()
}
