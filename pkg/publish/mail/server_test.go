package mail_test

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// server is a mail server that keeps what it takes, by recipient, twice if it
// comes twice: as real ones do.
type server struct {
	mu    sync.Mutex
	boxes map[string][]string // mails by recipient
	from  []string
	// rcpt and data are what recipients are refused with; nil takes all. Try
	// counts from 1 how often a recipient was named.
	rcpt  func(to string, try int) error
	data  func(to string, mail string) error
	tries map[string]int
	// password, unless "", must be given by one of the mechanisms.
	password   string
	mechanisms []string
	sessions   int
	host       string
	port       int
}

// serve starts a server on this machine.
func serve(t *testing.T, s *server, set func(*smtp.Server)) *server {
	t.Helper()
	s.boxes, s.tries = map[string][]string{}, map[string]int{}
	srv := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.sessions++
		session := &session{server: s, in: s.password == ""}
		if s.password != "" {
			return &withLogin{session}, nil
		}
		return session, nil
	}))
	srv.Domain, srv.EnableSMTPUTF8, srv.ErrorLog = "mail.example", true, quiet{}
	if set != nil {
		set(srv)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if srv.TLSConfig != nil && srv.Addr == "tls" {
		l = tls.NewListener(l, srv.TLSConfig)
	}
	at := l.Addr().(*net.TCPAddr)
	s.host, s.port = "127.0.0.1", at.Port
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	return s
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// box are the mails of a recipient.
func (s *server) box(to string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.boxes[to]...)
}

type session struct {
	server *server
	in     bool
	to     string
}

func (x *session) Reset()        { x.to = "" }
func (x *session) Logout() error { return nil }

func (x *session) Mail(from string, _ *smtp.MailOptions) error {
	if !x.in {
		return smtp.ErrAuthRequired
	}
	x.server.mu.Lock()
	defer x.server.mu.Unlock()
	x.server.from = append(x.server.from, from)
	return nil
}

func (x *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	x.server.mu.Lock()
	defer x.server.mu.Unlock()
	x.server.tries[to]++
	if x.to != "" {
		return &smtp.SMTPError{Code: 452, Message: "one recipient an envelope"}
	}
	if x.server.rcpt != nil {
		if err := x.server.rcpt(to, x.server.tries[to]); err != nil {
			return err
		}
	}
	x.to = to
	return nil
}

func (x *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	x.server.mu.Lock()
	defer x.server.mu.Unlock()
	if x.server.data != nil {
		if err := x.server.data(x.to, string(data)); err != nil {
			return err
		}
	}
	x.server.boxes[x.to] = append(x.server.boxes[x.to], string(data))
	return nil
}

type withLogin struct{ *session }

func (x *withLogin) AuthMechanisms() []string { return x.server.mechanisms }

func (x *withLogin) Auth(mech string) (sasl.Server, error) {
	check := func(user, password string) error {
		if password == "wait" {
			return &smtp.SMTPError{Code: 454, EnhancedCode: smtp.EnhancedCode{4, 7, 0}, Message: "come again"}
		}
		if user != "lettre" || password != x.server.password {
			// As careless as a server can be: it says what it was given.
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "no such password: " + password}
		}
		x.in = true
		return nil
	}
	if mech == sasl.Login {
		return &loginServer{check: check}, nil
	}
	return sasl.NewPlainServer(func(_, user, password string) error { return check(user, password) }), nil
}

// loginServer asks for the name first, in words of its own.
type loginServer struct {
	check func(user, password string) error
	said  []string
}

func (l *loginServer) Next(response []byte) (challenge []byte, done bool, err error) {
	if response != nil {
		l.said = append(l.said, string(response))
	}
	switch len(l.said) {
	case 0:
		return []byte("Benutzer:"), false, nil
	case 1:
		return []byte("Kennwort:"), false, nil
	}
	return nil, true, l.check(l.said[0], l.said[1])
}

// header reads a field of a mail.
func header(t *testing.T, text, name string) string {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header.Get(name)
}

// line is a dialer whose At-th event, from 1, goes wrong: a connection, a
// command, the final dot. It counts the events in N.
type line struct {
	fault string
	at, n int
	// kill, unless nil, is asked before and after each event whether the program
	// ends there.
	kill func() bool
}

// The ways in which an event goes wrong.
const (
	dropBefore = "drop before"
	dropAfter  = "drop after"
	garbled    = "garbled"
	truncated  = "truncated"
	later      = "4xx"
	never      = "5xx"
	closing    = "421"
	slow       = "time-out"
)

var errReset = errors.New("connection reset by peer")

// timeout is what a deadline that is over looks like.
type timeout struct{ error }

func (timeout) Timeout() bool   { return true }
func (timeout) Temporary() bool { return true }

// wrong reports whether this event goes wrong.
func (l *line) wrong() bool {
	l.n++
	return l.n == l.at
}

func (l *line) killed() bool { return l.kill != nil && l.kill() }

// faulty is a connection as the client sees it.
type faulty struct {
	net.Conn
	line *line
	// fault is that of the answer to come, reply what is left of one.
	fault   string
	reply   []byte
	dead    error
	data    bool // the content of a mail is under way
	asked   string
	content []byte
}

func (f *faulty) end(err error) error {
	f.dead = err
	f.Conn.Close()
	return err
}

func (f *faulty) Write(p []byte) (int, error) {
	if f.dead != nil {
		return 0, f.dead
	}
	if f.line.killed() {
		return 0, f.end(errReset)
	}
	f.asked = string(p)
	if f.data {
		f.content = append(f.content, p...)
		if !bytes.HasSuffix(f.content, []byte("\r\n.\r\n")) {
			return f.Conn.Write(p)
		}
		f.data, f.content = false, nil
	}
	if !f.line.wrong() {
		return f.Conn.Write(p)
	}
	switch f.line.fault {
	case dropBefore:
		f.end(errReset)
		return len(p), nil
	case later, never, closing:
		f.fault = f.line.fault
		if f.asked == "DATA\r\n" || !strings.HasPrefix(f.asked, "DATA") && bytes.HasSuffix(p, []byte("\r\n.\r\n")) {
			f.Conn.Close() // the server drops what it was told
		}
		return len(p), nil
	}
	f.fault = f.line.fault
	return f.Conn.Write(p)
}

func (f *faulty) Read(p []byte) (int, error) {
	if len(f.reply) == 0 {
		if f.dead != nil {
			return 0, f.dead
		}
		if err := f.hear(); err != nil {
			return 0, err
		}
	}
	n := copy(p, f.reply)
	f.reply = f.reply[n:]
	return n, nil
}

// hear reads a whole answer of the server, and spoils it.
func (f *faulty) hear() error {
	fault := f.fault
	f.fault = ""
	switch fault {
	case later:
		f.reply = []byte("451 4.3.0 try again\r\n")
		return nil
	case never:
		f.reply = []byte("554 5.3.0 no\r\n")
		return nil
	case closing:
		f.reply = []byte("421 4.3.2 closing\r\n")
		f.end(io.EOF)
		return nil
	}
	var all []byte
	one := make([]byte, 1)
	for {
		if _, err := f.Conn.Read(one); err != nil {
			return f.end(err)
		}
		all = append(all, one[0])
		if one[0] == '\n' {
			last := all[bytes.LastIndexByte(all[:len(all)-1], '\n')+1:]
			if len(last) > 3 && last[3] == ' ' {
				break
			}
		}
	}
	if f.line.killed() {
		return f.end(errReset)
	}
	if f.asked == "DATA\r\n" && bytes.HasPrefix(all, []byte("354")) {
		f.data = true
	}
	switch fault {
	case dropAfter:
		return f.end(errReset)
	case slow:
		return f.end(timeout{errReset})
	case garbled:
		all = []byte("?!\r\n")
	case truncated:
		all = all[:2]
		f.dead = io.ErrUnexpectedEOF
	}
	f.reply = all
	return nil
}
