package delivery_test

import (
	"context"
	"testing"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// alarms are the wake-ups that were asked for, as times after the beginning.
type alarms []time.Duration

func (a *alarms) WakeTx(_ context.Context, _ *store.Tx, _ platform.Key, at time.Time) error {
	*a = append(*a, at.Sub(start()))
	return nil
}

func (a *alarms) FollowTx(context.Context, *store.Tx, platform.Key, string, time.Time) error {
	return nil
}

// TestWake_isThereBeforeTheCall: should the program die while it calls, somebody is
// woken when the lease of the call is over, though not long after. Of a call in time
// that was written down before its instant.
func TestWake_isThereBeforeTheCall(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		called time.Duration // after the instant
		writes bool          // a wake-up between the instant and the call
	}{
		"in time":         {0, false},
		"a little late":   {50 * time.Second, false},
		"later than that": {2 * time.Minute, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, 1)
			a := &alarms{}
			b.opts.Waker = a
			b.restart("a")
			b.at(-30 * time.Second)
			b.want(0, "prepared")
			before := len(*a)
			if before != 1 {
				t.Errorf("%d wake-ups for what is prepared", before)
			}
			lease := time.Time{}
			b.remote.commit = func(int) (bool, error) {
				d, _, err := b.store.Get(t.Context(), key(0))
				if err != nil || d.State != journal.Committing {
					t.Errorf("called while it is %s: %v", d.State, err)
				}
				lease = d.Lease
				return true, nil
			}
			b.at(tt.called)
			b.out(1)
			if got := len(*a) > before; got != tt.writes {
				t.Errorf("wrote a wake-up: %v", got)
			}
			last := (*a)[len(*a)-1]
			if over := lease.Sub(start()); last <= over || last > over+2*time.Minute {
				t.Errorf("the lease ends %s after the instant, somebody is woken after %s", over, last)
			}
		})
	}
}
