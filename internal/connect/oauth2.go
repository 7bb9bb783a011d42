package connect

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"editorial/internal/secret"
	"editorial/pkg/problem"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// runOAuth2 is the authorization code grant of RFC 6749, section 4.1, with PKCE
// (RFC 7636) where the platform knows it.
func (f Flow) runOAuth2(ctx context.Context, b *back) (secret.Record, error) {
	if f.ClientID == "" {
		if err := f.register(ctx, b.address); err != nil {
			return secret.Record{}, err
		}
	}
	state, verifier := chance(), chance()
	b.expect(func(v url.Values) bool {
		return same(v.Get("state"), state) && (v.Get("code") != "" || v.Get("error") != "")
	})
	f.Show(f.page(b.address, state, verifier))
	got, err := b.wait(ctx)
	if err != nil {
		return secret.Record{}, err
	}
	if e := got.Get("error"); e != "" {
		return secret.Record{}, denied(wire.Cut(e + " " + got.Get("error_description")))
	}
	granted, err := f.exchange(ctx, b.address, got.Get("code"), verifier)
	if err != nil {
		return secret.Record{}, err
	}
	r := secret.Record{Account: f.Account, Server: f.Server, Token: granted.token(f.Now(), f.Scopes)}
	if f.App.Register != "" {
		r.ClientID, r.ClientSecret = f.ClientID, f.ClientSecret
	}
	if id := granted.UserID.String(); r.Account == "" && id != "" {
		r.Account = id
	}
	if f.App.Long.At != "" {
		if err := f.lengthen(ctx, &r); err != nil {
			return secret.Record{}, err
		}
	}
	if f.App.Pages != "" {
		return r, f.pages(ctx, &r)
	}
	if f.App.Who != "" && r.Account == "" {
		f.who(ctx, &r)
	}
	return r, nil
}

// page is the address of the platform's page for the person.
func (f Flow) page(redirect, state, verifier string) string {
	between := " "
	if f.App.Commas {
		between = ","
	}
	q := url.Values{
		"response_type": {"code"}, "client_id": {f.ClientID}, "redirect_uri": {redirect}, "state": {state},
		"scope": {strings.Join(f.Scopes, between)},
	}
	if f.App.PKCE {
		q.Set("code_challenge", oauth2.S256ChallengeFromVerifier(verifier))
		q.Set("code_challenge_method", "S256")
	}
	for _, name := range slices.Sorted(maps.Keys(f.App.Extra)) {
		q.Set(name, f.App.Extra[name])
	}
	return f.App.Authorize + "?" + q.Encode()
}

// grant is a platform's answer with a token.
type grant struct {
	AccessToken  string      `json:"access_token"`
	RefreshToken string      `json:"refresh_token"`
	ExpiresIn    json.Number `json:"expires_in"`
	// RefreshIn is LinkedIn's: when the refresh token ends.
	RefreshIn json.Number `json:"refresh_token_expires_in"`
	Scope     string      `json:"scope"`
	// UserID is that of Instagram and Threads.
	UserID json.Number `json:"user_id"`
}

// token is what was granted; of scopes that are not said the ones asked for.
func (g grant) token(now time.Time, asked []string) platform.Token {
	t := platform.Token{
		Access: platform.Hidden(g.AccessToken), Refresh: platform.Hidden(g.RefreshToken),
		Expires: in(now, g.ExpiresIn), RefreshBy: in(now, g.RefreshIn), Scopes: asked,
	}
	if g.Scope != "" {
		t.Scopes = strings.FieldsFunc(g.Scope, func(r rune) bool { return r == ' ' || r == ',' })
	}
	return t
}

// in is so many seconds from now; zero if they are not said.
func in(now time.Time, seconds json.Number) time.Time {
	n, err := strconv.ParseInt(seconds.String(), 10, 64)
	const ages = 100 * 365 * 24 * 3600
	if err != nil || n <= 0 || n > ages {
		return time.Time{}
	}
	return now.Add(time.Duration(n) * time.Second).UTC()
}

// exchange gives the code for a token.
func (f Flow) exchange(ctx context.Context, redirect, code, verifier string) (grant, error) {
	form := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {redirect}, "client_id": {f.ClientID}}
	if f.App.PKCE {
		form.Set("code_verifier", verifier)
	}
	basic := f.App.Basic && f.ClientSecret != ""
	if f.ClientSecret != "" && !basic {
		form.Set("client_secret", f.ClientSecret.Reveal())
	}
	req := wire.Form(f.App.Exchange, form).With("Accept", "application/json")
	if basic {
		pair := url.QueryEscape(f.ClientID) + ":" + url.QueryEscape(f.ClientSecret.Reveal())
		req = req.With("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(pair)))
	}
	var g grant
	if err := f.ask(ctx, req, &g); err != nil {
		return g, err
	}
	if g.AccessToken == "" {
		return g, platform.Refuse(platform.Auth, "no-token", "")
	}
	return g, nil
}

// ask sends a request and reads the answer. What the answer says of a failure is
// its code alone: texts of an exchange may quote what was sent.
func (f Flow) ask(ctx context.Context, req wire.Request, into any) error {
	a, err := wire.Do(ctx, f.Via, req)
	if err != nil {
		return err
	}
	if refused := a.Refused(f.Now()); refused != nil {
		refused.Code, refused.Detail = reason(a.Body), ""
		if refused.Class == platform.Invalid {
			refused.Class = platform.Auth
		}
		return refused
	}
	if json.Unmarshal(a.Body, into) != nil {
		return &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "unreadable-answer"}
	}
	return nil
}

// reason is the platform's name for a refusal: "error" of RFC 6749, or the type
// and code of Meta.
func reason(body []byte) string {
	var flat struct {
		Error string `json:"error"`
	}
	if json.Unmarshal(body, &flat) == nil && flat.Error != "" {
		return wire.Cut(flat.Error)
	}
	var deep struct {
		Error struct {
			Type string      `json:"type"`
			Code json.Number `json:"code"`
		} `json:"error"`
	}
	if json.Unmarshal(body, &deep) == nil {
		return wire.Cut(strings.TrimSpace(deep.Error.Type + " " + deep.Error.Code.String()))
	}
	return ""
}

// register introduces the program to a server of Mastodon's kind.
func (f *Flow) register(ctx context.Context, redirect string) error {
	var app struct {
		ClientID     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
	}
	err := f.ask(ctx, wire.Form(f.App.Register, url.Values{
		"client_name": {"editorial"}, "redirect_uris": {redirect}, "scopes": {strings.Join(f.Scopes, " ")},
	}), &app)
	if err != nil {
		return err
	}
	if app.ClientID == "" {
		return platform.Refuse(platform.Auth, "no-app", "")
	}
	f.ClientID, f.ClientSecret = app.ClientID, platform.Hidden(app.ClientSecret)
	return nil
}

// lengthen exchanges a token of an hour for one of two months. Meta wants what
// proves it in the address; no error and no log of ours shows one.
func (f Flow) lengthen(ctx context.Context, r *secret.Record) error {
	l := f.App.Long
	q := url.Values{"grant_type": {l.Grant}, "client_secret": {f.ClientSecret.Reveal()}, l.Param: {r.Token.Access.Reveal()}}
	if l.Client {
		q.Set("client_id", f.ClientID)
	}
	var g grant
	if err := f.ask(ctx, wire.Get(l.At+"?"+q.Encode()), &g); err != nil {
		return err
	}
	if g.AccessToken == "" {
		return platform.Refuse(platform.Auth, "no-token", "")
	}
	scopes := r.Token.Scopes
	r.Token = g.token(f.Now(), scopes)
	return nil
}

// pages finds the token of the page: the one of the configuration, else the only
// one.
func (f Flow) pages(ctx context.Context, r *secret.Record) error {
	var list struct {
		Data []struct {
			ID    string `json:"id"`
			Name  string `json:"name"`
			Token string `json:"access_token"`
		} `json:"data"`
	}
	q := url.Values{"fields": {"id,name,access_token"}, "limit": {"100"}}
	if err := f.ask(ctx, wire.Get(f.App.Pages+"?"+q.Encode()).Bearer(r.Token.Access), &list); err != nil {
		return err
	}
	var names []string
	for _, p := range list.Data {
		if p.Token != "" && (p.ID == f.Account || f.Account == "" && len(list.Data) == 1) {
			// The token of a page has no end of its own.
			r.Account, r.Token.Access, r.Token.Expires = p.ID, platform.Hidden(p.Token), time.Time{}
			return nil
		}
		names = append(names, wire.Cut(p.ID+" "+p.Name))
	}
	return problem.Problem{Code: CodePages, Params: problem.Params{"pages": strings.Join(names, ", ")}}
}

// who asks whose account it is: good to know, and no more.
func (f Flow) who(ctx context.Context, r *secret.Record) {
	var me struct {
		Acct string `json:"acct"`
	}
	err := f.ask(ctx, wire.Get(f.App.Who).Bearer(r.Token.Access), &me)
	if err == nil && me.Acct != "" {
		r.Account = wire.Cut(me.Acct)
	}
}
