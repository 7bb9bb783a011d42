package store

import (
	"database/sql"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// TestTryFor_countsTime: each try waits for the queue first, which waits as long
// itself. It ends with the try of the minute all the same.
func TestTryFor_countsTime(t *testing.T) {
	t.Parallel()
	locked := lockedError(t)
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		err := tryFor(t.Context(), patience, func() error {
			time.Sleep(2 * busyFor * time.Millisecond)
			return locked
		})
		if took := time.Since(began); !busy(err) || took < patience || took > patience+2*busyFor*time.Millisecond {
			t.Errorf("%v after %s", err, took)
		}
	})
}

// lockedError is what SQLite says of a file that another one writes to.
func lockedError(t *testing.T) error {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "a.db")+"?_txlock=immediate&_pragma=busy_timeout(0)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() //nolint:errcheck // it only holds the lock
	_, err = db.BeginTx(t.Context(), nil)
	if !busy(err) {
		t.Fatalf("it is not locked: %v", err)
	}
	return err
}
