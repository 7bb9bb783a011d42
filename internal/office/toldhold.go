package office

import (
	"context"
	"fmt"
	"time"

	"editorial/pkg/content"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// Frozen is what the journal has of a delivery that was started: the bytes that
// went out, or may have, and their SHA-256 in hexadecimal.
type Frozen struct {
	Message []byte
	Sum     string
}

// wentOut puts what the journal has of a placement in the place of what its post
// says now, if sending it was begun.
func (o *Office) wentOut(ctx context.Context, t *Telling, x Placement) error {
	key := keyOf(x)
	d, ok := o.deliveries.States[key]
	if !ok || o.deliveries.Frozen == nil {
		return nil
	}
	f, ok, err := o.deliveries.Frozen(ctx, key)
	if err != nil || !ok {
		return err
	}
	m, err := platform.Thaw(f.Message, f.Sum)
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	t.Changed = t.Sum != f.Sum
	t.Message, t.Frozen, t.Sum, t.Sent, t.Out = m, f.Message, f.Sum, true, d.At
	return nil
}

// holdTold is what holds a placement when its time comes, as things stand: the
// journal's reason, else that of the post.
func (o *Office) holdTold(post *content.Post, x Placement) (why journal.Reason, detail string, again time.Time) {
	d := o.deliveries.States[keyOf(x)]
	switch d.State {
	case journal.Published, journal.Committing, journal.Uncertain:
		return "", "", time.Time{}
	}
	at := x.At
	if at.Before(o.Now) {
		at = o.Now
	}
	why, detail, again = o.HoldOf(Order{Post: post, Platform: x.Platform}, at)
	if why != "" || x.Key.Post == "" {
		return why, detail, again
	}
	for _, f := range o.deliveries.Freezes {
		if f.Except != x.Platform && x.At.After(f.At) {
			return journal.Frozen, "", time.Time{}
		}
	}
	if d.State == journal.Held && d.Reason != journal.ByHand || d.State == journal.Failed || d.State == journal.Missed {
		return d.Reason, "", time.Time{}
	}
	return "", "", time.Time{}
}

// keyOf is the key under which the journal knows a placement of a post.
func keyOf(x Placement) platform.Key {
	return platform.NewKey(x.Key.Post, x.Key.Platform, x.Key.Occurrence)
}
