package store

import (
	"context"
	"database/sql"
	"sync"
)

// most is how many statements are kept.
const most = 64

// prepared keeps statements of SQLite, which takes longer to read one than to run
// it. Several goroutines may use it.
type prepared struct {
	db *sql.DB

	mu     sync.Mutex
	ready  map[string]*sql.Stmt // nil: not yet
	wanted []string
}

func newPrepared(db *sql.DB) *prepared { return &prepared{db: db, ready: map[string]*sql.Stmt{}} }

// find returns a statement, or nil: then it is ready after the next catchUp.
func (p *prepared) find(query string) *sql.Stmt {
	p.mu.Lock()
	defer p.mu.Unlock()
	s, known := p.ready[query]
	if !known && len(p.ready) < most {
		p.ready[query] = nil
		p.wanted = append(p.wanted, query)
	}
	return s
}

// catchUp makes ready what was looked for and not found. It needs a connection.
func (p *prepared) catchUp(ctx context.Context) {
	p.mu.Lock()
	wanted := p.wanted
	p.wanted = nil
	p.mu.Unlock()
	for _, query := range wanted {
		s, err := p.db.PrepareContext(ctx, query)
		p.mu.Lock()
		if p.ready[query] = s; err != nil { // whoever runs it hears why
			delete(p.ready, query)
		}
		p.mu.Unlock()
	}
}

// inTx runs statements in a transaction.
type inTx struct {
	*prepared
	tx *sql.Tx
}

func (t inTx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if s := t.find(query); s != nil {
		return t.tx.StmtContext(ctx, s).ExecContext(ctx, args...)
	}
	return t.tx.ExecContext(ctx, query, args...)
}

func (t inTx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if s := t.find(query); s != nil {
		return t.tx.StmtContext(ctx, s).QueryContext(ctx, args...)
	}
	return t.tx.QueryContext(ctx, query, args...)
}

func (t inTx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if s := t.find(query); s != nil {
		return t.tx.StmtContext(ctx, s).QueryRowContext(ctx, args...)
	}
	return t.tx.QueryRowContext(ctx, query, args...)
}

// onDB reads without a transaction.
type onDB struct{ *prepared }

func (d onDB) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if d.find(query) == nil {
		d.catchUp(ctx)
	}
	if s := d.find(query); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return d.db.QueryRowContext(ctx, query, args...)
}
