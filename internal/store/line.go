package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// Line is one line of the journal: a delivery as it was after a change. Lines
// are only ever added.
type Line struct {
	Key     platform.Key   `json:"key"`
	Step    int            `json:"step"`
	At      time.Time      `json:"at"`
	State   journal.State  `json:"state"`
	Reason  journal.Reason `json:"reason,omitempty"`
	Attempt int            `json:"attempt,omitempty"`
	Owner   string         `json:"owner,omitempty"`
	Data    Noted          `json:"data,omitzero"`
}

// Noted is what else a line keeps. Handles are no part of it: what a platform gave
// us to go on with may open doors there.
type Noted struct {
	Due     time.Time         `json:"due,omitzero"`
	Next    time.Time         `json:"next,omitzero"`
	Sum     string            `json:"sum,omitempty"`
	Detail  string            `json:"detail,omitempty"`
	Receipt *platform.Receipt `json:"receipt,omitempty"`
}

// note adds a line for a delivery as it is now.
func (t *Tx) note(ctx context.Context, d Delivery, at time.Time) error {
	data := Noted{Due: d.Due, Next: d.Next, Sum: d.Sum, Detail: plain(d.Detail)}
	if d.State == journal.Published {
		data.Receipt = &d.Receipt
	}
	text, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	if _, err := t.ask.ExecContext(ctx, `insert into journal (key, step, at, state, reason, attempt, owner, data) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(d.Key), d.Step, milli(at), string(d.State), string(d.Reason), d.Attempt, d.Owner, plain(string(text))); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	return nil
}

// Lines gives every line of the journal, oldest first.
func (s *Store) Lines(ctx context.Context, give func(Line) error) error {
	return s.lines(ctx, give, "order by at, key, step")
}

// LinesOf gives the lines of one delivery.
func (s *Store) LinesOf(ctx context.Context, key platform.Key, give func(Line) error) error {
	return s.lines(ctx, give, "where key = $1 order by step", string(key))
}

func (s *Store) lines(ctx context.Context, give func(Line) error, where string, args ...any) error {
	rows, err := s.read.QueryContext(ctx, "select key, step, at, state, reason, attempt, owner, data from journal "+where, args...)
	if err != nil {
		return fmt.Errorf("read journal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var l Line
		var at int64
		var data string
		if err := rows.Scan(&l.Key, &l.Step, &at, &l.State, &l.Reason, &l.Attempt, &l.Owner, &data); err != nil {
			return fmt.Errorf("read journal: %w", err)
		}
		l.At = instant(at)
		if err := json.Unmarshal([]byte(data), &l.Data); err != nil {
			return fmt.Errorf("read journal: %w", err)
		}
		if err := give(l); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read journal: %w", err)
	}
	return nil
}
