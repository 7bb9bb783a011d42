package web

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Hosts says to which names the server answers. A page of the web can have its
// own name point at this machine and then read what is served here as if it
// were its own (DNS rebinding); it cannot do so with an address, nor with a
// name that is not its own.
type Hosts struct {
	// Remote lets other machines in: then every address is good, and Name.
	Remote bool
	// Name is the name that a person gave, or "".
	Name string
}

// ErrRemote is returned by [Listen] for an address that other machines reach.
var ErrRemote = errors.New("an address that other machines reach")

// Listen listens at an address ("127.0.0.1:8080", port 0 for any that is
// free). It refuses one that other machines reach, unless remote is set.
func Listen(addr string, remote bool) (net.Listener, Hosts, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, Hosts{}, err
	}
	if !remote && !loopback(host) {
		return nil, Hosts{}, ErrRemote
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, Hosts{}, err
	}
	if a, ok := l.Addr().(*net.TCPAddr); ok && !remote && !a.IP.IsLoopback() {
		l.Close() // a name that says localhost and means something else
		return nil, Hosts{}, ErrRemote
	}
	return l, Hosts{Remote: remote, Name: host}, nil
}

// loopback reports whether a host means this machine and no other.
func loopback(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.Unmap().IsLoopback()
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// Answers reports whether the server answers to a Host header.
func (h Hosts) Answers(header string) bool {
	host := header
	if name, _, err := net.SplitHostPort(header); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if loopback(host) {
		return true
	}
	if !h.Remote {
		return false
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	return h.Name != "" && strings.EqualFold(host, h.Name)
}

// Guard turns away requests to other names, and gives every answer the headers
// that keep it out of other people's pages.
func (h Hosts) Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("X-Robots-Tag", "noindex")
		head.Set("Content-Security-Policy", filePolicy)
		if !h.Answers(r.Host) {
			http.Error(w, "This server does not answer to that name.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
