package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Node is a program that delivers, or did.
type Node struct {
	Name string
	// Beat is when it last said that it lives.
	Beat time.Time
	// Stopped: it ended in order.
	Stopped bool
}

// Nodes returns all nodes, the last to say something first.
func (s *Store) Nodes(ctx context.Context) ([]Node, error) { return nodes(ctx, s.read) }

func nodes(ctx context.Context, ask asker) ([]Node, error) {
	rows, err := ask.QueryContext(ctx, "select name, beat, stopped from nodes order by beat desc, name")
	if err != nil {
		return nil, fmt.Errorf("read nodes: %w", err)
	}
	defer rows.Close()
	var all []Node
	for rows.Next() {
		var n Node
		var beat int64
		if err := rows.Scan(&n.Name, &beat, &n.Stopped); err != nil {
			return nil, fmt.Errorf("read nodes: %w", err)
		}
		n.Beat = instant(beat)
		all = append(all, n)
	}
	return all, rows.Err()
}

// remembered is how long a node that says nothing stays: a program that is started
// every minute is a new node every time.
const remembered = 7 * 24 * time.Hour

// Beat notes that a node lives, or that it stopped in order, and forgets those that
// said nothing for a week.
func (t *Tx) Beat(ctx context.Context, n Node) error {
	if _, err := t.ask.ExecContext(ctx, "delete from nodes where beat < $1", milli(n.Beat.Add(-remembered))); err != nil {
		return fmt.Errorf("write node: %w", err)
	}
	if _, err := t.ask.ExecContext(ctx, `insert into nodes (name, beat, stopped) values ($1, $2, $3)
		on conflict (name) do update set beat = excluded.beat, stopped = excluded.stopped`, n.Name, milli(n.Beat), n.Stopped); err != nil {
		return fmt.Errorf("write node: %w", err)
	}
	return nil
}

// LastBeat returns when a node last said that it lives; zero if it never did.
func (s *Store) LastBeat(ctx context.Context, name string) (time.Time, error) {
	var beat int64
	err := s.read.QueryRowContext(ctx, "select beat from nodes where name = $1", name).Scan(&beat)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("read nodes: %w", err)
	}
	return instant(beat), nil
}

// Setting returns a value by its name, "" where there is none.
func (s *Store) Setting(ctx context.Context, name string) (value string, err error) {
	err = s.read.QueryRowContext(ctx, "select value from settings where name = $1", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read setting: %w", err)
	}
	return value, nil
}

// Set keeps a value by its name.
func (t *Tx) Set(ctx context.Context, name, value string) error {
	if _, err := t.ask.ExecContext(ctx, `insert into settings (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value`, name, plain(value)); err != nil {
		return fmt.Errorf("write setting: %w", err)
	}
	return nil
}
