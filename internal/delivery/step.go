package delivery

import (
	"context"
	"errors"
	"fmt"
	"time"

	"editorial/internal/store"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// Step brings a delivery as far as it can go now, and returns when to come back;
// zero: when somebody says so. It may be called at any time, any number of times,
// by any number of programs.
func (e *Engine) Step(ctx context.Context, key platform.Key) (time.Time, error) {
	if !e.take(key) {
		return time.Time{}, nil // whoever is at it comes back to it
	}
	defer e.give(key)
	for {
		if err := ctx.Err(); err != nil {
			return time.Time{}, err
		}
		d, ok, err := e.Store.Get(ctx, key)
		if err != nil {
			return time.Time{}, err
		}
		if !ok {
			return time.Time{}, nil
		}
		next, more, err := e.step(ctx, &d)
		switch {
		case errors.Is(err, store.ErrChanged):
			continue // somebody else was faster: look again
		case err != nil:
			return time.Time{}, fmt.Errorf("%s: %w", key, err)
		case !more:
			return next, nil
		}
	}
}

// step does one thing. more says that another can be done at once; next is when
// else to come back.
func (e *Engine) step(ctx context.Context, d *store.Delivery) (next time.Time, more bool, err error) {
	now := e.Now()
	switch d.State {
	case journal.Planned:
		return e.plan(ctx, d, now)
	case journal.Leased, journal.Prepared, journal.Committing:
		if free, err := e.free(ctx, d, now); err != nil || !free {
			return earlier(d.Lease, now.Add(beatEvery)), false, err // somebody else has it
		}
		if d.Owner != e.Node && d.State != journal.Committing { // it is ours from now on
			return time.Time{}, true, e.change(ctx, d, func(d *store.Delivery) {
				d.Owner, d.Lease = e.Node, later(now, d.Due).Add(leaseFor)
			})
		}
		switch d.State {
		case journal.Leased:
			return e.prepare(ctx, d, now)
		case journal.Prepared:
			return e.commit(ctx, d, now)
		}
		if done, err := e.recordRemembered(ctx, d); done || err != nil {
			return time.Time{}, done, err
		}
		// Whoever called Commit did not live to say what came of it.
		return time.Time{}, true, e.change(ctx, d, func(d *store.Delivery) {
			d.State, d.Reason, d.Detail, d.Next = journal.Uncertain, journal.AnswerLost, "", now
		})
	case journal.Uncertain:
		return e.look(ctx, d, now)
	case journal.Held:
		return e.release(ctx, d, now)
	}
	return time.Time{}, false, nil
}

// handOverIn is the time to prepare in for what is handed over to a platform, which
// wants it some time before the instant.
const handOverIn = 15 * time.Minute

// free reports whether this program may go on with what one has taken up: itself,
// one whose lease is over, or one that says nothing any more. While a call may be
// under way only the lease counts, which is longer than any call.
func (e *Engine) free(ctx context.Context, d *store.Delivery, now time.Time) (bool, error) {
	if d.Owner == e.Node || e.isDead(d.Owner) || !now.Before(d.Lease) {
		return true, nil
	}
	if d.State == journal.Committing {
		return false, nil
	}
	beat, err := e.Store.LastBeat(ctx, d.Owner)
	return err == nil && now.Sub(beat) > silentFor, err
}

// silentFor is how long a program says nothing until others take over what it has
// taken up.
const silentFor = 3 * beatEvery

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// ahead is how long before its instant a delivery is taken up.
func (e *Engine) ahead(d *store.Delivery) time.Duration {
	a := e.account(d.Platform)
	if a.Publisher == nil {
		return 0
	}
	if caps := a.Publisher.Caps(); a.Native && caps.NativeMax > 0 {
		return max(caps.NativeMin+handOverIn, caps.Ahead)
	}
	return max(a.Publisher.Caps().Ahead, time.Minute)
}

// plan takes a delivery up, if its time has come and nothing speaks against it.
func (e *Engine) plan(ctx context.Context, d *store.Delivery, now time.Time) (next time.Time, more bool, err error) {
	if start := later(d.Next, d.Due.Add(-e.ahead(d))); now.Before(start) {
		return start, false, nil
	}
	due := !now.Before(d.Due)
	ready, err := e.Source.Ready(ctx, d.Key)
	switch {
	case errors.Is(err, ErrGone):
		_, err := e.cancelled(ctx, d)
		return time.Time{}, false, err
	case err != nil:
		return time.Time{}, false, err
	case ready.Hold != "" && !due:
		return d.Due, false, nil // it may be ready by then
	case ready.Hold != "":
		return e.hold(ctx, d, ready.Hold, ready.Detail, ready.Again)
	}
	if due {
		frozen, err := e.frozen(ctx, nil, d.Platform, now)
		switch {
		case err != nil:
			return time.Time{}, false, err
		case frozen != nil:
			return e.hold(ctx, d, journal.Frozen, frozen.Reason, frozen.Until)
		}
		if e.late(d, now) {
			return e.missed(ctx, d)
		}
	}
	a := e.account(d.Platform)
	if a.Format == nil { // the platform has gone from the configuration
		return e.hold(ctx, d, journal.NotReady, "no-platform", now.Add(time.Minute))
	}
	if a.Publisher == nil {
		if !due {
			return d.Due, false, nil
		}
		message, problems, err := e.render(a.Format, ready.Post)
		if err != nil {
			return e.broken(ctx, d, problems, err)
		}
		return time.Time{}, false, e.changeLogged(ctx, d, nil, func(d *store.Delivery) {
			d.State, d.Reason, d.Detail, d.Next = journal.Held, journal.ByHand, "", time.Time{}
			freeze(d, message)
		})
	}
	if d.Doubt {
		return e.doubt(ctx, d, ready.Post, now)
	}
	return time.Time{}, true, e.change(ctx, d, func(d *store.Delivery) {
		d.State, d.Reason, d.Detail, d.Owner, d.Lease = journal.Leased, asked(d.Reason), "", e.Node, later(now, d.Due).Add(leaseFor)
	})
}

// doubt has a delivery looked for that may have gone out unrecorded.
func (e *Engine) doubt(ctx context.Context, d *store.Delivery, post platform.Post, now time.Time) (time.Time, bool, error) {
	if now.Before(d.Due) {
		return d.Due, false, nil
	}
	m := frozenMessage{data: d.Message, sum: d.Sum, said: d.Said, cost: d.Cost, items: d.Items}
	if d.Message == nil {
		var problems []problem.Problem
		var err error
		if m, problems, err = e.render(e.account(d.Platform).Format, post); err != nil {
			return e.broken(ctx, d, problems, err)
		}
	}
	return time.Time{}, true, e.change(ctx, d, func(d *store.Delivery) {
		d.State, d.Reason, d.Detail, d.Next = journal.Uncertain, journal.FromBackup, "", now
		freeze(d, m)
		if d.Started.IsZero() {
			d.Started, d.Tried = d.Due, d.Due
		}
	})
}

// hold keeps a delivery from going out. It is released when the reason passes.
func (e *Engine) hold(ctx context.Context, d *store.Delivery, why journal.Reason, detail string, again time.Time) (time.Time, bool, error) {
	err := e.changeLogged(ctx, d, nil, func(d *store.Delivery) {
		d.State, d.Reason, d.Detail, d.Next = journal.Held, why, e.Redact(detail), again
	})
	return again, false, err
}

// late reports whether the late policy gives a delivery up.
func (e *Engine) late(d *store.Delivery, now time.Time) bool {
	return !d.Last.IsZero() && now.After(d.Last)
}

// missed does what the late policy says.
func (e *Engine) missed(ctx context.Context, d *store.Delivery) (time.Time, bool, error) {
	return time.Time{}, false, e.changeLogged(ctx, d, nil, func(d *store.Delivery) {
		d.State, d.Reason, d.Detail, d.Next = journal.Held, journal.TooLate, "", time.Time{}
		if e.account(d.Platform).Then == journal.Missed {
			d.State = journal.Missed
		}
	})
}

// cancelled ends a delivery whose placement is gone.
func (e *Engine) cancelled(ctx context.Context, d *store.Delivery) (bool, error) {
	return true, e.changeLogged(ctx, d, nil, func(d *store.Delivery) {
		d.State, d.Reason, d.Detail, d.Next = journal.Cancelled, journal.TakenOut, "", time.Time{}
	})
}

// broken ends a delivery that does not fit its platform.
func (e *Engine) broken(ctx context.Context, d *store.Delivery, problems []problem.Problem, err error) (time.Time, bool, error) {
	detail := ""
	for _, p := range problems {
		if p.Severity == problem.Error {
			detail = string(p.Code)
			break
		}
	}
	return time.Time{}, false, e.changeLogged(ctx, d, err, func(d *store.Delivery) {
		d.State, d.Reason, d.Detail, d.Next = journal.Failed, journal.Broken, detail, time.Time{}
	})
}

// release takes a held delivery up again when its reason has passed.
func (e *Engine) release(ctx context.Context, d *store.Delivery, now time.Time) (time.Time, bool, error) {
	switch d.Reason {
	case journal.Frozen:
		return time.Time{}, false, nil // thawing lays it out again
	case journal.NotReady, journal.NotApproved, journal.CoolOff, journal.Embargoed:
		ready, err := e.Source.Ready(ctx, d.Key)
		switch {
		case errors.Is(err, ErrGone):
			_, err := e.cancelled(ctx, d)
			return time.Time{}, false, err
		case err != nil:
			return time.Time{}, false, err
		case ready.Hold == "":
			return time.Time{}, true, e.change(ctx, d, func(d *store.Delivery) { replan(d, journal.NoReason) })
		case e.late(d, now):
			if e.account(d.Platform).Then == journal.Missed {
				return e.missed(ctx, d)
			}
			return time.Time{}, false, nil
		case ready.Hold != d.Reason || !ready.Again.Equal(d.Next):
			return e.hold(ctx, d, ready.Hold, ready.Detail, ready.Again)
		}
		return d.Next, false, nil
	}
	switch {
	case d.Next.IsZero():
		return time.Time{}, false, nil
	case now.Before(d.Next):
		return d.Next, false, nil
	}
	return time.Time{}, true, e.change(ctx, d, func(d *store.Delivery) {
		replan(d, journal.NoReason)
		d.Last = e.last(*d, now) // it was not its own fault
	})
}

// changeLogged is change, and says so in the log.
func (e *Engine) changeLogged(ctx context.Context, d *store.Delivery, cause error, edit func(*store.Delivery)) error {
	if err := e.change(ctx, d, edit); err != nil {
		return err
	}
	e.log(*d, cause)
	return nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// asked is a reason that counts on the whole way: a person wants it, whatever
// was said before.
func asked(r journal.Reason) journal.Reason {
	if r == journal.PersonRetry || r == journal.PersonAgain {
		return r
	}
	return journal.NoReason
}
