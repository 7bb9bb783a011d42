package store

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// Freeze holds everything but one platform.
type Freeze struct {
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	// Until is when it ends by itself; zero: when somebody thaws it.
	Until time.Time `json:"until,omitzero"`
	// Except is the platform that it does not hold, or "".
	Except string `json:"except,omitempty"`
	// Thawed is when it ended; zero while it holds.
	Thawed time.Time `json:"thawed,omitzero"`
}

// Freezes returns all that ever were, the newest first.
func (s *Store) Freezes(ctx context.Context) ([]Freeze, error) { return freezes(ctx, s.read) }

// Freezes is [Store.Freezes] in the transaction.
func (t *Tx) Freezes(ctx context.Context) ([]Freeze, error) { return freezes(ctx, t.ask) }

func freezes(ctx context.Context, ask asker) ([]Freeze, error) {
	rows, err := ask.QueryContext(ctx, "select id, at, reason, until, except_platform, thawed from freezes order by at desc, id")
	if err != nil {
		return nil, fmt.Errorf("read freezes: %w", err)
	}
	defer rows.Close()
	var all []Freeze
	for rows.Next() {
		var f Freeze
		var at, until, thawed int64
		if err := rows.Scan(&f.ID, &at, &f.Reason, &until, &f.Except, &thawed); err != nil {
			return nil, fmt.Errorf("read freezes: %w", err)
		}
		f.At, f.Until, f.Thawed = instant(at), instant(until), instant(thawed)
		all = append(all, f)
	}
	return all, rows.Err()
}

// AddFreeze keeps a new freeze under an id of its own, which it sets: its instant,
// with a number where several begin in one millisecond.
func (t *Tx) AddFreeze(ctx context.Context, f *Freeze) error {
	at := f.At.UTC().Format("2006-01-02T15:04:05.000Z")
	f.ID = at
	for n := 2; ; n++ {
		r, err := t.ask.ExecContext(ctx, `insert into freezes (id, at, reason, until, except_platform, thawed) values ($1, $2, $3, $4, $5, $6)
			on conflict (id) do nothing`, f.ID, milli(f.At), plain(f.Reason), milli(f.Until), f.Except, milli(f.Thawed))
		if err != nil {
			return fmt.Errorf("write freeze: %w", err)
		}
		if put, err := r.RowsAffected(); err != nil || put > 0 {
			return err
		}
		f.ID = at + "-" + strconv.Itoa(n)
	}
}

// PutFreeze keeps a freeze, new or changed.
func (t *Tx) PutFreeze(ctx context.Context, f Freeze) error {
	if _, err := t.ask.ExecContext(ctx, `insert into freezes (id, at, reason, until, except_platform, thawed) values ($1, $2, $3, $4, $5, $6)
		on conflict (id) do update set until = excluded.until, thawed = excluded.thawed`,
		f.ID, milli(f.At), plain(f.Reason), milli(f.Until), f.Except, milli(f.Thawed)); err != nil {
		return fmt.Errorf("write freeze: %w", err)
	}
	return nil
}
