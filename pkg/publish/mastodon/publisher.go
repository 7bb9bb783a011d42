package mastodon

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher speaks for one account of one server.
type Publisher struct {
	Format
	account platform.Account
	via     wire.Doer
}

// New returns the publisher of an account. Its token has the scopes
// read:accounts, read:statuses, write:media and write:statuses; the options are
// those of the Opt constants.
func New(account platform.Account, via wire.Doer) *Publisher {
	return &Publisher{Format: FormatOf(account.Options), account: account, via: via}
}

// handle is what a delivery has so far: the shape of platform.Handle.
type handle struct {
	// Account is the id of the account.
	Account string `json:"account,omitempty"`
	Media   []file `json:"media,omitempty"`
	// Uploaded is when the first file was.
	Uploaded time.Time `json:"uploaded,omitzero"`
	// Parts are the posts that are out, in their order.
	Parts []part `json:"parts,omitempty"`
	// Refused: the server refused the status together with its files, which it
	// does where they hang on one already.
	Refused bool `json:"refused,omitempty"`
	// Handing: a scheduled status may have been handed over. Scheduled is its id,
	// once it is known.
	Handing   bool   `json:"handing,omitempty"`
	Scheduled string `json:"scheduled,omitempty"`
}

// file is one that was uploaded.
type file struct {
	ID string `json:"id"`
	// Of names the bytes and the alternative text.
	Of string `json:"of"`
	// Ready: the server is done with it.
	Ready bool `json:"ready,omitempty"`
}

// part is a post that is out.
type part struct {
	ID  string    `json:"id"`
	URL string    `json:"url,omitempty"`
	At  time.Time `json:"at,omitzero"`
}

// open reads the handle of a job; nil is an empty one.
func open(job platform.Job) (handle, error) {
	var v handle
	if len(job.Message.Parts) == 0 {
		return v, platform.Refuse(platform.Invalid, "frozen", "")
	}
	if len(job.Handle) == 0 {
		return v, nil
	}
	if err := json.Unmarshal(job.Handle, &v); err != nil {
		return v, &platform.Error{Class: platform.Invalid, Code: "handle", Err: err}
	}
	return v, nil
}

// close returns the handle as the journal keeps it.
func (h handle) close() platform.Handle {
	data, err := json.Marshal(h)
	if err != nil {
		return nil // strings, times and numbers only
	}
	return data
}

// receipt is that of a post whose parts are all out.
func (h handle) receipt(by platform.Evidence) platform.Receipt {
	first := h.Parts[0]
	r := platform.Receipt{ID: first.ID, URL: first.URL, At: first.At, Evidence: by}
	if len(h.Parts) > 1 {
		for _, p := range h.Parts {
			r.Parts = append(r.Parts, p.ID)
		}
	}
	return r
}

// status is a status, as far as we look at it.
type status struct {
	ID        string                `json:"id"`
	URL       string                `json:"url"`
	URI       string                `json:"uri"`
	CreatedAt time.Time             `json:"created_at"`
	Content   string                `json:"content"`
	ReplyTo   string                `json:"in_reply_to_id"`
	Reblog    *struct{}             `json:"reblog"`
	Media     []struct{ ID string } `json:"media_attachments"`
	Account   struct {
		ID   string `json:"id"`
		Acct string `json:"acct"`
	} `json:"account"`
	Favourites int64 `json:"favourites_count"`
	Reblogs    int64 `json:"reblogs_count"`
	Replies    int64 `json:"replies_count"`
}

func (s status) part() part { return part{ID: s.ID, URL: cmp(web(s.URL), web(s.URI)), At: s.CreatedAt} }

// cmp returns the first text that is not empty.
func cmp(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// web returns an address of the web as it is, and "" in place of any other.
func web(s string) string {
	if u, err := url.Parse(s); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		return s
	}
	return ""
}

// at is the address of a method of the server. Parts of the path are escaped.
func (p *Publisher) at(path ...string) string {
	var b strings.Builder
	b.WriteString(p.account.Server)
	for i, s := range path {
		if i > 0 {
			s = "/" + url.PathEscape(s)
		}
		b.WriteString(s)
	}
	return b.String()
}

// call sends a request in the account's name.
func (p *Publisher) call(ctx context.Context, r wire.Request, now time.Time) (wire.Answer, error) {
	if p.account.Server == "" {
		return wire.Answer{}, platform.Refuse(platform.Auth, "no-server", "")
	}
	token, err := p.account.Credentials.Token(ctx)
	if err != nil {
		return wire.Answer{}, err
	}
	a, err := wire.Do(ctx, p.via, r.Bearer(token.Access))
	if err != nil {
		return a, err
	}
	if e := refused(a, now); e != nil {
		return a, e
	}
	return a, nil
}

// read sends a request that changes nothing, and reads its answer.
func (p *Publisher) read(ctx context.Context, address string, now time.Time, into any) (wire.Answer, error) {
	a, err := p.call(ctx, wire.Get(address), now)
	if err == nil {
		err = a.Decode(into)
	}
	return a, wire.Harmless(err)
}

// refused is what an answer that is no success means. Servers word their errors,
// {"error": "…"}, and give no codes: what is known is the status.
func refused(a wire.Answer, now time.Time) *platform.Error {
	e := a.Refused(now)
	if e == nil {
		return nil
	}
	var body struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	if json.Unmarshal(a.Body, &body) == nil && body.Error != "" {
		e.Detail = wire.Cut(body.Error)
		if body.Description != "" { // an error of OAuth: a code and a sentence
			e.Code, e.Detail = wire.Cut(body.Error), wire.Cut(body.Description)
		}
	}
	if a.Status == http.StatusGone { // of an account that is
		e.Class = platform.Permission
	}
	return e
}
