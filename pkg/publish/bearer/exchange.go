package bearer

import (
	"context"
	"net/url"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// exchange spends a refresh token (RFC 6749, 6). What it returns has no refresh
// token where the platform lets the old one live.
//
// A lost answer is of class Temporary: the post that waits for it was surely not
// sent. Where the platform gave out the new pair all the same, the next exchange
// says so, with class Auth.
func (s Session) exchange(ctx context.Context, now time.Time, stale platform.Token) (platform.Token, error) {
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {stale.Refresh.Reveal()}}
	basic := s.Basic && s.Account.ClientSecret != ""
	if !basic {
		form.Set("client_id", s.Account.ClientID)
		if s.Account.ClientSecret != "" {
			form.Set("client_secret", s.Account.ClientSecret.Reveal())
		}
	}
	r := wire.Form(s.Endpoint, form).With("Accept", "application/json")
	if basic {
		r = r.With("Authorization", "Basic "+basicAuth(s.Account.ClientID, s.Account.ClientSecret.Reveal()))
	}
	a, err := wire.Do(ctx, s.Via, r)
	if err != nil {
		return platform.Token{}, temporary(err)
	}
	if !a.OK() {
		return platform.Token{}, refused(a, now)
	}
	var made struct {
		Access  platform.Hidden `json:"access_token"`
		Refresh platform.Hidden `json:"refresh_token"`
		Lives   int64           `json:"expires_in"` // seconds
		Scope   string          `json:"scope"`
	}
	if err := a.Decode(&made); err != nil || made.Access == "" {
		return platform.Token{}, &platform.Error{Class: platform.Temporary, Status: a.Status, Code: "unreadable-token"} // its text may hold the token
	}
	token := platform.Token{Access: made.Access, Refresh: made.Refresh, Scopes: strings.Fields(made.Scope)}
	if from := moment(a, now); made.Lives > 0 && !from.IsZero() {
		token.Expires = from.Add(time.Duration(min(made.Lives, longest)) * time.Second)
	}
	return token, nil
}

// longest is the longest life of a token that is believed, in seconds: ten years.
const longest = 10 * 365 * 24 * 60 * 60

// moment is when an answer was made: what it says itself, or now.
func moment(a wire.Answer, now time.Time) time.Time {
	if now.IsZero() {
		return a.At
	}
	return now
}

func temporary(err error) error {
	e := *platform.As(err)
	if e.Class == platform.Uncertain {
		e.Class = platform.Temporary
	}
	return &e
}

// refused reads the error of a token endpoint (RFC 6749, 5.2).
func refused(a wire.Answer, now time.Time) error {
	e := a.Refused(now)
	e.Detail = "" // what was sent may stand in it
	var said struct {
		Error string `json:"error"`
	}
	if a.Decode(&said) == nil {
		e.Code = wire.Cut(said.Error)
	}
	switch {
	case e.Class == platform.Uncertain:
		e.Class = platform.Temporary
	case e.Class == platform.Rate:
	default:
		e.Class = platform.Auth
	}
	return e
}
