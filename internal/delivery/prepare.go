package delivery

import (
	"context"
	"errors"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// prepare freezes the bytes and does all that can be repeated.
func (e *Engine) prepare(ctx context.Context, d *store.Delivery, now time.Time) (time.Time, bool, error) {
	a := e.account(d.Platform)
	if a.Publisher == nil { // the account is gone
		return time.Time{}, true, e.change(ctx, d, func(d *store.Delivery) { replan(d, asked(d.Reason)) })
	}
	if d.Started.IsZero() { // afterwards the bytes that may have arrived count
		ready, err := e.Source.Ready(ctx, d.Key)
		switch {
		case errors.Is(err, ErrGone):
			_, err := e.cancelled(ctx, d)
			return time.Time{}, false, err
		case err != nil:
			return time.Time{}, false, err
		case ready.Hold != "":
			return time.Time{}, true, e.change(ctx, d, func(d *store.Delivery) { replan(d, asked(d.Reason)) })
		}
		m, problems, err := e.render(a.Format, ready.Post)
		if err != nil {
			return e.broken(ctx, d, problems, err)
		}
		if m.sum != d.Sum {
			if err := e.change(ctx, d, func(d *store.Delivery) { refreeze(d, m) }); err != nil {
				return time.Time{}, false, err
			}
		}
	}
	job, err := e.job(d, now)
	if err != nil {
		return time.Time{}, false, err
	}
	within, cancel := context.WithTimeout(ctx, prepareFor)
	defer cancel()
	h, err := a.Publisher.Prepare(within, job)
	if ctx.Err() != nil {
		return time.Time{}, false, ctx.Err() // it goes on next time
	}
	if errors.Is(err, store.ErrChanged) {
		return time.Time{}, false, err
	}
	if err != nil {
		return e.failed(ctx, d, journal.Leased, err, false)
	}
	done := e.Now()
	return time.Time{}, true, e.change(ctx, d, func(d *store.Delivery) {
		d.State, d.Reason, d.Detail, d.Attempt, d.Handle, d.Handled = journal.Prepared, asked(d.Reason), "", 0, h, done
		d.Owner, d.Lease, d.Next = e.Node, later(done, d.Due).Add(leaseFor), time.Time{}
	})
}

// job is a delivery as its publisher sees it.
func (e *Engine) job(d *store.Delivery, now time.Time) (platform.Job, error) {
	m, err := platform.Thaw(d.Message, d.Sum)
	if err != nil {
		return platform.Job{}, err
	}
	return platform.Job{
		Key: d.Key, Due: d.Due, Now: now, Since: d.Started, Message: m, Handle: d.Handle, Files: e.Files,
		Save: func(ctx context.Context, h platform.Handle) error {
			if e.isOurs(d) {
				return e.change(ctx, d, func(d *store.Delivery) {
					d.Handle, d.Lease = append(platform.Handle(nil), h...), later(e.Now(), d.Due).Add(leaseFor)
				})
			}
			return store.ErrChanged
		},
	}, nil
}

// isOurs reports whether this program has the delivery now.
func (e *Engine) isOurs(d *store.Delivery) bool {
	switch d.State {
	case journal.Leased, journal.Prepared, journal.Committing:
		return d.Owner == e.Node
	case journal.Uncertain: // something is taken back
		return true
	}
	return false
}

// failed does what a failure leads to. partly says that the commit that failed has
// brought a part of it out.
func (e *Engine) failed(ctx context.Context, d *store.Delivery, from journal.State, cause error, partly bool) (time.Time, bool, error) {
	p := platform.As(cause)
	surelyNot := from == journal.Committing && p.Class != platform.Uncertain && p.Class != platform.Duplicate
	now := e.Now()
	step := journal.After(journal.Failure{
		From: from, Attempt: d.Attempt + 1, Class: p.Class, Until: p.Until, Now: now, Last: d.Last,
	})
	if step.Reason == journal.TooLate && e.account(d.Platform).Then == journal.Missed {
		step.To = journal.Missed
	}
	err := e.write(ctx, store.Record, d, func(ctx context.Context, tx *store.Tx) error {
		if p.Class == platform.Rate && step.Again.After(now) { // it is the account that is too fast
			pace, err := tx.Pace(ctx, d.Platform)
			if err != nil {
				return err
			}
			if step.Again.After(pace.Until) {
				pace.Until = step.Again
			}
			if err := tx.SetPace(ctx, d.Platform, pace); err != nil {
				return err
			}
		}
		return e.changeTx(ctx, tx, d, func(d *store.Delivery) {
			if step.To == journal.Failed && partly {
				step.Reason = journal.PartlyOut
			}
			if step.Reason == journal.NoReason { // it is tried again
				step.Reason = asked(d.Reason)
			}
			d.State, d.Reason, d.Detail, d.Next = step.To, step.Reason, e.Redact(p.Error()), step.Again
			d.Attempt++
			if surelyNot && !partly && d.Started.Equal(d.Tried) { // the first attempt: nothing has gone out
				d.Started, d.Tried = time.Time{}, time.Time{}
			}
		})
	})
	if err != nil {
		return time.Time{}, false, err
	}
	e.log(*d, cause)
	return step.Again, step.To == journal.Uncertain, nil
}
