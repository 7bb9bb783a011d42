package micropub

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"editorial/pkg/publish/article"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher speaks to one endpoint.
type Publisher struct {
	format
	account platform.Account
	via     wire.Doer
}

// New returns the publisher of an account.
func New(account platform.Account, via wire.Doer) *Publisher {
	return &Publisher{format{account.Options["drafts"] == "yes"}, account, via}
}

// address is that of the endpoint with a question, whatever questions its own
// address has.
func (p *Publisher) address(q url.Values) string {
	u, err := url.Parse(p.account.Server)
	if err != nil {
		return "" // refused as a request
	}
	all := u.Query()
	for name, values := range q {
		all[name] = values
	}
	u.RawQuery = all.Encode()
	return u.String()
}

// ask sends a request with the token.
func (p *Publisher) ask(ctx context.Context, now time.Time, r wire.Request) (wire.Answer, error) {
	token, err := p.account.Credentials.Token(ctx)
	if err != nil {
		return wire.Answer{}, err
	}
	a, err := wire.Do(ctx, p.via, r.Bearer(token.Access).With("Accept", "application/json"))
	if err != nil {
		return a, err
	}
	if e := refused(a, now); e != nil {
		return a, e
	}
	return a, nil
}

// question asks the endpoint for something that it may tell.
func (p *Publisher) question(ctx context.Context, now time.Time, q url.Values, into any) error {
	a, err := p.ask(ctx, now, wire.Get(p.address(q)))
	if err != nil {
		return err
	}
	return a.Decode(into)
}

// send makes or changes a post.
func (p *Publisher) send(ctx context.Context, now time.Time, body any) (wire.Answer, error) {
	r, err := wire.JSON("POST", p.account.Server, body)
	if err != nil {
		return wire.Answer{}, err
	}
	return p.ask(ctx, now, r)
}

// where is the address that an answer tells, whole; "" where it tells none.
func (p *Publisher) where(a wire.Answer) string {
	base, err := url.Parse(p.account.Server)
	if err != nil {
		return ""
	}
	at, err := base.Parse(a.Header.Get("Location"))
	if err != nil || a.Header.Get("Location") == "" || at.Scheme != "http" && at.Scheme != "https" {
		return ""
	}
	return at.String()
}

// refused returns what an answer means, or nil for a success (section 3.8 of the
// recommendation).
func refused(a wire.Answer, now time.Time) *platform.Error {
	e := a.Refused(now)
	if e == nil {
		return nil
	}
	if a.Status >= 300 && a.Status < 400 {
		e.Class, e.Code, e.Detail = platform.Auth, "moved", wire.Cut(a.Header.Get("Location"))
		return e
	}
	var body struct {
		Error  string `json:"error"`
		Detail string `json:"error_description"`
	}
	if json.Unmarshal(a.Body, &body) != nil || body.Error == "" {
		return e
	}
	e.Code, e.Detail = wire.Cut(body.Error), wire.Cut(body.Detail)
	switch body.Error {
	case "unauthorized", "invalid_token":
		e.Class = platform.Auth
	case "forbidden", "insufficient_scope":
		e.Class = platform.Permission // some say it with 401
	}
	return e
}

// untold reports whether an error is that of a server that does not answer such
// questions, or knows no such post.
func untold(err error) bool {
	if err == nil {
		return false
	}
	switch platform.As(err).Status {
	case http.StatusBadRequest, http.StatusNotFound, http.StatusGone, http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return true
	}
	return false
}

// handle is what was prepared.
type handle struct {
	// Files are addresses of uploaded files, by what tells them from others.
	Files map[string]string `json:"files,omitempty"`
	// Post is where the post is or will be, Ready the message once Commit has all
	// that it needs of it.
	Post  string `json:"post,omitempty"`
	Ready string `json:"ready,omitempty"`
}

// is reports whether this very message was prepared.
func (h handle) is(job platform.Job) bool { return h.Ready != "" && h.Ready == article.Of(job.Message) }
