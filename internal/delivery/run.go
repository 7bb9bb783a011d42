package delivery

import (
	"container/heap"
	"context"
	"errors"
	"sync"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// workers is how many deliveries go out at once.
const workers = 16

// Pass brings every delivery that is due as far as it can go now, of some keys or,
// with none, of all. It returns those that it looked at, as they are then.
func (e *Engine) Pass(ctx context.Context, keys ...platform.Key) ([]store.Delivery, error) {
	wanted := map[platform.Key]bool{}
	for _, key := range keys {
		wanted[key] = true
	}
	if _, err := e.thaw(ctx, false); err != nil {
		return nil, err
	}
	agenda, err := e.Store.Agenda(ctx)
	if err != nil {
		return nil, err
	}
	now := e.Now()
	var due []platform.Key
	for _, a := range agenda {
		if len(keys) > 0 && !wanted[a.Key] || !active(a.State) || a.Due.After(now) {
			continue
		}
		due = append(due, a.Key)
	}
	errs := make([]error, len(due))
	var group sync.WaitGroup
	limit := make(chan struct{}, workers)
	for i, key := range due {
		limit <- struct{}{}
		group.Go(func() {
			defer func() { <-limit }()
			errs[i] = e.stepNow(ctx, key)
		})
	}
	group.Wait()
	var all []store.Delivery
	for _, key := range due {
		d, ok, err := e.Store.Get(ctx, key)
		if err != nil {
			return all, err
		}
		if ok {
			all = append(all, d)
		}
	}
	return all, errors.Join(errs...)
}

// active reports whether a worker has something to do for a delivery.
func active(s journal.State) bool {
	switch s {
	case journal.Planned, journal.Leased, journal.Prepared, journal.Committing, journal.Uncertain, journal.Held:
		return true
	}
	return false
}

// soon is how long a pass waits for a delivery that says when to come back.
const soon = 20 * time.Second

// stepNow is Step, as long as there is something to do soon.
func (e *Engine) stepNow(ctx context.Context, key platform.Key) error {
	for {
		next, err := e.Step(ctx, key)
		if err != nil || next.IsZero() {
			return err
		}
		wait := next.Sub(e.Now())
		if wait > soon {
			return nil
		}
		timer := time.NewTimer(max(wait, 10*time.Millisecond))
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
}

// appointment is when to look at a delivery.
type appointment struct {
	key platform.Key
	at  time.Time
}

// diary are appointments, the next one first.
type diary []appointment

func (d diary) Len() int           { return len(d) }
func (d diary) Less(i, j int) bool { return d[i].at.Before(d[j].at) }
func (d diary) Swap(i, j int)      { d[i], d[j] = d[j], d[i] }
func (d *diary) Push(x any)        { *d = append(*d, x.(appointment)) }
func (d *diary) Pop() any {
	old := *d
	last := old[len(old)-1]
	*d = old[:len(old)-1]
	return last
}

// Times of the running engine.
const (
	beatEvery = 30 * time.Second
	// longest is the longest sleep: a clock that was set is noticed by then.
	longest = 30 * time.Second
	// afterError is when to come back to a delivery that could not be read or
	// written.
	afterError = 5 * time.Second
)

// runner is a running engine: a timer to the next instant, and workers.
type runner struct {
	*Engine
	diary diary
	// known is the appointment that counts of each delivery.
	known map[platform.Key]time.Time
	done  chan appointment // what a worker wants next; at is zero for nothing
	free  int
	group sync.WaitGroup
}

// Run delivers until the context ends, then waits for what is being sent. It looks
// at the database whole at the start and every time refresh says so; between, it
// sleeps until the next delivery is to be prepared or sent.
func (e *Engine) Run(ctx context.Context, refresh <-chan struct{}) error {
	r := &runner{Engine: e, known: map[platform.Key]time.Time{}, done: make(chan appointment, workers), free: workers}
	defer r.group.Wait()
	if err := r.reload(ctx); err != nil {
		return err
	}
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
			if err := e.Beat(ctx, false); err != nil && ctx.Err() == nil {
				e.Log.Error("beat", "error", e.Redact(err.Error()))
			}
		case <-refresh:
			if err := r.reload(ctx); err != nil && ctx.Err() == nil {
				e.Log.Error("agenda", "error", e.Redact(err.Error()))
			}
		case key := <-e.wake:
			r.appoint(key, e.Now())
		case a := <-r.done:
			r.free++
			if !a.at.IsZero() {
				r.appoint(a.key, a.at)
			}
		case <-timer.C:
		}
		r.start(ctx)
		timer.Reset(r.sleep())
	}
}

// reload makes an appointment with everything that is not out.
func (r *runner) reload(ctx context.Context) error {
	if _, err := r.thaw(ctx, false); err != nil {
		return err
	}
	agenda, err := r.Store.Agenda(ctx)
	if err != nil {
		return err
	}
	r.diary, r.known = r.diary[:0], make(map[platform.Key]time.Time, len(agenda))
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
		r.diary, r.known[a.Key] = append(r.diary, appointment{a.Key, at}), at
	}
	heap.Init(&r.diary)
	return nil
}

// appoint makes an appointment, in place of a later one.
func (r *runner) appoint(key platform.Key, at time.Time) {
	if old, ok := r.known[key]; ok && !at.Before(old) {
		return
	}
	r.known[key] = at
	heap.Push(&r.diary, appointment{key, at})
}

// start gives what is due to workers that are free.
func (r *runner) start(ctx context.Context) {
	now := r.Now()
	for len(r.diary) > 0 && r.free > 0 && !r.diary[0].at.After(now) {
		a := heap.Pop(&r.diary).(appointment)
		if r.known[a.key] != a.at {
			continue // another one took its place
		}
		delete(r.known, a.key)
		r.free--
		r.group.Go(func() {
			next, err := r.Step(ctx, a.key)
			if err != nil && ctx.Err() == nil {
				r.Log.Error("delivery", "key", string(a.key), "error", r.Redact(err.Error()))
				next = r.Now().Add(afterError)
			}
			select {
			case r.done <- appointment{a.key, next}:
			case <-ctx.Done():
			}
		})
	}
}

// sleep is how long nothing is to be done.
func (r *runner) sleep() time.Duration {
	if len(r.diary) == 0 || r.free == 0 {
		return longest
	}
	return min(longest, max(0, r.diary[0].at.Sub(r.Now())))
}
