package cli

import (
	"context"

	"github.com/spf13/cobra"

	"editorial/internal/courier"
	"editorial/internal/delivery"
	"editorial/internal/office"
	"editorial/internal/store"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/words"
)

func (a *app) newPublish() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use:     "publish [" + a.say("start.value-post") + "…]",
		Short:   a.say("delivery.publish-short"),
		Long:    a.say("delivery.publish-long"),
		Example: "  editorial publish --dry-run\n  editorial publish\n  editorial publish bourse",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runPublish(cmd.Context(), args, dry) },

		ValidArgsFunction: a.completePost,
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, a.say("delivery.flag-dry-run"))
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) runPublish(ctx context.Context, names []string, dry bool) error {
	if !dry {
		if err := a.realClockFor("delivery.fixed-clock-dry"); err != nil {
			return err
		}
	}
	c, err := a.openCourier(ctx, nil)
	if err != nil {
		return err
	}
	defer c.Close(context.WithoutCancel(ctx))
	keys, err := a.keysOf(ctx, c, names)
	if err != nil {
		return err
	}
	if dry {
		return a.dryRun(ctx, c, keys)
	}
	all, err := c.Publish(ctx, keys...)
	if err != nil && (all == nil || ctx.Err() != nil) {
		return err
	}
	if perr := a.printPass(c, all); perr != nil {
		return perr
	}
	return err
}

// keysOf returns the placements of posts; nil for none.
func (a *app) keysOf(ctx context.Context, c *courier.Courier, names []string) ([]platform.Key, error) {
	if len(names) == 0 {
		return nil, nil
	}
	orders, err := c.Orders(ctx)
	if err != nil {
		return nil, err
	}
	var keys []platform.Key
	for _, name := range names {
		post, err := a.find(c.Office, name)
		if err != nil {
			return nil, err
		}
		n := len(keys)
		for _, o := range orders {
			if o.Post == post.ID {
				keys = append(keys, o.Key)
			}
		}
		if len(keys) == n {
			return nil, a.usage("delivery.not-agreed", problem.Params{"name": name})
		}
	}
	return keys, nil
}

// jsonPublish is the answer of "publish --json".
type jsonPublish struct {
	Version    int            `json:"version"`
	DryRun     bool           `json:"dry_run"`
	Counts     map[string]int `json:"counts"`
	Deliveries []jsonDelivery `json:"deliveries"`
}

func (a *app) printPass(c *courier.Courier, all []store.Delivery) error {
	counts := map[string]int{}
	bad := false
	for _, d := range all {
		counts[string(d.State)]++
		bad = bad || d.State == journal.Failed || d.State == journal.Uncertain
	}
	if a.json {
		doc := jsonPublish{1, false, counts, []jsonDelivery{}}
		for _, d := range all {
			doc.Deliveries = append(doc.Deliveries, a.deliveryJSON(c.Office, d))
		}
		if err := a.printJSON(doc); err != nil {
			return err
		}
	} else {
		a.printf("%s\n", a.sayCounts(all))
		a.printDeliveries(c, all)
	}
	if bad {
		return silent(ExitFound)
	}
	return nil
}

// sayCounts is the verdict over some deliveries: "2 published, 1 for a person".
func (a *app) sayCounts(all []store.Delivery) string {
	if len(all) == 0 {
		return a.say("delivery.nothing-due")
	}
	var parts []string
	rest := all
	count := func(key string, is func(store.Delivery) bool) {
		n := 0
		var left []store.Delivery
		for _, d := range rest {
			if is(d) {
				n++
			} else {
				left = append(left, d)
			}
		}
		rest = left
		if n > 0 {
			parts = append(parts, a.count(key, n))
		}
	}
	count("delivery.n-published", func(d store.Delivery) bool { return d.State == journal.Published })
	count("delivery.n-by-hand", func(d store.Delivery) bool { return d.Reason == journal.ByHand })
	for _, s := range []journal.State{journal.Uncertain, journal.Failed, journal.Missed, journal.Held, journal.Cancelled} {
		count("delivery.n-"+string(s), func(d store.Delivery) bool { return d.State == s })
	}
	count("delivery.n-going", func(store.Delivery) bool { return true })
	return list(parts)
}

// jsonWould is a placement in "publish --dry-run --json".
type jsonWould struct {
	Key      platform.Key   `json:"key"`
	ID       string         `json:"id"`
	Platform string         `json:"platform"`
	Title    string         `json:"title"`
	Would    string         `json:"would"`
	Reason   journal.Reason `json:"reason"`
	Detail   string         `json:"detail"`
}

// dryRun says what publishing would do now. It writes nothing.
func (a *app) dryRun(ctx context.Context, c *courier.Courier, keys []platform.Key) error {
	all, err := c.Would(ctx, keys...)
	if err != nil {
		return err
	}
	counts := map[string]int{}
	for _, w := range all {
		counts[w.What]++
	}
	if a.json {
		doc := struct {
			Version    int            `json:"version"`
			DryRun     bool           `json:"dry_run"`
			Counts     map[string]int `json:"counts"`
			Deliveries []jsonWould    `json:"deliveries"`
		}{1, true, counts, []jsonWould{}}
		for _, w := range all {
			doc.Deliveries = append(doc.Deliveries, jsonWould{w.Order.Key, shortID(w.Order.Key), w.Order.Platform, w.Order.Title, w.What, w.Reason, w.Detail})
		}
		return a.printJSON(doc)
	}
	if len(all) == 0 {
		a.printf("%s\n", a.say("delivery.nothing-due"))
		return nil
	}
	var parts []string
	for _, what := range []string{courier.WouldSend, courier.WouldAsk, courier.WouldHold, courier.WouldFail} {
		if n := counts[what]; n > 0 {
			parts = append(parts, a.count("delivery.would-n-"+what, n))
		}
	}
	a.printf("%s\n", list(parts))
	for _, w := range all {
		a.printDeliveryLine(c, w.Order, a.sayWould(c.Office, w))
	}
	return nil
}

// sayWould is what publishing would do, in words.
func (a *app) sayWould(o *office.Office, w courier.Would) string {
	d := store.Delivery{Platform: w.Order.Platform, File: w.Order.File, Reason: w.Reason, Detail: w.Detail}
	first := a.say("delivery.would-" + w.What)
	if w.Problem.Code == "" {
		return a.sayStanding(o, first, d)
	}
	d.Detail = ""
	why, _ := a.words.Problem(w.Problem)
	return a.sayStanding(o, first, d) + " (" + why + ")"
}

// printDeliveryLine prints an order and what is said of it.
func (a *app) printDeliveryLine(c *courier.Courier, o delivery.Order, text string) {
	local := c.Office.Zone.DateTime(o.Due)
	a.printf("  %s %s  %s  %s\n", local.Date, local.Clock, words.Inert(o.Platform), words.Inert(o.Title))
	a.printFlow("    ", text)
}
