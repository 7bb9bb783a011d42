package delivery

import (
	"context"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// look asks the platform whether an uncertain delivery is out.
func (e *Engine) look(ctx context.Context, d *store.Delivery, now time.Time) (time.Time, bool, error) {
	a := e.account(d.Platform)
	switch {
	case d.Reason == journal.CannotLook:
		return time.Time{}, false, nil // a person settles it
	case now.Before(d.Next):
		return d.Next, false, nil
	case a.Publisher == nil:
		return time.Time{}, false, e.cannotLook(ctx, d, "")
	}
	job, err := e.job(d, now)
	if err != nil {
		return time.Time{}, false, err
	}
	if job.Not, err = e.Store.RemoteIDs(ctx, d.Platform, d.Key, d.Due.Add(-saidFor)); err != nil {
		return time.Time{}, false, err
	}
	if d.Reason == journal.HandedOver && now.Before(d.Due) {
		return e.recall(ctx, d, job) // it was frozen, moved or taken out meanwhile
	}
	within, cancel := context.WithTimeout(ctx, lookFor)
	defer cancel()
	found, err := a.Publisher.Lookup(within, job)
	if ctx.Err() != nil {
		return time.Time{}, false, ctx.Err()
	}
	if err != nil {
		return e.lookAgain(ctx, d, err)
	}
	if d.Reason == journal.HandedOver && found.Whether == platform.NotFound {
		return e.recall(ctx, d, job)
	}
	s := journal.Looked(found.Whether, d.Tried, now, a.Publisher.Caps().Settle)
	switch s.To {
	case journal.Published:
		if found.Receipt.Evidence == "" {
			found.Receipt.Evidence = platform.ByLookup
		}
		if d.Reason == journal.HandedOver {
			found.Receipt.Evidence = platform.ByNative
		}
		return time.Time{}, false, e.published(ctx, d, found.Receipt)
	case journal.Uncertain:
		if s.Reason == journal.CannotLook {
			return time.Time{}, false, e.leave(ctx, d, "", found.Handle)
		}
		return s.Again, false, e.change(ctx, d, func(d *store.Delivery) { d.Next = s.Again })
	}
	return e.sendAgain(ctx, d, found.Handle, now)
}

// cannotLook leaves a delivery to a person.
func (e *Engine) cannotLook(ctx context.Context, d *store.Delivery, detail string) error {
	return e.leave(ctx, d, detail, nil)
}

// leave is cannotLook with what the look-up found out: which parts of it nobody
// knows of, for one.
func (e *Engine) leave(ctx context.Context, d *store.Delivery, detail string, h platform.Handle) error {
	return e.changeLogged(ctx, d, nil, func(d *store.Delivery) {
		d.Reason, d.Next = journal.CannotLook, time.Time{}
		if h != nil {
			d.Handle = h
		}
		if detail != "" {
			d.Detail = e.Redact(detail)
		}
	})
}

// lookAgain waits after a look-up that failed: as long as it was looked for already,
// within bounds. It says nothing of the delivery. Where the platform does not let
// us look, a person is told, and it is tried again all the same.
func (e *Engine) lookAgain(ctx context.Context, d *store.Delivery, cause error) (time.Time, bool, error) {
	p := platform.As(cause)
	now := e.Now()
	wait := min(max(now.Sub(d.Tried), journal.Backoff(1)), journal.Backoff(journal.MaxAttempts))
	next := later(p.Until, now.Add(wait))
	refused := p.Class == platform.Auth || p.Class == platform.Permission || p.Class == platform.Invalid
	err := e.changeLogged(ctx, d, cause, func(d *store.Delivery) {
		d.Detail, d.Next = e.Redact(p.Error()), next
		switch {
		case d.Reason == journal.HandedOver || d.Reason == journal.FromBackup && !refused:
		case refused:
			d.Reason = journal.CannotAsk
		case d.Reason == journal.CannotAsk:
			d.Reason = journal.AnswerLost
		}
	})
	return next, false, err
}

// sendAgain takes up a delivery that is surely not out, as far as it is not.
func (e *Engine) sendAgain(ctx context.Context, d *store.Delivery, h platform.Handle, now time.Time) (time.Time, bool, error) {
	if h == nil {
		h = d.Handle
	}
	switch {
	case d.Attempt >= journal.MaxAttempts:
		return time.Time{}, false, e.changeLogged(ctx, d, nil, func(d *store.Delivery) {
			d.State, d.Reason, d.Next = journal.Failed, journal.TooManyTries, time.Time{}
		})
	case e.late(d, now):
		return e.missed(ctx, d)
	}
	wait := now
	if d.Attempt > 1 {
		wait = now.Add(journal.Backoff(d.Attempt - 1))
	}
	err := e.change(ctx, d, func(d *store.Delivery) {
		if d.Reason == journal.FromBackup && d.Started.Equal(d.Due) { // the mark of doubt: it never was under way
			d.Started, d.Tried = time.Time{}, time.Time{}
		}
		d.Reason, d.Detail, d.Doubt, d.Next, d.Handle = journal.NoReason, "", false, wait, h
		d.State, d.Owner, d.Lease = journal.Prepared, e.Node, later(wait, d.Due).Add(leaseFor)
		if h == nil || d.Started.IsZero() {
			d.State = journal.Planned // it never was ready
		}
	})
	return wait, !wait.After(now), err
}

// recall takes back what the platform should have published itself and did not,
// so that it cannot do so later, too.
func (e *Engine) recall(ctx context.Context, d *store.Delivery, job platform.Job) (time.Time, bool, error) {
	s, ok := e.account(d.Platform).Publisher.(platform.Scheduler)
	if !ok {
		return time.Time{}, false, e.cannotLook(ctx, d, "")
	}
	within, cancel := context.WithTimeout(ctx, lookFor)
	defer cancel()
	if err := s.Recall(within, job, d.Receipt); err != nil {
		if c := platform.ClassOf(err); c != platform.Temporary && c != platform.Rate && c != platform.Uncertain || e.Now().Sub(d.Due) > time.Hour {
			return time.Time{}, false, e.cannotLook(ctx, d, platform.As(err).Error())
		}
		return e.lookAgain(ctx, d, err)
	}
	now := e.Now()
	return time.Time{}, true, e.change(ctx, d, func(d *store.Delivery) {
		d.State, d.Reason, d.Detail, d.Next, d.Handle, d.Receipt = journal.Planned, journal.NoReason, "", now, nil, platform.Receipt{}
		d.Started, d.Tried = time.Time{}, time.Time{}
	})
}

// AskAgain has every uncertain delivery looked up now, also those that a person
// was asked about: a platform may know by now.
func (e *Engine) AskAgain(ctx context.Context) error {
	all, err := e.Store.In(ctx, journal.Uncertain)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.Reason == journal.HandedOver {
			continue // it is asked at its instant
		}
		if _, err := e.edit(ctx, d.Key, func(d *store.Delivery) bool {
			if d.State != journal.Uncertain {
				return false
			}
			d.Reason, d.Next = journal.AnswerLost, e.Now()
			return true
		}); err != nil {
			return err
		}
	}
	return nil
}
