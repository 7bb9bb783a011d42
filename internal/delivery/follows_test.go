package delivery_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"editorial/internal/delivery"
	"editorial/internal/store"
	"editorial/pkg/publish/journal"
)

// TestFollows_areDoneAfterAPublication and are no matter of it: what fails there
// sends nothing twice.
func TestFollows_areDoneAfterAPublication(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1)
	var told []store.Delivery
	b.account(func(a *delivery.Account) {
		a.Follows = map[string]func(context.Context, store.Delivery) error{
			delivery.FollowHub: func(_ context.Context, d store.Delivery) error {
				told = append(told, d)
				return errors.New("the hub is away")
			},
		}
	})
	if err := b.engine.Follow(t.Context(), key(0), delivery.FollowHub); err != nil || len(told) != 0 {
		t.Errorf("before it is out: told %d times, %v", len(told), err)
	}
	for _, d := range []time.Duration{0, time.Second, time.Minute} {
		b.at(d)
	}
	b.want(0, "published")
	b.out(1)
	if len(told) != 1 || told[0].Key != key(0) || told[0].State != journal.Published {
		t.Errorf("told %+v", told)
	}
	if err := b.engine.Follow(t.Context(), key(0), delivery.FollowHub); err == nil || len(told) != 2 {
		t.Errorf("again: told %d times, %v", len(told), err)
	}
	if err := b.engine.Follow(t.Context(), key(0), "unknown"); err != nil {
		t.Errorf("what nobody wants any more: %v", err)
	}
}
