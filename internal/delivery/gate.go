package delivery

import (
	"context"
	"strconv"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
)

// gated is what stands between a prepared delivery and its commit.
type gated struct {
	// why holds it; again is when it may come back. With no reason it only waits
	// for its turn.
	why    journal.Reason
	detail string
	again  time.Time
}

// gate asks, and if nothing speaks against it notes in the same transaction that
// the delivery is on its way: no two programs pass for one delivery, nor for one
// account at once.
func (e *Engine) gate(ctx context.Context, d *store.Delivery, now time.Time) (g gated, err error) {
	a := e.account(d.Platform)
	err = e.write(ctx, store.Call, d, func(ctx context.Context, tx *store.Tx) error {
		frozen, err := e.frozen(ctx, tx, d.Platform, now)
		if err != nil {
			return err
		}
		if frozen != nil {
			g = gated{journal.Frozen, frozen.Reason, frozen.Until}
			return nil
		}
		pace, err := tx.Pace(ctx, d.Platform)
		if err != nil {
			return err
		}
		turn := pace.Until
		if spacing := max(a.Spacing, a.Publisher.Caps().Spacing); spacing > 0 && !pace.Last.IsZero() && !pace.Last.After(now) {
			turn = later(turn, pace.Last.Add(spacing))
		}
		if turn.After(now) {
			g.again = turn
			return e.changeTx(ctx, tx, d, func(d *store.Delivery) {
				d.Next, d.Owner, d.Lease = turn, e.Node, turn.Add(leaseFor)
			})
		}
		if d.Started.IsZero() {
			if before, err := tx.SaidBefore(ctx, *d, now.Add(-saidFor)); err != nil {
				return err
			} else if before != "" && d.Reason != journal.PersonRetry {
				g = gated{why: journal.SaidBefore, detail: before}
				return nil
			}
			if before, err := tx.CarriedBefore(ctx, *d, now.Add(-saidFor)); err != nil {
				return err
			} else if before != "" && d.Reason != journal.PersonRetry { // readers have a part of it
				g = gated{why: journal.SaidBefore, detail: string(before)}
				return nil
			}
			if over, err := e.overBudget(ctx, tx, d, now); err != nil {
				return err
			} else if over != "" {
				_, next := e.Month(now)
				g = gated{journal.OutOfMoney, over, next}
				return nil
			}
		}
		pace.Last = now
		if err := tx.SetPace(ctx, d.Platform, pace); err != nil {
			return err
		}
		return e.changeTx(ctx, tx, d, func(d *store.Delivery) {
			d.State, d.Next, d.Owner, d.Lease, d.Tried = journal.Committing, time.Time{}, e.Node, now.Add(callFor), now
			if d.Started.IsZero() {
				d.Started = now
			}
		})
	})
	return g, err
}

// overBudget says "SPENT BUDGET" if a delivery would cost more than its month
// has left, "" if not.
func (e *Engine) overBudget(ctx context.Context, tx *store.Tx, d *store.Delivery, now time.Time) (string, error) {
	budget := e.account(d.Platform).Budget
	if budget == 0 || d.Cost == 0 {
		return "", nil
	}
	from, to := e.Month(now)
	spent, err := tx.Spent(ctx, d.Platform, from, to)
	if err != nil || spent+d.Cost <= budget {
		return "", err
	}
	return strconv.FormatInt(spent, 10) + " " + strconv.FormatInt(budget, 10), nil
}

// frozen returns the freeze that holds a platform now, or nil.
func (e *Engine) frozen(ctx context.Context, tx *store.Tx, name string, now time.Time) (*store.Freeze, error) {
	ask := e.Store.Freezes
	if tx != nil {
		ask = tx.Freezes
	}
	all, err := ask(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		if holds(f, now) && f.Except != name {
			return &f, nil
		}
	}
	return nil, nil
}

// holds reports whether a freeze is on.
func holds(f store.Freeze, now time.Time) bool {
	return f.Thawed.IsZero() && (f.Until.IsZero() || now.Before(f.Until))
}
