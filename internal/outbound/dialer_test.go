package outbound_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"

	"editorial/internal/outbound"
	"editorial/pkg/publish/platform"
)

// listen returns the port of a listener on the loopback that counts nobody: the
// test fails when somebody comes.
func forbidden(t *testing.T) (port string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		if c, err := l.Accept(); err == nil {
			t.Errorf("somebody came: %v", c.RemoteAddr())
			c.Close()
		}
	}()
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return port
}

func codeOf(err error) string {
	var e *platform.Error
	if errors.As(err, &e) && e.Class == platform.Permission {
		return e.Code
	}
	return ""
}

func TestDialer_refusesWhatIsNotPublic(t *testing.T) {
	t.Parallel()
	port := forbidden(t)
	dns := &names{knows: map[string][]string{
		"within.test.": {"10.1.2.3"}, "self.test.": {"127.0.0.1"}, "cloud.test.": {"169.254.169.254"}, "six.test.": {"::1"},
		"mapped.test.": {"::ffff:127.0.0.1"}, "nat64.test.": {"64:ff9b::7f00:1"}, "six2four.test.": {"2002:7f00:1::1"},
	}}
	d := outbound.NewDialer(outbound.Options{Servers: []string{"http://127.0.0.1:1/", "https://named.test"}, Resolver: dns.resolver(t)})
	for _, host := range []string{
		"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]", "10.0.0.1", "169.254.169.254", "[fe80::1%lo]",
		"within.test", "self.test", "SELF.test.", "cloud.test", "six.test", "mapped.test", "nat64.test", "six2four.test",
		"localhost", "224.0.0.1", "100.64.0.1",
	} {
		c, err := d.DialContext(t.Context(), "tcp", host+":"+port)
		if err == nil {
			c.Close()
		}
		if codeOf(err) != "private-address" {
			t.Errorf("%s: %v", host, err)
		} else if strings.Contains(err.Error(), "10.1.2.3") {
			t.Errorf("%s: the error tells where it leads: %v", host, err)
		}
	}
}

// TestDialer_checksTheAddressThatIsDialled: a name that led to the public
// internet when somebody looked, and leads within when it is dialled.
func TestDialer_checksTheAddressThatIsDialled(t *testing.T) {
	t.Parallel()
	port := forbidden(t)
	dns := &names{knows: map[string][]string{"rebind.test.": {"93.184.216.34", "127.0.0.1"}}}
	r := dns.resolver(t)
	before, err := r.LookupNetIP(t.Context(), "ip4", "rebind.test")
	if err != nil || !outbound.Public(before[0]) {
		t.Fatalf("the trap is not set: %v, %v", before, err)
	}
	c, err := outbound.NewDialer(outbound.Options{Resolver: r}).DialContext(t.Context(), "tcp", "rebind.test:"+port)
	if err == nil {
		c.Close()
	}
	if codeOf(err) != "private-address" {
		t.Errorf("dialled: %v", err)
	}
	if dns.asked < 2 {
		t.Errorf("the name was looked up %d times: the trap did not close", dns.asked)
	}
}

func TestDialer_reachesServersThatTheOfficeNames(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	dns := &names{knows: map[string][]string{"cms.test.": {"127.0.0.1"}, "xn--rdaction-b1a.test.": {"127.0.0.1"}}}
	for server, at := range map[string]string{
		"http://127.0.0.1:" + port + "/":           "127.0.0.1:" + port,
		"http://[::ffff:127.0.0.1]:" + port:        "127.0.0.1:" + port,
		"127.0.0.1:" + port:                        "[::ffff:127.0.0.1]:" + port,
		"https://CMS.test:" + port + "/wp-json":    "cms.test.:" + port,
		"https://rédaction.test:" + port + "/path": "rédaction.test:" + port,
	} {
		d := outbound.NewDialer(outbound.Options{Servers: []string{server}, Resolver: dns.resolver(t)})
		c, err := d.DialContext(t.Context(), "tcp", at)
		if err != nil {
			t.Errorf("%s, %s: %v", server, at, err)
			continue
		}
		c.Close()
		// The next port is another server.
		if c, err := d.DialContext(t.Context(), "tcp", "127.0.0.1:1"); codeOf(err) != "private-address" {
			t.Errorf("%s: port 1: %v", server, err)
			if err == nil {
				c.Close()
			}
		}
	}
}

func TestDialer_namesNobodyNever(t *testing.T) {
	t.Parallel()
	d := outbound.NewDialer(outbound.Options{Servers: []string{"http://0.0.0.0:1", "http://224.0.0.1:1", "http://[::]:1", "", "http://", "nonsense", ":1"}})
	for _, at := range []string{"0.0.0.0:1", "224.0.0.1:1", "[::]:1", ":1"} {
		c, err := d.DialContext(t.Context(), "tcp", at)
		if err == nil {
			c.Close()
		}
		if codeOf(err) != "private-address" {
			t.Errorf("%s: %v", at, err)
		}
	}
}

func TestDialer_stopsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := outbound.NewDialer(outbound.Options{}).DialContext(ctx, "tcp", "192.0.2.1:1"); err == nil {
		t.Error("a context that ended connects")
	}
}
