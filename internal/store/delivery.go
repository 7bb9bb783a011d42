package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// ErrChanged is returned when somebody else changed a delivery meanwhile.
var ErrChanged = errors.New("the delivery was changed meanwhile")

// Delivery is the way of one placement. Times are zero where there is none.
type Delivery struct {
	Key      platform.Key
	Platform string // the name of the connection
	Kind     string
	Post     string // its id
	File     string // below content/
	Title    string
	Due      time.Time
	State    journal.State
	Reason   journal.Reason
	// Detail is what a platform or a person said of it.
	Detail string
	// Step counts the changes of this delivery; Attempt the failures in a row.
	Step, Attempt int
	// Next is when it goes on: not before.
	Next time.Time
	// Last is when the late policy ends waiting; zero: never.
	Last time.Time
	// Owner works on it until Lease.
	Owner string
	Lease time.Time
	// Message are the frozen bytes, Sum their SHA-256, Said that of what readers
	// see.
	Message   []byte
	Sum, Said string
	Handle    platform.Handle
	// Handled is when the handle was made.
	Handled time.Time
	// Started is when Commit was first called.
	Started time.Time
	// Tried is when it was called last.
	Tried time.Time
	// Doubt: it may have gone out while nothing was recorded; it is looked for
	// before it is sent.
	Doubt     bool
	Receipt   platform.Receipt
	Published time.Time
	// Cost in millionths of a US dollar.
	Cost int64
	// Items are the placements that an edition carries, as they are frozen with the
	// message; none of all else.
	Items []string
}

const columns = `key, platform, kind, post, file, title, due, state, reason, detail, step, attempt, next, last, owner, lease,
	message, sum, said, handle, handled, started, tried, doubt, receipt, published, cost, items`

// milli is an instant as the tables keep it.
func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// instant is milli's inverse.
func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func (d *Delivery) values() ([]any, error) {
	receipt, err := json.Marshal(d.Receipt)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	items, err := itemsText(d.Items)
	if err != nil {
		return nil, err
	}
	if !storable(d.Message) {
		return nil, fmt.Errorf("database: the frozen message is no UTF-8 text")
	}
	return []any{
		string(d.Key), d.Platform, d.Kind, d.Post, d.File, plain(d.Title), milli(d.Due), string(d.State), string(d.Reason), plain(d.Detail), d.Step, d.Attempt,
		milli(d.Next), milli(d.Last), d.Owner, milli(d.Lease), string(d.Message), d.Sum, d.Said, plain(string(d.Handle)), milli(d.Handled), milli(d.Started), milli(d.Tried), d.Doubt,
		plain(string(receipt)), milli(d.Published), d.Cost, items,
	}, nil
}

type scanner interface{ Scan(...any) error }

func scan(row scanner) (d Delivery, err error) {
	var due, next, last, lease, handled, started, tried, published int64
	var message, handle, receipt, items string
	if err := row.Scan(&d.Key, &d.Platform, &d.Kind, &d.Post, &d.File, &d.Title, &due, &d.State, &d.Reason, &d.Detail, &d.Step, &d.Attempt,
		&next, &last, &d.Owner, &lease, &message, &d.Sum, &d.Said, &handle, &handled, &started, &tried, &d.Doubt, &receipt, &published, &d.Cost, &items); err != nil {
		return d, err
	}
	d.Due, d.Next, d.Last, d.Lease = instant(due), instant(next), instant(last), instant(lease)
	d.Handled, d.Started, d.Tried, d.Published = instant(handled), instant(started), instant(tried), instant(published)
	if message != "" {
		d.Message = []byte(message)
	}
	if handle != "" {
		d.Handle = platform.Handle(handle)
	}
	if err := json.Unmarshal([]byte(receipt), &d.Receipt); err != nil {
		return d, err
	}
	d.Items, err = itemsOf(items)
	return d, err
}

func selectAll(ctx context.Context, ask asker, where string, args ...any) ([]Delivery, error) {
	rows, err := ask.QueryContext(ctx, "select "+columns+" from deliveries "+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	defer rows.Close()
	var all []Delivery
	for rows.Next() {
		d, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("read deliveries: %w", err)
		}
		all = append(all, d)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	return all, nil
}

// Get returns a delivery; false if there is none.
func (s *Store) Get(ctx context.Context, key platform.Key) (Delivery, bool, error) {
	return get(ctx, s.read, key)
}

// Get is [Store.Get] in the transaction.
func (t *Tx) Get(ctx context.Context, key platform.Key) (Delivery, bool, error) {
	return get(ctx, t.ask, key)
}

func get(ctx context.Context, ask asker, key platform.Key) (Delivery, bool, error) {
	d, err := scan(ask.QueryRowContext(ctx, "select "+columns+" from deliveries where key = $1", string(key)))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return d, false, nil
	case err != nil:
		return d, false, fmt.Errorf("read delivery: %w", err)
	}
	return d, true, nil
}

// All returns every delivery, by instant and key.
func (s *Store) All(ctx context.Context) ([]Delivery, error) {
	return selectAll(ctx, s.read, "order by due, key")
}

// In returns the deliveries in some states, by instant and key.
func (s *Store) In(ctx context.Context, states ...journal.State) ([]Delivery, error) {
	if len(states) == 0 {
		return nil, nil
	}
	in, args := "", make([]any, len(states))
	for i, state := range states {
		args[i] = string(state)
		in += fmt.Sprintf(", $%d", i+1)
	}
	return selectAll(ctx, s.read, "where state in ("+in[2:]+") order by due, key", args...)
}

// Agenda is what a worker must know of a delivery to come back to it in time.
type Agenda struct {
	Key            platform.Key
	Platform       string
	State          journal.State
	Reason         journal.Reason
	Due, Next      time.Time
	Doubt, Started bool
	Lease          time.Time
}

// Agenda returns that of every delivery that is not out, by instant and key.
func (s *Store) Agenda(ctx context.Context) ([]Agenda, error) {
	rows, err := s.read.QueryContext(ctx, `select key, platform, state, reason, due, next, doubt, started, lease from deliveries
		where state not in ('published', 'cancelled') order by due, key`)
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	defer rows.Close()
	var all []Agenda
	for rows.Next() {
		var a Agenda
		var due, next, started, lease int64
		if err := rows.Scan(&a.Key, &a.Platform, &a.State, &a.Reason, &due, &next, &a.Doubt, &started, &lease); err != nil {
			return nil, fmt.Errorf("read deliveries: %w", err)
		}
		a.Due, a.Next, a.Started, a.Lease = instant(due), instant(next), started != 0, instant(lease)
		all = append(all, a)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	return all, nil
}

// Put makes a delivery; it is nothing, and false, if there is one of that key.
func (t *Tx) Put(ctx context.Context, d Delivery, at time.Time) (bool, error) {
	d.Step = 1
	values, err := d.values()
	if err != nil {
		return false, err
	}
	r, err := t.ask.ExecContext(ctx, `insert into deliveries (`+columns+`) values
		($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)
		on conflict (key) do nothing`, values...)
	if err != nil {
		return false, fmt.Errorf("write delivery: %w", err)
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	return true, t.note(ctx, d, at)
}

// Change writes a delivery as it was read and changed, and one line of its
// journal. The error is ErrChanged if it is no longer as it was read; d then
// keeps its step.
func (t *Tx) Change(ctx context.Context, d *Delivery, at time.Time) error {
	after := *d
	after.Step++
	values, err := after.values()
	if err != nil {
		return err
	}
	r, err := t.ask.ExecContext(ctx, `update deliveries set platform = $2, kind = $3, post = $4, file = $5, title = $6, due = $7, state = $8,
		reason = $9, detail = $10, step = $11, attempt = $12, next = $13, last = $14, owner = $15, lease = $16, message = $17,
		sum = $18, said = $19, handle = $20, handled = $21, started = $22, tried = $23, doubt = $24, receipt = $25, published = $26, cost = $27, items = $28
		where key = $1 and step = $29`, append(values, d.Step)...)
	if err != nil {
		return fmt.Errorf("write delivery: %w", err)
	}
	switch n, err := r.RowsAffected(); {
	case err != nil:
		return fmt.Errorf("write delivery: %w", err)
	case n == 0:
		return ErrChanged
	}
	if err := t.note(ctx, after, at); err != nil {
		return err
	}
	d.Step = after.Step
	return nil
}

// Counts returns how many deliveries are in each state.
func (s *Store) Counts(ctx context.Context) (map[journal.State]int, error) {
	rows, err := s.read.QueryContext(ctx, "select state, count(*) from deliveries group by state")
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	defer rows.Close()
	counts := map[journal.State]int{}
	for rows.Next() {
		var state journal.State
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, fmt.Errorf("read deliveries: %w", err)
		}
		counts[state] = n
	}
	return counts, rows.Err()
}

// Outcome is how a delivery stands, in short.
type Outcome struct {
	Key       platform.Key
	State     journal.State
	Reason    journal.Reason
	Published time.Time
}

// Outcomes returns that of every delivery.
func (s *Store) Outcomes(ctx context.Context) ([]Outcome, error) {
	rows, err := s.read.QueryContext(ctx, "select key, state, reason, published from deliveries")
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	defer rows.Close()
	var all []Outcome
	for rows.Next() {
		var o Outcome
		var published int64
		if err := rows.Scan(&o.Key, &o.State, &o.Reason, &published); err != nil {
			return nil, fmt.Errorf("read deliveries: %w", err)
		}
		o.Published = instant(published)
		all = append(all, o)
	}
	return all, rows.Err()
}

// Addresses returns where on the web deliveries are that went out, of those of
// which that is known: as the platform, or a person, said it.
func (s *Store) Addresses(ctx context.Context) (map[platform.Key]string, error) {
	rows, err := s.read.QueryContext(ctx, "select key, receipt from deliveries where state = 'published'")
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	defer rows.Close()
	all := map[platform.Key]string{}
	for rows.Next() {
		var key platform.Key
		var text string
		var r platform.Receipt
		if err := rows.Scan(&key, &text); err != nil {
			return nil, fmt.Errorf("read deliveries: %w", err)
		}
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			return nil, fmt.Errorf("read deliveries: %w", err)
		}
		if r.URL != "" {
			all[key] = r.URL
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	return all, nil
}

// RemoteIDs returns what a platform calls the posts of all other deliveries that
// went out there since an instant.
func (s *Store) RemoteIDs(ctx context.Context, name string, but platform.Key, since time.Time) ([]string, error) {
	rows, err := s.read.QueryContext(ctx, "select receipt from deliveries where platform = $1 and key <> $2 and state = 'published' and published >= $3 order by published desc limit 1000",
		name, string(but), milli(since))
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text string
		var r platform.Receipt
		if err := rows.Scan(&text); err != nil {
			return nil, fmt.Errorf("read deliveries: %w", err)
		}
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			return nil, fmt.Errorf("read deliveries: %w", err)
		}
		for _, id := range append(r.Parts, r.ID) {
			if id != "" {
				all = append(all, id)
			}
		}
	}
	return all, rows.Err()
}

// Owners returns the programs that have taken something up, and those that ever
// said that they live.
func (s *Store) Owners(ctx context.Context) ([]string, error) {
	rows, err := s.read.QueryContext(ctx, "select distinct owner from deliveries where owner <> '' union select name from nodes")
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("read deliveries: %w", err)
		}
		all = append(all, name)
	}
	return all, rows.Err()
}
