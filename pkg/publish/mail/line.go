package mail

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"editorial/pkg/publish/platform"
)

// Security is how the line to a server is protected.
type Security string

const (
	TLS      Security = "tls"      // from the start
	StartTLS Security = "starttls" // by the command, which the server must know
	// None is for servers on this machine alone, and without a password.
	None Security = "none"
)

// Dialer opens connections: a *net.Dialer.
type Dialer interface {
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
}

// How long a server may take: RFC 5321, section 4.5.3.2. It is not shortened for
// the answer after the final dot, because nobody knows then what became of the
// mail.
const (
	commandTime = 5 * time.Minute
	finalTime   = 10 * time.Minute
	// one is how long one recipient may take in all, leaving how long QUIT may.
	oneTime     = 20 * time.Minute
	leavingTime = 5 * time.Second
)

// maxTalk is the most bytes that a server may say on one connection.
const maxTalk = 1 << 20

// line is a connection to the server, ready for mails.
type line struct {
	client *smtp.Client
	conn   net.Conn
	// most is the longest mail that the server takes, in bytes; 0: it does not
	// say. bit8 and utf8 are whether it takes text, and addresses, beyond ASCII.
	most       int
	bit8, utf8 bool
}

// dial opens a line: connection, greeting, TLS, AUTH. Nothing of a mail was said
// when it fails.
func (p *Publisher) dial(ctx context.Context) (*line, error) {
	s := p.settings
	if err := p.allowed(); err != nil {
		return nil, err
	}
	raw, err := p.via.DialContext(ctx, "tcp", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)))
	if err != nil {
		return nil, &platform.Error{Class: platform.Temporary, Code: "connect", Err: err}
	}
	conn := net.Conn(&bounded{Conn: raw, left: maxTalk})
	end := context.AfterFunc(ctx, func() { _ = raw.Close() })
	defer end()
	if at, ok := raw.RemoteAddr().(*net.TCPAddr); ok && s.Security == None && !at.IP.IsLoopback() {
		_ = raw.Close()
		return nil, platform.Refuse(platform.Auth, "not-loopback", "")
	}
	l, err := p.greet(ctx, conn)
	if err != nil {
		_ = raw.Close()
		return nil, err
	}
	return l, nil
}

// allowed refuses what would show a password to everybody.
func (p *Publisher) allowed() error {
	s := p.settings
	switch {
	case s.Host == "" || s.Port == 0:
		return platform.Refuse(platform.Auth, "no-server", "")
	case s.Security == TLS || s.Security == StartTLS:
		return nil
	case s.Security != None || !loopback(s.Host):
		return platform.Refuse(platform.Auth, "not-loopback", "")
	case p.account.Name != "":
		return platform.Refuse(platform.Auth, "auth-needs-tls", "")
	}
	return nil
}

// loopback reports whether a host is this machine by its name.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// greet says hello in the way that the security wants, and logs in.
func (p *Publisher) greet(ctx context.Context, conn net.Conn) (*line, error) {
	s := p.settings
	conf := &tls.Config{}
	if s.TLS != nil {
		conf = s.TLS.Clone()
	}
	conf.ServerName, conf.MinVersion = s.Host, tls.VersionTLS12
	l := &line{conn: conn}
	switch s.Security {
	case TLS:
		safe := tls.Client(conn, conf)
		if err := safe.HandshakeContext(ctx); err != nil {
			return nil, tlsError(err)
		}
		l.client = smtp.NewClient(safe)
	case StartTLS:
		client, err := smtp.NewClientStartTLS(conn, conf)
		if err != nil {
			return nil, startError(err)
		}
		l.client = client
	default:
		l.client = smtp.NewClient(conn)
	}
	l.client.CommandTimeout, l.client.SubmissionTimeout = commandTime, finalTime
	if err := l.client.Hello(ourName); err != nil {
		if s.Security == StartTLS { // the handshake comes with the first command
			return nil, tlsError(err)
		}
		return nil, early("hello", err)
	}
	if most, ok := l.client.MaxMessageSize(); ok {
		l.most = most
	}
	l.bit8, _ = l.client.Extension("8BITMIME")
	l.utf8, _ = l.client.Extension("SMTPUTF8")
	return l, p.login(ctx, l)
}

// ourName is what we call ourselves: a program behind a submission server has no
// name of its own, and that of the machine is nobody's business.
const ourName = "localhost"

// login proves who we are, if there is an account.
func (p *Publisher) login(ctx context.Context, l *line) error {
	user := p.account.Name
	if user == "" {
		return nil
	}
	if _, ok := l.client.TLSConnectionState(); !ok {
		return platform.Refuse(platform.Auth, "auth-needs-tls", "")
	}
	if p.account.Credentials == nil {
		return platform.Refuse(platform.Auth, "no-password", "")
	}
	token, err := p.account.Credentials.Token(ctx)
	if err != nil {
		return err
	}
	secret := token.Access.Reveal()
	var way sasl.Client
	switch {
	case l.client.SupportsAuth(sasl.Plain):
		way = sasl.NewPlainClient("", user, secret)
	case l.client.SupportsAuth(sasl.Login):
		way = &login{said: []string{user, secret}}
	default:
		return platform.Refuse(platform.Auth, "no-mechanism", "")
	}
	if err := l.client.Auth(way); err != nil {
		e := early("auth", err)
		if e.Status >= 500 {
			e.Class = platform.Auth
		}
		e.Detail = hide(e.Detail, secret, "\x00"+user+"\x00"+secret)
		return e
	}
	return nil
}

// hide takes secrets, as they are and in base64, out of what a server says.
func hide(text string, secrets ...string) string {
	for _, s := range secrets {
		if s != "" {
			text = strings.NewReplacer(s, "***", base64.StdEncoding.EncodeToString([]byte(s)), "***").Replace(text)
		}
	}
	return text
}

// login is AUTH LOGIN, whatever the prompts say: name, then password.
type login struct{ said []string }

// Start names the mechanism.
func (*login) Start() (mech string, first []byte, err error) { return "LOGIN", nil, nil }

// Next answers a prompt.
func (l *login) Next([]byte) ([]byte, error) {
	if len(l.said) == 0 {
		return nil, errors.New("the server asks for more than name and password")
	}
	next := l.said[0]
	l.said = l.said[1:]
	return []byte(next), nil
}

// tlsError is a handshake that failed: a certificate that nobody vouches for is
// for a person.
func tlsError(err error) *platform.Error {
	var bad *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	if errors.As(err, &bad) || errors.As(err, &unknown) || errors.As(err, &name) {
		return &platform.Error{Class: platform.Auth, Code: "certificate", Err: err}
	}
	return early("tls", err)
}

// startError is a STARTTLS that failed. A server that does not know it, or
// refuses it, gets neither password nor mail.
func startError(err error) *platform.Error {
	e := early("starttls", err)
	var reply *smtp.SMTPError
	var lost net.Error
	if !errors.As(err, &reply) && !errors.As(err, &lost) && !cut(err) {
		e.Class, e.Code = platform.Auth, "no-starttls"
	}
	return e
}

// cut reports whether a connection ended.
func cut(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.Is(err, io.ErrClosedPipe) || errors.Is(err, smtp.ErrTooLongLine)
}

// close says goodbye, and does not wait long for an answer.
func (l *line) close(ctx context.Context) {
	if l == nil {
		return
	}
	ctx, end := context.WithTimeout(ctx, leavingTime)
	defer end()
	stop := context.AfterFunc(ctx, func() { _ = l.conn.Close() })
	defer stop()
	_ = l.client.Quit()
	_ = l.conn.Close()
}

// takes reports whether the server takes a mail, before any of it is sent.
func (l *line) takes(mail []byte) error {
	if l.most > 0 && len(mail) > l.most {
		return platform.Refuse(platform.Invalid, "size", "")
	}
	if !l.bit8 && bytes.ContainsFunc(mail, func(r rune) bool { return r > '~' }) {
		return platform.Refuse(platform.Invalid, "8bitmime", "")
	}
	return nil
}

// bounded is a connection that ends when the other side talks too much.
type bounded struct {
	net.Conn
	left int
}

// Read reads as long as something is left.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := b.Conn.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// permanent are the codes that are about the account, whatever was said: RFC
// 4954, section 6.
func permanent(status int) bool { return slices.Contains([]int{530, 534, 535, 538}, status) }
