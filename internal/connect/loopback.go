package connect

import (
	"context"
	_ "embed"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"editorial/pkg/problem"
)

// callback is the path to which the platform sends the person.
const callback = "/callback"

//go:embed done.html
var donePage []byte

//go:embed wrong.html
var wrongPage []byte

// loopback listens on this machine alone, at the port of the address or a free
// one.
func (f Flow) loopback(registered *url.URL) (*back, error) {
	host, path := "127.0.0.1:"+strconv.Itoa(f.App.Port), callback
	if f.Redirect != "" {
		host, path = registered.Host, registered.EscapedPath()
		if registered.Port() == "" {
			host = net.JoinHostPort(registered.Hostname(), "80")
		}
	}
	listen := f.Listen
	if listen == nil {
		listen = net.Listen
	}
	l, err := listen("tcp", host)
	if err != nil {
		return nil, problem.Problem{Code: CodePort, Params: problem.Params{"address": host}, Cause: err}
	}
	address := f.Redirect
	if address == "" {
		address = "http://" + l.Addr().String() + path
	}
	u, err := url.Parse(address)
	if err != nil {
		_ = l.Close()
		return nil, err
	}
	h := &hearer{host: u.Host, path: path, came: make(chan url.Values), asks: make(chan func(url.Values) bool, 1)}
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 5 * time.Second, WriteTimeout: 5 * time.Second, MaxHeaderBytes: 32 << 10,
		ErrorLog: log.New(io.Discard, "", 0), // it would quote what strangers send
	}
	go func() { _ = s.Serve(l) }()
	return &back{address: address, expect: func(is func(url.Values) bool) { h.asks <- is }, wait: h.wait, close: func() {
		// Whoever is just being shown the page sees the whole of it.
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if s.Shutdown(ctx) != nil {
			_ = s.Close()
		}
	}}, nil
}

// hearer hears of the person who comes back.
type hearer struct {
	host, path string
	asks       chan func(url.Values) bool // at most one: what those who come must bring
	came       chan url.Values
}

func (h *hearer) wait(ctx context.Context) (url.Values, error) {
	select {
	case got := <-h.came:
		return got, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// ServeHTTP takes the code of one who brings the right state, once, and shows a
// page that says nothing of what was in the address. Whoever else comes, another
// page of the browser perhaps, changes nothing.
func (h *hearer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	head := w.Header()
	for name, value := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
		"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		"Connection":              "close",
	} {
		head.Set(name, value)
	}
	wrong := func(status int) {
		w.WriteHeader(status)
		_, _ = w.Write(wrongPage)
	}
	switch {
	case r.Host != h.host: // a name of somebody that leads to this machine
		wrong(http.StatusMisdirectedRequest)
		return
	case r.Method != http.MethodGet:
		wrong(http.StatusMethodNotAllowed)
		return
	case r.URL.EscapedPath() != h.path:
		wrong(http.StatusNotFound)
		return
	}
	got := r.URL.Query()
	select {
	case is := <-h.asks:
		if !is(got) {
			h.asks <- is // it goes on waiting
			wrong(http.StatusBadRequest)
			return
		}
	default: // nobody waits (any more)
		wrong(http.StatusBadRequest)
		return
	}
	if got.Get("error") != "" || got.Has("denied") {
		wrong(http.StatusOK)
	} else {
		_, _ = w.Write(donePage)
	}
	select {
	case h.came <- got:
	case <-r.Context().Done():
	}
}
