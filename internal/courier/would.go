package courier

import (
	"context"
	"errors"
	"slices"
	"time"

	"editorial/internal/delivery"
	"editorial/internal/store"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// What publishing would do with a placement.
const (
	WouldSend = "send"
	WouldAsk  = "by-hand"
	WouldHold = "hold"
	WouldFail = "fail"
)

// Would is a placement that is due, and what publishing would do with it.
type Would struct {
	Order  delivery.Order
	What   string
	Reason journal.Reason
	Detail string
	// Problem is why a post does not fit, where that is why it would fail.
	Problem problem.Problem
}

// Would says what [Courier.Publish] would do now. It writes nothing.
func (c *Courier) Would(ctx context.Context, keys ...platform.Key) ([]Would, error) {
	orders, err := c.source.Orders(ctx)
	if err != nil {
		return nil, err
	}
	now := c.Now()
	var all []Would
	for _, o := range orders {
		if len(keys) > 0 && !slices.Contains(keys, o.Key) || o.Due.After(now) {
			continue
		}
		d, known, err := c.Store.Get(ctx, o.Key)
		if err != nil {
			return nil, err
		}
		a := c.Engine.Account(o.Platform)
		if known {
			if w, ok := stands(d, now); ok {
				if w.What != "" {
					w.Order = o
					all = append(all, w)
				}
				continue
			}
		}
		w, err := c.would(ctx, o, a)
		if err != nil {
			return nil, err
		}
		if w.What == WouldSend || w.What == WouldAsk {
			if w, err = c.wouldNow(ctx, o, d, known, w); err != nil {
				return nil, err
			}
		}
		if w.What != "" {
			all = append(all, w)
		}
	}
	return all, nil
}

// stands says what publishing would do with a delivery that needs no look at its
// post; nothing where it would leave it alone. ok is false for the others.
func stands(d store.Delivery, now time.Time) (w Would, ok bool) {
	switch d.State {
	case journal.Planned:
		return w, d.Next.After(now)
	case journal.Held:
	default:
		return w, true
	}
	switch d.Reason {
	case journal.ByHand:
		return Would{What: WouldAsk}, true
	case journal.NotReady, journal.NotApproved, journal.CoolOff, journal.Embargoed:
		return w, false
	}
	wait := d.Reason == journal.Frozen || d.Next.IsZero() || d.Next.After(now)
	return Would{What: WouldHold, Reason: d.Reason, Detail: d.Detail}, wait
}

// wouldNow holds what would go out against the freezes and the late policy.
func (c *Courier) wouldNow(ctx context.Context, o delivery.Order, d store.Delivery, known bool, w Would) (Would, error) {
	f, err := c.Engine.Frozen(ctx, o.Platform)
	if err != nil {
		return w, err
	}
	if f != nil {
		return Would{Order: o, What: WouldHold, Reason: journal.Frozen, Detail: f.Reason}, nil
	}
	last := d.Last
	if within := c.Engine.Account(o.Platform).Within; !known && within > 0 {
		last = o.Due.Add(within)
	}
	switch {
	case last.IsZero() || !c.Now().After(last):
		return w, nil
	case !known: // history
		return Would{}, nil
	}
	return Would{Order: o, What: WouldHold, Reason: journal.TooLate}, nil
}

func (c *Courier) would(ctx context.Context, o delivery.Order, a delivery.Account) (Would, error) {
	ready, err := c.source.Ready(ctx, o.Key)
	switch {
	case errors.Is(err, delivery.ErrGone):
		return Would{Order: o, What: WouldHold, Reason: journal.TakenOut}, nil
	case err != nil:
		return Would{}, err
	case ready.Hold != "":
		return Would{Order: o, What: WouldHold, Reason: ready.Hold, Detail: ready.Detail}, nil
	}
	for _, p := range a.Format.Validate(ready.Post) {
		if p.Severity == problem.Error {
			return Would{o, WouldFail, journal.Broken, string(p.Code), p}, nil
		}
	}
	if a.Publisher == nil {
		return Would{Order: o, What: WouldAsk}, nil
	}
	return Would{Order: o, What: WouldSend}, nil
}
