package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Engine is the kind of database.
type Engine string

const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgresql"
)

// Store is an open database. Several goroutines may use it.
type Store struct {
	engine Engine
	// db writes; on SQLite through one connection, and read reads beside it.
	db, read *sql.DB
	often    oneRow        // reads what is asked for often
	pool     *pgxpool.Pool // of PostgreSQL
	path     string        // of SQLite
	desk     *desk         // of SQLite
	// room lets so many of a rank write to PostgreSQL at the same time; nil: all.
	room [ranks]chan struct{}
}

// Open opens the database at an address: a path of a file, which is made where
// there is none, or postgres://…. Its tables are brought up to date. An error
// that people can do something about wraps a [problem.Problem].
func Open(ctx context.Context, address string) (*Store, error) {
	s, err := open(ctx, address)
	if err != nil {
		return nil, Explain(err)
	}
	if err := s.migrate(ctx); err != nil {
		return nil, Explain(errors.Join(err, s.Close()))
	}
	return s, nil
}

func open(ctx context.Context, address string) (*Store, error) {
	if IsURL(address) {
		return openPostgreSQL(ctx, address)
	}
	if address == "" || strings.Contains(address, "://") {
		return nil, refuse(CodeAddress, nil)
	}
	return openSQLite(address)
}

// IsURL reports whether an address is that of a PostgreSQL, and not the path of
// a file.
func IsURL(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// Engine returns the kind of database.
func (s *Store) Engine() Engine { return s.engine }

// SQL and Pool are the database for the queue: of SQLite the one connection that
// writes, of PostgreSQL the pool; the other is nil.
func (s *Store) SQL() *sql.DB {
	if s.engine == SQLite {
		return s.db
	}
	return nil
}

// ReadSQL is the database for reading beside what writes.
func (s *Store) ReadSQL() *sql.DB { return s.read }

// Pool is told of with [Store.SQL].
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// Close closes the database.
func (s *Store) Close() error {
	if s.pool != nil {
		err := s.db.Close()
		s.pool.Close()
		return err
	}
	return errors.Join(s.read.Close(), s.db.Close())
}
