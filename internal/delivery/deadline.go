package delivery

import (
	"context"
	"time"
)

// deadline is a context that ends at an instant of the clock on the wall, too: the
// timers of a program stand still while its machine sleeps. The clock is looked at
// each time that somebody asks, as HTTP does before each request.
type deadline struct {
	context.Context
	cancel context.CancelFunc
	now    func() time.Time
	at     time.Time
}

// withDeadline returns a context that lasts so long from an instant on, by either
// clock.
func withDeadline(ctx context.Context, now func() time.Time, from time.Time, long time.Duration) (*deadline, context.CancelFunc) {
	inner, cancel := context.WithTimeout(ctx, long-now().Sub(from))
	return &deadline{inner, cancel, now, from.Round(0).Add(long)}, cancel
}

// Done ends the context if it is too late.
func (d *deadline) Done() <-chan struct{} {
	if d.over() {
		d.cancel()
	}
	return d.Context.Done()
}

// Err is [context.DeadlineExceeded] if it is too late.
func (d *deadline) Err() error {
	if d.over() {
		return context.DeadlineExceeded
	}
	return d.Context.Err()
}

func (d *deadline) over() bool { return d.now().Round(0).After(d.at) }
