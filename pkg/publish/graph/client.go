package graph

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// Client speaks to one interface in the name of one account.
type Client struct {
	Via wire.Doer
	// Base is the address with the version, without a slash at its end.
	Base        string
	Credentials platform.Credentials
}

// URL is the address of a path: its parts are escaped.
func (c Client) URL(parts ...string) string {
	var b strings.Builder
	b.WriteString(c.Base)
	for _, p := range parts {
		b.WriteString("/" + url.PathEscape(p))
	}
	return b.String()
}

// Get reads an address into a value. It can be repeated: no error of it is more
// than temporary.
func (c Client) Get(ctx context.Context, now time.Time, address string, query url.Values, into any) (wire.Answer, error) {
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	a, err := c.Do(ctx, now, wire.Get(address), into)
	return a, wire.Harmless(err)
}

// Post sends a form, and reads the answer into a value.
func (c Client) Post(ctx context.Context, now time.Time, address string, form url.Values, into any) (wire.Answer, error) {
	return c.Do(ctx, now, wire.Form(address, form), into)
}

// Delete takes something away.
func (c Client) Delete(ctx context.Context, now time.Time, address string) error {
	_, err := c.Do(ctx, now, wire.Request{Method: http.MethodDelete, URL: address}, nil)
	return err
}

// Do sends a request with the account's token, and reads the answer into a value
// unless that is nil. An answer that says "error" is one, whatever its status.
func (c Client) Do(ctx context.Context, now time.Time, r wire.Request, into any) (wire.Answer, error) {
	token, err := c.Credentials.Token(ctx)
	if err != nil {
		return wire.Answer{}, err
	}
	return c.As(ctx, now, token.Access, r, into)
}

// As is Do with another token than the account's.
func (c Client) As(ctx context.Context, now time.Time, token platform.Hidden, r wire.Request, into any) (wire.Answer, error) {
	a, err := wire.Do(ctx, c.Via, r.Bearer(token))
	a = a.Hush(token)
	if err != nil {
		return a, wire.Hush(err, token)
	}
	return a, Read(a, now, into)
}

// Read reads an answer into a value, unless that is nil or the answer is an error.
func Read(a wire.Answer, now time.Time, into any) error {
	if e := refused(a, now); e != nil {
		return e
	}
	if into == nil {
		return nil
	}
	return a.Decode(into)
}
