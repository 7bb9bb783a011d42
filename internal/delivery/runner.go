package delivery

import (
	"context"
	"sync"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
)

// Times of the running engine.
const (
	beatEvery = 30 * time.Second
	// longest is the longest sleep: a clock that was set is noticed by then.
	longest = 30 * time.Second
	// afterError is when to come back to a delivery that could not be read or
	// written.
	afterError = 5 * time.Second
)

// runner is a running engine: a timer to the next instant, and workers. Its loop
// waits for nothing else, least of all for the database.
type runner struct {
	*Engine
	diary *diary
	done  chan finished
	group sync.WaitGroup
	// read are all appointments, when they were read again; reading says that
	// somebody reads, again that it is to be done once more.
	read           chan []appointment
	reading, again bool
}

// finished is what a worker says at the end of an appointment, and wants next.
type finished struct {
	appointment
	next appointment
}

// Run delivers until the context ends, then waits for what is being sent. It looks
// at the database whole at the start and every time refresh says so; between, it
// sleeps until the next delivery is to be prepared or sent.
func (e *Engine) Run(ctx context.Context, refresh <-chan struct{}) error {
	r := &runner{Engine: e, diary: newDiary(), done: make(chan finished, 1), read: make(chan []appointment)}
	defer r.group.Wait()
	all, err := r.agenda(ctx)
	if err != nil {
		return err
	}
	r.enter(all)
	defer e.Beats(ctx)()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-refresh:
			r.reload(ctx)
		case all := <-r.read:
			r.reading = false
			r.enter(all)
			if r.again {
				r.reload(ctx)
			}
		case key := <-e.wake:
			r.diary.enter(appointment{key, e.Now(), chores})
		case f := <-r.done:
			r.diary.done(f.appointment)
			if !f.next.at.IsZero() {
				r.diary.enter(f.next)
			}
		case <-timer.C:
		}
		r.start(ctx)
		timer.Reset(r.sleep())
	}
}

// reload reads everything again, beside the loop.
func (r *runner) reload(ctx context.Context) {
	if r.again = r.reading; r.reading {
		return
	}
	r.reading = true
	r.group.Go(func() {
		all, err := r.agenda(ctx)
		if err != nil && ctx.Err() == nil {
			r.Log.Error("agenda", "error", r.Redact(err.Error()))
		}
		select {
		case r.read <- all:
		case <-ctx.Done():
		}
	})
}

func (r *runner) enter(all []appointment) {
	for _, a := range all {
		r.diary.enter(a)
	}
	r.diary.tidy()
}

// agenda returns an appointment with everything that is not out.
func (r *runner) agenda(ctx context.Context) ([]appointment, error) {
	if _, err := r.thaw(ctx, false); err != nil {
		return nil, err
	}
	agenda, err := r.Store.Agenda(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]appointment, 0, len(agenda))
	for _, a := range agenda {
		if !active(a.State) || a.State == journal.Uncertain && a.Reason == journal.CannotLook || a.State == journal.Held && a.Reason == journal.ByHand {
			continue
		}
		at := a.Next
		switch a.State {
		case journal.Planned:
			at = later(at, a.Due.Add(-r.ahead(&store.Delivery{Platform: a.Platform})))
		case journal.Prepared:
			at = later(at, a.Due)
		}
		all = append(all, appointment{a.Key, at, laneOf(a.State)})
	}
	return all, nil
}

// start gives what is due to workers that are free.
func (r *runner) start(ctx context.Context) {
	now := r.Now()
	for l := range lanes {
		for a, ok := r.diary.due(l, now); ok; a, ok = r.diary.due(l, now) {
			r.group.Go(func() { r.work(ctx, a) })
		}
	}
}

// work brings a delivery on, as far as that belongs to the lane.
func (r *runner) work(ctx context.Context, a appointment) {
	next, err := r.walk(ctx, a.key, func(l lane) bool { return l == a.lane })
	if err != nil && ctx.Err() == nil {
		r.Log.Error("delivery", "key", string(a.key), "error", r.Redact(err.Error()))
		next = appointment{a.key, r.Now().Add(afterError), a.lane}
	}
	select {
	case r.done <- finished{a, next}:
	case <-ctx.Done():
	}
}

// sleep is how long nothing is to be done.
func (r *runner) sleep() time.Duration {
	at, ok := r.diary.next()
	if !ok {
		return longest
	}
	return min(longest, max(0, at.Sub(r.Now())))
}
