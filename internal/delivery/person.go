package delivery

import (
	"context"
	"errors"
	"fmt"
	"time"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// Errors of what a person asks for.
var (
	// ErrUnknown: there is no delivery of that key.
	ErrUnknown = errors.New("no such delivery")
	// ErrState: the delivery is in a state in which that makes no sense.
	ErrState = errors.New("the delivery's state does not allow this")
)

// StateError says in which state a delivery is that cannot be changed so.
type StateError struct{ Delivery store.Delivery }

func (e StateError) Error() string { return fmt.Sprintf("%s is %s", e.Delivery.Key, e.Delivery.State) }

// Unwrap returns [ErrState].
func (e StateError) Unwrap() error { return ErrState }

// Retry takes up again what failed, was missed or is held: as a person asks,
// however late.
func (e *Engine) Retry(ctx context.Context, key platform.Key) (store.Delivery, error) {
	return e.settle(ctx, key, func(d *store.Delivery) error {
		switch d.State {
		case journal.Failed, journal.Missed, journal.Held:
		default:
			return StateError{*d}
		}
		replan(d, journal.PersonRetry)
		d.Last = e.last(*d, later(e.Now(), d.Due))
		return nil
	})
}

// Resolve settles what is uncertain, as a person knows: it is there (at url,
// which may be ""), or it is not and is sent again.
func (e *Engine) Resolve(ctx context.Context, key platform.Key, there bool, url string) (store.Delivery, error) {
	return e.settle(ctx, key, func(d *store.Delivery) error {
		if d.State != journal.Uncertain || d.Reason == journal.HandedOver {
			return StateError{*d}
		}
		if s, ok := e.account(d.Platform).Publisher.(platform.Settler); ok && d.Handle != nil {
			h, err := s.Settle(d.Handle, !there)
			if err != nil {
				return err
			}
			d.Handle = h
		}
		if there {
			e.said(d, url)
			return nil
		}
		replan(d, journal.PersonAgain)
		d.Doubt, d.Last = false, e.last(*d, later(e.Now(), d.Due))
		return nil
	})
}

// ResolvePart settles one uncertain part of a delivery, such as a reader of an
// edition, by its name in the handle. With the last one the delivery is out; what
// is to be sent again goes on. The error wraps [platform.ErrNoPart] where no part
// of that name is uncertain.
func (e *Engine) ResolvePart(ctx context.Context, key platform.Key, part string, there bool) (store.Delivery, error) {
	return e.settle(ctx, key, func(d *store.Delivery) error {
		s, ok := e.account(d.Platform).Publisher.(platform.PartSettler)
		if !ok || d.Handle == nil {
			return platform.ErrNoPart
		}
		switch d.State {
		case journal.Uncertain:
			if d.Reason == journal.HandedOver {
				return StateError{*d}
			}
		case journal.Held, journal.Planned, journal.Prepared: // another part is to be sent again
			if d.Started.IsZero() {
				return StateError{*d}
			}
		default:
			return StateError{*d}
		}
		h, left, waiting, err := s.SettlePart(d.Handle, !there, part)
		if err != nil {
			return err
		}
		d.Handle = h
		switch {
		case waiting > 0:
			replan(d, journal.PersonAgain)
			d.Doubt, d.Last = false, e.last(*d, later(e.Now(), d.Due))
		case left == 0:
			e.said(d, "")
		}
		return nil
	})
}

// Done records that somebody put a post where it belongs.
func (e *Engine) Done(ctx context.Context, key platform.Key, url string) (store.Delivery, error) {
	return e.settle(ctx, key, func(d *store.Delivery) error {
		switch d.State {
		case journal.Planned, journal.Held, journal.Failed, journal.Missed, journal.Uncertain:
			e.said(d, url)
			return nil
		case journal.Published:
			if d.Receipt.Evidence == platform.ByPerson && url != "" && url != d.Receipt.URL { // the address was another one
				d.Receipt.URL = url
				return nil
			}
		}
		return StateError{*d}
	})
}

// said notes that a post is out, by the word of a person.
func (e *Engine) said(d *store.Delivery, url string) {
	now := e.Now()
	d.State, d.Reason, d.Detail, d.Next = journal.Published, journal.PersonSaid, "", time.Time{}
	d.Receipt, d.Published = platform.Receipt{ID: d.Receipt.ID, URL: url, At: now, Evidence: platform.ByPerson}, now
	if d.Started.IsZero() {
		d.Started = now
	}
}

// settle changes a delivery as a person asks, and has it looked at.
func (e *Engine) settle(ctx context.Context, key platform.Key, edit func(*store.Delivery) error) (d store.Delivery, err error) {
	err = e.Store.Write(ctx, func(tx *store.Tx) error {
		var ok bool
		if d, ok, err = tx.Get(ctx, key); err != nil {
			return err
		}
		if !ok {
			return ErrUnknown
		}
		after := d
		if err := edit(&after); err != nil {
			return err
		}
		return e.changeTx(ctx, tx, &d, func(d *store.Delivery) { *d = after })
	})
	if err == nil {
		e.poke(key)
	}
	return d, err
}
