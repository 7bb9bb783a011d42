package watch

import (
	"context"
	"time"
)

// lookAtClock is the longest sleep until the clock is looked at again: clocks
// are set, and machines sleep.
const lookAtClock = time.Minute

// Options say what is followed.
type Options struct {
	// Dir is the folder of the office, Seen its files as they were before the
	// first making.
	Dir  string
	Seen Seen
	// Now is the clock; nil where time stands still.
	Now func() time.Time
	// Due is when something must be made anew though no file changes.
	Due func() time.Time
}

// Follow calls do with the files that changed, and with none when the clock
// says so, until the context ends.
func Follow(ctx context.Context, o Options, do func(changed []string)) {
	changes := make(chan []string)
	go watchFiles(ctx, o.Dir, o.Seen, changes)
	for {
		timer := time.NewTimer(o.wait())
		var changed []string
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case changed = <-changes:
			timer.Stop()
		case <-timer.C:
			if o.Now == nil || o.Now().Before(o.Due()) {
				continue
			}
		}
		do(changed)
	}
}

// wait is how long to sleep before the clock is looked at.
func (o Options) wait() time.Duration {
	if o.Now == nil {
		return lookAtClock
	}
	return min(lookAtClock, max(0, o.Due().Sub(o.Now())))
}
