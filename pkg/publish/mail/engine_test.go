package mail_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"editorial/internal/delivery"
	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/mail"
	"editorial/pkg/publish/platform"
)

// desk is an office with one edition, the worker, a database and a clock that
// stands still.
type desk struct {
	t      *testing.T
	store  *store.Store
	engine *delivery.Engine
	post   platform.Post
	clock  time.Time
	nodes  int
}

func newDesk(t *testing.T, db *store.Store, post platform.Post) *desk {
	return &desk{t: t, store: db, post: post, clock: post.At}
}

func (d *desk) Orders(context.Context) ([]delivery.Order, error) {
	return []delivery.Order{{Key: d.post.Key, Platform: "newsletter", Kind: mail.Kind, Post: d.post.Edition.ID, Due: d.post.At}}, nil
}

func (d *desk) Ready(context.Context, platform.Key) (delivery.Ready, error) {
	return delivery.Ready{Post: d.post}, nil
}

// program starts another one on the same database.
func (d *desk) program(p *mail.Publisher) {
	d.t.Helper()
	d.nodes++
	d.engine = delivery.New(delivery.Options{
		Store: d.store, Source: d, Now: func() time.Time { return d.clock }, Node: fmt.Sprintf("%s-%d", d.post.Edition.ID, d.nodes), Alone: true,
		Accounts: map[string]delivery.Account{"newsletter": {Format: p, Publisher: p, Within: 6 * time.Hour, Then: journal.Held}},
	})
	if _, err := d.engine.Sync(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// killed is what ends a program here.
type killed struct{}

// work lets the worker do what it can, again and again for some hours; true if the
// program was killed meanwhile.
func (d *desk) work() (dead bool) {
	d.t.Helper()
	defer func() {
		if why := recover(); why != nil {
			if _, ok := why.(killed); !ok {
				panic(why)
			}
			dead = true
		}
	}()
	for range 300 {
		next, err := d.engine.Step(d.t.Context(), d.post.Key)
		if err != nil {
			d.t.Fatal(err)
		}
		if next.IsZero() {
			return false
		}
		if next.After(d.clock) {
			d.clock = next
		}
	}
	d.t.Fatal("it does not come to rest")
	return false
}

func (d *desk) now() store.Delivery {
	d.t.Helper()
	x, ok, err := d.store.Get(d.t.Context(), d.post.Key)
	if err != nil || !ok {
		d.t.Fatalf("%v %v", ok, err)
	}
	return x
}

func openStore(t *testing.T) *store.Store {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "deliveries.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// TestEngine_isKilledAnywhere: the worker ends at every byte to or from the
// server, and another takes over. Whoever is uncertain is sent to again when a
// person says so, and nobody else.
func TestEngine_isKilledAnywhere(t *testing.T) {
	t.Parallel()
	s, db := serve(t, &server{}, nil), openStore(t)
	for at := 1; ; at++ {
		d := newDesk(t, db, edition(2000+at, readers()...))
		places := 0
		d.program(mail.New(platform.Account{}, settings(s, readers()), &line{kill: func() bool {
			if places++; places == at {
				panic(killed{})
			}
			return false
		}}))
		if dead := d.work(); !dead {
			if at < 30 {
				t.Errorf("%d places only", at)
			}
			return
		}
		d.clock = d.clock.Add(time.Minute)
		d.program(mail.New(platform.Account{}, settings(s, readers()), &line{}))
		d.work()
		x := d.now()
		tally := honest(t, s, d.post.Key, x.Handle, readers())
		if x.State == journal.Published && tally == (mail.Tally{Sent: 3}) {
			continue
		}
		if x.State != journal.Uncertain || x.Reason != journal.CannotLook || tally != (mail.Tally{Sent: 2, Uncertain: 1}) {
			t.Fatalf("killed at %d: %s %s %+v %s", at, x.State, x.Reason, tally, x.Detail)
		}
		before := d.count(s)
		if _, err := d.engine.Resolve(t.Context(), d.post.Key, false, ""); err != nil {
			t.Fatal(err)
		}
		d.work()
		if x := d.now(); x.State != journal.Published || d.count(s) != before+1 {
			t.Errorf("killed at %d, sent again: %s %s, %d mails before, %d after", at, x.State, x.Reason, before, d.count(s))
		}
	}
}

// count is how many mails of this edition are in all boxes.
func (d *desk) count(s *server) int {
	d.t.Helper()
	n := 0
	for _, to := range readers() {
		token, _ := mail.Token(d.post.Key, to)
		for _, text := range s.box(to) {
			if id := header(d.t, text, "Message-ID"); id == "<"+d.post.Edition.ID+"."+token+"@roues.example>" {
				n++
			}
		}
	}
	return n
}

// TestEngine_putsOffAndGoesOn: who is greylisted gets his mail later, and what
// happened meanwhile stays.
func TestEngine_putsOffAndGoesOn(t *testing.T) {
	t.Parallel()
	s := serve(t, &server{rcpt: func(to string, try int) error {
		switch {
		case to == readers()[0] && try < 4:
			return refusal(451, "4.7.1 come again")
		case to == readers()[2]:
			return refusal(452, "4.2.2 full")
		}
		return nil
	}}, nil)
	d := newDesk(t, openStore(t), edition(1, readers()...))
	d.program(mail.New(platform.Account{}, settings(s, readers()), &line{}))
	d.work()
	x := d.now()
	tally := honest(t, s, d.post.Key, x.Handle, readers())
	if x.State != journal.Published || tally != (mail.Tally{Sent: 2, Refused: 1}) || d.clock.Sub(d.post.At) > 6*time.Hour {
		t.Errorf("%s %s %+v after %s: %s", x.State, x.Reason, tally, d.clock.Sub(d.post.At), x.Detail)
	}
}

// TestEngine_aBackupSendsNothing: the database is that of a minute before the
// edition, or of the middle of it, put back the next day.
func TestEngine_aBackupSendsNothing(t *testing.T) {
	t.Parallel()
	for _, begun := range []bool{false, true} {
		s := serve(t, &server{rcpt: func(to string, try int) error {
			if begun && to == readers()[0] && try == 1 {
				return refusal(451, "4.7.1 come again")
			}
			return nil
		}}, nil)
		d := newDesk(t, openStore(t), edition(1, readers()...))
		p := mail.New(platform.Account{}, settings(s, readers()), &line{})
		d.program(p)
		if !begun {
			d.clock = d.post.At.Add(-time.Minute)
		}
		if _, err := d.engine.Step(t.Context(), d.post.Key); err != nil {
			t.Fatal(err)
		}
		if err := d.engine.Beat(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		copyOf := filepath.Join(t.TempDir(), "backup.db")
		if _, err := d.store.Backup(t.Context(), copyOf, d.clock); err != nil {
			t.Fatal(err)
		}
		d.work()
		if n := d.count(s); n != 3 || d.now().State != journal.Published {
			t.Fatalf("%d mails, %s", n, d.now().State)
		}
		old, err := store.Open(t.Context(), copyOf)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { old.Close() })
		d.store, d.clock = old, d.post.At.Add(5*time.Hour)
		d.program(p)
		if n, err := d.engine.Recover(t.Context()); err != nil || n != 1 {
			t.Fatalf("%d in doubt, %v", n, err)
		}
		d.work()
		if n, x := d.count(s), d.now(); n != 3 || x.State != journal.Uncertain || x.Reason != journal.CannotLook {
			t.Errorf("begun %t: %d mails, %s %s", begun, n, x.State, x.Reason)
		}
	}
}
