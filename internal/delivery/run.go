package delivery

import (
	"context"
	"errors"
	"sync"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// workers is how many deliveries a pass works on at once.
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
		now := e.Now()
		wait := next.Sub(now)
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
		if wait > 0 && !e.Now().After(now) {
			return nil // by a clock that stands still it never comes
		}
	}
}
