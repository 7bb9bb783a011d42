package flickr

import (
	"context"
	"encoding/json"
	"net/url"
	"sync/atomic"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Publisher speaks for one account.
type Publisher struct {
	Format
	account platform.Account
	via     wire.Doer
	rest    string // address of methods
	up      string // and of uploads
	signed  atomic.Int64
}

// New returns the publisher of an account: ClientID and ClientSecret are the
// app's key and secret, its token has Access and Secret. Server, unless "", is
// where both methods and uploads are.
func New(account platform.Account, via wire.Doer) *Publisher {
	api, up := server, uploadServer
	if account.Server != "" {
		api, up = account.Server, account.Server
	}
	return &Publisher{Format: Format{Options: account.Options, asked: true}, account: account, via: via, rest: api + "/services/rest/", up: up + "/services/upload/"}
}

// handle is what is prepared.
type handle struct {
	User   string `json:"user,omitempty"`
	Photos []sent `json:"photos,omitempty"` // as the files of the message
}

// sent is one photograph on Flickr.
type sent struct {
	ID string `json:"id,omitempty"`
	// Began is when an upload was tried whose end nobody knows.
	Began    time.Time `json:"began,omitzero"`
	Licensed bool      `json:"licensed,omitempty"`
	InAlbum  bool      `json:"in_album,omitempty"`
}

func readHandle(data platform.Handle, n int) handle {
	var h handle
	if json.Unmarshal(data, &h) != nil {
		h = handle{}
	}
	if len(h.Photos) != n {
		h.Photos = make([]sent, n)
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

func (h handle) receipt(by platform.Evidence) platform.Receipt {
	r := platform.Receipt{Evidence: by}
	for _, s := range h.Photos {
		if len(h.Photos) > 1 {
			r.Parts = append(r.Parts, s.ID)
		}
		if r.ID == "" {
			r.ID = s.ID
		}
	}
	r.URL = "https://www.flickr.com/photo.gne?id=" + url.QueryEscape(r.ID)
	if h.User != "" {
		r.URL = "https://www.flickr.com/photos/" + url.PathEscape(h.User) + "/" + url.PathEscape(r.ID) + "/"
	}
	return r
}

func thaw(m platform.Message) (frozen, error) {
	var f frozen
	if err := json.Unmarshal(m.Wire, &f); err != nil || len(f.Photos) != len(m.Media) || len(f.Photos) == 0 {
		return f, platform.Refuse(platform.Invalid, "message", "")
	}
	return f, nil
}

// call calls a method in the name of the account, for a placement or for none.
func (p *Publisher) call(ctx context.Context, now time.Time, key platform.Key, method string, values url.Values, into any) error {
	s, err := p.signer(ctx, key)
	if err != nil {
		return err
	}
	form := merge(values, url.Values{"method": {method}, "format": {"json"}, "nojsoncallback": {"1"}})
	a, err := wire.Do(ctx, p.via, wire.Form(p.rest, merge(form, s.sign("POST", p.rest, form, now))))
	if err != nil {
		return err
	}
	return read(a, now, into)
}

// unsigned calls a method that needs no account.
func (p *Publisher) unsigned(ctx context.Context, now time.Time, method string, values url.Values, into any) error {
	a, err := p.bare(ctx, method, values)
	if err != nil {
		return err
	}
	return read(a, now, into)
}

func (p *Publisher) bare(ctx context.Context, method string, values url.Values) (wire.Answer, error) {
	return wire.Do(ctx, p.via, wire.Form(p.rest, merge(values, url.Values{"method": {method}, "format": {"json"}, "nojsoncallback": {"1"}, "api_key": {p.account.ClientID}})))
}

// text1 is a text or a number: Flickr has both.
type text1 string

// UnmarshalJSON reads either.
func (t *text1) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err == nil {
		*t = text1(s)
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return err
	}
	*t = text1(n)
	return nil
}

// photoID is an id that may stand in an address.
func photoID(id string) bool {
	for _, c := range id {
		if c < '0' || c > '9' {
			return false
		}
	}
	return id != "" && len(id) < 25
}
