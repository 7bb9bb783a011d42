package delivery

import (
	"context"
	"errors"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// commit waits for the instant, asks once more whether the delivery may go out,
// notes that it is on its way, and calls the platform.
func (e *Engine) commit(ctx context.Context, d *store.Delivery, now time.Time) (time.Time, bool, error) {
	a := e.account(d.Platform)
	if a.Publisher == nil {
		return time.Time{}, true, e.change(ctx, d, func(d *store.Delivery) { replan(d, asked(d.Reason)) })
	}
	caps := a.Publisher.Caps()
	native := e.native(d, now)
	if start := later(d.Next, d.Due); now.Before(start) && native == nil {
		return start, false, nil
	}
	if caps.Fresh > 0 && now.Sub(d.Handled) > caps.Fresh && d.Started.IsZero() { // afterwards it says what is out
		return time.Time{}, true, e.change(ctx, d, func(d *store.Delivery) {
			d.State, d.Handle, d.Handled, d.Owner, d.Lease = journal.Leased, nil, time.Time{}, e.Node, now.Add(leaseFor)
		})
	}
	ready, err := e.Source.Ready(ctx, d.Key)
	switch {
	case errors.Is(err, ErrGone) && d.Started.IsZero():
		_, err := e.cancelled(ctx, d)
		return time.Time{}, false, err
	case errors.Is(err, ErrGone):
		return time.Time{}, false, e.changeLogged(ctx, d, nil, func(d *store.Delivery) {
			d.State, d.Reason, d.Next = journal.Cancelled, journal.TakenOut, time.Time{}
		})
	case err != nil:
		return time.Time{}, false, err
	case ready.Hold != "":
		return e.hold(ctx, d, ready.Hold, ready.Detail, ready.Again)
	}
	if d.Started.IsZero() {
		m, problems, err := e.render(a.Format, ready.Post)
		if err != nil {
			return e.broken(ctx, d, problems, err)
		}
		if m.sum != d.Sum { // somebody changed the post
			return time.Time{}, true, e.change(ctx, d, func(d *store.Delivery) { replan(d, asked(d.Reason)) })
		}
	}
	if e.late(d, now) {
		return e.missed(ctx, d)
	}
	gate, err := e.gate(ctx, d, now)
	switch {
	case err != nil:
		return time.Time{}, false, err
	case gate.why != "":
		return e.hold(ctx, d, gate.why, gate.detail, gate.again)
	case !gate.again.IsZero():
		return gate.again, true, nil // it waits for its turn
	}
	return e.send(ctx, d, native, now)
}

// native returns what hands the delivery over to the platform itself, if that is
// wanted and can be done now.
func (e *Engine) native(d *store.Delivery, now time.Time) platform.Scheduler {
	a := e.account(d.Platform)
	s, ok := a.Publisher.(platform.Scheduler)
	if !ok || !a.Native || !d.Started.IsZero() {
		return nil
	}
	caps := a.Publisher.Caps()
	if left := d.Due.Sub(now); left < caps.NativeMin || left > caps.NativeMax || caps.NativeMax == 0 {
		return nil
	}
	return s
}

// send calls the platform: once begun, it is not interrupted.
func (e *Engine) send(ctx context.Context, d *store.Delivery, native platform.Scheduler, now time.Time) (time.Time, bool, error) {
	job, err := e.job(d, now)
	if err != nil {
		return time.Time{}, false, err
	}
	// Whoever takes over from a program that stood still waits as long.
	before := string(d.Handle)
	within, cancel := withDeadline(context.WithoutCancel(ctx), e.Now, now, commitFor)
	defer cancel()
	var receipt platform.Receipt
	if native != nil {
		receipt, err = native.HandOver(within, job)
	} else {
		receipt, err = e.account(d.Platform).Publisher.Commit(within, job)
	}
	if errors.Is(err, store.ErrChanged) {
		return time.Time{}, false, err
	}
	heard := e.Now()
	record := func(ctx context.Context) error {
		switch {
		case err != nil:
			_, _, ferr := e.failed(ctx, d, journal.Committing, err, string(d.Handle) != before)
			return ferr
		case native != nil:
			return e.handed(ctx, d, receipt)
		}
		return e.publishedAt(ctx, d, receipt, heard)
	}
	if err := e.insist(context.WithoutCancel(ctx), record); err != nil {
		if !errors.Is(err, store.ErrChanged) {
			e.remember(d, record)
		}
		return time.Time{}, false, err
	}
	return d.Next, d.State == journal.Uncertain && !d.Next.After(e.Now()), nil
}

// insist records what became of a commit, again and again for a while: the disk
// may be full, the database locked. If it cannot, it is remembered, and tried again
// later; if this program ends before, the commit is looked up.
func (e *Engine) insist(ctx context.Context, record func(context.Context) error) error {
	const tries, long, slow = 5, time.Minute, 5 * time.Second
	var err error
	within, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	waits := time.AfterFunc(slow, func() { e.Log.Error("delivery not recorded", "error", "the database does not answer yet") })
	defer waits.Stop()
	for i := range tries {
		if err = record(ctx); err == nil || errors.Is(err, store.ErrChanged) {
			return err
		}
		e.Log.Error("delivery not recorded", "error", e.Redact(err.Error()), "try", i+1)
		if within.Err() != nil { // whoever stops this program waits no longer
			return err
		}
		wait := time.NewTimer(time.Duration(i+1) * 200 * time.Millisecond)
		<-wait.C
	}
	return err
}

// published records that a delivery is out.
func (e *Engine) published(ctx context.Context, d *store.Delivery, r platform.Receipt) error {
	return e.publishedAt(ctx, d, r, e.Now())
}

// publishedAt is published for what is out since an instant.
func (e *Engine) publishedAt(ctx context.Context, d *store.Delivery, r platform.Receipt, now time.Time) error {
	err := e.write(ctx, store.Record, d, func(ctx context.Context, tx *store.Tx) error {
		if err := e.changeTx(ctx, tx, d, func(d *store.Delivery) {
			d.State, d.Reason, d.Detail, d.Next, d.Attempt, d.Doubt = journal.Published, journal.NoReason, "", time.Time{}, 0, false
			d.Receipt, d.Published = r, now
			if r.Evidence == platform.ByLookup && !r.At.IsZero() {
				d.Published = r.At
			}
		}); err != nil {
			return err
		}
		return e.followTx(ctx, tx, d)
	})
	if err != nil {
		return err
	}
	e.log(*d, nil)
	if e.Waker == nil { // nobody else will
		e.followNow(ctx, d)
	}
	return nil
}

// handed records that the platform will publish it itself, and has it asked then.
func (e *Engine) handed(ctx context.Context, d *store.Delivery, r platform.Receipt) error {
	return e.changeLogged(ctx, d, nil, func(d *store.Delivery) {
		d.State, d.Reason, d.Receipt, d.Next, d.Attempt = journal.Uncertain, journal.HandedOver, r, d.Due.Add(time.Minute), 0
	})
}
