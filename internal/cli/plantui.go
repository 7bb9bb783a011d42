package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/internal/tui"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// runTUI shows the calendar on the whole screen, then says what was written.
func (a *app) runTUI(cmd *cobra.Command, opts planOptions) error {
	alone := true
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		alone = alone && (!f.Changed || slices.Contains([]string{"tui", "week", "platform"}, f.Name))
	})
	if !alone {
		return a.usage("tui.alone", nil)
	}
	if !a.screen.Terminal || !isTerminal(a.In) || a.getenv("TERM") == "dumb" {
		return a.usage("tui.no-terminal", nil)
	}
	o, err := a.load(cmd.Context())
	if err != nil {
		return err
	}
	start := tui.Options{Office: o, Load: a.loadAgain, Words: a.words, WordError: a.tuiError, Screen: a.screen, Platform: opts.platform}
	if err := a.tuiPlace(o, opts, &start); err != nil {
		return err
	}
	result, err := tui.Run(cmd.Context(), tui.Terminal{In: a.In, Out: a.stdout.to, Environ: a.Environ}, start)
	for _, agreement := range result.Agreed {
		a.printAgreement(agreement)
	}
	switch {
	case result.Lost > 0:
		a.printf("%s\n", a.count("tui.lost", result.Lost))
	case len(result.Agreed) == 0 && err == nil:
		a.printf("%s\n", a.say("tui.nothing-written"))
	}
	if result.Interrupted && err == nil {
		return silent(ExitInterrupted)
	}
	return err
}

// loadAgain reads the office; a configuration that cannot be used is the first
// problem that it has.
func (a *app) loadAgain(ctx context.Context) (*office.Office, error) {
	o, err := a.loadQuietly(ctx)
	if err == nil || !errors.Is(err, office.ErrConfig) {
		return o, err
	}
	for _, p := range o.Problems {
		if p.Severity == problem.Error {
			return nil, p
		}
	}
	return nil, err
}

// tuiError words an error of the system by its file and its cause: the command
// cannot be run again from the screen, its key can.
func (a *app) tuiError(err error) (text, hint string) {
	var at *fs.PathError
	switch {
	case errors.Is(err, syscall.ENOSPC):
		text, _ = a.wordError(err)
		return text, a.say("tui.hint-disk-full")
	case systemError(err) == "" && errors.As(err, &at):
		return a.words.Say("tui.system", problem.Params{"path": filepath.ToSlash(at.Path), "cause": at.Err.Error()}), ""
	}
	return a.wordError(err)
}

// tuiPlace reads where the calendar opens.
func (a *app) tuiPlace(o *office.Office, opts planOptions, start *tui.Options) error {
	if _, ok := o.Config.Platforms[opts.platform]; !ok && opts.platform != "" {
		names := o.PlatformNames()
		return a.usage("cli.unknown-platform", problem.Params{"name": opts.platform, "near": problem.Nearest(opts.platform, names), "known": list(names)})
	}
	if opts.week == "" {
		return nil
	}
	week, err := civil.ParseWeek(opts.week)
	if err != nil {
		return a.usage("cli.bad-week", problem.Params{"value": opts.week})
	}
	start.Week = week
	return nil
}

// isTerminal reports whether a person types there.
func isTerminal(in io.Reader) bool {
	f, ok := in.(*os.File)
	return ok && term.IsTerminal(f)
}
