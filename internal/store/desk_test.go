package store_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"editorial/internal/store"
)

// waiting is a store on which somebody writes, until all that is asked of it
// waits.
type waiting struct {
	t *testing.T
	*store.Store
	begun, end chan struct{}
	done       []string // what was done, in order
	txs        map[*sql.Tx]bool
	group      sync.WaitGroup
	mu         sync.Mutex
	errs       map[string]error
}

func busyWriting(t *testing.T, before ...string) *waiting {
	t.Helper()
	w := &waiting{
		t: t, Store: open(t, filepath.Join(t.TempDir(), "a.db")), begun: make(chan struct{}), end: make(chan struct{}),
		txs: map[*sql.Tx]bool{}, errs: map[string]error{},
	}
	for _, statement := range before {
		raw(t, w.Store, statement)
	}
	go func() {
		err := w.Write(t.Context(), func(*store.Tx) error {
			close(w.begun)
			<-w.end
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}()
	<-w.begun
	return w
}

// ask has something written by its name.
func (w *waiting) ask(ctx context.Context, rank store.Rank, name string, do func(context.Context, *store.Tx) error) {
	synctest.Wait() // in the order in which it is asked
	w.group.Go(func() {
		err := w.WriteAs(ctx, rank, func(ctx context.Context, tx *store.Tx) error {
			w.done, w.txs[tx.SQL] = append(w.done, name), true
			if err := tx.Set(ctx, name, "done"); err != nil {
				return err
			}
			if do == nil {
				return nil
			}
			return do(ctx, tx)
		})
		w.mu.Lock()
		defer w.mu.Unlock()
		w.errs[name] = err
	})
}

// finish lets all go on, and waits.
func (w *waiting) finish() {
	synctest.Wait()
	close(w.end)
	w.group.Wait()
}

// want says what is there afterwards, and which error each had: "" is none.
func (w *waiting) want(name string, there bool, err string) {
	w.t.Helper()
	value, gerr := w.Setting(w.t.Context(), name)
	if gerr != nil || (value != "") != there {
		w.t.Errorf("%s is %q, %v", name, value, gerr)
	}
	if got := w.errs[name]; (got == nil) != (err == "") || got != nil && !strings.Contains(got.Error(), err) {
		w.t.Errorf("%s: %v, want %q", name, got, err)
	}
}

// TestWriteAs_callsGoFirst: of what waits, calls are written first and chores last,
// those of one rank in one transaction.
func TestWriteAs_callsGoFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := busyWriting(t)
		for _, name := range []string{"chore1", "record1", "call1", "chore2", "record2", "call2"} {
			rank := map[byte]store.Rank{'h': store.Chore, 'e': store.Record, 'a': store.Call}[name[1]]
			w.ask(t.Context(), rank, name, nil)
		}
		w.finish()
		if want := []string{"call1", "call2", "record1", "record2", "chore1", "chore2"}; !slices.Equal(w.done, want) || len(w.txs) != 3 {
			t.Errorf("%v in %d transactions", w.done, len(w.txs))
		}
		for _, name := range w.done {
			w.want(name, true, "")
		}
	})
}

// TestWriteAs_oneFails: of those who are written together one fails, or wants no
// more: it leaves nothing behind, and the others are done.
func TestWriteAs_oneFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := busyWriting(t)
		gone, leave := context.WithCancel(t.Context())
		during, cancel := context.WithCancel(t.Context())
		w.ask(t.Context(), store.Call, "first", nil)
		w.ask(t.Context(), store.Call, "fails", func(context.Context, *store.Tx) error { return errors.New("on purpose") })
		w.ask(gone, store.Call, "gone", nil)
		w.ask(during, store.Call, "begun", func(ctx context.Context, tx *store.Tx) error {
			cancel() // too late
			return tx.Set(ctx, "more", "done")
		})
		w.ask(t.Context(), store.Call, "last", nil)
		synctest.Wait()
		leave()
		w.finish()
		w.want("first", true, "")
		w.want("fails", false, "on purpose")
		w.want("gone", false, "canceled")
		w.want("begun", true, "")
		w.want("last", true, "")
		if len(w.txs) != 1 || slices.Contains(w.done, "gone") {
			t.Errorf("%v in %d transactions", w.done, len(w.txs))
		}
	})
}

// TestWriteAs_theDiskFails: SQLite undoes a whole transaction of its own where the
// disk is full. Nobody is then told that it is done, and nothing is; the next ones
// are.
func TestWriteAs_theDiskFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := busyWriting(t, "create trigger full before insert on settings when new.name = 'full' begin select raise(rollback, 'no room'); end")
		w.ask(t.Context(), store.Call, "first", nil)
		w.ask(t.Context(), store.Call, "second", func(ctx context.Context, tx *store.Tx) error { return tx.Set(ctx, "full", "x") })
		w.ask(t.Context(), store.Call, "third", nil)
		w.ask(t.Context(), store.Record, "record", nil)
		w.finish()
		w.want("first", false, "no room")
		w.want("second", false, "no room")
		w.want("third", false, "no room")
		w.want("record", true, "")
		for _, err := range w.errs {
			if err != nil && strings.Contains(err.Error(), "savepoint") {
				t.Errorf("it tells people of our savepoints: %v", err)
			}
		}
	})
}

// TestWriteAs_nobodyStarves: there are more of one rank than are written together.
func TestWriteAs_nobodyStarves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := busyWriting(t)
		for i := range 40 {
			w.ask(t.Context(), store.Rank(i%3), strings.Repeat("x", i+1), nil)
		}
		w.finish()
		if len(w.done) != 40 || len(w.txs) > 40/3 {
			t.Errorf("%d done in %d transactions", len(w.done), len(w.txs))
		}
	})
}
