package cli

import (
	"context"
	"encoding/json"

	"github.com/spf13/cobra"

	"editorial/internal/store"
)

func (a *app) newDeliveries() *cobra.Command {
	var lines bool
	var name string
	cmd := &cobra.Command{
		Use:     "deliveries",
		Short:   a.say("delivery.deliveries-short"),
		Long:    a.say("delivery.deliveries-long"),
		Example: "  editorial deliveries\n  editorial deliveries --json\n  editorial deliveries --journal > journal.jsonl",
		Args:    a.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.runDeliveries(cmd.Context(), lines, name)
		},
	}
	cmd.Flags().BoolVar(&lines, "journal", false, a.say("delivery.flag-journal"))
	cmd.Flags().StringVar(&name, "platform", "", a.say("delivery.flag-platform"))
	a.complete(cmd, "platform", platformNames)
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) runDeliveries(ctx context.Context, lines bool, name string) error {
	c, err := a.openCourier(ctx, nil)
	if err != nil {
		return err
	}
	defer c.Close(context.WithoutCancel(ctx))
	if lines {
		to := json.NewEncoder(a.Out)
		to.SetEscapeHTML(false)
		return c.Store.Lines(ctx, func(l store.Line) error { return to.Encode(l) })
	}
	all, err := c.Store.All(ctx)
	if err != nil {
		return err
	}
	kept := all[:0:0]
	for _, d := range all {
		if name == "" || d.Platform == name {
			kept = append(kept, d)
		}
	}
	last, err := lastFigures(ctx, c.Store)
	if err != nil {
		return err
	}
	if a.json {
		doc := struct {
			Version    int           `json:"version"`
			Deliveries []jsonCounted `json:"deliveries"`
		}{1, []jsonCounted{}}
		for _, d := range kept {
			doc.Deliveries = append(doc.Deliveries, jsonCounted{a.deliveryJSON(c.Office, d), figuresJSON(c.Office, last[d.Key])})
		}
		return a.printJSON(doc)
	}
	a.printf("%s\n", a.count("delivery.n-deliveries", len(kept)))
	for _, d := range kept {
		a.printDelivery(c, d)
		if text := a.sayFigures(last[d.Key]); text != "" {
			a.printFlow(deliveryIndent, text)
		}
	}
	return nil
}
