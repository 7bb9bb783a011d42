package courier

import (
	"context"
	"errors"
	"slices"

	"editorial/internal/delivery"
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
		switch {
		case known && d.State != journal.Planned && d.State != journal.Held:
			continue
		case known && d.State == journal.Held && d.Reason == journal.ByHand:
			all = append(all, Would{Order: o, What: WouldAsk})
			continue
		case a.Within > 0 && now.After(o.Due.Add(a.Within)):
			if known {
				all = append(all, Would{Order: o, What: WouldHold, Reason: journal.TooLate})
			}
			continue
		}
		w, err := c.would(ctx, o, a)
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, nil
}

func (c *Courier) would(ctx context.Context, o delivery.Order, a delivery.Account) (Would, error) {
	ready, err := c.source.Ready(ctx, o.Key)
	switch {
	case errors.Is(err, delivery.ErrGone):
		return Would{Order: o, What: WouldHold, Reason: journal.TakenOut}, nil
	case err != nil:
		return Would{}, err
	case ready.Hold != "":
		return Would{o, WouldHold, ready.Hold, ready.Detail}, nil
	}
	for _, p := range a.Format.Validate(ready.Post) {
		if p.Severity == problem.Error {
			return Would{o, WouldFail, journal.Broken, string(p.Code)}, nil
		}
	}
	if a.Publisher == nil {
		return Would{Order: o, What: WouldAsk}, nil
	}
	return Would{Order: o, What: WouldSend}, nil
}
