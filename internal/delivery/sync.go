package delivery

import (
	"context"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// begun is the setting that says since when a database has been kept.
const begun = "begun"

// Synced is what taking over the agreed calendar changed.
type Synced struct{ New, Moved, Cancelled int }

// Sync takes the agreed calendar over: placements that are new, moved or gone.
// What may be out already is neither moved nor cancelled.
func (e *Engine) Sync(ctx context.Context) (Synced, error) {
	var done Synced
	orders, err := e.Source.Orders(ctx)
	if err != nil {
		return done, err
	}
	known, err := e.Store.Agenda(ctx)
	if err != nil {
		return done, err
	}
	since, err := e.begin(ctx)
	if err != nil {
		return done, err
	}
	gapFrom, gapTo, err := e.Store.Gap(ctx)
	if err != nil {
		return done, err
	}
	inGap := func(due time.Time) bool { return !due.Before(gapFrom) && due.Before(gapTo) }
	over, err := e.over(ctx)
	if err != nil {
		return done, err
	}
	rows := make(map[platform.Key]store.Agenda, len(known))
	for _, a := range known {
		rows[a.Key] = a
	}
	wanted := make(map[platform.Key]bool, len(orders))
	var fresh []Order
	for _, o := range orders {
		wanted[o.Key] = true
		a, ok := rows[o.Key]
		switch {
		case !ok && over[o.Key] == journal.Cancelled: // its line is back
			back, err := e.move(ctx, o, inGap(o.Due))
			if err != nil {
				return done, err
			}
			if back {
				done.New++
			}
		case !ok && over[o.Key] == "":
			fresh = append(fresh, o)
		case !a.Due.Equal(o.Due.Truncate(time.Millisecond)) && movable(a):
			moved, err := e.move(ctx, o, inGap(o.Due))
			if err != nil {
				return done, err
			}
			if moved {
				done.Moved++
			}
		case ok && a.Reason == journal.HandedOver && !a.Due.Equal(o.Due.Truncate(time.Millisecond)):
			if err := e.takeBack(ctx, o.Key); err != nil {
				return done, err
			}
		}
	}
	entered, err := e.enter(ctx, fresh, since, inGap)
	if done.New += entered; err != nil {
		return done, err
	}
	for _, a := range known {
		if !wanted[a.Key] && a.Reason == journal.HandedOver {
			if err := e.takeBack(ctx, a.Key); err != nil {
				return done, err
			}
		}
		if wanted[a.Key] || !movable(a) {
			continue
		}
		gone, err := e.cancel(ctx, a.Key)
		if err != nil {
			return done, err
		}
		if gone {
			done.Cancelled++
		}
	}
	return done, nil
}

// over returns the deliveries that the agenda does not have: out, or cancelled.
func (e *Engine) over(ctx context.Context) (map[platform.Key]journal.State, error) {
	outcomes, err := e.Store.Outcomes(ctx)
	if err != nil {
		return nil, err
	}
	over := map[platform.Key]journal.State{}
	for _, x := range outcomes {
		if x.State == journal.Published || x.State == journal.Cancelled {
			over[x.Key] = x.State
		}
	}
	return over, nil
}

// movable reports whether a delivery is surely not out, nor under way.
func movable(a store.Agenda) bool {
	return a.State != journal.Committing && a.State != journal.Uncertain
}

// begin returns since when the database has been kept.
func (e *Engine) begin(ctx context.Context) (time.Time, error) {
	text, err := e.Store.Setting(ctx, begun)
	if err != nil {
		return time.Time{}, err
	}
	if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return at, nil
	}
	now := e.Now()
	return now, e.Store.Write(ctx, func(tx *store.Tx) error { return tx.Set(ctx, begun, now.UTC().Format(time.RFC3339Nano)) })
}

// enter writes down placements that are new. One whose time was over long before
// anything was written down is history: nobody knows what became of it. One that
// was due shortly before is in doubt, and so is one that was due in the gap that a
// restored backup leaves.
func (e *Engine) enter(ctx context.Context, fresh []Order, since time.Time, inGap func(time.Time) bool) (n int, err error) {
	const batch = 500
	for len(fresh) > 0 {
		some := fresh[:min(batch, len(fresh))]
		fresh = fresh[len(some):]
		err := e.Store.Write(ctx, func(tx *store.Tx) error {
			for _, o := range some {
				d := e.planned(o)
				if by := e.account(o.Platform); d.Due.Before(since) && by.Publisher == nil && since.Sub(d.Due) < byHandFor {
					d.Last = time.Time{} // a person knows whether it is out
				} else if d.Due.Before(since) {
					if !d.Last.IsZero() && d.Last.Before(since) {
						continue
					}
					d.Doubt = true
				}
				d.Doubt = d.Doubt || inGap(d.Due)
				put, err := tx.Put(ctx, d, e.Now())
				if err != nil {
					return err
				}
				if put {
					n++
				}
			}
			return nil
		})
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// byHandFor is how old a placement may be that a person is still asked about, when
// deliveries are first written down.
const byHandFor = 30 * 24 * time.Hour

// planned is the delivery of an order.
func (e *Engine) planned(o Order) store.Delivery {
	d := store.Delivery{
		Key: o.Key, Platform: o.Platform, Kind: o.Kind, Post: o.Post, File: o.File, Title: o.Title,
		Due: o.Due.UTC().Truncate(time.Millisecond), State: journal.Planned,
	}
	d.Last = e.last(d, d.Due)
	return d
}

// last is when the late policy ends for what is to go out at an instant.
func (e *Engine) last(d store.Delivery, at time.Time) time.Time {
	if within := e.account(d.Platform).Within; within > 0 {
		return at.Add(within)
	}
	return time.Time{}
}

// move gives a delivery its new instant: it begins anew. One that is moved to where
// it may have gone out while nothing was recorded is in doubt.
func (e *Engine) move(ctx context.Context, o Order, doubt bool) (moved bool, err error) {
	return e.edit(ctx, o.Key, func(d *store.Delivery) bool {
		if d.State == journal.Committing || d.State == journal.Uncertain || d.State.Final() {
			return false
		}
		p := e.planned(o)
		d.Due, d.Last, d.File, d.Title = p.Due, p.Last, p.File, p.Title
		replan(d, journal.NoReason)
		d.Doubt = d.Doubt || doubt
		return true
	})
}

// replan lets a delivery begin anew. Bytes that may have been sent stay.
func replan(d *store.Delivery, why journal.Reason) {
	d.State, d.Reason, d.Detail, d.Attempt, d.Next = journal.Planned, why, "", 0, time.Time{}
	if d.Started.IsZero() {
		d.Message, d.Sum, d.Said, d.Handle, d.Handled, d.Cost, d.Items = nil, "", "", nil, time.Time{}, 0, nil
	}
}

// cancel ends a delivery that nobody wants any more.
func (e *Engine) cancel(ctx context.Context, key platform.Key) (bool, error) {
	return e.edit(ctx, key, func(d *store.Delivery) bool {
		if d.State == journal.Committing || d.State == journal.Uncertain || d.State.Final() || d.State == journal.Cancelled {
			return false
		}
		d.State, d.Reason, d.Detail, d.Next = journal.Cancelled, journal.TakenOut, "", time.Time{}
		return true
	})
}

// edit changes a delivery that nobody works on at this moment; false where edit
// or that keeps it as it is. The worker comes back to it.
func (e *Engine) edit(ctx context.Context, key platform.Key, edit func(*store.Delivery) bool) (changed bool, err error) {
	err = e.Store.Write(ctx, func(tx *store.Tx) error {
		d, ok, err := tx.Get(ctx, key)
		if err != nil || !ok {
			return err
		}
		after := d
		if changed = edit(&after); !changed {
			return nil
		}
		return e.changeTx(ctx, tx, &d, func(d *store.Delivery) { *d = after })
	})
	if changed && err == nil {
		e.poke(key)
	}
	return changed, err
}

// Poke has a delivery looked at soon, where the engine runs.
func (e *Engine) Poke(key platform.Key) { e.poke(key) }

// poke has a delivery looked at soon, where the engine runs.
func (e *Engine) poke(key platform.Key) {
	select {
	case e.wake <- key:
	default: // the worker looks at all of them now and then
	}
}
