package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Notice is something that somebody must see to before anything fails: an account
// whose token ends, a feed that nobody can read.
type Notice struct {
	// Area is who found it ("account"), Subject what it is about ("mastodon").
	Area, Subject string
	// Code names what is the matter, Params are what its sentence is filled with.
	// What others said stands in them as it is: hostile text.
	Code   string
	Params map[string]string
	// Since is when it was found first, Seen when it was found last.
	Since, Seen time.Time
}

// is reports whether two notices are of one matter.
func (n Notice) is(other Notice) bool {
	return n.Area == other.Area && n.Subject == other.Subject && n.Code == other.Code
}

// Notices returns all that there are, by area, subject and code.
func (s *Store) Notices(ctx context.Context) ([]Notice, error) { return notices(ctx, s.read) }

func notices(ctx context.Context, ask asker) ([]Notice, error) {
	rows, err := ask.QueryContext(ctx, "select area, subject, code, params, since, seen from notices order by area, subject, code")
	if err != nil {
		return nil, fmt.Errorf("read notices: %w", err)
	}
	defer rows.Close()
	var all []Notice
	for rows.Next() {
		var n Notice
		var params string
		var since, seen int64
		if err := rows.Scan(&n.Area, &n.Subject, &n.Code, &params, &since, &seen); err != nil {
			return nil, fmt.Errorf("read notices: %w", err)
		}
		if err := json.Unmarshal([]byte(params), &n.Params); err != nil {
			return nil, fmt.Errorf("read notices: %w", err)
		}
		n.Since, n.Seen = instant(since), instant(seen)
		all = append(all, n)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read notices: %w", err)
	}
	return all, nil
}

// Notice makes found all that there is in an area: what was known before keeps
// when it was found first, and what is not found again goes, unless stays says of
// it that nobody could look. It returns those that are new, and those that went.
func (t *Tx) Notice(ctx context.Context, area string, found []Notice, stays func(Notice) bool, at time.Time) (fresh, over []Notice, err error) {
	known, err := notices(ctx, t.ask)
	if err != nil {
		return nil, nil, err
	}
	for _, n := range found {
		n.Area, n.Since, n.Seen = area, at, at
		if i := slices.IndexFunc(known, n.is); i >= 0 {
			n.Since = known[i].Since
		} else {
			fresh = append(fresh, n)
		}
		if err := t.putNotice(ctx, n); err != nil {
			return nil, nil, err
		}
	}
	for _, n := range known {
		again := slices.ContainsFunc(found, func(f Notice) bool { f.Area = area; return n.is(f) })
		if n.Area != area || again || stays != nil && stays(n) {
			continue
		}
		if _, err := t.ask.ExecContext(ctx, "delete from notices where area = $1 and subject = $2 and code = $3", n.Area, n.Subject, n.Code); err != nil {
			return nil, nil, fmt.Errorf("write notice: %w", err)
		}
		over = append(over, n)
	}
	return fresh, over, nil
}

func (t *Tx) putNotice(ctx context.Context, n Notice) error {
	params := make(map[string]string, len(n.Params))
	for name, value := range n.Params {
		params[name] = plain(value)
	}
	data, err := json.Marshal(params)
	if err != nil {
		return fmt.Errorf("write notice: %w", err)
	}
	if _, err := t.ask.ExecContext(ctx, `insert into notices (area, subject, code, params, since, seen) values ($1, $2, $3, $4, $5, $6)
		on conflict (area, subject, code) do update set params = excluded.params, seen = excluded.seen`,
		n.Area, n.Subject, n.Code, string(data), milli(n.Since), milli(n.Seen)); err != nil {
		return fmt.Errorf("write notice: %w", err)
	}
	return nil
}

// ForgetNotices takes away what is known of a subject: somebody settled it.
func (t *Tx) ForgetNotices(ctx context.Context, area, subject string) error {
	if _, err := t.ask.ExecContext(ctx, "delete from notices where area = $1 and subject = $2", area, subject); err != nil {
		return fmt.Errorf("write notice: %w", err)
	}
	return nil
}
