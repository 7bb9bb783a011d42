package store_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/need/postgres"
	"editorial/internal/store"
	"editorial/pkg/publish/journal"
)

// TestBackup_isRestoredIntoEither: what one engine holds the other holds after a
// backup and its restoring, and nothing is forgotten on the way.
func TestBackup_isRestoredIntoEither(t *testing.T) {
	t.Parallel()
	server := postgres.Start(t)
	lite := func(t testing.TB) string { return filepath.Join(t.TempDir(), "deliveries.db") }
	for _, c := range []struct {
		name     string
		from, to fresh
	}{
		{"SQLite to SQLite", lite, lite}, {"SQLite to PostgreSQL", lite, server.Database},
		{"PostgreSQL to SQLite", server.Database, lite}, {"PostgreSQL to PostgreSQL", server.Database, server.Database},
	} {
		t.Run(c.name, func(t *testing.T) { testBackup(t, open(t, c.from(t)), open(t, c.to(t))) })
	}
}

// held is all that a database tells.
type held struct {
	Deliveries []store.Delivery
	Lines      []store.Line
	Freezes    []store.Freeze
	Nodes      []store.Node
	Pace       store.Pace
	Setting    string
}

func tells(t testing.TB, s *store.Store) (h held) {
	t.Helper()
	var err [5]error
	h.Deliveries, err[0] = s.All(t.Context())
	err[1] = s.Lines(t.Context(), func(l store.Line) error { h.Lines = append(h.Lines, l); return nil })
	h.Freezes, err[2] = s.Freezes(t.Context())
	h.Nodes, err[3] = s.Nodes(t.Context())
	h.Setting, err[4] = s.Setting(t.Context(), "a")
	if err := errors.Join(err[:]...); err != nil {
		t.Fatal(err)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) (err error) { h.Pace, err = tx.Pace(ctx, "masto"); return err })
	return h
}

// fill puts one delivery into each state, doubted or not, and one line of
// everything else.
func fill(t testing.TB, s *store.Store) {
	t.Helper()
	for n, state := range journal.States() {
		d := delivery(n)
		d.State, d.Doubt = state, false
		put(t, s, d)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(
			tx.PutFreeze(ctx, store.Freeze{ID: "f", At: at(1), Reason: "fire"}), tx.Beat(ctx, store.Node{Name: "n", Beat: at(2), Stopped: true}),
			tx.SetPace(ctx, "masto", store.Pace{Last: at(3)}), tx.Set(ctx, "a", "value"),
		)
	})
}

func testBackup(t *testing.T, from, to *store.Store) {
	fill(t, from)
	before := tells(t, from)
	file := filepath.Join(t.TempDir(), "deep", "backup.db")
	if n, err := from.Backup(t.Context(), file, at(30)); n != len(journal.States()) || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	if diff := cmp.Diff(before, tells(t, from)); diff != "" {
		t.Errorf("a backup changed the database: %s", diff)
	}
	beside, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(beside) != 1 {
		t.Errorf("a backup is not one file: %v, %v", beside, err)
	}
	bytes, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	later := at(3600)
	done, err := to.Restore(t.Context(), store.Restore{File: file, At: later})
	if err != nil {
		t.Fatal(err)
	}
	if want := (store.Restored{From: at(30), Deliveries: len(journal.States()), Doubted: len(journal.States()) - 1}); done != want {
		t.Errorf("%+v", done)
	}
	if after, err := os.ReadFile(file); err != nil || string(after) != string(bytes) {
		t.Errorf("the backup is not as it was: %v", err)
	}
	want := before
	for i, d := range want.Deliveries {
		if d.State == journal.Published {
			continue
		}
		lines := linesOf(t, to, d.Key)
		if len(lines) != 2 || lines[1].Step != 2 || !lines[1].At.Equal(later) {
			t.Errorf("%s: lines %+v", d.Key, lines)
		}
		now := &want.Deliveries[i]
		if now.Doubt, now.Step = true, 2; d.State == journal.Leased || d.State == journal.Prepared {
			now.State, now.Next, now.Owner, now.Lease = journal.Planned, time.Time{}, "", time.Time{}
		}
	}
	got := tells(t, to)
	got.Lines = got.Lines[:len(want.Lines)] // the doubts are the newest
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what was restored: %s", diff)
	}
	if since, until, err := to.Gap(t.Context()); !since.Equal(at(30)) || !until.Equal(later) || err != nil {
		t.Errorf("%v, %v, %v", since, until, err)
	}
	put(t, to, delivery(77)) // and it goes on
	if since, until, err := from.Gap(t.Context()); !since.IsZero() || !until.IsZero() || err != nil {
		t.Errorf("nothing was restored: %v, %v, %v", since, until, err)
	}
}

// TestRestore_whatIsToComeIsNotInDoubt: a placement whose instant is to come cannot
// have gone out, and needs nobody.
func TestRestore_whatIsToComeIsNotInDoubt(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "a.db"))
	past, future := delivery(1), delivery(60)
	past.Doubt, future.Doubt, future.State = false, false, journal.Prepared
	put(t, s, past, future)
	file := filepath.Join(t.TempDir(), "b.db")
	if _, err := s.Backup(t.Context(), file, at(0)); err != nil {
		t.Fatal(err)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		out := get(t, s, past.Key)
		out.State = journal.Published
		return tx.Change(ctx, &out, at(1))
	})
	keep := filepath.Join(t.TempDir(), "keep.db")
	done, err := s.Restore(t.Context(), store.Restore{File: file, At: past.Due, Over: true, Keep: keep})
	if kept := get(t, open(t, keep), past.Key); kept.State != journal.Published {
		t.Errorf("what was there was not kept: %v", kept.State)
	}
	if err != nil || done.Doubted != 1 || !get(t, s, past.Key).Doubt || get(t, s, future.Key).Step != 1 {
		t.Errorf("%+v, %v", done, err)
	}
	// Restored once more, from a backup of what was restored.
	again := filepath.Join(t.TempDir(), "c.db")
	if _, err := s.Backup(t.Context(), again, at(100)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Restore(t.Context(), store.Restore{File: again, At: at(200), Over: true}); err != nil {
		t.Fatal(err)
	}
	if since, until, err := s.Gap(t.Context()); !since.Equal(at(100)) || !until.Equal(at(200)) || err != nil {
		t.Errorf("the gap is that of the last time: %v, %v, %v", since, until, err)
	}
}

func TestRestore_refuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "a.db"))
	fill(t, s)
	file := filepath.Join(dir, "backup.db")
	if _, err := s.Backup(t.Context(), file, at(0)); err != nil {
		t.Fatal(err)
	}
	before := tells(t, s)
	text := filepath.Join(dir, "text.db")
	half := filepath.Join(dir, "half.db")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(text, []byte("this is no database, and never was"), 0o600), os.WriteFile(half, whole[:len(whole)/2], 0o600)); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(dir, "newer.db")
	future := open(t, filepath.Join(dir, "future.db"))
	if _, err := future.Backup(t.Context(), newer, at(0)); err != nil {
		t.Fatal(err)
	}
	changed, err := store.Open(t.Context(), newer)
	if err != nil {
		t.Fatal(err)
	}
	raw(t, changed, "insert into goose_db_version (version_id, is_applied) values (99, true)")
	if err := changed.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what string
		r    store.Restore
		want string
	}{
		{"deliveries are there", store.Restore{File: file, At: at(9000)}, string(store.CodeNotEmpty)},
		{"no backup", store.Restore{File: filepath.Join(dir, "future.db"), At: at(9000), Over: true}, string(store.CodeNoBackup)},
		{"no database", store.Restore{File: text, At: at(9000), Over: true}, string(store.CodeNone)},
		{"half a database", store.Restore{File: half, At: at(9000), Over: true}, string(store.CodeDamaged)},
		{"of a newer program", store.Restore{File: newer, At: at(9000), Over: true}, string(store.CodeNewer)},
	} {
		if c.r.Over {
			c.r.Keep = filepath.Join(dir, "keep.db")
		}
		if _, err := s.Restore(t.Context(), c.r); string(found(err).Code) != c.want {
			t.Errorf("%s: %v", c.what, err)
		}
		if _, err := os.Stat(c.r.Keep); err == nil {
			t.Errorf("%s: for nothing there is a backup of what is there", c.what)
		}
	}
	if _, err := s.Restore(t.Context(), store.Restore{File: filepath.Join(dir, "none.db"), At: at(9000), Over: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.Beat(ctx, store.Node{Name: "lives", Beat: at(8990)})
	})
	if _, err := s.Restore(t.Context(), store.Restore{File: file, At: at(9000), Over: true, Keep: filepath.Join(dir, "keep.db")}); found(err).Code != store.CodeRunning || found(err).Params["name"] != "lives" {
		t.Errorf("a program delivers: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "keep.db")); err == nil {
		t.Error("while a program delivers: for nothing there is a backup of what is there")
	}
	after := tells(t, s)
	after.Nodes = before.Nodes
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("what was refused changed something: %s", diff)
	}
	if _, err := s.Backup(t.Context(), file, at(0)); found(err).Code != store.CodeBackupThere {
		t.Errorf("a backup took the place of a file: %v", err)
	}
}

// TestBackup_underWrites: a backup that is made while others write is of one
// instant: each delivery has exactly the lines of its steps.
func TestBackup_underWrites(t *testing.T) {
	t.Parallel()
	for name, address := range map[string]fresh{
		"SQLite":     func(t testing.TB) string { return filepath.Join(t.TempDir(), "a.db") },
		"PostgreSQL": func(t testing.TB) string { return postgres.Start(t).Database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, address(t))
			d := delivery(1)
			put(t, s, d)
			ctx, stop := context.WithCancel(t.Context())
			wrote := make(chan int, 1)
			go func() {
				n := 0
				for ctx.Err() == nil {
					if err := s.Write(t.Context(), func(tx *store.Tx) error {
						if err := tx.Set(t.Context(), "a", strconv.Itoa(d.Step+1)); err != nil {
							return err
						}
						return tx.Change(t.Context(), &d, at(n))
					}); err != nil {
						t.Error(err)
						break
					}
					n++
				}
				wrote <- n
			}()
			for n := range 5 {
				file := filepath.Join(t.TempDir(), fmt.Sprint(n))
				if _, err := s.Backup(t.Context(), file, at(0)); err != nil {
					t.Fatal(err)
				}
				b := open(t, file)
				got := get(t, b, d.Key)
				if v, err := b.Setting(t.Context(), "a"); len(linesOf(t, b, d.Key)) != got.Step || err != nil || v != "" && v != strconv.Itoa(got.Step) {
					t.Errorf("step %d, %d lines, setting %q: not of one instant", got.Step, len(linesOf(t, b, d.Key)), v)
				}
				runtime.Gosched()
			}
			stop()
			if n := <-wrote; n == 0 {
				t.Error("nothing was written meanwhile")
			}
		})
	}
}

// TestBackup_calledOff leaves nothing behind.
func TestBackup_calledOff(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "a.db"))
	put(t, s, delivery(1))
	ctx, stop := context.WithCancel(t.Context())
	stop()
	dir := t.TempDir()
	if _, err := s.Backup(ctx, filepath.Join(dir, "b.db"), at(0)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if left, err := os.ReadDir(dir); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
