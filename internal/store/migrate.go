package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"

	"editorial/pkg/problem"
)

//go:embed migrations/*.sql
var migrations embed.FS

// lockPoll is how often a program looks whether another one is done.
const lockPoll = 50 * time.Millisecond

// migrateSuffix ends the name of the file that is locked while tables are changed,
// which is locked for nothing else.
const migrateSuffix = ".migrate"

// migrationLock is the number of PostgreSQL's advisory lock: "editorial", as
// letters of a telephone go.
const migrationLock int64 = 334867425

// migrate brings the tables up to date, one program at a time, and refuses a
// database that a newer program has changed, or that is another program's.
func (s *Store) migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	if err := s.ours(ctx); err != nil {
		return err
	}
	dialect := goose.DialectSQLite3
	if s.engine == PostgreSQL {
		dialect = goose.DialectPostgres
	}
	p, err := goose.NewProvider(dialect, s.db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrate database: %w", err)
	}
	sources := p.ListSources()
	if v, err := s.version(ctx); err != nil || v == sources[len(sources)-1].Version {
		return err
	}
	return s.Alone(ctx, func(ctx context.Context) error {
		switch current, known, err := p.GetVersions(ctx); {
		case err != nil:
			return fmt.Errorf("migrate database: %w", err)
		case current > known:
			return refuse(CodeNewer, problem.Params{"version": strconv.FormatInt(current, 10), "known": strconv.FormatInt(known, 10)})
		case current == known:
			return nil
		}
		if _, err := p.Up(ctx); err != nil {
			return fmt.Errorf("migrate database: %w", err)
		}
		return nil
	})
}

// version is that of the tables, 0 where there are none. It only reads, so that a
// command that reads is not held up by whoever writes.
func (s *Store) version(ctx context.Context) (v int64, err error) {
	err = patiently(ctx, func() error {
		return s.read.QueryRowContext(ctx, "select coalesce(max(version_id), 0) from goose_db_version").Scan(&v)
	})
	if noTable(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("open database: %w", err)
	}
	return v, nil
}

// ours refuses a file that holds tables, but none of ours. A PostgreSQL may be
// shared.
func (s *Store) ours(ctx context.Context) error {
	if s.engine != SQLite {
		return nil
	}
	var tables, ours int
	if err := patiently(ctx, func() error {
		return s.read.QueryRowContext(ctx, `select count(*), coalesce(sum(name = 'goose_db_version'), 0) from sqlite_master where type = 'table'`).
			Scan(&tables, &ours)
	}); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	if tables > 0 && ours == 0 {
		return refuse(CodeForeign, nil)
	}
	return nil
}

// Alone does something while no other program does anything in Alone on the same
// database: changing tables.
func (s *Store) Alone(ctx context.Context, do func(context.Context) error) error {
	unlock, err := s.lock(ctx)
	if err != nil {
		return fmt.Errorf("lock database: %w", err)
	}
	defer unlock()
	return do(ctx)
}

// lock takes the lock. That of PostgreSQL ends with its connection, that of a
// file with the program.
func (s *Store) lock(ctx context.Context) (unlock func(), err error) {
	if s.engine == SQLite {
		lock := flock.New(s.path+migrateSuffix, flock.SetPermissions(0o600))
		if _, err := lock.TryLockContext(ctx, lockPoll); err != nil {
			return nil, err
		}
		return func() { _ = lock.Unlock() }, nil
	}
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	if _, err = conn.Exec(ctx, "set lock_timeout = 0"); err == nil {
		_, err = conn.Exec(ctx, "select pg_advisory_lock($1)", migrationLock)
	}
	if err != nil {
		conn.Release()
		return nil, err
	}
	return func() {
		// Closing it frees the lock, whatever became of the line.
		_ = conn.Hijack().Close(context.WithoutCancel(ctx))
	}, nil
}
