package cli

import (
	"context"
	"errors"
	"net"
	"runtime/debug"
	"strconv"
	"syscall"

	"github.com/spf13/cobra"

	"editorial/internal/courier"
	"editorial/pkg/problem"
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
	if opts.Health != "" && !ofThisMachine(opts.Health) {
		return a.usage("delivery.bad-health", problem.Params{"value": opts.Health})
	}
	defer debug.SetGCPercent(debug.SetGCPercent(collectAt))
	c, err := a.openCourier(ctx, a.Err)
	if err != nil {
		return err
	}
	defer c.Close(context.WithoutCancel(ctx))
	err = c.Run(ctx, opts)
	var op *net.OpError
	if opts.Health != "" && errors.As(err, &op) && op.Op == "listen" {
		key := "delivery.health-refused"
		if errors.Is(err, syscall.EADDRINUSE) {
			key = "delivery.health-taken"
		}
		return a.usage(key, problem.Params{"value": opts.Health, "detail": op.Err.Error()})
	}
	return err
}

// ofThisMachine reports whether an address with a port is one that no other
// machine reaches.
func ofThisMachine(address string) bool {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
