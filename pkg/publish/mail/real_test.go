package mail_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/gofrs/flock"

	"editorial/internal/need"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/mail"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// spool is where OpenSMTPD keeps mails; it knows no other place, and there is
// one of it on a machine.
const spool = "/var/spool/smtpd"

// smtpdConf takes mails for everybody in the open, and gives them to Dovecot, each
// to the box of its address. With TLS this version fails at every handshake
// (6.8.0p2 of Debian 12 with OpenSSL 3, November 2026).
const smtpdConf = `
table boxes { "@" = mail }
listen on 127.0.0.1 port PORT5
action box lmtp "127.0.0.1:PORT3" rcpt-to virtual <boxes>
match from any for any action box
`

// dovecotConf keeps a box for every address, and opens each with one password. It
// takes mails from whoever logs in, with TLS from the start and with STARTTLS, and
// gives them to OpenSMTPD.
const dovecotConf = `
base_dir = DIR/run
state_dir = DIR/state
log_path = DIR/dovecot.log
instance_name = editorial-test
protocols = imap lmtp submission
listen = 127.0.0.1
hostname = mail.example
ssl = yes
ssl_cert = <DIR/cert.pem
ssl_key = <DIR/key.pem
submission_relay_host = 127.0.0.1
submission_relay_port = PORT5
disable_plaintext_auth = no
mail_location = maildir:DIR/boxes/%u
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
passdb {
  driver = static
  args = password=PASSWORD
}
userdb {
  driver = static
  args = uid=mail gid=mail home=DIR/boxes/%u
}
service imap-login {
  inet_listener imap {
    port = PORT4
  }
  inet_listener imaps {
    port = 0
  }
}
service submission-login {
  inet_listener submission {
    port = PORT2
  }
  inet_listener submissions {
    port = PORT1
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = PORT3
  }
}
`

// mailSystem is one of others.
type mailSystem struct {
	smtps, starttls, open, imap int // ports
	trust                       *tls.Config
	dir                         string
}

// openMailSystem starts OpenSMTPD and Dovecot.
func openMailSystem(t *testing.T) *mailSystem {
	t.Helper()
	smtpd, dovecot := need.Program(t, "smtpd"), need.Program(t, "dovecot")
	if os.Getuid() != 0 {
		need.Skip(t, "mail servers are started by root")
	}
	lock := flock.New(filepath.Join(os.TempDir(), "editorial-smtpd.lock"))
	if err := lock.Lock(); err != nil { // there can be one at a time
		t.Fatal(err)
	}
	t.Cleanup(func() { lock.Unlock() })
	if err := os.MkdirAll(spool, 0o711); err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "editorial-mail")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	boxes := filepath.Join(dir, "boxes")
	if err := os.Mkdir(boxes, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{dir, boxes} {
		if err := os.Chmod(d, 0o777); err != nil { // the user "mail" writes there
			t.Fatal(err)
		}
	}
	server, trust := certificate(t)
	key, err := x509.MarshalPKCS8PrivateKey(server.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	m := &mailSystem{smtps: free(t), starttls: free(t), open: free(t), imap: free(t), trust: trust, dir: dir}
	fill := strings.NewReplacer("DIR", dir, "PASSWORD", password,
		"PORT1", fmt.Sprint(m.smtps), "PORT2", fmt.Sprint(m.starttls), "PORT3", fmt.Sprint(free(t)), "PORT4", fmt.Sprint(m.imap), "PORT5", fmt.Sprint(m.open))
	for name, text := range map[string]string{
		"smtpd.conf": fill.Replace(smtpdConf), "dovecot.conf": fill.Replace(dovecotConf),
		"cert.pem": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificates[0].Certificate[0]})),
		"key.pem":  string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m.start(t, m.imap, dovecot, "-F", "-c", filepath.Join(dir, "dovecot.conf"))
	m.start(t, m.open, smtpd, "-d", "-f", filepath.Join(dir, "smtpd.conf"))
	return m
}

// free is a port that nobody has.
func free(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// start runs a server until the test ends, and waits until it listens.
func (m *mailSystem) start(t *testing.T, port int, program string, args ...string) {
	t.Helper()
	name := filepath.Join(m.dir, filepath.Base(program)+".out")
	out, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // what it left behind
		out.Close()
		if t.Failed() {
			said, _ := os.ReadFile(name)
			t.Logf("%s: %s", program, said)
		}
	})
	m.until(t, program, func() bool {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
}

// until asks again and again, for what other programs do in their own time.
func (m *mailSystem) until(t *testing.T, what string, done func() bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("%s: it does not happen", what)
		}
	}
}

// box reads the mails of an address by IMAP.
func (m *mailSystem) box(t *testing.T, address string) []string {
	t.Helper()
	c, err := imapclient.DialInsecure(fmt.Sprintf("127.0.0.1:%d", m.imap), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Login(address, password).Wait(); err != nil {
		t.Fatal(err)
	}
	inbox, err := c.Select("INBOX", nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	if inbox.NumMessages == 0 {
		return nil
	}
	var all imap.SeqSet
	all.AddRange(1, 0)
	whole := &imap.FetchItemBodySection{}
	found, err := c.Fetch(all, &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	var mails []string
	for _, f := range found {
		mails = append(mails, string(f.FindBodySection(whole)))
	}
	return mails
}

// TestReal_OpenSMTPDAndDovecot sends an edition over TLS and one over STARTTLS,
// reads both by IMAP, and has the signatures verified as they arrived.
func TestReal_OpenSMTPDAndDovecot(t *testing.T) {
	m := openMailSystem(t)
	records, mails := map[string]string{}, map[string]string{}
	for kind, by := range signers(t) {
		name, text, err := by.Record()
		if err != nil {
			t.Fatal(err)
		}
		records[name] = text
		set := mail.Settings{Host: "127.0.0.1", Port: m.smtps, Security: mail.TLS, To: readers(), DKIM: by, TLS: m.trust}
		n := 1
		if kind == "rsa" {
			set.Port, set.Security, n = m.starttls, mail.StartTLS, 2
		}
		p := mail.New(account(password), set, &net.Dialer{})
		if st, err := p.Check(t.Context()); err != nil || st.Account != "lettre" {
			t.Fatalf("%+v %v", st, err)
		}
		post := edition(n, readers()...)
		var last platform.Handle
		end := publishtest.Drive(t.Context(), spy{p, &last}, job(t, post), nil)
		if end.State != journal.Published {
			t.Fatalf("%+v: %v", end, end.Last)
		}
		all, tally, err := mail.Read(last)
		if err != nil || tally.Sent != 3 || all[0].Status != 250 || all[0].Text == "" {
			t.Errorf("%+v %+v %v", all, tally, err)
		}
		id := fmt.Sprintf("<2026-12-01-%d.", n)
		for _, to := range readers() {
			m.until(t, "a mail to "+to, func() bool {
				for _, text := range m.box(t, to) {
					if strings.HasPrefix(header(t, text, "Message-ID"), id) {
						mails[kind+" "+to] = text
						return true
					}
				}
				return false
			})
		}
	}
	said := dkimpy(t, mails, records)
	for name, text := range mails {
		if err := verdict(t, text, records); err != nil || !said[name] {
			t.Errorf("%s: go-msgauth %v, dkimpy %t\n%s", name, err, said[name], text)
		}
	}
	wrong := mail.New(account("wr0ng"), mail.Settings{Host: "127.0.0.1", Port: m.smtps, Security: mail.TLS, TLS: m.trust}, &net.Dialer{})
	if _, err := wrong.Check(t.Context()); platform.ClassOf(err) != platform.Auth || strings.Contains(err.Error(), "wr0ng") {
		t.Errorf("a wrong password: %v", err)
	}
	m.twice(t)
}

// twice shows why nothing is sent again by itself: servers keep two mails of one
// Message-ID. Whoever makes his mail uncertain and asks for it again has two.
func (m *mailSystem) twice(t *testing.T) {
	t.Helper()
	to := []string{"dee@lecteurs.example"}
	p := mail.New(platform.Account{}, mail.Settings{Host: "127.0.0.1", Port: m.open, Security: mail.None, To: to}, &net.Dialer{})
	j := job(t, edition(1, to...))
	for range 2 { // as if nothing had been kept
		if _, err := p.Commit(t.Context(), j); err != nil {
			t.Fatal(err)
		}
	}
	m.until(t, "two mails", func() bool { return len(m.box(t, to[0])) == 2 })
	all := m.box(t, to[0])
	if a, b := header(t, all[0], "Message-ID"), header(t, all[1], "Message-ID"); a != b {
		t.Errorf("%s and %s", a, b)
	}
}
