package outbound_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"editorial/internal/outbound"
	"editorial/pkg/publish/platform"
)

func TestFetch(t *testing.T) {
	t.Parallel()
	within := forbidden(t)
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/page":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, "0123456789")
		case "/stream": // says no length
			w.(http.Flusher).Flush()
			fmt.Fprint(w, strings.Repeat("x", 1000))
		case "/once":
			http.Redirect(w, r, "/page#part", http.StatusFound)
		case "/for-ever":
			http.Redirect(w, r, "/for-ever", http.StatusFound)
		case "/down":
			http.Redirect(w, r, "http://"+r.Host+"/page", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/within":
			http.Redirect(w, r, "https://127.0.0.1:"+within+"/", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	}))
	defer s.Close()
	c := clientOf(t, s)
	for _, tt := range []struct {
		path   string
		limits outbound.Limits
		code   string // of the error; "" where there is none
	}{
		{"/page", outbound.Limits{Bytes: 10}, ""},
		{"/page", outbound.Limits{Bytes: 10, Types: []string{"text/html"}}, ""},
		{"/page", outbound.Limits{Bytes: 9}, "too-long"},
		{"/page", outbound.Limits{Bytes: 10, Types: []string{"image/png"}}, "type"},
		{"/stream", outbound.Limits{Bytes: 999}, "too-long"},
		{"/once", outbound.Limits{Bytes: 10}, ""},
		{"/for-ever", outbound.Limits{Bytes: 10}, "too-many-redirects"},
		{"/down", outbound.Limits{Bytes: 10}, "not-https"},
		{"/file", outbound.Limits{Bytes: 10}, "redirect"},
		{"/within", outbound.Limits{Bytes: 10}, "private-address"},
		{"/missing", outbound.Limits{Bytes: 10}, "404"},
	} {
		got, err := outbound.Fetch(t.Context(), c, s.URL+tt.path, tt.limits)
		var e *platform.Error
		switch {
		case tt.code == "" && (err != nil || string(got.Body) != "0123456789" || got.Type != "text/html" || got.URL != s.URL+"/page"):
			t.Errorf("%s: %+v, %v", tt.path, got, err)
		case tt.code != "" && (!errors.As(err, &e) || e.Code != tt.code && fmt.Sprint(e.Status) != tt.code || got.Body != nil):
			t.Errorf("%s: %v, want %s", tt.path, err, tt.code)
		}
	}
}

// TestFetchIf_asksForWhatHasChanged: by what the server itself called it, a redirect
// away too; one that never heard of versions gives it all again.
func TestFetchIf_asksForWhatHasChanged(t *testing.T) {
	t.Parallel()
	body, long := "one", strings.Repeat("x", 2<<10)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/feed", http.StatusMovedPermanently)
			return
		case "/plain":
			if r.Header.Get("If-None-Match") != "" {
				t.Error("it was asked for a version that it never named")
			}
		case "/long":
			w.Header().Set("ETag", long)
		default:
			w.Header().Set("ETag", `"`+body+`"`)
			if r.Header.Get("If-None-Match") == `"`+body+`"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		_, _ = io.WriteString(w, body)
	})
	get := func(path string, known outbound.Version) outbound.Download {
		t.Helper()
		got, err := outbound.FetchIf(t.Context(), clientOf(t, s), s.URL+path, outbound.Limits{Bytes: 100}, known)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, path := range []string{"/feed", "/moved"} {
		body = "one"
		first := get(path, outbound.Version{})
		if string(first.Body) != "one" || first.Same {
			t.Errorf("%s: %+v", path, first)
		}
		if again := get(path, first.Version); !again.Same || again.Body != nil || again.Version != first.Version {
			t.Errorf("%s: %+v", path, again)
		}
		body = "two"
		if changed := get(path, first.Version); changed.Same || string(changed.Body) != "two" || changed.Version == first.Version {
			t.Errorf("%s: %+v", path, changed)
		}
	}
	for _, path := range []string{"/plain", "/long"} {
		if got := get(path, get(path, outbound.Version{}).Version); got.Same || string(got.Body) != "two" || got.Version != (outbound.Version{}) {
			t.Errorf("%s: %+v", path, got)
		}
	}
}
