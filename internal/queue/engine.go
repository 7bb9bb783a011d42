package queue

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"editorial/internal/store"
	"editorial/pkg/problem"
)

// client is River on a database whose transactions are T.
type client[T any] struct {
	*river.Client[T]
	tx   func(*store.Tx) T
	read riverdriver.Executor
}

func (c client[T]) insert(ctx context.Context, tx *store.Tx, jobs []river.InsertManyParams) error {
	_, err := c.InsertManyTx(ctx, c.tx(tx), jobs)
	return err
}

func (c client[T]) leader(ctx context.Context) (*riverdriver.Leader, error) {
	return c.read.LeaderGetElectedLeader(ctx, &riverdriver.LeaderGetElectedLeaderParams{})
}

// openEngine opens River on the store's database. On SQLite it is given the one
// connection that writes, and looks for work itself: being told is a poll there,
// every 50 ms.
func openEngine(ctx context.Context, s *store.Store, config *river.Config) (engine, error) {
	if s.Pool() != nil {
		driver := riverpgxv5.New(s.Pool())
		return newClient(ctx, s, driver, driver.GetExecutor(), config, func(tx *store.Tx) pgx.Tx { return tx.PGX })
	}
	config.PollOnly = true
	read := riversqlite.New(s.Reader())
	return newClient(ctx, s, riversqlite.New(s.SQL()), read.GetExecutor(), config, func(tx *store.Tx) *sql.Tx { return tx.SQL })
}

func newClient[T any](ctx context.Context, s *store.Store, driver riverdriver.Driver[T], read riverdriver.Executor, config *river.Config, tx func(*store.Tx) T) (engine, error) {
	if err := s.Alone(ctx, func(ctx context.Context) error { return migrate(ctx, driver) }); err != nil {
		return nil, err
	}
	c, err := river.NewClient(driver, config)
	if err != nil {
		return nil, err
	}
	return client[T]{c, tx, read}, nil
}

// migrate brings River's tables up to date, and refuses those of a newer River.
func migrate[T any](ctx context.Context, driver riverdriver.Driver[T]) error {
	// River tells of each of its steps; what goes wrong is in its errors.
	m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	known := m.AllVersions()
	have, err := m.ExistingVersions(ctx)
	if err != nil {
		return errors.Join(newer(ctx, driver.GetExecutor(), known), err)
	}
	if len(have) == len(known) {
		return nil
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// newer is the error of tables that a newer River has changed; nil where they are
// not.
func newer(ctx context.Context, exec riverdriver.Executor, known []rivermigrate.Migration) error {
	have, err := exec.MigrationGetByLine(ctx, &riverdriver.MigrationGetByLineParams{Line: riverdriver.MigrationLineMain})
	if err != nil || len(have) == 0 || len(known) == 0 {
		return nil
	}
	newest, last := have[len(have)-1].Version, known[len(known)-1].Version // in their order
	if newest <= last {
		return nil
	}
	return problem.Problem{Code: store.CodeNewer, Params: problem.Params{"version": "river " + strconv.Itoa(newest), "known": "river " + strconv.Itoa(last)}}
}
