package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/internal/web"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// portsTried is how many ports after a taken one are looked at for the hint.
const portsTried = 20

type serveOptions struct {
	addr         string
	remote, open bool
}

func (a *app) newServe() *cobra.Command {
	var opts serveOptions
	cmd := &cobra.Command{
		Use:     "serve",
		Short:   a.say("serve.short"),
		Long:    a.say("serve.long"),
		Example: "  editorial serve --open\n  editorial serve --addr 127.0.0.1:9000",
		Args:    a.args(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runServe(cmd.Context(), opts) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&opts.addr, "addr", "127.0.0.1:8080", a.say("serve.flag-addr"))
	flags.BoolVar(&opts.open, "open", false, a.say("serve.flag-open"))
	flags.BoolVar(&opts.remote, "allow-remote", false, a.say("serve.flag-remote"))
	return cmd
}

func (a *app) runServe(ctx context.Context, opts serveOptions) error {
	l, hosts, err := web.Listen(opts.addr, opts.remote)
	if err != nil {
		return a.listenError(opts.addr, err)
	}
	defer l.Close()
	var found []problem.Problem // of the first loading
	var said []problem.Problem  // by the report before
	wired := web.Options{Dir: a.dir, Report: func(r web.Report) {
		a.report(r, said)
		said = r.Problems
	}, Load: func(ctx context.Context, m *office.Memory) (*office.Office, error) {
		opts := a.office()
		opts.Memory = m
		o, err := office.Load(ctx, opts)
		if errors.Is(err, office.ErrConfig) {
			found = o.Problems
		}
		return o, err
	}}
	if a.now == "" {
		wired.Now = a.Now
	}
	s, err := web.New(ctx, wired)
	if errors.Is(err, office.ErrConfig) {
		return a.badConfig(found)
	}
	if err != nil {
		return err
	}
	a.problems(s.Problems())
	said = s.Problems()
	host := l.Addr().String()
	a.printf("%s\n", a.screen.Paint(term.Title, a.words.Say("serve.serving", problem.Params{"office": s.Office().Config.Site.Title, "host": host})))
	for _, key := range []string{"serve.at-plan", "serve.at-office"} {
		a.printf("  %s\n", a.words.Say(key, problem.Params{"host": host}))
	}
	a.printf("%s\n", a.screen.Paint(term.Quiet, a.say("serve.stop")))
	if opts.remote {
		fmt.Fprintln(a.Err, a.say("cli.warning")+": "+a.say("serve.open-to-all"))
	}
	if opts.open {
		a.open(ctx, "http://"+host+"/_editorial/")
	}
	return s.Run(ctx, l, hosts)
}

// listenError words why the server cannot listen.
func (a *app) listenError(addr string, err error) error {
	var bad *net.AddrError
	var unknown *net.DNSError
	params := problem.Params{"value": addr}
	switch {
	case errors.Is(err, web.ErrRemote):
		return a.usage("serve.remote", params)
	case errors.Is(err, syscall.EADDRINUSE):
		params["free"] = freePort(addr)
		return a.usage("serve.port-taken", params)
	case errors.As(err, &bad), errors.As(err, &unknown):
		return a.usage("serve.bad-addr", params)
	}
	return err
}

// freePort returns the address with the next port that is free, or with port 0.
func freePort(addr string) string {
	host, port, _ := net.SplitHostPort(addr)
	first, _ := strconv.Atoi(port)
	for p := first + 1; p <= min(first+portsTried, 65535); p++ {
		next := net.JoinHostPort(host, strconv.Itoa(p))
		if l, err := net.Listen("tcp", next); err == nil {
			l.Close()
			return next
		}
	}
	return net.JoinHostPort(host, "0")
}

// files names what gave rise to a rebuild.
func (a *app) files(changed []string) string {
	switch n := len(changed); n {
	case 0:
		return a.say("serve.came-due")
	case 1:
		return words.Inert(changed[0])
	default:
		return a.words.Say("serve.more-files", problem.Params{"file": words.Inert(changed[0]), "n": strconv.Itoa(n - 1)})
	}
}

// timeOfDay is what the clock shows in the zone of the office.
func (a *app) timeOfDay(o *office.Office) string {
	return a.Now().In(o.Zone.Location()).Format("15:04:05")
}

// report prints a line about a rebuild, and the errors that were not said yet.
func (a *app) report(r web.Report, said []problem.Problem) {
	files := a.files(r.Changed)
	errs, warnings := problem.Errors(r.Problems), 0
	for _, p := range r.Problems {
		if p.Severity == problem.Warning {
			warnings++
		}
	}
	params := problem.Params{
		"time": a.timeOfDay(r.Office), "files": files, "ms": strconv.FormatInt(r.Took.Milliseconds(), 10),
		"errors": a.count("cli.errors", errs), "warnings": a.count("cli.warnings", warnings),
	}
	key := "serve.rebuilt"
	switch {
	case r.Err != nil:
		key = "serve.failed"
	case r.Took > 0:
		key = "serve.rebuilt-in"
	}
	a.printf("%s\n", a.words.Say(key, params))
	a.problems(fresh(r.Problems, said))
	if r.Err != nil && !errors.Is(r.Err, office.ErrConfig) {
		a.fail(words.Inert(r.Err.Error()), "")
	}
}
