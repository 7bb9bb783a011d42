package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/courier"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

type freezeOptions struct{ reason, until, except string }

func (a *app) newFreeze() *cobra.Command {
	var opts freezeOptions
	cmd := &cobra.Command{
		Use:     "freeze",
		Short:   a.say("delivery.freeze-short"),
		Long:    a.say("delivery.freeze-long"),
		Example: "  editorial freeze --reason \"accident\"\n  editorial freeze --reason storm --until \"2026-12-02 18:00\" --except blog",
		Args:    a.args(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runFreeze(cmd, opts) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&opts.reason, "reason", "", a.say("delivery.flag-reason"))
	flags.StringVar(&opts.until, "until", "", a.say("delivery.flag-until"))
	flags.StringVar(&opts.except, "except", "", a.say("delivery.flag-except"))
	a.complete(cmd, "except", platformNames)
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) runFreeze(cmd *cobra.Command, opts freezeOptions) error {
	if err := a.realClock(); err != nil {
		return err
	}
	if opts.reason == "" {
		return a.usage("delivery.freeze-why", nil)
	}
	ctx := cmd.Context()
	c, err := a.openCourier(ctx, nil)
	if err != nil {
		return err
	}
	defer c.Close(context.WithoutCancel(ctx))
	if !cmd.Flags().Changed("except") {
		opts.except = c.Office.Config.Crisis.Exempt
	}
	if _, ok := c.Office.Config.Platforms[opts.except]; !ok && opts.except != "" {
		return a.usage("delivery.no-platform", problem.Params{"name": opts.except})
	}
	var until time.Time
	if opts.until != "" {
		today := c.Office.Zone.Date(a.present())
		m, err := c.Office.Zone.ParseWhen(opts.until, today)
		if err != nil { // a time of day alone is today's
			m, err = c.Office.Zone.ParseWhen("today "+opts.until, today)
		}
		if err != nil || !m.Instant.After(a.present()) {
			return a.usage("delivery.bad-until", problem.Params{"value": opts.until})
		}
		until = m.Instant
	}
	f, err := c.Engine.Freeze(ctx, opts.reason, until, opts.except)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(struct {
			Version int `json:"version"`
			Freeze  any `json:"freeze"`
		}{1, f})
	}
	a.printFlow("", a.words.Say("delivery.frozen", problem.Params{"reason": words.Inert(opts.reason)}))
	if opts.except != "" {
		a.printFlow("", a.words.Say("delivery.frozen-except", problem.Params{"platform": opts.except}))
	}
	key := "delivery.frozen-until"
	if until.IsZero() {
		key = "delivery.frozen-open"
	}
	a.printFlow("", a.words.Say(key, problem.Params{"when": a.whenOr(c, until)}))
	return nil
}

func (a *app) whenOr(c *courier.Courier, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return a.when(c.Office, t)
}

func (a *app) newThaw() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "thaw",
		Short:   a.say("delivery.thaw-short"),
		Long:    a.say("delivery.thaw-long"),
		Example: "  editorial thaw",
		Args:    a.args(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runThaw(cmd.Context()) },
	}
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) runThaw(ctx context.Context) error {
	if err := a.realClock(); err != nil {
		return err
	}
	c, err := a.openCourier(ctx, nil)
	if err != nil {
		return err
	}
	defer c.Close(context.WithoutCancel(ctx))
	frozen, err := a.freezes(ctx, c)
	if err != nil {
		return err
	}
	laid, err := c.Engine.Thaw(ctx)
	if err != nil {
		return err
	}
	if a.json {
		rows := []jsonDelivery{}
		for _, l := range laid {
			rows = append(rows, a.deliveryJSON(c.Office, l.Delivery))
		}
		return a.printJSON(struct {
			Version    int            `json:"version"`
			Deliveries []jsonDelivery `json:"deliveries"`
		}{1, rows})
	}
	switch {
	case len(laid) > 0:
		a.printf("%s\n", a.count("delivery.n-laid", len(laid)))
	case len(frozen) > 0:
		a.printf("%s\n", a.say("delivery.nothing-laid"))
	default:
		a.printf("%s\n", a.say("delivery.not-frozen"))
	}
	for _, l := range laid {
		a.printFlow("  ", a.when(c.Office, l.At)+"  "+words.Inert(l.Delivery.Platform)+"  "+words.Inert(l.Delivery.Title))
	}
	return nil
}
