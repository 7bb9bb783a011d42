package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

const (
	// busyFor is how long, in milliseconds, one try waits for a program that
	// holds the lock; between two tries it is seen whether anybody still waits.
	busyFor = 5000
	// patience is how long it is tried to begin. The queue waits on the same
	// connection, so that tries are no measure of time.
	patience = time.Minute
	// openTries is how often it is tried to open a file that is new to others, too.
	openTries = 12
	// readers are the connections that read beside the one that writes, readCache
	// the KiB of pages that each keeps: the system keeps them, too.
	readers   = 4
	readCache = 512
)

// openSQLite opens a file, and makes it, and the folder that it is in, where
// there is none: for its owner alone.
func openSQLite(address string) (*Store, error) {
	path, err := filepath.Abs(address)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	// SQLite would make it for everybody to read, and gives its other files the
	// rights of this one.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	write, err := sqliteFile(path, "&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	read, err := sqliteFile(path, fmt.Sprintf("&_pragma=query_only(1)&_pragma=cache_size(-%d)", readCache))
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(readers)
	s := &Store{engine: SQLite, db: write, read: read, often: onDB{newPrepared(read)}, path: path}
	s.desk = newDesk(s.begin, newPrepared(write))
	return s, nil
}

// sqliteFile opens a file. What is committed is on the disk: a crash of the
// machine must not forget a commit that was called. The times are the queue's.
func sqliteFile(path, more string) (*sql.DB, error) {
	dsn := (&url.URL{Scheme: "file", Path: path}).String() +
		fmt.Sprintf("?_pragma=busy_timeout(%d)", busyFor) +
		"&_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)&_time_format=sqlite&_timezone=UTC" + more
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return db, nil
}

// begin begins to write, and waits for a program that holds the lock: nothing is
// done yet, so that trying again is safe.
func (s *Store) begin(ctx context.Context) (*sql.Tx, error) {
	var tx *sql.Tx
	err := tryFor(ctx, patience, func() (err error) {
		tx, err = s.db.BeginTx(ctx, nil)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	return tx, nil
}

// tryFor tries again for so long as another program holds the lock.
func tryFor(ctx context.Context, long time.Duration, try func() error) error {
	within, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	for {
		if err := try(); !busy(err) || within.Err() != nil {
			return err
		}
	}
}

// patiently asks again while other programs hold a new file, which SQLite itself
// does not wait for: they give it its log ahead.
func patiently(ctx context.Context, ask func() error) error {
	for n := 1; ; n++ {
		err := ask()
		if !busy(err) || n == openTries {
			return err
		}
		pause, cancel := context.WithTimeout(ctx, lockPoll)
		<-pause.Done()
		cancel()
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}
