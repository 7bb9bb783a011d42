package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"editorial/internal/need/postgres"
	"editorial/internal/store"
)

func TestMain(m *testing.M) {
	if where := os.Getenv("STORE_TEST_CHILD"); where != "" {
		child(where)
		return
	}
	os.Exit(m.Run())
}

// child changes a delivery again and again, and tells each step that it has
// committed.
func child(address string) {
	ctx := context.Background()
	s, err := store.Open(ctx, address)
	if err != nil {
		panic(err)
	}
	d, _, err := s.Get(ctx, delivery(1).Key)
	if err != nil {
		panic(err)
	}
	for {
		if err := s.Write(ctx, func(tx *store.Tx) error {
			if err := tx.Set(ctx, "step", strconv.Itoa(d.Step+1)); err != nil {
				return err
			}
			return tx.Change(ctx, &d, at(d.Step))
		}); err != nil {
			panic(err)
		}
		fmt.Println(d.Step)
	}
}

// still reads what the child writes: a server may do its last change only after
// the child has died, so it is read until none came between.
func still(t *testing.T, s *store.Store) (d store.Delivery, lines []store.Line, step string) {
	t.Helper()
	for {
		d = get(t, s, delivery(1).Key)
		lines = linesOf(t, s, d.Key)
		var err error
		if step, err = s.Setting(t.Context(), "step"); err != nil {
			t.Fatal(err)
		}
		if get(t, s, d.Key).Step == d.Step {
			return d, lines, step
		}
	}
}

// TestCrash_forgetsNothing: a program that is killed at any instant has done
// whole changes, and every one that it was told of.
func TestCrash_forgetsNothing(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, address := range map[string]string{
		"SQLite": filepath.Join(t.TempDir(), "a.db"), "PostgreSQL": "",
	} {
		t.Run(name, func(t *testing.T) {
			if address == "" {
				address = postgres.Start(t).Database(t)
			}
			s := open(t, address)
			put(t, s, delivery(1))
			for n := range 8 {
				cmd := exec.Command(self)
				cmd.Env = append(os.Environ(), "STORE_TEST_CHILD="+address)
				out, err := cmd.StdoutPipe()
				if err != nil {
					t.Fatal(err)
				}
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				told, last := bufio.NewScanner(out), 0
				for range 3 + 7*n {
					if !told.Scan() {
						t.Fatal("the other program ended by itself")
					}
				}
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
				for ok := true; ok; ok = told.Scan() {
					if last, err = strconv.Atoi(told.Text()); err != nil {
						t.Fatal(err)
					}
				}
				_ = cmd.Wait()
				d, lines, step := still(t, s)
				if d.Step < last || len(lines) != d.Step || lines[len(lines)-1].Step != d.Step || step != strconv.Itoa(d.Step) {
					t.Errorf("told of step %d, found %d with %d lines and setting %s", last, d.Step, len(lines), step)
				}
			}
			if err := s.Check(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestPostgreSQL_comesBack: while the server is away a write says so; when it is
// back the same store writes again, and what was committed is there.
func TestPostgreSQL_comesBack(t *testing.T) {
	t.Parallel()
	server := postgres.Start(t)
	s := open(t, server.Database(t))
	put(t, s, delivery(1))
	broken := s.Write(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.Put(t.Context(), delivery(2), at(1)); err != nil {
			t.Error(err)
		}
		server.Crash()
		return nil
	})
	if broken == nil {
		t.Error("a commit without a server succeeded")
	}
	if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.Set(t.Context(), "a", "b") }); found(err).Code != store.CodeUnreachable {
		t.Errorf("without a server: %v", err)
	}
	if _, err := store.Open(t.Context(), "postgres:///velo?user=velo&password=hunter2&host="+filepath.Join(t.TempDir(), "none")); found(err).Code != store.CodeUnreachable {
		t.Errorf("no server at all: %v", err)
	}
	server.Recover(t)
	put(t, s, delivery(3))
	all, err := s.All(t.Context())
	if err != nil || len(all) != 2 || all[0].Key != delivery(1).Key || all[1].Key != delivery(3).Key {
		t.Errorf("%d deliveries, %v", len(all), err)
	}
}

// TestPostgreSQL_endsWhatWasCutOff: a machine that was cut off in a transaction
// holds its locks for half a minute at most.
func TestPostgreSQL_endsWhatWasCutOff(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Start(t).Database(t))
	for name, want := range map[string]string{"idle_in_transaction_session_timeout": "30s", "lock_timeout": "20s"} {
		if err := s.Write(t.Context(), func(tx *store.Tx) error {
			var got string
			err := tx.PGX.QueryRow(t.Context(), "show "+name).Scan(&got)
			if got != want {
				err = errors.Join(err, fmt.Errorf("%s is %s", name, got))
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	}
}

// TestPostgreSQL_cutInTheCommit: whoever commits and hears nothing does not know
// whether it was done. Reading tells; and a change of what was read before is
// refused, so that guessing wrong does no harm.
func TestPostgreSQL_cutInTheCommit(t *testing.T) {
	t.Parallel()
	server := postgres.Start(t)
	for cut, done := range map[postgres.Cut]bool{postgres.BeforeCommit: false, postgres.AfterCommit: true} {
		line := server.Line(t)
		s := open(t, line.Through(server.Database(t)))
		put(t, s, delivery(1))
		before := get(t, s, delivery(1).Key)
		changed := before
		line.Set(cut)
		err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.Change(t.Context(), &changed, at(1)) })
		if err == nil || errors.Is(err, store.ErrChanged) {
			t.Errorf("cut %v: %v", cut, err)
		}
		// What is cut off holds no lock: the next one writes at once, if it read
		// again.
		err = s.Write(t.Context(), func(tx *store.Tx) error { return tx.Change(t.Context(), &before, at(2)) })
		now := get(t, s, delivery(1).Key)
		if done && (!errors.Is(err, store.ErrChanged) || now.Step != 2) || !done && (err != nil || now.Step != 2) {
			t.Errorf("cut %v: then %v, step %d", cut, err, now.Step)
		}
		if lines := linesOf(t, s, now.Key); len(lines) != 2 {
			t.Errorf("cut %v: %d lines", cut, len(lines))
		}
	}
}
