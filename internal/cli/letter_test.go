package cli_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"editorial/internal/cli"
)

// postbox is a mail server that keeps how often each reader got a mail.
type postbox struct {
	mu   sync.Mutex
	got  map[string]int
	port int
	// taken is asked before a reader's mail is: an error refuses it. cut drops the
	// line once for each of its readers, when his mail is there and before that is
	// said.
	taken func(to string, n int) error
	cut   []string
	n     int // mails that were taken
}

func newPostbox(t *testing.T) *postbox {
	t.Helper()
	b := &postbox{got: map[string]int{}}
	srv := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &envelope{box: b, conn: c}, nil }))
	srv.Domain, srv.ErrorLog = "mail.example", mute{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b.port = l.Addr().(*net.TCPAddr).Port
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	return b
}

type mute struct{}

func (mute) Printf(string, ...any) {}
func (mute) Println(...any)        {}

type envelope struct {
	box  *postbox
	conn *smtp.Conn
	to   string
}

func (*envelope) Reset()                               {}
func (*envelope) Logout() error                        { return nil }
func (*envelope) Mail(string, *smtp.MailOptions) error { return nil }

func (e *envelope) Rcpt(to string, _ *smtp.RcptOptions) error { e.to = to; return nil }

func (e *envelope) Data(r io.Reader) error {
	if _, err := io.Copy(io.Discard, r); err != nil {
		return err
	}
	b := e.box
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.taken != nil {
		if err := b.taken(e.to, b.n); err != nil {
			return err
		}
	}
	b.n++
	b.got[e.to]++
	if i := slices.Index(b.cut, e.to); i >= 0 {
		b.cut = slices.Delete(b.cut, i, i+1)
		return e.conn.Conn().Close()
	}
	return nil
}

// want says how often the readers a, b and c got a mail.
func (b *postbox) want(t *testing.T, n ...int) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if got := []int{b.got["a@l.example"], b.got["b@l.example"], b.got["c@l.example"]}; !slices.Equal(got, n) {
		t.Errorf("the readers got %v mails, want %v", got, n)
	}
}

// lettery is an office with a newsletter of three readers.
type lettery struct {
	t   *testing.T
	dir string
	now time.Time
	box *postbox
}

func newLettery(t *testing.T) *lettery {
	t.Helper()
	l := &lettery{t: t, dir: t.TempDir(), box: newPostbox(t)}
	l.write("config.toml", fmt.Sprintf(`[site]
title = "T"
lang = "en"
zone = "UTC"
url = "https://roues.example/"
[platforms.letter]
kind = "newsletter"
live = true
rhythm.times = ["Tue 08:00"]
edition = { min = 1, max = 6 }
[newsletter]
from = "lettre@roues.example"
postal_address = "Nantes"
unsubscribe_url = "https://roues.example/adieu"
to = ["a@l.example", "b@l.example", "c@l.example"]
smtp = { host = "127.0.0.1", port = %d, security = "none" }
`, l.box.port))
	for _, name := range []string{"a", "b", "c"} {
		l.write("content/"+name+".md", "+++\ntitle = \""+name+"\"\nid = \""+name+"\"\nstage = \"ready\"\nplatforms = [\"letter\"]\n+++\nText.\n")
	}
	return l
}

func (l *lettery) write(name, text string) {
	l.t.Helper()
	name = filepath.Join(l.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		l.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		l.t.Fatal(err)
	}
}

// calendar writes the agreed calendar: "DATE POST", at eight o'clock.
func (l *lettery) calendar(lines ...string) {
	l.t.Helper()
	var b strings.Builder
	for _, line := range lines {
		day, post, _ := strings.Cut(line, " ")
		fmt.Fprintf(&b, "%sT08:00 letter %s#letter#1 # %s\n", day, post, post)
	}
	l.write("calendar.txt", b.String())
}

// at runs a command at an instant, and returns what it prints.
func (l *lettery) at(when string, code int, args ...string) string {
	l.t.Helper()
	now, err := time.Parse("2006-01-02 15:04:05", when)
	if err != nil {
		l.t.Fatal(err)
	}
	l.now = now
	var out, errs bytes.Buffer
	got := cli.Main(l.t.Context(), cli.Env{
		Args: append([]string{"-C", l.dir}, args...), In: strings.NewReader(""), Out: &out, Err: &errs,
		Environ: []string{"LANG=C.UTF-8", "EDITORIAL_SECRETS=file", "XDG_CONFIG_HOME=" + filepath.Join(l.dir, "home")}, Now: func() time.Time { return now },
	})
	if got != code {
		l.t.Errorf("%v: %d, want %d\n%s\n%s", args, got, code, out.String(), errs.String())
	}
	return out.String() + errs.String()
}

func (l *lettery) says(text, want string) {
	l.t.Helper()
	if !strings.Contains(text, want) {
		l.t.Errorf("no %q in\n%s", want, text)
	}
}

// usedUp takes one mail, and says then that the day's are used up, until it is
// nil.
func usedUp(_ string, n int) error {
	if n > 0 {
		return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 4, 5}, Message: "enough for today"}
	}
	return nil
}

// TestLetter_movedInTheMiddle: an edition that one reader has is moved to another
// slot by hand. The others get it then, and he does not get it again.
func TestLetter_movedInTheMiddle(t *testing.T) {
	t.Parallel()
	l := newLettery(t)
	l.calendar("2026-12-01 a", "2026-12-01 b", "2026-12-08 c")
	l.at("2026-11-30 12:00:00", 0, "publish")
	l.box.taken = usedUp
	l.says(l.at("2026-12-01 08:00:05", 0, "publish"), "1 held")
	l.box.want(t, 1, 0, 0)
	// c goes out in the slot that the edition leaves.
	l.box.taken = nil
	l.calendar("2026-12-01 c", "2026-12-03 a", "2026-12-03 b")
	l.says(l.at("2026-12-01 08:10:00", 0, "plan"), "Thu 3   08:00 ! letter a")
	l.at("2026-12-01 08:10:05", 0, "publish")
	l.box.want(t, 2, 1, 1)
	l.at("2026-12-03 08:00:05", 0, "publish")
	l.box.want(t, 2, 2, 2)
	// Out is out, wherever its lines are.
	l.calendar("2026-12-01 c", "2026-12-08 a", "2026-12-08 b")
	l.says(l.at("2026-12-08 08:00:05", 0, "publish"), "Nothing is due")
	l.box.want(t, 2, 2, 2)
}

// TestLetter_takenApart: what readers may have does not go to them in another
// edition, unless somebody wants it.
func TestLetter_takenApart(t *testing.T) {
	t.Parallel()
	l := newLettery(t)
	l.calendar("2026-12-01 a", "2026-12-01 b")
	l.at("2026-11-30 12:00:00", 0, "publish")
	l.box.taken = usedUp
	l.at("2026-12-01 08:00:05", 0, "publish")
	l.box.taken = nil
	l.calendar("2026-12-03 a", "2026-12-03 c")
	said := l.at("2026-12-03 08:00:05", 0, "publish")
	l.says(said, "the same was said there lately")
	l.box.want(t, 1, 0, 0)
	id := regexp.MustCompile(`retry ([0-9a-f]{8})`).FindStringSubmatch(said)
	if id == nil {
		t.Fatal(said)
	}
	l.says(l.at("2026-12-03 08:01:00", 0, "retry", id[1]), "1 published")
	l.box.want(t, 2, 1, 1)
}

// TestLetter_oneReader: two readers may have their mail. A person knows it of each:
// one has it, the other gets it again, and the third is left alone.
func TestLetter_oneReader(t *testing.T) {
	t.Parallel()
	l := newLettery(t)
	l.calendar("2026-12-01 a", "2026-12-01 b")
	l.at("2026-11-30 12:00:00", 0, "publish")
	l.box.cut = []string{"a@l.example", "b@l.example"}
	l.at("2026-12-01 08:00:05", 0, "publish")
	l.at("2026-12-01 08:01:10", 0, "publish")
	l.says(l.at("2026-12-01 08:02:15", 1, "publish"), "1 uncertain")
	l.box.want(t, 1, 1, 1)
	said := l.at("2026-12-01 08:03:00", 0, "status")
	for _, want := range []string{"a@l.example may have it: the server’s answer was lost", "b@l.example may have it", "--reader ADDRESS --there, or --send-again"} {
		l.says(said, want)
	}
	if strings.Contains(said, "c@l.example") {
		t.Errorf("it names who surely has it:\n%s", said)
	}
	doc := l.at("2026-12-01 08:03:00", 0, "status", "--json")
	l.says(doc, `"state": "uncertain",`)
	token := regexp.MustCompile(`"reader": "([0-9a-f]{32})",\s*"state": "uncertain"`).FindStringSubmatch(doc)
	if strings.Contains(doc, "l.example") || token == nil {
		t.Fatalf("an address, or no token, in\n%s", doc)
	}
	id := regexp.MustCompile(`resolve ([0-9a-f]{8})`).FindStringSubmatch(said)
	if id == nil {
		t.Fatal(said)
	}
	l.says(l.at("2026-12-01 08:04:00", 2, "resolve", id[1], "--reader", "x@l.example", "--there"), "the edition has no reader “x@l.example”")
	l.says(l.at("2026-12-01 08:04:00", 2, "resolve", id[1], "--reader", "C@l.example", "--send-again"), "it is known whether C@l.example has it")
	l.says(l.at("2026-12-01 08:04:00", 2, "resolve", id[1], "--reader", "a@l.example"), "say either --there or --send-again")
	l.box.want(t, 1, 1, 1)

	// The second one is sent to again, with an answer this time; the first one stays.
	l.says(l.at("2026-12-01 08:05:00", 1, "resolve", id[1], "--reader", "b@l.example", "--send-again"), "1 uncertain")
	l.box.want(t, 1, 2, 1)
	said = l.at("2026-12-01 08:06:00", 0, "status")
	l.says(said, "a@l.example may have it")
	if strings.Contains(said, "b@l.example") {
		t.Errorf("it names who surely has it:\n%s", said)
	}
	l.says(l.at("2026-12-01 08:07:00", 0, "resolve", id[1], "--reader", token[1][:8], "--there"), "1 published")
	l.says(l.at("2026-12-01 08:08:00", 0, "publish"), "Nothing is due")
	l.box.want(t, 1, 2, 1)
}

// forgets makes the database one of before editions were written down.
func (l *lettery) forgets() {
	l.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(l.dir, ".editorial", "deliveries.db"))
	if err != nil {
		l.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("update deliveries set items = ''"); err != nil {
		l.t.Fatal(err)
	}
}

// TestLetter_begunBeforeAnUpgrade: nobody knows what an edition carries that an older
// program began. Once its lines are in another one, a person is asked.
func TestLetter_begunBeforeAnUpgrade(t *testing.T) {
	t.Parallel()
	l := newLettery(t)
	l.calendar("2026-12-01 a", "2026-12-01 b")
	l.at("2026-11-30 12:00:00", 0, "publish")
	l.box.taken = usedUp
	l.at("2026-12-01 08:00:05", 0, "publish")
	l.box.taken = nil
	l.forgets()
	l.calendar("2026-12-03 a", "2026-12-03 b")
	said := l.at("2026-12-03 08:00:05", 0, "publish")
	l.says(said, "the same was said there lately")
	l.box.want(t, 1, 0, 0)
	l.says(l.at("2026-12-03 08:01:00", 0, "retry", l.id("retry", said)), "1 published")
	l.box.want(t, 2, 1, 1)
}

// id is that of the command that a text names.
func (l *lettery) id(command, text string) string {
	l.t.Helper()
	id := regexp.MustCompile(command + ` ([0-9a-f]{8})`).FindStringSubmatch(text)
	if id == nil {
		l.t.Fatal(text)
	}
	return id[1]
}

// TestLetter_oneReaderOfADraft: one reader is to get it again, and the post is a draft
// by then. What is known of the other one can be said all the same.
func TestLetter_oneReaderOfADraft(t *testing.T) {
	t.Parallel()
	l := newLettery(t)
	l.calendar("2026-12-01 a", "2026-12-01 b")
	l.at("2026-11-30 12:00:00", 0, "publish")
	l.box.cut = []string{"a@l.example", "b@l.example"}
	l.at("2026-12-01 08:00:05", 0, "publish")
	l.at("2026-12-01 08:01:10", 0, "publish")
	l.at("2026-12-01 08:02:15", 1, "publish")
	id := l.id("resolve", l.at("2026-12-01 08:03:00", 0, "status"))
	ready, err := os.ReadFile(filepath.Join(l.dir, "content", "a.md"))
	if err != nil {
		t.Fatal(err)
	}
	l.write("content/a.md", strings.Replace(string(ready), `"ready"`, `"draft"`, 1))
	l.says(l.at("2026-12-01 08:05:00", 0, "resolve", id, "--reader", "b@l.example", "--send-again"), "1 held")
	l.at("2026-12-01 08:06:00", 0, "resolve", id, "--reader", "a@l.example", "--there")
	l.box.want(t, 1, 1, 1)
	l.write("content/a.md", string(ready))
	l.says(l.at("2026-12-01 08:07:00", 0, "publish"), "1 published")
	l.box.want(t, 1, 2, 1)
}
