package outbound

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/http/httpproxy"

	"editorial/pkg/publish/platform"
)

const (
	// tlsTimeout is how long TLS may take to be agreed, headTimeout how long the
	// head of an answer is waited for once all of the request is sent.
	tlsTimeout  = 15 * time.Second
	headTimeout = 2 * time.Minute
	// idleTimeout is how long a connection is kept that nobody uses.
	idleTimeout = 90 * time.Second
	// maxHead is the most bytes of the head of an answer.
	maxHead = 64 << 10
	// perHost is how many connections one host has at most: more than calls and
	// uploads go on at once. What was noted as being sent must not wait here.
	perHost = 256
	// perHostIdle is how many of them are kept that nobody uses.
	perHostIdle = 8
)

// NewClient returns the HTTP client of an office, whose connections the dialer
// makes.
func NewClient(d *Dialer, opts Options) *http.Client { return newClient(d, opts, nil) }

// newClient also takes the authorities that certificates are checked by; nil:
// those of the machine.
func newClient(d *Dialer, opts Options, roots *x509.CertPool) *http.Client {
	proxy := proxyOf(opts.Environ)
	dialer := d
	if at := proxy.at(); len(at) > 0 {
		dialer = NewDialer(Options{Servers: append(at, opts.Servers...), Resolver: d.resolver})
	}
	t := &http.Transport{
		Proxy: func(r *http.Request) (*url.URL, error) { return proxy.of(r.URL) }, DialContext: dialer.DialContext,
		TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots},
		TLSHandshakeTimeout: tlsTimeout, ResponseHeaderTimeout: headTimeout, IdleConnTimeout: idleTimeout,
		MaxResponseHeaderBytes: maxHead, MaxConnsPerHost: perHost, MaxIdleConnsPerHost: perHostIdle,
		DisableCompression: true, Protocols: new(http.Protocols),
	}
	t.Protocols.SetHTTP1(true)
	return &http.Client{
		Transport:     &once{by: t, named: d, proxy: proxy},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// once is a transport that refuses what must not leave, and lets nothing be
// sent twice.
type once struct {
	by    http.RoundTripper
	named *Dialer
	proxy proxies
}

// RoundTrip sends a request.
func (o *once) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := o.refuse(r.URL); err != nil {
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, err
	}
	// net/http repeats on its own what it can read again, and what has no body but
	// a header of these names, in this very spelling.
	r = r.Clone(r.Context())
	r.GetBody = nil
	for _, name := range []string{"Idempotency-Key", "X-Idempotency-Key"} {
		if v, ok := r.Header[name]; ok {
			delete(r.Header, name)
			r.Header[strings.ToLower(name)] = v
		}
	}
	return o.by.RoundTrip(r)
}

// CloseIdleConnections closes what nobody uses.
func (o *once) CloseIdleConnections() {
	if t, ok := o.by.(*http.Transport); ok {
		t.CloseIdleConnections()
	}
}

func (o *once) refuse(u *url.URL) error {
	at := same(u.Hostname(), portOf(u))
	switch {
	case u.User != nil:
		return platform.Refuse(platform.Permission, "password-in-address", at)
	case u.Scheme == "http" && !o.named.named[at]:
		return platform.Refuse(platform.Permission, "not-https", at)
	}
	by, err := o.proxy.of(u)
	if err != nil {
		return platform.Refuse(platform.Temporary, "proxy", at)
	}
	if a, err := netip.ParseAddr(u.Hostname()); by != nil && err == nil && !o.named.named[at] && !Public(a) {
		return refused(at)
	}
	return nil
}

// proxies are those that the environment names.
type proxies struct{ by httpproxy.Config }

func proxyOf(environ []string) proxies {
	var c httpproxy.Config
	for _, kv := range environ {
		name, value, _ := strings.Cut(kv, "=")
		switch name {
		case "HTTP_PROXY", "http_proxy":
			c.HTTPProxy = value
		case "HTTPS_PROXY", "https_proxy":
			c.HTTPSProxy = value
		case "NO_PROXY", "no_proxy":
			c.NoProxy = value
		case "REQUEST_METHOD":
			c.CGI = value != ""
		}
	}
	return proxies{c}
}

func (p proxies) of(u *url.URL) (*url.URL, error) { return p.by.ProxyFunc()(u) }

// at are the addresses of the proxies.
func (p proxies) at() []string {
	var all []string
	for _, x := range []string{p.by.HTTPProxy, p.by.HTTPSProxy} {
		if x == "" {
			continue
		}
		if !strings.Contains(x, "://") {
			x = "http://" + x
		}
		if u, err := url.Parse(x); err == nil && u.Hostname() != "" {
			port := u.Port()
			switch {
			case port != "":
			case strings.HasPrefix(u.Scheme, "socks5"):
				port = "1080"
			default:
				port = portOf(u)
			}
			all = append(all, net.JoinHostPort(u.Hostname(), port))
		}
	}
	return all
}
