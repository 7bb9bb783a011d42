package delivery_test

import (
	"context"
	"database/sql"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"editorial/pkg/publish/journal"
)

// heard is a log that calls do for every line of a text.
type heard struct {
	text string
	do   func(n int)
	n    *atomic.Int32
}

func (h heard) Enabled(context.Context, slog.Level) bool { return true }
func (h heard) WithAttrs([]slog.Attr) slog.Handler       { return h }
func (h heard) WithGroup(string) slog.Handler            { return h }
func (h heard) Handle(_ context.Context, r slog.Record) error {
	if r.Message == h.text {
		h.do(int(h.n.Add(1)))
	}
	return nil
}

// exec runs statements as another part of the program would.
func (b *bench) exec(statement string) {
	b.t.Helper()
	if _, err := b.store.SQL().ExecContext(context.Background(), statement); err != nil {
		b.t.Fatal(err)
	}
}

// What keeps the database from noting that something is out: at the statement, or,
// as a full disk does, when all is written and the commit comes.
const (
	failsAtOnce   = `create trigger full before insert on journal when new.state = 'published' begin select raise(fail, 'the disk is full'); end`
	failsAtCommit = `create trigger full after insert on journal when new.state = 'published' begin insert into hurdle values (7, 8); end`
)

// TestDisk_fillsBetweenCommitAndRecord: it is out, and that cannot be written down
// for a while: it is written down later, from the answer, when the disk has room.
// Nobody is asked, and it never goes out again.
func TestDisk_fillsBetweenCommitAndRecord(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		trigger string
		tries   int // how many fail; 0: all, until the disk has room an hour later
		blind   bool
		state   string
		looks   int
	}{
		"a try, at once":            {failsAtOnce, 1, true, "published", 0},
		"three tries, at once":      {failsAtOnce, 3, true, "published", 0},
		"a try, at the commit":      {failsAtCommit, 1, true, "published", 0},
		"three, at the commit":      {failsAtCommit, 3, true, "published", 0},
		"an hour, can be looked up": {failsAtOnce, 0, false, "published", 0},
		"an hour, at the commit":    {failsAtCommit, 0, false, "published", 0},
		"an hour, and nobody knows": {failsAtCommit, 0, true, "published", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRunning(t, 1, func(b *running) {
					b.remote.blind = tt.blind
					b.exec(`create table hurdle (n integer primary key, up integer references hurdle (n) deferrable initially deferred)`)
					b.exec(tt.trigger)
					b.opts.Log = slog.New(heard{"delivery not recorded", func(n int) {
						if n == tt.tries {
							b.exec("drop trigger full")
						}
					}, new(atomic.Int32)})
				})
				defer func() { r.stop() }()
				r.sleep(time.Hour + time.Minute)
				if tt.tries == 0 {
					r.sleep(time.Hour)
					r.exec("drop trigger full")
					r.sleep(time.Hour)
				}
				r.sleep(time.Minute)
				r.want(0, tt.state)
				r.out(1)
				if d, _, err := r.store.Get(t.Context(), key(0)); err != nil || d.Published.Sub(d.Due) > 5*time.Second {
					t.Errorf("out at %s, %v", d.Published, err)
				}
				if r.remote.commits != 1 || tt.looks == 0 && r.remote.looks != 0 {
					t.Errorf("%d commits, %d look-ups", r.remote.commits, r.remote.looks)
				}
			})
		})
	}
}

// TestDisk_isLockedAtTheInstant: another program copies or edits the database, and
// keeps it locked from before the instant for twelve seconds: what is due goes out
// when it is done, once.
func TestDisk_isLockedAtTheInstant(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRunning(t, 2, nil)
		defer func() { r.stop() }()
		r.sleep(time.Hour - 2*time.Second)
		r.want(0, "prepared")
		var name string
		if err := r.store.SQL().QueryRowContext(t.Context(), "select file from pragma_database_list where name = 'main'").Scan(&name); err != nil {
			t.Fatal(err)
		}
		other, err := sql.Open("sqlite", "file:"+name+"?_txlock=exclusive")
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		tx, err := other.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(12 * time.Second)
		r.out(0)
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		r.sleep(10 * time.Second)
		r.want(0, "published")
		r.out(1, 0)
		r.sleep(2 * time.Minute)
		r.out(1, 1)
		if d, _, err := r.store.Get(t.Context(), key(0)); err != nil || d.Published.Sub(d.Due) > 20*time.Second || d.State != journal.Published {
			t.Errorf("%s at %s, %v", d.State, d.Published, err)
		}
	})
}

// TestDisk_fullAndTheProgramEnds: what only memory knew is looked up by the next
// program, or a person is asked.
func TestDisk_fullAndTheProgramEnds(t *testing.T) {
	t.Parallel()
	for _, blind := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			r := newRunning(t, 1, func(b *running) {
				b.remote.blind = blind
				b.exec(failsAtOnce)
			})
			r.sleep(time.Hour + time.Minute)
			r.stop()
			r.exec("drop trigger full")
			r.restart("b")
			r.clock = start().Add(10 * time.Minute)
			if _, err := r.engine.Pass(t.Context()); err != nil {
				t.Fatal(err)
			}
			if blind {
				r.want(0, "uncertain cannot-look")
			} else {
				r.want(0, "published")
			}
			r.out(1)
		})
	}
}
