package bluesky

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Names of errors that mean more than their status. Source: the lexicons of
// com.atproto.server and com.atproto.repo; PDS 0.5.35, November 2026.
const (
	errExpired     = "ExpiredToken"
	errInvalid     = "InvalidToken"
	errNoRecord    = "RecordNotFound"
	errSwap        = "InvalidSwap"
	errNoBlob      = "BlobNotFound"
	errTakedown    = "AccountTakedown"
	errSuspended   = "AccountSuspended"
	errDeactivated = "AccountDeactivated"
)

// at is the address of a method.
func at(server, method string, params url.Values) string {
	address := server + "/xrpc/" + method
	if len(params) > 0 {
		address += "?" + params.Encode()
	}
	return address
}

// call sends a request in the account's name: with the session there is, and
// once more with a new one if the server finds that over, which is before it does
// anything. fresh makes the request anew, since its body is read once.
func (p *Publisher) call(ctx context.Context, now time.Time, fresh func() (wire.Request, error)) (wire.Answer, error) {
	token, renewed, err := p.session(ctx, now)
	if err != nil {
		return wire.Answer{}, err
	}
	a, err := p.send(ctx, now, token.Access, fresh)
	if platform.ClassOf(err) != platform.Auth || err == nil || renewed {
		return a, err
	}
	if token, err = p.renew(ctx, token, now); err != nil {
		return wire.Answer{}, err
	}
	return p.send(ctx, now, token.Access, fresh)
}

// send sends a request with a token, unless that is "".
func (p *Publisher) send(ctx context.Context, now time.Time, token platform.Hidden, fresh func() (wire.Request, error)) (wire.Answer, error) {
	r, err := fresh()
	if err != nil {
		return wire.Answer{}, err
	}
	if token != "" {
		r = r.Bearer(token)
	}
	a, err := wire.Do(ctx, p.via, r)
	if err != nil {
		return a, err
	}
	if e := refused(a, now); e != nil {
		return a, e
	}
	return a, nil
}

// query asks a method of the account's server, and reads its answer.
func (p *Publisher) query(ctx context.Context, now time.Time, method string, params url.Values, into any) (wire.Answer, error) {
	a, err := p.call(ctx, now, func() (wire.Request, error) { return wire.Get(at(p.account.Server, method, params)), nil })
	if err == nil {
		err = a.Decode(into)
	}
	return a, wire.Harmless(err)
}

// ask asks the index, which wants no account.
func (p *Publisher) ask(ctx context.Context, method string, params url.Values, into any) error {
	a, err := p.send(ctx, time.Time{}, "", func() (wire.Request, error) {
		return wire.Get(at(p.option(OptAppView, defaultAppView), method, params)), nil
	})
	if err == nil {
		err = a.Decode(into)
	}
	return wire.Harmless(err)
}

// procedure calls a method with a JSON body.
func (p *Publisher) procedure(ctx context.Context, now time.Time, method string, body, into any) error {
	a, err := p.call(ctx, now, func() (wire.Request, error) {
		return wire.JSON(http.MethodPost, at(p.account.Server, method, nil), body)
	})
	if err != nil {
		return err
	}
	return a.Decode(into)
}

// refused is what an answer that is no success means: {"error": a name,
// "message": a sentence}. Tokens that are over come with 400.
func refused(a wire.Answer, now time.Time) *platform.Error {
	e := a.Refused(now)
	if e == nil {
		return nil
	}
	var body struct{ Error, Message string }
	if json.Unmarshal(a.Body, &body) == nil && body.Error != "" {
		e.Code, e.Detail = wire.Cut(body.Error), wire.Cut(body.Message)
	}
	if a.Status >= 500 || a.Status == http.StatusTooManyRequests {
		return e
	}
	switch body.Error {
	case errExpired, errInvalid:
		e.Class = platform.Auth
	case errTakedown, errSuspended, errDeactivated:
		e.Class = platform.Permission
	case errSwap:
		e.Class = platform.Duplicate
	}
	return e
}
