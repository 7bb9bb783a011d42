package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"editorial/pkg/publish/platform"
)

// Measure is what a platform said of a post that is out, some time after it went
// out.
type Measure struct {
	Key platform.Key
	// Mark is after how long it was to be asked, At when it was.
	Mark time.Duration
	At   time.Time
	// Figures are the platform's, by their usual names; none where it did not say:
	// Detail is why.
	Figures map[string]int64
	Detail  string
}

// PutMeasure keeps a measure, in place of an earlier one of the same mark.
func (t *Tx) PutMeasure(ctx context.Context, m Measure) error {
	figures := ""
	if m.Figures != nil {
		data, err := json.Marshal(m.Figures)
		if err != nil {
			return fmt.Errorf("write measure: %w", err)
		}
		figures = plain(string(data))
	}
	if _, err := t.ask.ExecContext(ctx, `insert into measures (key, mark, at, figures, detail) values ($1, $2, $3, $4, $5)
		on conflict (key, mark) do update set at = excluded.at, figures = excluded.figures, detail = excluded.detail`,
		string(m.Key), m.Mark.Milliseconds(), milli(m.At), figures, plain(m.Detail)); err != nil {
		return fmt.Errorf("write measure: %w", err)
	}
	return nil
}

// Measures returns all that were kept of deliveries, by key and mark.
func (s *Store) Measures(ctx context.Context) ([]Measure, error) {
	rows, err := s.read.QueryContext(ctx, "select key, mark, at, figures, detail from measures order by key, mark")
	if err != nil {
		return nil, fmt.Errorf("read measures: %w", err)
	}
	defer rows.Close()
	var all []Measure
	for rows.Next() {
		var m Measure
		var mark, at int64
		var figures string
		if err := rows.Scan(&m.Key, &mark, &at, &figures, &m.Detail); err != nil {
			return nil, fmt.Errorf("read measures: %w", err)
		}
		m.Mark, m.At = time.Duration(mark)*time.Millisecond, instant(at)
		if figures != "" {
			if err := json.Unmarshal([]byte(figures), &m.Figures); err != nil {
				return nil, fmt.Errorf("read measures: %w", err)
			}
		}
		all = append(all, m)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read measures: %w", err)
	}
	return all, nil
}

// Unmeasured returns the deliveries of a platform that went out at an instant or
// after it and before another one, of which no measure of that mark or a later one
// is kept, by the instant at which they went out.
func (s *Store) Unmeasured(ctx context.Context, name string, mark time.Duration, from, to time.Time) ([]Delivery, error) {
	return selectAll(ctx, s.read, `where platform = $1 and state = 'published' and published >= $2 and published < $3
		and not exists (select 1 from measures m where m.key = deliveries.key and m.mark >= $4) order by published, key`,
		name, milli(from), milli(to), mark.Milliseconds())
}

// Published returns the deliveries of a platform that went out at an instant or
// after it and before another one, by the instant at which they went out.
func (s *Store) Published(ctx context.Context, name string, from, to time.Time) ([]Delivery, error) {
	return selectAll(ctx, s.read, "where platform = $1 and state = 'published' and published >= $2 and published < $3 order by published, key",
		name, milli(from), milli(to))
}
