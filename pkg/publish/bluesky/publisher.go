package bluesky

import (
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher speaks for one account.
type Publisher struct {
	Format
	account platform.Account
	via     wire.Doer
}

// New returns the publisher of an account: its handle or DID as Name, an app
// password as token, the server that holds it as Server ("" is bsky.social).
func New(account platform.Account, via wire.Doer) *Publisher {
	if account.Server == "" {
		account.Server = defaultServer
	}
	return &Publisher{account: account, via: via}
}

// option returns an option of the account, or what it is unless said.
func (p *Publisher) option(name, unless string) string {
	if v := strings.TrimSuffix(p.account.Options[name], "/"); v != "" {
		return v
	}
	return unless
}

// handle is what a delivery has so far: the shape of platform.Handle.
type handle struct {
	// DID is the account's identifier, which names its repository.
	DID string `json:"did,omitempty"`
	// Blobs are the pictures that were uploaded, and Uploaded is when the first
	// was.
	Blobs    []blob    `json:"blobs,omitempty"`
	Uploaded time.Time `json:"uploaded,omitzero"`
	// Parts are the posts that are out, in their order.
	Parts []ref `json:"parts,omitempty"`
}

// blob is a picture that was uploaded: the SHA-256 of its bytes, and how the server
// refers to it.
type blob struct {
	Sum string          `json:"sum"`
	Ref json.RawMessage `json:"ref"`
}

// open reads a handle; nil is an empty one.
func open(h platform.Handle) (handle, error) {
	var v handle
	if len(h) == 0 {
		return v, nil
	}
	if err := json.Unmarshal(h, &v); err != nil {
		return v, &platform.Error{Class: platform.Invalid, Code: "handle", Err: err}
	}
	return v, nil
}

// close returns the handle as the journal keeps it.
func (h handle) close() platform.Handle {
	data, err := json.Marshal(h)
	if err != nil {
		return nil // strings, times and what was JSON before
	}
	return data
}

// receipt is that of a post whose parts are all out.
func (p *Publisher) receipt(h handle, by platform.Evidence) platform.Receipt {
	r := platform.Receipt{ID: h.Parts[0].URI, URL: p.web(h.Parts[0].URI), Evidence: by}
	if len(h.Parts) > 1 {
		for _, part := range h.Parts {
			r.Parts = append(r.Parts, part.URI)
		}
	}
	return r
}

// web is where readers find a record, "" where the address is none.
func (p *Publisher) web(uri string) string {
	did, name, ok := split(uri)
	if !ok {
		return ""
	}
	return p.option(OptWeb, defaultWeb) + "/profile/" + url.PathEscape(did) + "/post/" + url.PathEscape(name)
}

// split takes the address of a post, "at://DID/COLLECTION/RKEY", apart.
func split(uri string) (did, name string, ok bool) {
	did, rest, ok := strings.Cut(strings.TrimPrefix(uri, "at://"), "/"+collection+"/")
	return did, rest, ok && did != "" && rest != "" && !strings.Contains(rest, "/")
}

// message is what was frozen.
func message(job platform.Job) (frozen, error) {
	var w frozen
	if err := json.Unmarshal(job.Message.Wire, &w); err != nil {
		return w, &platform.Error{Class: platform.Invalid, Code: "frozen", Err: err}
	}
	if len(w.Parts) == 0 {
		return w, platform.Refuse(platform.Invalid, "frozen", "")
	}
	return w, nil
}
