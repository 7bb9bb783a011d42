package facebook

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"time"

	"editorial/pkg/publish/graph"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Check says whose the token is, when it ends, which scopes it lacks, and how much
// of the allowance of requests is left, in percent.
func (p *Publisher) Check(ctx context.Context) (platform.Standing, error) {
	var s platform.Standing
	var now time.Time // no clock here
	var me struct{ Name string }
	a, err := p.graph.Get(ctx, now, p.graph.URL(p.page), url.Values{"fields": {"id,name"}}, &me)
	if err != nil {
		return s, err
	}
	percent, _ := graph.Usage(a)
	s.Account, s.Quota, s.Left = wire.Cut(me.Name), 100, 100-percent
	token, err := p.account.Credentials.Token(ctx)
	if err != nil {
		return s, err
	}
	scopes := token.Scopes
	s.Expires = token.Expires
	d, err := p.debug(ctx, now, token)
	switch {
	case err == nil:
		if !d.Valid {
			return s, platform.Refuse(platform.Auth, "token-invalid", "")
		}
		if scopes = d.Scopes; d.Expires > 0 {
			s.Expires = time.Unix(d.Expires, 0).UTC()
		}
	case platform.ClassOf(err) != platform.Invalid && platform.ClassOf(err) != platform.Permission:
		return s, err // else: the app's own token alone may ask
	}
	for _, scope := range needed() {
		if len(scopes) > 0 && !slices.Contains(scopes, scope) {
			s.Missing = append(s.Missing, scope)
		}
	}
	return s, nil
}

// debugged is what the platform says of a token.
type debugged struct {
	Valid   bool     `json:"is_valid"`
	Expires int64    `json:"expires_at"` // 0: never
	Scopes  []string `json:"scopes"`
}

// debug asks about the token. The question names it as a parameter of an address,
// and goes in the body of a batch, for addresses stand in logs.
func (p *Publisher) debug(ctx context.Context, now time.Time, token platform.Token) (debugged, error) {
	type call struct {
		Method string `json:"method"`
		URL    string `json:"relative_url"`
	}
	batch, err := json.Marshal([]call{{"GET", "debug_token?" + url.Values{"input_token": {token.Access.Reveal()}}.Encode()}})
	if err != nil {
		return debugged{}, err
	}
	as := token.Access
	if id, secret := p.account.ClientID, p.account.ClientSecret; id != "" && secret != "" {
		as = platform.Hidden(id + "|" + secret.Reveal())
	}
	var all []struct {
		Code int
		Body string
	}
	r := wire.Form(p.graph.URL(""), url.Values{"batch": {string(batch)}, "include_headers": {"false"}})
	a, err := p.graph.As(ctx, now, as, r, &all)
	if err != nil {
		return debugged{}, wire.Hush(wire.Harmless(err), token.Access)
	}
	if len(all) != 1 {
		return debugged{}, platform.Refuse(platform.Temporary, "batch", "")
	}
	a.Status, a.Body = all[0].Code, []byte(all[0].Body)
	var got struct{ Data debugged }
	if err := graph.Read(a.Hush(token.Access, as), now, &got); err != nil {
		return debugged{}, wire.Harmless(err)
	}
	return got.Data, nil
}
