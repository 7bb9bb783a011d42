package mail_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/mail"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// message is an edition as the newsletter makes it.
const message = "From: \"Les Roues libres\" <lettre@roues.example>\r\n" +
	"To: undisclosed-recipients:;\r\n" +
	"Subject: =?UTF-8?q?R=C3=A9gler_ses_freins?=\r\n" +
	"Date: Tue, 01 Dec 2026 08:00:00 +0000\r\n" +
	"Message-ID: <0123@roues.example>\r\n" +
	"List-Id: <lettre.roues.example>\r\n" +
	"List-Unsubscribe: <https://roues.example/adieu>\r\n" +
	"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" +
	"MIME-Version: 1.0\r\n" +
	"Content-Type: text/plain; charset=utf-8\r\n" +
	"Content-Transfer-Encoding: quoted-printable\r\n" +
	"\r\n" +
	"Dix minutes suffisent =C3=A0 qui sait.\r\n" +
	".\r\n" +
	"..\r\n" +
	". Un point au d=C3=A9but.\r\n" +
	"\r\n\r\n"

// readers are three of them.
func readers() []string {
	return []string{"awa@lecteurs.example", "bo@lecteurs.example", "cy@lecteurs.example"}
}

// edition is a post with the edition for those.
func edition(n int, to ...string) platform.Post {
	return platform.Post{
		Key: platform.EditionKey(fmt.Sprintf("2026-12-01-%d", n), "newsletter"), At: publishtest.Now(), Lang: "fr",
		Edition: &platform.Edition{
			ID: fmt.Sprintf("2026-12-01-%d", n), Subject: fmt.Sprintf("Régler ses freins (%d)", n), Message: []byte(message), From: "lettre@roues.example", To: to,
		},
	}
}

// job freezes a post.
func job(t *testing.T, post platform.Post) platform.Job {
	t.Helper()
	m, err := mail.Format{}.Render(post)
	if err != nil {
		t.Fatal(err)
	}
	data, sum, err := m.Freeze()
	if err != nil {
		t.Fatal(err)
	}
	if m, err = platform.Thaw(data, sum); err != nil {
		t.Fatal(err)
	}
	return platform.Job{Key: post.Key, Due: post.At, Now: publishtest.Now(), Message: m}
}

// DialContext connects, or not.
func (l *line) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	if l.killed() {
		return nil, errReset
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	f := &faulty{Conn: conn, line: l}
	if l.wrong() {
		if l.fault == dropBefore {
			conn.Close()
			return nil, errReset
		}
		f.fault = l.fault
	}
	return f, nil
}

func settings(s *server, to []string) mail.Settings {
	return mail.Settings{Host: s.host, Port: s.port, Security: mail.None, To: to}
}

// spy keeps the handle that was saved last.
type spy struct {
	*mail.Publisher
	last *platform.Handle
}

func (s spy) Commit(ctx context.Context, job platform.Job) (platform.Receipt, error) {
	keep := job.Save
	job.Save = func(ctx context.Context, h platform.Handle) error {
		*s.last = append(platform.Handle(nil), h...)
		return keep(ctx, h)
	}
	return s.Publisher.Commit(ctx, job)
}

// honest holds what the handle says of everybody against the boxes of the
// server.
func honest(t *testing.T, s *server, key platform.Key, h platform.Handle, to []string) mail.Tally {
	t.Helper()
	all, tally, err := mail.Read(h)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range mail.Name(all, key, to) {
		n := 0
		for _, text := range s.box(r.Address) {
			if strings.Contains(header(t, text, "Message-ID"), r.Token) {
				n++
			}
		}
		if n > 1 || r.State == mail.Sent && n != 1 || (r.State == mail.Pending || r.State == mail.Refused) && n != 0 {
			t.Errorf("%s: %s, and %d mails are there", r.Address, r.State, n)
		}
		if r.Address == "" || strings.Contains(string(h), r.Address) {
			t.Errorf("the handle knows the address %q: %s", r.Address, h)
		}
	}
	return tally
}

func TestContract_everyEventGoesWrong(t *testing.T) {
	t.Parallel()
	s := serve(t, &server{}, nil)
	posts := 0
	for _, fault := range []string{dropBefore, dropAfter, garbled, truncated, later, never, closing, slow} {
		for at := 1; ; at++ {
			posts++
			post := edition(posts, readers()...)
			l := &line{fault: fault, at: at}
			var last platform.Handle
			again := func() platform.Publisher {
				return spy{mail.New(platform.Account{}, settings(s, readers()), l), &last}
			}
			end := publishtest.Drive(t.Context(), again(), job(t, post), again)
			if l.n < at {
				if at < 15 {
					t.Errorf("%s: %d events only", fault, at)
				}
				break
			}
			tally := honest(t, s, post.Key, last, readers())
			say := fmt.Sprintf("%s at %d: %s (%s) %+v: %v", fault, at, end.State, end.Reason, tally, end.Last)
			whole := tally == mail.Tally{Sent: 3}
			switch {
			case end.State == journal.Published && whole:
			case end.State == journal.Published && fault == never && tally == (mail.Tally{Sent: 2, Refused: 1}):
			case end.State == journal.Uncertain && tally == (mail.Tally{Sent: 2, Uncertain: 1}) && (fault == dropBefore || fault == dropAfter || fault == garbled || fault == truncated || fault == slow):
			case end.State == journal.Failed && fault == never && tally.Uncertain == 0:
			default:
				t.Error(say)
			}
			if end.State == journal.Published && end.Receipt.ID == "" {
				t.Errorf("%s: no id", say)
			}
		}
	}
}

func TestCommit_aCrashAnywhereSendsNothingTwice(t *testing.T) {
	t.Parallel()
	s := serve(t, &server{}, nil)
	for at := 1; ; at++ {
		post := edition(1000+at, readers()...)
		end, uncertain, n := crash(t, s, post, at)
		if n < at {
			if at < 40 {
				t.Errorf("%d places to crash only", at)
			}
			return
		}
		unmarked := at <= 1 && uncertain == 3 // before Commit could note that it began
		if end != journal.Published && (end != journal.Uncertain || uncertain != 1 && !unmarked) {
			t.Errorf("crash at %d: %s, %d uncertain", at, end, uncertain)
		}
	}
}

// crash takes an edition to its end as the worker does. The program ends at the
// at-th place of the first attempt, and is there again a minute later with what
// was saved. n counts the places.
func crash(t *testing.T, s *server, post platform.Post, at int) (state journal.State, uncertain, n int) {
	t.Helper()
	dead := false
	kill := func() bool {
		n++
		dead = dead || n == at
		return dead
	}
	p := mail.New(platform.Account{}, settings(s, readers()), &line{kill: kill})
	j := job(t, post)
	kept, err := p.Prepare(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	j.Handle, j.Since = kept, j.Now
	j.Save = func(_ context.Context, h platform.Handle) error {
		if kill() {
			return errReset
		}
		kept = append(platform.Handle(nil), h...)
		if kill() { // kept, and the program ends
			return errReset
		}
		return nil
	}
	_, err = p.Commit(t.Context(), j)
	if !dead {
		if err != nil {
			t.Fatal(err)
		}
		return journal.Published, 0, n
	}
	places := n
	p = mail.New(platform.Account{}, settings(s, readers()), &line{})
	j.Save = func(_ context.Context, h platform.Handle) error {
		kept = append(platform.Handle(nil), h...)
		return nil
	}
	for range 10 {
		j.Now = j.Now.Add(time.Minute)
		j.Handle = kept
		f, err := p.Lookup(t.Context(), j)
		if err != nil {
			t.Fatal(err)
		}
		if f.Handle != nil {
			kept = f.Handle
		}
		if f.Whether != platform.NotFound {
			tally := honest(t, s, post.Key, kept, readers())
			state = map[platform.Whether]journal.State{platform.Found: journal.Published, platform.Unknown: journal.Uncertain}[f.Whether]
			if tally.Sent+tally.Uncertain != 3 {
				t.Errorf("crash at %d: %+v", at, tally)
			}
			return state, tally.Uncertain, places
		}
		j.Handle = kept
		_, _ = p.Commit(t.Context(), j)
	}
	t.Fatalf("crash at %d: no end", at)
	return "", 0, places
}

// TestCommit_whatCannotBeSavedIsNotSentAgain: the disk is full after the answer,
// and the worker goes on with what it has.
func TestCommit_whatCannotBeSavedIsNotSentAgain(t *testing.T) {
	t.Parallel()
	s := serve(t, &server{}, nil)
	post := edition(1, readers()...)
	p := mail.New(platform.Account{}, settings(s, readers()), &line{})
	j := job(t, post)
	j.Since = j.Now
	var kept platform.Handle
	full := false
	j.Save = func(_ context.Context, h platform.Handle) error {
		if full {
			return errReset
		}
		kept = append(platform.Handle(nil), h...)
		_, tally, err := mail.Read(h)
		full = tally.Uncertain == 1 // one is under way
		return err
	}
	if _, err := p.Commit(t.Context(), j); platform.ClassOf(err) != platform.Temporary {
		t.Fatal(err)
	}
	full = false
	j.Handle = kept
	j.Save = func(_ context.Context, h platform.Handle) error {
		kept = append(platform.Handle(nil), h...)
		return nil
	}
	if _, err := p.Commit(t.Context(), j); platform.ClassOf(err) != platform.Uncertain {
		t.Fatal(err)
	}
	if got := honest(t, s, post.Key, kept, readers()); got != (mail.Tally{Sent: 2, Uncertain: 1}) {
		t.Errorf("%+v", got)
	}
	asked := kept
	for i, again := range []bool{false, true} {
		j.Handle = mail.Settle(asked, again)
		_, err := p.Commit(t.Context(), j)
		if n := len(s.box(readers()[0])); err != nil || n != 1+i {
			t.Errorf("send again %t: %d mails, %v", again, n, err)
		}
	}
}

// TestCommit_beginsNoMailLate: a deadline does not make answers uncertain.
func TestCommit_beginsNoMailLate(t *testing.T) {
	t.Parallel()
	s := serve(t, &server{}, nil)
	j := job(t, edition(1, readers()...))
	ctx, stop := context.WithDeadline(t.Context(), time.Now().Add(time.Hour))
	defer stop()
	end, _ := ctx.Deadline()
	j.Now = end.Add(-time.Nanosecond) // half of the time is over at once
	_, err := mail.New(platform.Account{}, settings(s, readers()), &line{}).Commit(ctx, j)
	if platform.ClassOf(err) != platform.Temporary || s.sessions != 0 {
		t.Errorf("%v, %d sessions", err, s.sessions)
	}
}

func TestCommit_oneConnectionForAll(t *testing.T) {
	t.Parallel()
	s := serve(t, &server{}, nil)
	post := edition(1, readers()...)
	end := publishtest.Drive(t.Context(), mail.New(platform.Account{}, settings(s, readers()), &line{}), job(t, post), nil)
	if end.State != journal.Published || s.sessions != 1 || len(s.from) != 3 {
		t.Errorf("%+v, %d sessions, %d mails", end, s.sessions, len(s.from))
	}
	for _, to := range readers() {
		all := s.box(to)
		if len(all) != 1 || header(t, all[0], "To") != "<"+to+">" {
			t.Fatalf("%s: %q", to, all)
		}
		_, want, _ := strings.Cut(message, "\r\n\r\n")
		if _, body, _ := strings.Cut(all[0], "\r\n\r\n"); body != want {
			t.Errorf("%q, want %q", body, want)
		}
		if strings.Count(all[0], "undisclosed") != 0 || strings.Count(all[0], "Message-ID:") != 1 {
			t.Errorf("%s", all[0])
		}
	}
}

// refusal is what a server says.
func refusal(code int, text string) error { return &smtp.SMTPError{Code: code, Message: text} }

func TestCommit_recipients(t *testing.T) {
	t.Parallel()
	to := readers()
	for _, tt := range []struct {
		name  string
		rcpt  func(to string, try int) error
		data  func(to, mail string) error
		state journal.State
		want  mail.Tally
	}{
		{"one is unknown", func(at string, _ int) error {
			if at == to[1] {
				return refusal(550, "5.1.1 <"+strings.ToUpper(to[1])+"> unknown")
			}
			return nil
		}, nil, journal.Published, mail.Tally{Sent: 2, Refused: 1}},
		{"all are greylisted once", func(_ string, try int) error {
			if try == 1 {
				return refusal(451, "4.7.1 greylisted")
			}
			return nil
		}, nil, journal.Published, mail.Tally{Sent: 3}},
		{"one is put off for ever", func(at string, _ int) error {
			if at == to[0] {
				return refusal(452, "4.2.2 mailbox full")
			}
			return nil
		}, nil, journal.Published, mail.Tally{Sent: 2, Refused: 1}},
		{"nobody is known", func(string, int) error { return refusal(550, "relaying denied") }, nil, journal.Failed, mail.Tally{Refused: 3}},
		{"the mail is not wanted", nil, func(at, _ string) error { return refusal(554, "5.6.0 spam for "+at) }, journal.Failed, mail.Tally{Pending: 3}},
		{"one does not want the mail", nil, func(at, _ string) error {
			if at == to[2] {
				return refusal(554, "5.6.0 spam")
			}
			return nil
		}, journal.Published, mail.Tally{Sent: 2, Refused: 1}},
		{"the account is closed meanwhile", func(at string, _ int) error {
			if at == to[2] {
				return refusal(530, "5.7.0 log in before you write to <"+at+">")
			}
			return nil
		}, nil, journal.Held, mail.Tally{Sent: 2, Pending: 1}},
		{"the day's mails are used up", nil, func(at, _ string) error {
			if at == to[2] {
				return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 4, 5}, Message: "daily quota"}
			}
			return nil
		}, journal.Held, mail.Tally{Sent: 2, Pending: 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, &server{rcpt: tt.rcpt, data: tt.data}, nil)
			post := edition(1, to...)
			var last platform.Handle
			end := publishtest.Drive(t.Context(), spy{mail.New(platform.Account{}, settings(s, to), &line{}), &last}, job(t, post), nil)
			if got := honest(t, s, post.Key, last, to); end.State != tt.state || got != tt.want {
				t.Errorf("%s %+v, want %s %+v: %v", end.State, got, tt.state, tt.want, end.Last)
			}
			if end.Last != nil && strings.Contains(strings.ToLower(end.Last.Error()), "@lecteurs") {
				t.Errorf("an address is told: %v", end.Last)
			}
		})
	}
}

func TestCommit_whoIsGoneGetsNothing(t *testing.T) {
	t.Parallel()
	s := serve(t, &server{}, nil)
	post := edition(1, readers()...)
	now := append(readers()[1:], "new@lecteurs.example")
	end := publishtest.Drive(t.Context(), mail.New(platform.Account{}, settings(s, now), &line{}), job(t, post), nil)
	if end.State != journal.Published || len(s.box(readers()[0])) != 0 || len(s.box("new@lecteurs.example")) != 0 || len(s.box(readers()[1])) != 1 {
		t.Errorf("%+v: %v", end, s.boxes)
	}
}

func TestCommit_aHandleOfSomethingElseSendsNothing(t *testing.T) {
	t.Parallel()
	s := serve(t, &server{}, nil)
	p := mail.New(platform.Account{}, settings(s, readers()), &line{})
	for _, h := range []string{`{`, `{"recipients":[]}`, `{"recipients":[{"to":"x","state":"pending"}]}`} {
		j := job(t, edition(1, readers()...))
		j.Handle = platform.Handle(h)
		if _, err := p.Commit(t.Context(), j); platform.ClassOf(err) != platform.Uncertain {
			t.Errorf("%s: %v", h, err)
		}
	}
	if s.sessions != 0 {
		t.Error("it asked the server")
	}
}

func TestCommit_stops(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	s := serve(t, &server{data: func(to, _ string) error {
		if to == readers()[1] {
			stop() // while the server has the mail in its hands
		}
		return nil
	}}, nil)
	post := edition(1, readers()...)
	j := job(t, post)
	j.Since = j.Now
	var kept platform.Handle
	j.Save = func(ctx context.Context, h platform.Handle) error {
		kept = append(platform.Handle(nil), h...)
		return ctx.Err()
	}
	_, err := mail.New(platform.Account{}, settings(s, readers()), &line{}).Commit(ctx, j)
	if err == nil || platform.ClassOf(err) == platform.Uncertain {
		t.Fatal(err)
	}
	if got := honest(t, s, post.Key, kept, readers()); got.Pending != 1 || got.Sent+got.Uncertain != 2 {
		t.Errorf("%+v", got)
	}
	var e *platform.Error
	if !errors.As(err, &e) {
		t.Error(err)
	}
}
