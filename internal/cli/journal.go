package cli

import (
	"context"
	"os"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/internal/store"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/words"
)

// journalSaid is what a person wants to know of the journal before all else: how
// many deliveries need somebody, how much does before anything fails, and the
// freezes that hold now.
type journalSaid struct {
	person  int
	notices int
	freezes []store.Freeze
}

// journalOf returns what the journal says of an office, for what is planned and
// built: nothing where there is none yet.
func (a *app) journalOf(ctx context.Context, c config.Config) (office.Deliveries, error) {
	var d office.Deliveries
	a.journal = journalSaid{}
	address := c.Delivery.Address(a.dir)
	if !store.IsURL(address) {
		if _, err := os.Stat(address); err != nil {
			return d, nil
		}
	}
	s, err := store.Open(ctx, address)
	if err != nil {
		return d, err
	}
	defer s.Close()
	states, err := s.Outcomes(ctx)
	if err != nil {
		return d, err
	}
	d.States = make(map[platform.Key]office.Delivered, len(states))
	for _, x := range states {
		if journal.NeedsPerson(x.State, x.Reason) {
			a.journal.person++
		}
		d.States[x.Key] = office.Delivered{State: x.State, Reason: x.Reason, At: x.Published}
	}
	d.Frozen = func(ctx context.Context, key platform.Key) (office.Frozen, bool, error) {
		return frozen(ctx, address, key)
	}
	notices, err := notices(ctx, s, c)
	if err != nil {
		return d, err
	}
	a.journal.notices = len(notices)
	freezes, err := s.Freezes(ctx)
	for _, f := range freezes {
		if f.Thawed.IsZero() && (f.Until.IsZero() || a.present().Before(f.Until)) {
			a.journal.freezes = append(a.journal.freezes, f)
			d.Freezes = append(d.Freezes, office.Freeze{At: f.At, Except: f.Except})
		}
	}
	return d, err
}

// printFreezes says of each freeze that holds that it does.
func (a *app) printFreezes(o *office.Office, freezes []store.Freeze) {
	for _, f := range freezes {
		a.printFlow("", a.words.Say("delivery.is-frozen", problem.Params{"reason": words.Inert(f.Reason), "when": a.when(o, f.At)}))
	}
}

// frozen returns what a delivery that was begun said, or may have said.
func frozen(ctx context.Context, address string, key platform.Key) (office.Frozen, bool, error) {
	s, err := store.Open(ctx, address)
	if err != nil {
		return office.Frozen{}, false, err
	}
	defer s.Close()
	x, ok, err := s.Get(ctx, key)
	if err != nil || !ok || len(x.Message) == 0 || x.Started.IsZero() && x.State != journal.Published {
		return office.Frozen{}, false, err
	}
	return office.Frozen{Message: x.Message, Sum: x.Sum}, true, nil
}
