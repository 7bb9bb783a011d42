package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Tx is a transaction that writes. It is one to the queue, too: SQL and PGX are
// what its drivers take, of which one is nil.
type Tx struct {
	SQL *sql.Tx
	PGX pgx.Tx
	ask asker
}

// asker runs statements, in a transaction or without.
type asker interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	oneRow
}

// oneRow asks for one row.
type oneRow interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Write does something in one transaction: all of it is done, or nothing. Where
// the commit itself fails, nobody knows which.
//
// On SQLite there is one transaction at a time: do asks t alone, never the Store
// to write.
func (s *Store) Write(ctx context.Context, do func(*Tx) error) error {
	if s.pool != nil {
		return Explain(s.writePGX(ctx, ctx, func(_ context.Context, tx *Tx) error { return do(tx) }))
	}
	return Explain(s.writeSQL(ctx, do))
}

func (s *Store) writeSQL(ctx context.Context, do func(*Tx) error) error {
	release, err := s.desk.alone(ctx)
	if err != nil {
		return err
	}
	defer release()
	tx, err := s.begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it does nothing
	if err := do(&Tx{SQL: tx, ask: tx}); err != nil {
		return err
	}
	err = commit(tx)
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		return ctx.Err() // which has undone it
	}
	return err
}

// writePGX begins the transaction on the connection below database/sql, so that
// our statements and the queue's are in the same one. It waits for a connection by
// the one context, and writes by the other.
func (s *Store) writePGX(wait, ctx context.Context, do func(context.Context, *Tx) error) error {
	conn, err := s.db.Conn(wait)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer conn.Close()
	var tx pgx.Tx
	if err := conn.Raw(func(driver any) error {
		tx, err = driver.(*stdlib.Conn).Conn().Begin(ctx)
		return err
	}); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after a commit it does nothing
	if err := do(ctx, &Tx{PGX: tx, ask: conn}); err != nil {
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}
