package office

import (
	"context"
	"time"

	"editorial/internal/config"
	"editorial/pkg/calendar"
	"editorial/pkg/calendar/agreed"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// Deliveries are what the journal says of an office's placements.
type Deliveries struct {
	States map[platform.Key]Delivered
	// Carried are the editions that went out, or may have to some readers.
	Carried []Carried
	// Freezes are those that hold now.
	Freezes []Freeze
	// Frozen returns what a placement of States said, or may have said; false if
	// sending it was never begun. It may be nil.
	Frozen func(context.Context, platform.Key) (Frozen, bool, error)
	// Addresses returns where on the web placements are that went out, of those
	// of which that is known. It may be nil.
	Addresses func(context.Context) (map[platform.Key]string, error)
}

// Delivered is how a placement stands. At is when it went out, zero if it is not
// out.
type Delivered struct {
	State  journal.State
	Reason journal.Reason
	At     time.Time
}

// Freeze holds what is due after At, but on one platform.
type Freeze struct {
	At     time.Time
	Except string
}

// recorded is what the journal says of a placement of the agreed calendar; false
// where it says nothing that counts here.
func (o *Office) recorded(e agreed.Entry) (calendar.State, bool) {
	d, ok := o.deliveries.States[o.deliveryKey(e)]
	if ok {
		switch d.State {
		case journal.Published:
			return calendar.StatePublished, true
		case journal.Planned, journal.Leased, journal.Prepared:
			if _, began := o.carriedAs(o.deliveryKey(e)); began { // some readers have it
				return calendar.StateInFlight, true
			}
		case journal.Uncertain, journal.Committing:
			if o.makes(e.Platform) {
				break // it is being built
			}
			return calendar.StateInFlight, true // nobody may move it
		case journal.Failed, journal.Missed:
			return calendar.StateHeld, true
		case journal.Held:
			if d.Reason == journal.ByHand {
				return calendar.StateInFlight, true
			}
			return calendar.StateHeld, true
		}
	}
	if e.At.Instant.After(o.Now) {
		return "", false
	}
	for _, f := range o.deliveries.Freezes {
		if f.Except != e.Platform && e.At.Instant.After(f.At) {
			return calendar.StateHeld, true
		}
	}
	return "", false
}

// deliveryKey is the key under which the journal knows a placement.
func (o *Office) deliveryKey(e agreed.Entry) platform.Key {
	if o.Config.Platforms[e.Platform].Kind == config.KindNewsletter {
		return o.editionKeys[editionSlot{e.Platform, e.At.Instant.UnixMilli()}]
	}
	return platform.NewKey(e.Key.Post, e.Key.Connection, e.Key.Occurrence)
}

// Uncertain reports whether a placement may be out: the journal says that nobody
// knows, or that it is being sent.
func (o *Office) Uncertain(x Placement) bool {
	key := platform.NewKey(x.Key.Post, x.Key.Platform, x.Key.Occurrence)
	if o.Config.Platforms[x.Platform].Kind == config.KindNewsletter {
		key = o.editionKeys[editionSlot{x.Platform, x.At.UnixMilli()}]
	}
	d := o.deliveries.States[key]
	return d.State == journal.Uncertain || d.State == journal.Committing
}

// editionSlot is when an edition goes out.
type editionSlot struct {
	platform string
	at       int64
}

// learnDeliveries takes over what the journal says.
func (o *Office) learnDeliveries(d Deliveries) error {
	o.deliveries = d
	if len(d.States) == 0 || o.agreedBroken {
		return nil
	}
	orders, err := o.Orders()
	if err != nil {
		return err
	}
	o.editionKeys = map[editionSlot]platform.Key{}
	for _, x := range orders {
		if x.Edition {
			o.editionKeys[editionSlot{x.Platform, x.At.UnixMilli()}] = x.Key
		}
	}
	return nil
}
