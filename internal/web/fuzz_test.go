package web_test

import (
	"net"
	"net/netip"
	"strings"
	"testing"

	"editorial/internal/web"
)

// FuzzAnswers: without leave the server answers to this machine alone, however
// its name is written; with leave to addresses and the name that was given.
func FuzzAnswers(f *testing.F) {
	for _, s := range []string{"localhost", "LOCALHOST.:80", "127.0.0.1:8080", "[::1]:1", "::1", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:localhost", "[::ffff:127.0.0.1]", "x.localhost", "0.0.0.0", "", ":80", "192.168.0.1:80", "office.example"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, header string) {
		host, _, err := net.SplitHostPort(header)
		if err != nil {
			host = header
		}
		bare := strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
		ip, err := netip.ParseAddr(bare)
		name := strings.TrimSuffix(strings.ToLower(bare), ".")
		here := err == nil && ip.Unmap().IsLoopback() || name == "localhost" || strings.HasSuffix(name, ".localhost")
		if got := (web.Hosts{Name: "office.example"}).Answers(header); got != here {
			t.Errorf("%q: %v", header, got)
		}
		if got := (web.Hosts{Name: "office.example", Remote: true}).Answers(header); got != (here || err == nil || strings.EqualFold(bare, "office.example")) {
			t.Errorf("remote, %q: %v", header, got)
		}
	})
}
