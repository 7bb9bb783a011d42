package cli

import (
	"context"
	"errors"
	"net/url"

	"github.com/spf13/cobra"

	"editorial/internal/courier"
	"editorial/internal/delivery"
	"editorial/internal/store"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

func (a *app) newRetry() *cobra.Command {
	return a.settling("retry", "  editorial retry 3f2a91c0", func(ctx context.Context, c *courier.Courier, name string) (store.Delivery, error) {
		d, err := a.findDelivery(ctx, c, name, journal.Failed, journal.Missed, journal.Held)
		if err != nil {
			return d, err
		}
		if d, err = c.Engine.Retry(ctx, d.Key); err != nil {
			return d, err
		}
		return a.now1(ctx, c, d)
	}, nil)
}

func (a *app) newResolve() *cobra.Command {
	var there, again bool
	var address, reader string
	return a.settling("resolve", "  editorial resolve 3f2a91c0 --there --url https://t.me/velo/12\n  editorial resolve 3f2a91c0 --send-again\n  editorial resolve 3f2a91c0 --reader awa@example.org --there",
		func(ctx context.Context, c *courier.Courier, name string) (store.Delivery, error) {
			if there == again {
				return store.Delivery{}, a.usage("delivery.there-or-again", nil)
			}
			if err := a.webAddress(address); err != nil {
				return store.Delivery{}, err
			}
			d, err := a.findDelivery(ctx, c, name, journal.Uncertain)
			if err != nil {
				return d, err
			}
			if reader != "" {
				return a.resolveReader(ctx, c, d, reader, there)
			}
			if d, err = c.Engine.Resolve(ctx, d.Key, there, address); err != nil || there {
				return d, err
			}
			return a.now1(ctx, c, d)
		}, func(cmd *cobra.Command) {
			cmd.Flags().BoolVar(&there, "there", false, a.say("delivery.flag-there"))
			cmd.Flags().BoolVar(&again, "send-again", false, a.say("delivery.flag-again"))
			cmd.Flags().StringVar(&address, "url", "", a.say("delivery.flag-url"))
			cmd.Flags().StringVar(&reader, "reader", "", a.say("delivery.flag-reader"))
		})
}

// resolveReader settles one reader of an edition.
func (a *app) resolveReader(ctx context.Context, c *courier.Courier, d store.Delivery, reader string, there bool) (store.Delivery, error) {
	token, err := a.readerOf(c.Office, d, reader)
	if err != nil {
		return d, err
	}
	after, err := c.Engine.ResolvePart(ctx, d.Key, token, there)
	switch {
	case errors.Is(err, platform.ErrNoPart):
		return d, a.usage("delivery.reader-known", problem.Params{"reader": reader})
	case err != nil:
		return d, err
	case after.State == journal.Planned:
		return a.now1(ctx, c, after)
	}
	return after, nil
}

func (a *app) newDone() *cobra.Command {
	var address string
	return a.settling("done", "  editorial done 3f2a91c0 --url https://www.facebook.com/velo/posts/1",
		func(ctx context.Context, c *courier.Courier, name string) (store.Delivery, error) {
			if err := a.webAddress(address); err != nil {
				return store.Delivery{}, err
			}
			if _, err := c.Begin(ctx); err != nil { // what is due may not have been written down yet
				return store.Delivery{}, err
			}
			d, err := a.findDelivery(ctx, c, name, journal.Held, journal.Planned, journal.Missed, journal.Failed)
			if err != nil {
				return d, err
			}
			return c.Engine.Done(ctx, d.Key, address)
		}, func(cmd *cobra.Command) {
			cmd.Flags().StringVar(&address, "url", "", a.say("delivery.flag-url"))
		})
}

// settling is a command that settles one delivery.
func (a *app) settling(name, example string, do func(context.Context, *courier.Courier, string) (store.Delivery, error), flags func(*cobra.Command)) *cobra.Command {
	cmd := &cobra.Command{
		Use:     name + " " + a.say("delivery.value-id"),
		Short:   a.say("delivery." + name + "-short"),
		Long:    a.say("delivery." + name + "-long"),
		Example: example,
		Args:    a.args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.realClock(); err != nil {
				return err
			}
			ctx := cmd.Context()
			c, err := a.openCourier(ctx, nil)
			if err != nil {
				return err
			}
			defer c.Close(context.WithoutCancel(ctx))
			d, err := do(ctx, c, args[0])
			var state delivery.StateError
			if errors.As(err, &state) {
				return a.usage("delivery.cannot-"+name, problem.Params{"state": a.sayDelivery(c.Office, state.Delivery)})
			}
			if err != nil {
				return err
			}
			return a.printPass(c, []store.Delivery{d})
		},
		ValidArgsFunction: a.completeDelivery,
	}
	if flags != nil {
		flags(cmd)
	}
	a.jsonFlag(cmd)
	return cmd
}

// now1 lets a delivery go on at once.
func (a *app) now1(ctx context.Context, c *courier.Courier, d store.Delivery) (store.Delivery, error) {
	all, err := c.Publish(ctx, d.Key)
	if len(all) == 1 {
		d = all[0]
	}
	return d, err
}

// webAddress refuses what is no address of the web.
func (a *app) webAddress(address string) error {
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return a.usage("delivery.no-address", problem.Params{"value": address})
	}
	return nil
}

func (a *app) newReconcile() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "reconcile",
		Short:   a.say("delivery.reconcile-short"),
		Long:    a.say("delivery.reconcile-long"),
		Example: "  editorial reconcile",
		Args:    a.args(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runReconcile(cmd.Context()) },
	}
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) runReconcile(ctx context.Context) error {
	if err := a.realClock(); err != nil {
		return err
	}
	c, err := a.openCourier(ctx, nil)
	if err != nil {
		return err
	}
	defer c.Close(context.WithoutCancel(ctx))
	all, err := c.Reconcile(ctx)
	if err != nil && all == nil {
		return err
	}
	if perr := a.printPass(c, all); perr != nil {
		return perr
	}
	return err
}
