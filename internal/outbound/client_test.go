package outbound_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"editorial/internal/outbound"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/wire"
)

// clientOf returns a client to which the server is one that the office names.
func clientOf(t *testing.T, s *httptest.Server, more ...string) *http.Client {
	t.Helper()
	opts := outbound.Options{Servers: append(more, s.URL)}
	var roots *x509.CertPool
	if s.TLS != nil {
		roots = x509.NewCertPool()
		roots.AddCert(s.Certificate())
	}
	c := outbound.NewClientWith(outbound.NewDialer(opts), opts, roots)
	t.Cleanup(c.CloseIdleConnections)
	return c
}

func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func TestClient_addsNothingOfItsOwn(t *testing.T) {
	t.Parallel()
	var seen []*http.Request
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r)
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "you"})
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	})
	c := clientOf(t, s)
	for range 2 {
		a, err := wire.Do(t.Context(), c, wire.Get(s.URL+"/"))
		if err != nil || a.Status != http.StatusFound {
			t.Fatalf("%d, %v", a.Status, err)
		}
	}
	if len(seen) != 2 {
		t.Fatalf("%d requests for two: a redirect was followed", len(seen))
	}
	for _, name := range []string{"Cookie", "Accept-Encoding", "Referer", "Authorization"} {
		if v := seen[1].Header.Get(name); v != "" {
			t.Errorf("%s: %s", name, v)
		}
	}
	if seen[1].Proto != "HTTP/1.1" {
		t.Errorf("spoke %s", seen[1].Proto)
	}
}

func TestClient_refusesBeforeAByteLeaves(t *testing.T) {
	t.Parallel()
	s := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the request arrived") })
	opts := outbound.Options{Servers: []string{"https://other.example"}}
	c := outbound.NewClient(outbound.NewDialer(opts), opts)
	for address, code := range map[string]string{
		"http://example.org/":                                  "not-https",
		"http://other.example/":                                "not-https", // named with https
		"https://user:pass@other.example/":                     "password-in-address",
		strings.Replace(s.URL, "http://", "https://", 1) + "/": "private-address",
		"https://169.254.169.254/latest/meta-data":             "private-address",
	} {
		_, err := wire.Do(t.Context(), c, wire.Raw(http.MethodPost, address, "text/plain", []byte("x")))
		if codeOf(err) != code {
			t.Errorf("%s: %v", address, err)
		}
		if err != nil && strings.Contains(err.Error(), "pass@") {
			t.Errorf("%s: the error tells the password", address)
		}
	}
}

// TestClient_sendsNothingTwice: a server that takes a request on a connection
// that it has used before, and hangs up without an answer.
func TestClient_sendsNothingTwice(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var mu sync.Mutex
	var posts int
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				in := bufio.NewReader(c)
				for {
					r, err := http.ReadRequest(in)
					if err != nil {
						return
					}
					_, _ = io.Copy(io.Discard, r.Body)
					if r.Method == http.MethodPost {
						mu.Lock()
						posts++
						mu.Unlock()
						return
					}
					_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
				}
			}()
		}
	}()
	address := "http://" + l.Addr().String() + "/"
	opts := outbound.Options{Servers: []string{address}}
	c := outbound.NewClient(outbound.NewDialer(opts), opts)
	defer c.CloseIdleConnections()
	for n, body := range []string{"", "text"} {
		if _, err := wire.Do(t.Context(), c, wire.Get(address)); err != nil {
			t.Fatal(err)
		}
		req := wire.Raw(http.MethodPost, address, "text/plain", []byte(body)).With("Idempotency-Key", "k").With("X-Idempotency-Key", "k")
		if body == "" {
			req.Body, req.Size = nil, 0
		}
		_, err := wire.Do(t.Context(), c, req)
		if platform.ClassOf(err) != platform.Uncertain {
			t.Errorf("%q: %v", body, err)
		}
		mu.Lock()
		if posts != n+1 {
			t.Errorf("%q: sent %d times", body, posts-n)
		}
		mu.Unlock()
	}
}

func TestClient_keepsTheIdempotencyKey(t *testing.T) {
	t.Parallel()
	var got atomic.Value
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) { got.Store(r.Header.Get("Idempotency-Key")) })
	if _, err := wire.Do(t.Context(), clientOf(t, s), wire.Raw(http.MethodPost, s.URL, "text/plain", []byte("x")).With("Idempotency-Key", "k1")); err != nil {
		t.Fatal(err)
	}
	if got.Load() != "k1" {
		t.Errorf("the header arrived as %v", got.Load())
	}
}

func TestClient_wantsGoodTLS(t *testing.T) {
	t.Parallel()
	start := func(c *tls.Config) *httptest.Server {
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		s.TLS = c
		s.Config.ErrorLog = log.New(io.Discard, "", 0)
		s.StartTLS()
		t.Cleanup(s.Close)
		return s
	}
	good, old := start(&tls.Config{}), start(&tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10})
	if _, err := wire.Do(t.Context(), clientOf(t, good), wire.Get(good.URL)); err != nil {
		t.Errorf("a good server: %v", err)
	}
	if _, err := wire.Do(t.Context(), clientOf(t, old), wire.Get(old.URL)); platform.ClassOf(err) != platform.Temporary {
		t.Errorf("TLS 1.1: %v", err)
	}
	opts := outbound.Options{Servers: []string{good.URL}}
	if _, err := wire.Do(t.Context(), outbound.NewClient(outbound.NewDialer(opts), opts), wire.Get(good.URL)); err == nil {
		t.Error("a certificate of nobody is taken")
	}
}

func TestClient_boundsTheHead(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-Long", strings.Repeat("x", 100<<10)) })
	if _, err := wire.Do(t.Context(), clientOf(t, s), wire.Get(s.URL)); platform.ClassOf(err) != platform.Uncertain {
		t.Errorf("a head of 100 KiB: %v", err)
	}
}

func TestClient_endsWithItsContext(t *testing.T) {
	t.Parallel()
	arrived, over := make(chan bool), make(chan bool)
	s := serve(t, func(http.ResponseWriter, *http.Request) { arrived <- true; <-over })
	defer close(over)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	if _, err := wire.Do(ctx, clientOf(t, s), wire.Get(s.URL)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestClient_takesAProxyThatIsNamed(t *testing.T) {
	t.Parallel()
	var asked []string
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.Host)
		w.WriteHeader(http.StatusForbidden)
	})
	client := func(environ ...string) *http.Client {
		opts := outbound.Options{Environ: environ}
		return outbound.NewClient(outbound.NewDialer(opts), opts)
	}
	with := client("HTTPS_PROXY="+proxy.URL, "NO_PROXY=direct.test")
	if _, err := wire.Do(t.Context(), with, wire.Get("https://platform.test/")); platform.ClassOf(err) != platform.Temporary {
		t.Errorf("through the proxy: %v", err)
	}
	if _, err := wire.Do(t.Context(), with, wire.Get("https://10.0.0.1/")); codeOf(err) != "private-address" {
		t.Errorf("an address within, through the proxy: %v", err)
	}
	if len(asked) != 1 || asked[0] != "CONNECT platform.test:443" {
		t.Errorf("the proxy was asked %q", asked)
	}
}
