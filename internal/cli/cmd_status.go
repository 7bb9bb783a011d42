package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/courier"
	"editorial/internal/store"
	"editorial/pkg/publish/journal"
)

// statusDays is how many days back and ahead status looks.
const statusDays = 7

// statusNext is how many placements to come it names.
const statusNext = 5

func (a *app) newStatus() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "status",
		Short:   a.say("delivery.status-short"),
		Long:    a.say("delivery.status-long"),
		Example: "  editorial status\n  editorial status --json",
		Args:    a.args(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runStatus(cmd.Context()) },
	}
	a.jsonFlag(cmd)
	return cmd
}

// standing are deliveries by what a person wants to know of them.
type standing struct {
	person, overdue, held, going, next, out []store.Delivery
	freezes                                 []store.Freeze
	notices                                 []store.Notice
}

func (a *app) runStatus(ctx context.Context) error {
	c, err := a.openCourier(ctx, nil)
	if err != nil {
		return err
	}
	defer c.Close(context.WithoutCancel(ctx))
	s, err := a.standing(ctx, c)
	if err != nil {
		return err
	}
	if a.json {
		return a.statusJSON(c, s)
	}
	switch {
	case len(s.person) > 0:
		a.printf("%s\n", a.count("delivery.n-need-person", len(s.person)))
	case len(s.overdue) > 0:
		a.printf("%s\n", a.count("delivery.n-are-overdue", len(s.overdue)))
	case len(s.held) > 0:
		a.printf("%s\n", a.count("delivery.n-are-held", len(s.held)))
	case len(s.notices) > 0:
		a.printf("%s\n", a.count("delivery.n-notices", len(s.notices)))
	default:
		a.printf("%s\n", a.say("delivery.all-well"))
	}
	a.printFreezes(c.Office, s.freezes)
	if len(s.notices) > 0 {
		a.printNotices(c.Office, s.notices)
	}
	for _, part := range []struct {
		key string
		all []store.Delivery
	}{
		{"delivery.head-person", s.person}, {"delivery.head-overdue", s.overdue}, {"delivery.head-held", s.held}, {"delivery.head-going", s.going},
		{"delivery.head-next", s.next}, {"delivery.head-out", s.out},
	} {
		if len(part.all) > 0 {
			a.section(part.key)
			a.printDeliveries(c, part.all)
			if part.key == "delivery.head-overdue" {
				a.printf("\n  → %s\n", a.command("publish"))
			}
		}
	}
	return nil
}

// standing sorts the deliveries.
func (a *app) standing(ctx context.Context, c *courier.Courier) (s standing, err error) {
	all, err := c.Store.All(ctx)
	if err != nil {
		return s, err
	}
	now := a.present()
	runs, err := a.runs(ctx, c)
	if err != nil {
		return s, err
	}
	for _, d := range all {
		switch {
		case journal.NeedsPerson(d.State, d.Reason):
			s.person = append(s.person, d)
		case d.State == journal.Held || d.State == journal.Missed && d.Reason != journal.PersonSaid:
			s.held = append(s.held, d)
		case d.State == journal.Published:
			if now.Sub(d.Published) < statusDays*24*time.Hour {
				s.out = append(s.out, d)
			}
		case d.State == journal.Planned && d.Due.After(now):
			if len(s.next) < statusNext {
				s.next = append(s.next, d)
			}
		case d.State == journal.Planned && !runs && !d.Next.After(now):
			s.overdue = append(s.overdue, d)
		case d.State != journal.Cancelled && d.State != journal.Missed:
			s.going = append(s.going, d)
		}
	}
	if s.notices, err = notices(ctx, c.Store, c.Office.Config); err != nil {
		return s, err
	}
	s.freezes, err = a.freezes(ctx, c)
	return s, err
}

// silentFor is how long a program that delivers says nothing before it is taken
// for dead.
const silentFor = 2 * time.Minute

// runs reports whether a program delivers now.
func (a *app) runs(ctx context.Context, c *courier.Courier) (on bool, err error) {
	nodes, err := c.Store.Nodes(ctx)
	for _, n := range nodes {
		on = on || !n.Stopped && a.present().Sub(n.Beat) < silentFor
	}
	return on, err
}

// freezes are those that hold now.
func (a *app) freezes(ctx context.Context, c *courier.Courier) (on []store.Freeze, err error) {
	all, err := c.Store.Freezes(ctx)
	for _, f := range all {
		if f.Thawed.IsZero() && (f.Until.IsZero() || a.present().Before(f.Until)) {
			on = append(on, f)
		}
	}
	return on, err
}

func (a *app) statusJSON(c *courier.Courier, s standing) error {
	rows := func(all []store.Delivery) []jsonDelivery {
		out := []jsonDelivery{}
		for _, d := range all {
			out = append(out, a.deliveryJSON(c.Office, d))
		}
		return out
	}
	if s.freezes == nil {
		s.freezes = []store.Freeze{}
	}
	notices := []jsonNotice{}
	for _, n := range s.notices {
		notices = append(notices, a.noticeJSON(c.Office, n))
	}
	return a.printJSON(struct {
		Version int            `json:"version"`
		Now     time.Time      `json:"now"`
		Freezes []store.Freeze `json:"freezes"`
		Notices []jsonNotice   `json:"notices"`
		Person  []jsonDelivery `json:"needs_person"`
		Overdue []jsonDelivery `json:"overdue"`
		Held    []jsonDelivery `json:"held"`
		Going   []jsonDelivery `json:"going"`
		Next    []jsonDelivery `json:"next"`
		Out     []jsonDelivery `json:"published"`
	}{1, a.present().In(c.Office.Zone.Location()), s.freezes, notices, rows(s.person), rows(s.overdue), rows(s.held), rows(s.going), rows(s.next), rows(s.out)})
}
