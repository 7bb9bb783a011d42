package publishtest

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"editorial/pkg/publish/wire"
)

// Fault is a way in which a request goes wrong.
type Fault string

const (
	DropBefore Fault = "drop-before"    // it never arrives
	DropAfter  Fault = "drop-after"     // it is done, the answer is lost
	Broken     Fault = "500-not-done"   // the server fails first
	Done500    Fault = "500-but-done"   // the server fails afterwards
	Truncated  Fault = "truncated"      // the answer is cut short
	Garbled    Fault = "200-unreadable" // the answer is no JSON
	Rate       Fault = "429-seconds"    // Retry-After in seconds
	RateDate   Fault = "429-date"       // Retry-After as a date
	RateReset  Fault = "429-reset"      // X-RateLimit-Reset since 1970
	RateBare   Fault = "429-bare"       // no header at all
	BadGateway Fault = "502-html"       // something between says something
	Unavailble Fault = "503"            // with Retry-After
)

// Faults returns all of them.
func Faults() []Fault {
	return []Fault{DropBefore, DropAfter, Broken, Done500, Truncated, Garbled, Rate, RateDate, RateReset, RateBare, BadGateway, Unavailble}
}

// errCut is what a lost connection looks like.
var errCut = errors.New("connection reset by peer")

// Line is a line to a server on which the At-th request, from 1, goes wrong; 0
// is none. It counts the requests in N.
type Line struct {
	Via   wire.Doer
	Fault Fault
	At, N int
	Now   func() time.Time
}

// Do sends the request, or not.
func (l *Line) Do(r *http.Request) (*http.Response, error) {
	l.N++
	if l.N != l.At {
		return l.Via.Do(r)
	}
	status := func(code int, header, value string) (*http.Response, error) {
		drain(r)
		h := http.Header{"Content-Type": {"text/html"}}
		if header != "" {
			h.Set(header, value)
		}
		return answer(r, code, h, []byte("<html><body>sorry</body></html>")), nil
	}
	now := l.Now()
	switch l.Fault {
	case DropBefore:
		return nil, errCut // the trace sees no header leave
	case Broken:
		return status(http.StatusInternalServerError, "", "")
	case BadGateway:
		return status(http.StatusBadGateway, "", "")
	case Unavailble:
		return status(http.StatusServiceUnavailable, "Retry-After", "20")
	case Rate:
		return status(http.StatusTooManyRequests, "Retry-After", "20")
	case RateDate:
		return status(http.StatusTooManyRequests, "Retry-After", now.Add(time.Minute).UTC().Format(http.TimeFormat))
	case RateReset:
		return status(http.StatusTooManyRequests, "X-RateLimit-Reset", strconv.FormatInt(now.Add(time.Minute).Unix(), 10))
	case RateBare:
		return status(http.StatusTooManyRequests, "", "")
	}
	resp, err := l.Via.Do(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	switch l.Fault {
	case DropAfter:
		return nil, errCut
	case Done500:
		return answer(r, http.StatusInternalServerError, http.Header{}, []byte("{}")), nil
	case Garbled:
		return answer(r, resp.StatusCode, http.Header{"Content-Type": {"text/html"}}, []byte("<!doctype html>")), nil
	case Truncated:
		cut := answer(r, resp.StatusCode, resp.Header, nil)
		cut.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body[:len(body)/2]), broken{}))
		return cut, nil
	}
	return answer(r, resp.StatusCode, resp.Header, body), nil
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func drain(r *http.Request) {
	if r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		r.Body.Close()
	}
}

func answer(r *http.Request, status int, h http.Header, body []byte) *http.Response {
	return &http.Response{
		Status: http.StatusText(status), StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: h, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Request: r,
	}
}
