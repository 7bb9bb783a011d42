package delivery

import (
	"context"
	"slices"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// Freeze holds everything but one platform from now on: until an instant, or
// until somebody thaws it.
func (e *Engine) Freeze(ctx context.Context, reason string, until time.Time, except string) (store.Freeze, error) {
	now := e.Now()
	f := store.Freeze{At: now, Reason: reason, Until: until, Except: except}
	if err := e.Store.Write(ctx, func(tx *store.Tx) error { return tx.AddFreeze(ctx, &f) }); err != nil {
		return f, err
	}
	handed, err := e.Store.In(ctx, journal.Uncertain)
	for _, d := range handed {
		if err == nil && d.Reason == journal.HandedOver && d.Platform != except {
			err = e.takeBack(ctx, d.Key)
		}
	}
	return f, err
}

// takeBack has a delivery taken back that a platform was to publish itself.
func (e *Engine) takeBack(ctx context.Context, key platform.Key) error {
	now := e.Now()
	_, err := e.edit(ctx, key, func(d *store.Delivery) bool {
		if d.State != journal.Uncertain || d.Reason != journal.HandedOver || !now.Before(d.Due) || d.Next.Equal(now) {
			return false
		}
		d.Next = now
		return true
	})
	return err
}

// Relaid is a held delivery with the instant that a thaw gave it.
type Relaid struct {
	Delivery store.Delivery
	At       time.Time
}

// Frozen returns the freeze that holds a platform now, or nil.
func (e *Engine) Frozen(ctx context.Context, name string) (*store.Freeze, error) {
	return e.frozen(ctx, nil, name, e.Now())
}

// Thaw ends every freeze and lays what they held out again: one after the other
// on each platform, in the order of the calendar, never in a burst.
func (e *Engine) Thaw(ctx context.Context) ([]Relaid, error) { return e.thaw(ctx, true) }

// thaw ends the freezes, all or those whose time is over. Where another one holds
// still, what they held stays held.
func (e *Engine) thaw(ctx context.Context, all bool) (laid []Relaid, err error) {
	now := e.Now()
	held, err := e.Store.In(ctx, journal.Held)
	if err != nil {
		return nil, err
	}
	err = e.Store.Write(ctx, func(tx *store.Tx) error {
		laid = nil
		freezes, err := tx.Freezes(ctx)
		if err != nil {
			return err
		}
		var still []store.Freeze
		for _, f := range freezes {
			switch {
			case !f.Thawed.IsZero():
			case all || !holds(f, now):
				f.Thawed = now
				if err := tx.PutFreeze(ctx, f); err != nil {
					return err
				}
			default:
				still = append(still, f)
			}
		}
		turn := map[string]time.Time{}
		for _, d := range held {
			if d.Reason != journal.Frozen || slices.ContainsFunc(still, func(f store.Freeze) bool { return f.Except != d.Platform }) {
				continue
			}
			at, ok := turn[d.Platform]
			if !ok {
				at = now.Add(thawFirst)
			}
			turn[d.Platform] = at.Add(e.relay(d.Platform))
			if err := e.changeTx(ctx, tx, &d, func(d *store.Delivery) {
				replan(d, journal.NoReason)
				d.Next, d.Last = at, e.last(*d, at)
			}); err != nil {
				return err
			}
			laid = append(laid, Relaid{d, at})
		}
		return nil
	})
	for _, l := range laid {
		e.poke(l.Delivery.Key)
	}
	return laid, err
}

// thawFirst is how long after a thaw the first post goes out: time to think again.
const thawFirst = 5 * time.Minute

// relay is the time between two posts that a thaw lays out.
func (e *Engine) relay(name string) time.Duration {
	a := e.account(name)
	least := 30 * time.Minute
	if a.Publisher != nil {
		least = max(least, a.Publisher.Caps().Spacing)
	}
	return max(least, a.Relay, a.Spacing)
}
