package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// itemsText is a list of items as a column keeps it.
func itemsText(items []string) (string, error) {
	if len(items) == 0 {
		return "", nil
	}
	text, err := json.Marshal(items)
	if err != nil {
		return "", fmt.Errorf("database: %w", err)
	}
	return plain(string(text)), nil
}

// itemsOf is itemsText's inverse.
func itemsOf(text string) (items []string, err error) {
	if text == "" {
		return nil, nil
	}
	return items, json.Unmarshal([]byte(text), &items)
}

// Carried is an edition that went out, or may have to some of its readers, and
// what it carries.
type Carried struct {
	Key      platform.Key
	Platform string
	State    journal.State
	Items    []string
}

// Carried returns every edition of which a call may have arrived, by key.
func (s *Store) Carried(ctx context.Context) ([]Carried, error) {
	return carried(ctx, s.read, "order by key")
}

// CarriedBefore returns the key of another edition of the platform that may have
// brought readers something of what this one carries; "" if there is none. One that
// was begun since an instant by a program that did not yet write down what it
// carries, and that is not out to all, may have.
func (t *Tx) CarriedBefore(ctx context.Context, d Delivery, since time.Time) (platform.Key, error) {
	if len(d.Items) == 0 {
		return "", nil
	}
	var old platform.Key
	switch err := t.ask.QueryRowContext(ctx, `select key from deliveries where platform = $1 and key <> $2 and started <> 0 and started >= $3
		and items = '' and state <> 'published' order by key limit 1`, d.Platform, string(d.Key), milli(since)).Scan(&old); {
	case err == nil:
		return old, nil
	case !errors.Is(err, sql.ErrNoRows):
		return "", fmt.Errorf("read deliveries: %w", err)
	}
	all, err := carried(ctx, t.ask, "and platform = $1 and key <> $2 order by key", d.Platform, string(d.Key))
	if err != nil {
		return "", err
	}
	for _, c := range all {
		if slices.ContainsFunc(c.Items, func(item string) bool { return slices.Contains(d.Items, item) }) {
			return c.Key, nil
		}
	}
	return "", nil
}

func carried(ctx context.Context, ask asker, where string, args ...any) ([]Carried, error) {
	rows, err := ask.QueryContext(ctx, "select key, platform, state, items from deliveries where started <> 0 and items <> '' "+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	defer rows.Close()
	var all []Carried
	for rows.Next() {
		var c Carried
		var items string
		if err := rows.Scan(&c.Key, &c.Platform, &c.State, &items); err != nil {
			return nil, fmt.Errorf("read deliveries: %w", err)
		}
		if c.Items, err = itemsOf(items); err != nil {
			return nil, fmt.Errorf("read deliveries: %w", err)
		}
		all = append(all, c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	return all, nil
}
