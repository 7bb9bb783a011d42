package x

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"editorial/pkg/publish/bearer"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher speaks for one account.
type Publisher struct {
	Format
	session bearer.Session
	server  string
}

// New returns the publisher of an account. The account needs ClientID, and
// ClientSecret where its app is a confidential one.
func New(account platform.Account, via wire.Doer) *Publisher {
	p := &Publisher{Format: Format{Options: account.Options, asked: true}, server: account.Server}
	if p.server == "" {
		p.server = server
	}
	p.session = bearer.Session{Account: account, Via: via, Endpoint: p.server + "/2/oauth2/token", Basic: true}
	return p
}

// handle is what is prepared, and of a thread what is out.
type handle struct {
	User  string   `json:"user,omitempty"`  // the account's id
	Name  string   `json:"name,omitempty"`  // and its handle
	Files []upload `json:"files,omitempty"` // as those of the message
	Parts []string `json:"parts,omitempty"` // ids of the posts that are out
}

func readHandle(data platform.Handle) handle {
	var h handle
	if json.Unmarshal(data, &h) != nil {
		return handle{}
	}
	return h
}

func (h handle) bytes() platform.Handle {
	data, err := json.Marshal(h)
	if err != nil {
		return nil // strings and times only
	}
	return data
}

// ask gets JSON from an address below the server.
func (p *Publisher) ask(ctx context.Context, now time.Time, path string, query url.Values, into any) (wire.Answer, error) {
	address := p.server + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return p.call(ctx, now, func() (wire.Request, error) { return wire.Get(address), nil }, into)
}

// tell posts JSON, or nothing.
func (p *Publisher) tell(ctx context.Context, now time.Time, path string, body, into any) (wire.Answer, error) {
	if body == nil {
		return p.call(ctx, now, func() (wire.Request, error) { return wire.Request{Method: http.MethodPost, URL: p.server + path}, nil }, into)
	}
	return p.call(ctx, now, func() (wire.Request, error) { return wire.JSON(http.MethodPost, p.server+path, body) }, into)
}

func (p *Publisher) call(ctx context.Context, now time.Time, build func() (wire.Request, error), into any) (wire.Answer, error) {
	a, err := p.session.Do(ctx, now, build)
	if err != nil {
		return a, err
	}
	if !a.OK() {
		return a, refused(a, now)
	}
	if into == nil {
		return a, nil
	}
	return a, a.Decode(into)
}

// whoami is the account behind the token.
func (p *Publisher) whoami(ctx context.Context, now time.Time, h *handle) (wire.Answer, error) {
	var said struct {
		Data struct{ ID, Username string }
	}
	a, err := p.ask(ctx, now, "/2/users/me", nil, &said)
	if err != nil {
		return a, err
	}
	if !number(said.Data.ID) {
		return a, &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "no-account", Detail: wire.Cut(string(a.Body))}
	}
	h.User, h.Name = said.Data.ID, said.Data.Username
	return a, nil
}

// number reports whether an id is one that may stand in a path.
func number(id string) bool {
	for _, c := range id {
		if c < '0' || c > '9' {
			return false
		}
	}
	return id != "" && len(id) < 25
}

// page is where readers find a post.
func (h handle) page(id string) string {
	if h.Name == "" {
		return "https://x.com/i/web/status/" + id
	}
	return "https://x.com/" + url.PathEscape(h.Name) + "/status/" + id
}
