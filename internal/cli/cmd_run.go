package cli

import (
	"context"
	"runtime/debug"

	"github.com/spf13/cobra"

	"editorial/internal/courier"
)

func (a *app) newRun() *cobra.Command {
	var opts courier.RunOptions
	cmd := &cobra.Command{
		Use:     "run",
		Short:   a.say("delivery.run-short"),
		Long:    a.say("delivery.run-long"),
		Example: "  editorial run\n  editorial run --health 127.0.0.1:8090",
		Args:    a.args(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runRun(cmd.Context(), opts) },
	}
	cmd.Flags().StringVar(&opts.Health, "health", "", a.say("delivery.flag-health"))
	return cmd
}

// collectAt is by how many per cent memory grows until it is collected: a daemon
// waits most of the time, and memory is dearer to it than time.
const collectAt = 30

func (a *app) runRun(ctx context.Context, opts courier.RunOptions) error {
	if err := a.realClock(); err != nil {
		return err
	}
	defer debug.SetGCPercent(debug.SetGCPercent(collectAt))
	c, err := a.openCourier(ctx, a.Err)
	if err != nil {
		return err
	}
	defer c.Close(context.WithoutCancel(ctx))
	return c.Run(ctx, opts)
}
