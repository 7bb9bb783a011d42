package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// together is how many are written in one transaction at most: the first of them
// waits for the last one.
const together = 16

// desk is where those wait who write to an SQLite file. It takes one transaction at
// a time; whoever has the turn writes for all that wait before itself.
type desk struct {
	// begin begins a transaction.
	begin func(context.Context) (*sql.Tx, error)
	ready *prepared
	turn  chan struct{} // full while somebody has it

	mu    sync.Mutex
	queue [ranks][]*entry
}

// entry is something to write.
type entry struct {
	ctx  context.Context
	do   func(context.Context, *Tx) error
	err  error
	done chan struct{} // closed when err is what came of it
}

func newDesk(begin func(context.Context) (*sql.Tx, error), ready *prepared) *desk {
	return &desk{begin: begin, ready: ready, turn: make(chan struct{}, 1)}
}

// write waits until somebody has written it, or it is its turn to do so.
func (k *desk) write(ctx context.Context, rank Rank, do func(context.Context, *Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	e := &entry{ctx: ctx, do: do, done: make(chan struct{})}
	k.mu.Lock()
	k.queue[rank] = append(k.queue[rank], e)
	k.mu.Unlock()
	select {
	case <-e.done:
		return e.err
	case k.turn <- struct{}{}:
		defer func() { <-k.turn }()
	case <-ctx.Done():
		if k.leave(rank, e) {
			return ctx.Err()
		}
		<-e.done // somebody is at it
		return e.err
	}
	for !e.over() {
		if err := k.round(ctx, ranks); err != nil {
			if k.leave(rank, e) {
				return err
			}
			return e.err
		}
	}
	return e.err
}

// alone waits for the turn and has it until release is called. Calls that wait go
// first.
func (k *desk) alone(ctx context.Context) (release func(), err error) {
	select {
	case k.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for k.waits(Call) {
		if k.round(ctx, Record) != nil {
			break // whoever has the turn next tries
		}
	}
	return func() { <-k.turn }, nil
}

// round writes what waits, of the first rank below an end that has something. The
// error says that it could not begin, and that nobody was told: ctx ended.
func (k *desk) round(ctx context.Context, end Rank) error {
	tx, release, err := k.open(ctx)
	all := []*entry(nil)
	if ctx.Err() == nil || err == nil {
		all = k.take(end)
	}
	switch {
	case err != nil && len(all) == 0:
		return err
	case err != nil:
		tell(all, err)
		return nil
	}
	defer release()
	err = errStopped // should one of them panic
	defer func() { tell(all, err) }()
	err = k.run(tx, all)
	return nil
}

var errStopped = errors.New("database: whoever wrote stopped")

// open begins a transaction, unless ctx ends before; then it goes on without it.
func (k *desk) open(ctx context.Context) (*sql.Tx, func(), error) {
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, cancel)
	k.ready.catchUp(inner)
	tx, err := k.begin(inner)
	if !stop() && err == nil {
		_ = tx.Rollback() // the end of inner may have done it
		err = ctx.Err()
	}
	if err != nil {
		cancel()
		return nil, nil, err
	}
	return tx, cancel, nil
}

// run writes all in a transaction. Those that fail by themselves leave nothing
// behind; the error is that of the transaction.
func (k *desk) run(tx *sql.Tx, all []*entry) error {
	defer tx.Rollback() //nolint:errcheck // after a commit it does nothing
	ctx := context.Background()
	t := &Tx{SQL: tx, ask: inTx{k.ready, tx}}
	if len(all) == 1 {
		if all[0].err = all[0].do(context.WithoutCancel(all[0].ctx), t); all[0].err != nil {
			return nil
		}
		return commit(tx)
	}
	for _, e := range all {
		if _, err := t.ask.ExecContext(ctx, savepoint); err != nil {
			return fmt.Errorf("database: %w", err)
		}
		if e.err = e.do(context.WithoutCancel(e.ctx), t); e.err != nil {
			if _, err := t.ask.ExecContext(ctx, rollback); err != nil {
				return e.err // a full disk has undone all of it: there is nothing to go back to
			}
		}
		if _, err := t.ask.ExecContext(ctx, releaseIt); err != nil {
			return fmt.Errorf("database: %w", err)
		}
	}
	return commit(tx)
}

const (
	savepoint = "savepoint one"
	rollback  = "rollback to one"
	releaseIt = "release one"
)

func commit(tx *sql.Tx) error {
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}

// tell says to all what came of it: the error of the transaction, or their own.
func tell(all []*entry, err error) {
	for _, e := range all {
		if e.err == nil {
			e.err = err
		}
		close(e.done)
	}
}

func (e *entry) over() bool {
	select {
	case <-e.done:
		return true
	default:
		return false
	}
}

// take takes what is to be written next.
func (k *desk) take(end Rank) []*entry {
	k.mu.Lock()
	defer k.mu.Unlock()
	for rank := range end {
		if q := k.queue[rank]; len(q) > 0 {
			n := min(len(q), together)
			k.queue[rank] = append([]*entry(nil), q[n:]...)
			return q[:n]
		}
	}
	return nil
}

func (k *desk) waits(rank Rank) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.queue[rank]) > 0
}

// leave takes an entry back, unless somebody took it already.
func (k *desk) leave(rank Rank, e *entry) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	i := slices.Index(k.queue[rank], e)
	if i >= 0 {
		k.queue[rank] = slices.Delete(k.queue[rank], i, i+1)
	}
	return i >= 0
}
