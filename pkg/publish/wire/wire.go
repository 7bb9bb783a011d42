package wire

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"editorial/pkg/publish"
	"editorial/pkg/publish/platform"
)

// MaxAnswer is the most bytes of an answer that are read.
const MaxAnswer = 4 << 20

// Doer sends requests: an *http.Client.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Request is one request.
type Request struct {
	Method, URL string
	Header      http.Header
	// Body is read once. Size is its length, or -1 if it is not known.
	Body io.Reader
	Size int64
}

// Answer is what came back, whatever its status.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	// At is when the answer says it was made; zero where it does not.
	At time.Time
}

// JSON returns a request with a JSON body.
func JSON(method, address string, body any) (Request, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return Request{}, &platform.Error{Class: platform.Invalid, Err: err}
	}
	return Raw(method, address, "application/json", data), nil
}

// Form returns a POST of a form.
func Form(address string, values url.Values) Request {
	return Raw(http.MethodPost, address, "application/x-www-form-urlencoded", []byte(values.Encode()))
}

// Raw returns a request with a body of bytes.
func Raw(method, address, contentType string, body []byte) Request {
	return Request{
		Method: method, URL: address, Header: http.Header{"Content-Type": {contentType}},
		Body: bytes.NewReader(body), Size: int64(len(body)),
	}
}

// Get returns a request without a body.
func Get(address string) Request { return Request{Method: http.MethodGet, URL: address} }

// With returns the request with one more header.
func (r Request) With(name, value string) Request {
	r.Header = r.Header.Clone()
	if r.Header == nil {
		r.Header = http.Header{}
	}
	r.Header.Set(name, value)
	return r
}

// Bearer returns the request with a token.
func (r Request) Bearer(token platform.Hidden) Request {
	return r.With("Authorization", "Bearer "+token.Reveal())
}

// Do sends the request and reads the answer. The error is of class Temporary if
// no byte of the request can have left, or if its body, whose length was said
// before, was not given away to its end, so that no server can have had it whole;
// else Uncertain. An answer that was cut short is returned with an error of class
// Uncertain. Any whole answer is no error here: [Refused] says what its status
// means.
//
// A server that answers before it has read the body, and closes the line, may cost
// its answer: the body then breaks off, the answer is not seen, and the error is
// Temporary, though such a server may have acted on half a body. None that is
// spoken to here does: what it was to do stands in the whole body.
func Do(ctx context.Context, via Doer, r Request) (Answer, error) {
	var left atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaderField: func(string, []string) { left.Store(true) },
		WroteHeaders:     func() { left.Store(true) },
	})
	body := r.Body
	given := &counted{Reader: r.Body}
	switch {
	case r.Size == 0 && body == nil:
		body = http.NoBody
	case r.Size > 0 && body != nil:
		body = given
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, r.URL, body)
	if err != nil {
		return Answer{}, &platform.Error{Class: platform.Invalid, Code: "address", Err: hide(err)}
	}
	for name, values := range r.Header {
		req.Header[name] = values
	}
	req.Header.Set("User-Agent", "editorial")
	if body != http.NoBody {
		req.ContentLength = r.Size
	}
	req.GetBody = nil // nothing below may send it again
	resp, err := via.Do(req)
	if err != nil {
		class := platform.Uncertain
		if !left.Load() || body == io.Reader(given) && given.n.Load() < r.Size {
			var known *platform.Error // whoever gives the line refused, and knows why
			if errors.As(err, &known) {
				return Answer{}, known
			}
			class = platform.Temporary
		}
		return Answer{}, &platform.Error{Class: class, Err: hide(err)}
	}
	defer resp.Body.Close()
	a := Answer{Status: resp.StatusCode, Header: resp.Header}
	if at, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		a.At = at
	}
	a.Body, err = io.ReadAll(io.LimitReader(resp.Body, MaxAnswer+1))
	switch {
	case err != nil:
		return a, &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "cut-answer", Err: hide(err)}
	case len(a.Body) > MaxAnswer:
		return a, &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "long-answer"}
	}
	return a, nil
}

// counted counts the bytes of a body that are given away.
type counted struct {
	io.Reader
	n atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// Close closes what can be closed.
func (c *counted) Close() error {
	if closer, ok := c.Reader.(io.Closer); ok {
		return closer.Close()
	}
	return nil
}

// hide takes the address, which may hold a secret, out of an error.
func hide(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// OK reports whether the status is one of success.
func (a Answer) OK() bool { return a.Status >= 200 && a.Status < 300 }

// Decode reads the JSON of an answer. That of a success which cannot be read is
// of class Uncertain: something was done.
func (a Answer) Decode(into any) error {
	if err := json.Unmarshal(a.Body, into); err != nil {
		return &platform.Error{Class: platform.Uncertain, Status: a.Status, Code: "unreadable-answer", Detail: Cut(string(a.Body))}
	}
	return nil
}

// Refused returns what the status of an answer means, or nil for a success. A
// publisher that knows more changes class and code; now counts waiting times
// that the answer gives in seconds.
func (a Answer) Refused(now time.Time) *platform.Error {
	if a.OK() {
		return nil
	}
	e := &platform.Error{Class: platform.Invalid, Status: a.Status, Detail: Cut(string(a.Body))}
	switch {
	case a.Status == http.StatusUnauthorized:
		e.Class = platform.Auth
	case a.Status == http.StatusForbidden:
		e.Class = platform.Permission
	case a.Status == http.StatusTooManyRequests:
		e.Class, e.Until = platform.Rate, a.Until(now)
	case a.Status == http.StatusRequestTimeout, a.Status >= 500, a.Status < 400:
		e.Class = platform.Uncertain
		e.Until = a.Until(now)
	}
	return e
}

// maxDetail is how much of what a platform says is kept, in bytes.
const maxDetail = 500

// Cut makes a line of what a platform says: short, without what a terminal
// obeys.
func Cut(s string) string {
	s = strings.Join(strings.Fields(publish.Clean(s)), " ")
	if len(s) > maxDetail {
		s = strings.ToValidUTF8(s[:maxDetail], "") + "…"
	}
	return s
}
