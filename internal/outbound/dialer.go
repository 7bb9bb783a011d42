package outbound

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"golang.org/x/net/idna"

	"editorial/pkg/publish/platform"
)

// dialTimeout is how long one connection may take to be there.
const dialTimeout = 15 * time.Second

// Options say what may be reached besides the public internet, and how.
type Options struct {
	// Servers are the addresses that the office names: "https://HOST[:PORT]/…",
	// or "HOST:PORT" of what is no HTTP.
	Servers []string
	// Environ may name a proxy; "NAME=value".
	Environ []string
	// Resolver looks names up; nil: that of the machine.
	Resolver *net.Resolver
}

// Dialer makes connections to the public internet and to the servers that the
// office names.
type Dialer struct {
	named    map[string]bool // "host:port"
	resolver *net.Resolver
}

// NewDialer returns the dialer of an office. A server whose address cannot be
// read is none.
func NewDialer(opts Options) *Dialer {
	d := &Dialer{named: map[string]bool{}, resolver: opts.Resolver}
	for _, s := range opts.Servers {
		if at := hostPort(s); at != "" {
			d.named[at] = true
		}
	}
	return d
}

// hostPort is the "host:port" of an address, in the form in which they are
// compared; "" if it has none.
func hostPort(address string) string {
	if !strings.Contains(address, "://") {
		host, port, err := net.SplitHostPort(address)
		if err != nil || host == "" {
			return ""
		}
		return same(host, port)
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	return same(u.Hostname(), portOf(u))
}

func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "http":
		return "80"
	}
	return "443"
}

// same is one form for all ways to write a host.
func same(host, port string) string {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if a, err := netip.ParseAddr(host); err == nil {
		host = a.Unmap().String()
	} else if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	return net.JoinHostPort(host, port)
}

// DialContext connects to "HOST:PORT". The error of an address that may not be
// reached is a [platform.Error] of class Permission with the code
// "private-address"; no byte was sent then. It names the host, never the address
// that was found: a stranger who reads it learns nothing of the network within.
func (d *Dialer) DialContext(ctx context.Context, network, at string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(at)
	if err != nil {
		return nil, err
	}
	at = same(host, port)
	named := d.named[at]
	dialer := net.Dialer{
		Timeout: dialTimeout, Resolver: d.resolver,
		ControlContext: func(_ context.Context, _, found string, _ syscall.RawConn) error {
			a, err := netip.ParseAddrPort(found)
			if err != nil || !Public(a.Addr()) && !named || never(a.Addr()) {
				return refused(at)
			}
			return nil
		},
	}
	conn, err := dialer.DialContext(ctx, network, at)
	var known *platform.Error
	if errors.As(err, &known) {
		return nil, known
	}
	return conn, err
}

func refused(at string) error {
	return platform.Refuse(platform.Permission, "private-address", at)
}
