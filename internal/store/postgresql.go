package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	// connections are at most so many, where the address does not say
	// (pool_max_conns): workers, the queue's and its listener's.
	connections = 12
	// connectWithin ends waiting for a server that does not answer.
	connectWithin = 10 * time.Second
)

// guards end on the server what a machine that was cut off has begun: its locks
// must not stop the others.
const guards = "set idle_in_transaction_session_timeout = '30s'; set lock_timeout = '20s'"

func openPostgreSQL(ctx context.Context, address string) (*Store, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, refuse(CodeAddress, nil) // err shows the password
	}
	// Statements are prepared once for each connection, and run in a third of the
	// time. A pooler between must keep a session for each, as for our locks.
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = connectWithin
	}
	if !strings.Contains(address, "pool_max_conns") {
		config.MaxConns = connections
	}
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.PgConn().Exec(ctx, guards).ReadAll()
		return err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db := stdlib.OpenDBFromPool(pool)
	s := &Store{engine: PostgreSQL, db: db, read: db, often: db, pool: pool}
	for _, rank := range []Rank{Record, Chore} {
		s.room[rank] = make(chan struct{}, max(1, config.MaxConns/4))
	}
	return s, nil
}
