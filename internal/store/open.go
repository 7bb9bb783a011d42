package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

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
	pool     *pgxpool.Pool // of PostgreSQL
}

// Open opens the database at an address: a path of a file, which is made where
// there is none, or postgres://…. Its tables are brought up to date.
func Open(ctx context.Context, address string) (*Store, error) {
	s, err := open(ctx, address)
	if err != nil {
		return nil, err
	}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func open(ctx context.Context, address string) (*Store, error) {
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		config, err := pgxpool.ParseConfig(address)
		if err != nil {
			return nil, errors.New("open database: the address of PostgreSQL cannot be read") // err shows the password
		}
		// Statements are not prepared by name, so that a pooler may stand between.
		config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeExec
		pool, err := pgxpool.NewWithConfig(ctx, config)
		if err != nil {
			return nil, fmt.Errorf("open database: %w", err)
		}
		db := stdlib.OpenDBFromPool(pool)
		return &Store{engine: PostgreSQL, db: db, read: db, pool: pool}, nil
	}
	path, err := filepath.Abs(address)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	write, err := sqlite(path, "&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	read, err := sqlite(path, "&_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(4)
	return &Store{engine: SQLite, db: write, read: read}, nil
}

// sqlite opens a file. What is committed is on the disk: a crash of the machine
// must not forget a commit that was called.
func sqlite(path, more string) (*sql.DB, error) {
	dsn := (&url.URL{Scheme: "file", Path: path}).String() +
		"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)" + more
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return db, nil
}

// migrate brings the tables up to date, one program at a time.
func (s *Store) migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
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
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate database: %w", err)
	}
	return nil
}

// Engine returns the kind of database.
func (s *Store) Engine() Engine { return s.engine }

// Close closes the database.
func (s *Store) Close() error {
	if s.pool != nil {
		err := s.db.Close()
		s.pool.Close()
		return err
	}
	return errors.Join(s.read.Close(), s.db.Close())
}
