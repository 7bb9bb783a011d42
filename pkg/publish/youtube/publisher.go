package youtube

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"editorial/pkg/publish/bearer"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher speaks for one channel.
type Publisher struct {
	Format
	session bearer.Session
	server  string
	piece   int64 // of an upload, in bytes
}

// New returns the publisher of a channel. The account needs ClientID and
// ClientSecret: Google's tokens live for an hour, and are renewed by both.
func New(account platform.Account, via wire.Doer) *Publisher {
	p := &Publisher{Format: Format{Options: account.Options, asked: true}, server: account.Server, piece: pieceSize}
	token := p.server + "/token"
	if p.server == "" {
		p.server, token = server, tokenURL
	}
	p.session = bearer.Session{Account: account, Via: via, Endpoint: token}
	return p
}

// handle is how far a film is.
type handle struct {
	// Session is the address of an upload, Video the film that it became.
	Session string `json:"session,omitempty"`
	Video   string `json:"video,omitempty"`
	Ready   bool   `json:"ready,omitempty"`
	// Native is true once YouTube was given the instant.
	Native bool `json:"native,omitempty"`
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
		return nil // strings only
	}
	return data
}

func (h handle) receipt(by platform.Evidence) platform.Receipt {
	return platform.Receipt{ID: h.Video, URL: "https://www.youtube.com/watch?v=" + url.QueryEscape(h.Video), Evidence: by}
}

// thaw is the film's data as they were frozen.
func thaw(m platform.Message) (video, error) {
	var v video
	if err := json.Unmarshal(m.Wire, &v); err != nil || len(m.Media) != 1 {
		return v, platform.Refuse(platform.Invalid, "message", "")
	}
	return v, nil
}

// call sends JSON, or nothing where body is nil, and reads JSON.
func (p *Publisher) call(ctx context.Context, now time.Time, method, path string, query url.Values, body, into any) (wire.Answer, error) {
	address := p.server + path + "?" + query.Encode()
	a, err := p.session.Do(ctx, now, func() (wire.Request, error) {
		if body == nil {
			return wire.Request{Method: method, URL: address}, nil
		}
		return wire.JSON(method, address, body)
	})
	if err != nil {
		return a, err
	}
	if !a.OK() {
		return a, refused(a, now)
	}
	return a, a.Decode(into)
}

func (p *Publisher) list(ctx context.Context, now time.Time, what string, query url.Values, into any) error {
	_, err := p.call(ctx, now, http.MethodGet, "/youtube/v3/"+what, query, nil, into)
	return err
}

// film is an id that may stand in an address: YouTube's have 11 characters of
// these.
func filmID(id string) bool {
	return len(id) >= 5 && len(id) <= 64 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == ""
}
