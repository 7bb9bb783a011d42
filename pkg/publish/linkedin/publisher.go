package linkedin

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"editorial/pkg/publish/bearer"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher speaks for one author.
type Publisher struct {
	Format
	session bearer.Session
	server  string
	auth    string
	version string
}

// New returns the publisher of an account, whose Name is the author's URN. The
// option "version" is that of the interface. Only partners of LinkedIn are given
// refresh tokens: others connect anew every 60 days.
func New(account platform.Account, via wire.Doer) *Publisher {
	p := &Publisher{Format: Format{Author: account.Name}, server: account.Server, auth: account.Server, version: version}
	if account.Server == "" {
		p.server, p.auth = server, authServer
	}
	if v := account.Options["version"]; v != "" {
		p.version = v
	}
	p.session = bearer.Session{Account: account, Via: via, Endpoint: p.auth + "/oauth/v2/accessToken"}
	return p
}

// handle is what is prepared.
type handle struct {
	Images []image `json:"images,omitempty"` // as the files of the message
}

type image struct {
	URN   string `json:"urn,omitempty"`
	Ready bool   `json:"ready,omitempty"`
}

func readHandle(data platform.Handle, n int) handle {
	var h handle
	if json.Unmarshal(data, &h) != nil || len(h.Images) != n {
		h = handle{Images: make([]image, n)}
	}
	return h
}

func (h handle) bytes() platform.Handle {
	data, err := json.Marshal(h)
	if err != nil {
		return nil // strings only
	}
	return data
}

func thaw(m platform.Message) (frozen, error) {
	var f frozen
	if err := json.Unmarshal(m.Wire, &f); err != nil {
		return f, platform.Refuse(platform.Invalid, "message", "")
	}
	return f, nil
}

// call sends a request below the server with the headers of the interface. An
// answer that came is returned even where its body was cut.
func (p *Publisher) call(ctx context.Context, now time.Time, method, path, rest string, body any) (wire.Answer, error) {
	a, err := p.session.Do(ctx, now, func() (wire.Request, error) {
		r, err := wire.Request{Method: method, URL: p.server + path}, error(nil)
		if body != nil {
			r, err = wire.JSON(method, p.server+path, body)
		}
		r = r.With("LinkedIn-Version", p.version).With("X-Restli-Protocol-Version", "2.0.0")
		if rest != "" {
			r = r.With("X-RestLi-Method", rest)
		}
		return r, err
	})
	if err == nil && !a.OK() {
		err = refused(a, now)
	}
	return a, err
}

// ask gets JSON.
func (p *Publisher) ask(ctx context.Context, now time.Time, path, rest string, into any) error {
	a, err := p.call(ctx, now, http.MethodGet, path, rest, nil)
	if err != nil {
		return err
	}
	return a.Decode(into)
}
