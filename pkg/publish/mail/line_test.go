package mail_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/mail"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// password is that of the account, as a server knows it.
const password = "s3kr3t-passwort"

// proved is an account with a password.
type proved string

func (p proved) Token(context.Context) (platform.Token, error) {
	return platform.Token{Access: platform.Hidden(p)}, nil
}

func (p proved) Renew(ctx context.Context, _ platform.Token, _ func(context.Context, platform.Token) (platform.Token, error)) (platform.Token, error) {
	return p.Token(ctx)
}

func account(word string) platform.Account {
	return platform.Account{Name: "lettre", Credentials: proved(word)}
}

// certificate is one of this machine, and who vouches for it.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	t.Cleanup(s.Close)
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return &tls.Config{Certificates: s.TLS.Certificates}, &tls.Config{RootCAs: pool}
}

func TestLine_protection(t *testing.T) {
	t.Parallel()
	safe, trusting := certificate(t)
	for _, tt := range []struct {
		name       string
		server     *tls.Config
		implicit   bool
		security   mail.Security
		trust      *tls.Config
		mechanisms []string
		account    platform.Account
		class      platform.Class // "" is a mail that arrives
		code       string
	}{
		{"TLS, PLAIN", safe, true, mail.TLS, trusting, []string{"PLAIN"}, account(password), "", ""},
		{"TLS, LOGIN", safe, true, mail.TLS, trusting, []string{"LOGIN"}, account(password), "", ""},
		{"STARTTLS, PLAIN", safe, false, mail.StartTLS, trusting, []string{"PLAIN", "LOGIN"}, account(password), "", ""},
		{"a wrong password", safe, true, mail.TLS, trusting, []string{"PLAIN"}, account("wr0ng-passwort"), platform.Auth, "auth"},
		{"a wrong password, LOGIN", safe, false, mail.StartTLS, trusting, []string{"LOGIN"}, account("wr0ng-passwort"), platform.Auth, "auth"},
		{"a server that cannot ask", safe, true, mail.TLS, trusting, []string{"PLAIN"}, account("wait"), platform.Temporary, "auth"},
		{"no account", safe, true, mail.TLS, trusting, []string{"PLAIN"}, platform.Account{}, platform.Permission, "mail"},
		{"no password", safe, true, mail.TLS, trusting, []string{"PLAIN"}, platform.Account{Name: "lettre"}, platform.Auth, "no-password"},
		{"no way to log in", safe, true, mail.TLS, trusting, []string{"CRAM-MD5"}, account(password), platform.Auth, "no-mechanism"},
		{"nobody vouches", safe, true, mail.TLS, nil, []string{"PLAIN"}, account(password), platform.Auth, "certificate"},
		{"nobody vouches, STARTTLS", safe, false, mail.StartTLS, nil, []string{"PLAIN"}, account(password), platform.Auth, "certificate"},
		{"STARTTLS is not there", nil, false, mail.StartTLS, trusting, []string{"PLAIN"}, account(password), platform.Auth, "no-starttls"},
		{"TLS is not there", nil, false, mail.TLS, trusting, []string{"PLAIN"}, account(password), platform.Temporary, "tls"},
		{"a password in the open", nil, false, mail.None, nil, []string{"PLAIN"}, account(password), platform.Auth, "auth-needs-tls"},
		{"no such protection", nil, false, "", nil, []string{"PLAIN"}, account(password), platform.Auth, "not-loopback"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, &server{password: password, mechanisms: tt.mechanisms}, func(srv *smtp.Server) {
				srv.TLSConfig, srv.AllowInsecureAuth = tt.server, true
				if tt.implicit {
					srv.Addr = "tls"
				}
			})
			set := settings(s, readers())
			set.Security, set.TLS = tt.security, tt.trust
			said := record{}
			p := mail.New(tt.account, set, &said)
			j := job(t, edition(1, readers()...))
			r, err := p.Commit(t.Context(), j)
			if tt.class == "" {
				if err != nil || r.ID == "" || len(s.box(readers()[2])) != 1 {
					t.Fatalf("%+v %v", r, err)
				}
				if st, err := p.Check(t.Context()); err != nil || st.Account != "lettre" {
					t.Errorf("%+v %v", st, err)
				}
			} else {
				e := platform.As(err)
				if err == nil || e.Class != tt.class || e.Code != tt.code {
					t.Errorf("%v, want %s %s", err, tt.class, tt.code)
				}
				if len(s.boxes) != 0 {
					t.Error("it was sent")
				}
				if _, cerr := p.Check(t.Context()); (cerr == nil) != (tt.code == "mail") {
					t.Errorf("check: %v", cerr)
				}
			}
			for _, secret := range []string{password, "wr0ng", "bGV0dHJl", "d3IwbmctcGFzc3dvcnQ"} {
				if err != nil && strings.Contains(err.Error(), secret) || strings.Contains(said.String(), secret) {
					t.Errorf("%q is said: %v", secret, err)
				}
			}
		})
	}
}

// record is a dialer that keeps what is said in the open.
type record struct{ strings.Builder }

func (r *record) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &recorded{conn, r}, nil
}

type recorded struct {
	net.Conn
	to *record
}

func (r *recorded) Write(p []byte) (int, error) {
	r.to.Builder.Write(p)
	return r.Conn.Write(p)
}

func TestLine_noneIsForThisMachine(t *testing.T) {
	t.Parallel()
	set := mail.Settings{Host: "mail.example", Port: 25, Security: mail.None, To: readers()}
	dialed := false
	_, err := mail.New(platform.Account{}, set, dialer(func(string) (net.Conn, error) {
		dialed = true
		return nil, errReset
	})).Commit(t.Context(), job(t, edition(1, readers()...)))
	if platform.As(err).Code != "not-loopback" || dialed {
		t.Errorf("%v, dialed: %t", err, dialed)
	}
	set.Host = "localhost" // that somebody made another machine
	away, _ := net.Pipe()
	_, err = mail.New(platform.Account{}, set, dialer(func(string) (net.Conn, error) {
		return remote{away}, nil
	})).Commit(t.Context(), job(t, edition(1, readers()...)))
	if platform.As(err).Code != "not-loopback" {
		t.Error(err)
	}
}

type dialer func(address string) (net.Conn, error)

func (d dialer) DialContext(_ context.Context, _, address string) (net.Conn, error) {
	return d(address)
}

// remote is a connection to somewhere else.
type remote struct{ net.Conn }

func (remote) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 25} }

// scripted is a server that says these lines, one after each that it hears. An
// empty one says nothing for ever.
func scripted(t *testing.T, greeting string, answers func(command string) string) dialer {
	t.Helper()
	return func(string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		t.Cleanup(func() { theirs.Close() })
		go func() {
			defer theirs.Close()
			if _, err := theirs.Write([]byte(greeting)); err != nil {
				return
			}
			for in := bufio.NewReader(theirs); ; {
				command, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if _, err := theirs.Write([]byte(answers(command))); err != nil {
					return
				}
			}
		}()
		return ours, nil
	}
}

func TestLine_hostileServers(t *testing.T) {
	t.Parallel()
	set := mail.Settings{Host: "localhost", Port: 25, Security: mail.None, To: readers()}
	for name, d := range map[string]dialer{
		"endless line":    scripted(t, "220 "+strings.Repeat("x", 1<<20), nil),
		"endless answer":  scripted(t, "220 hi\r\n", func(string) string { return strings.Repeat("250-x\r\n", 1<<18) }),
		"no mail at all":  scripted(t, "HTTP/1.1 400 Bad Request\r\n\r\n", func(string) string { return "" }),
		"another number":  scripted(t, "999999999999999999999 hi\r\n", func(string) string { return "" }),
		"too small":       scripted(t, "220 hi\r\n", func(string) string { return "250-hi\r\n250 SIZE 10\r\n" }),
		"says bad things": scripted(t, "554 \x1b]0;owned\x07 <script>\r\n", func(string) string { return "" }),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := mail.New(platform.Account{}, set, d).Commit(t.Context(), job(t, edition(1, readers()...)))
			if err == nil || platform.ClassOf(err) == platform.Uncertain || strings.Contains(platform.As(err).Detail, "\x1b") {
				t.Errorf("%q", err)
			}
		})
	}
}

func TestCommit_addressesBeyondASCII(t *testing.T) {
	t.Parallel()
	to := []string{"ève@lecteurs.example", "bo@bücher.example", `"a b"@lecteurs.example`}
	for _, utf8 := range []bool{true, false} {
		s := serve(t, &server{}, func(srv *smtp.Server) { srv.EnableSMTPUTF8 = utf8 })
		var last platform.Handle
		post := edition(1, to...)
		end := publishtest.Drive(t.Context(), spy{mail.New(platform.Account{}, settings(s, to), &line{}), &last}, job(t, post), nil)
		if end.State != journal.Published {
			t.Fatalf("%+v: %v", end, end.Last)
		}
		got := fmt.Sprint(len(s.box("ève@lecteurs.example")), len(s.box("bo@xn--bcher-kva.example")), len(s.box("a b@lecteurs.example")))
		want, refused := "1 1 1", 0
		if !utf8 {
			want, refused = "0 1 1", 1
		}
		if _, tally, _ := mail.Read(last); got != want || tally.Refused != refused {
			t.Errorf("SMTPUTF8 %t: %s, want %s; %+v", utf8, got, want, tally)
		}
		if all := s.box("a b@lecteurs.example"); header(t, all[0], "To") != `<"a b"@lecteurs.example>` {
			t.Errorf("%s", all[0])
		}
	}
}
