package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Pace is when an account last sent, and until when its platform wants it to
// wait.
type Pace struct{ Last, Until time.Time }

// Pace returns that of a platform's account, and on PostgreSQL keeps others from
// changing it until the transaction ends.
func (t *Tx) Pace(ctx context.Context, name string) (p Pace, err error) {
	var last, until int64
	if err := t.ask.QueryRowContext(ctx, `insert into accounts (platform, last, until) values ($1, 0, 0)
		on conflict (platform) do update set last = accounts.last returning last, until`, name).Scan(&last, &until); err != nil {
		return p, fmt.Errorf("read account: %w", err)
	}
	return Pace{instant(last), instant(until)}, nil
}

// SetPace keeps that of a platform's account.
func (t *Tx) SetPace(ctx context.Context, name string, p Pace) error {
	if _, err := t.ask.ExecContext(ctx, `insert into accounts (platform, last, until) values ($1, $2, $3)
		on conflict (platform) do update set last = excluded.last, until = excluded.until`, name, milli(p.Last), milli(p.Until)); err != nil {
		return fmt.Errorf("write account: %w", err)
	}
	return nil
}

// Spent is what the deliveries of a platform cost that went out, or may have, in
// a span of time: millionths of a US dollar.
func (t *Tx) Spent(ctx context.Context, name string, from, to time.Time) (n int64, err error) {
	err = t.ask.QueryRowContext(ctx, `select coalesce(sum(cost), 0) from deliveries
		where platform = $1 and started >= $2 and started < $3 and state in ('committing', 'published', 'uncertain')`,
		name, milli(from), milli(to)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("read costs: %w", err)
	}
	return n, nil
}

// SaidBefore returns the key of another delivery of a platform that says the
// same and went out, or may have, since an instant; "" if there is none.
func (t *Tx) SaidBefore(ctx context.Context, d Delivery, since time.Time) (key string, err error) {
	err = t.ask.QueryRowContext(ctx, `select key from deliveries where platform = $1 and said = $2 and key <> $3 and started >= $4
		and state in ('committing', 'published', 'uncertain') order by key limit 1`, d.Platform, d.Said, string(d.Key), milli(since)).Scan(&key)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read deliveries: %w", err)
	}
	return key, nil
}
