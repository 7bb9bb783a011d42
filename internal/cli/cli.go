// Package cli is the command line: one file a command, and errors, output and
// exit codes in one place.
//
// The rules of what it prints: results on stdout and nothing else there;
// "editorial: " in front of an error on stderr, lower case, no full stop; what
// to do about it on a line of its own that begins with "hint: "; the first
// line of an answer is the verdict.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// Exit codes; docs/exit-codes.md is their reference.
const (
	ExitOK          = 0
	ExitFound       = 1 // check found errors, or the work failed
	ExitCannotRun   = 2 // usage, configuration
	ExitInterrupted = 130
)

// Env is the world around the program.
type Env struct {
	Args     []string // without the program's name
	In       io.Reader
	Out, Err io.Writer
	Environ  []string // "KEY=value"
	Now      func() time.Time
}

// Main runs the program and returns its exit code.
func Main(ctx context.Context, env Env) int {
	a := &app{Env: env}
	a.words = words.New(a.lang())
	root := a.root()
	root.SetArgs(env.Args)
	root.SetIn(env.In)
	root.SetOut(env.Out)
	root.SetErr(env.Err)
	err := root.ExecuteContext(ctx)
	return a.exit(ctx, err)
}

// app is the program while one command runs.
type app struct {
	Env
	words *words.Words
	dir   string
	now   string
}

// silent is an error about which everything has been said.
type silent int

func (silent) Error() string { return "" }

// usageError is a mistake in the command line.
type usageError struct{ error }

func (a *app) exit(ctx context.Context, err error) int {
	var code silent
	var usage usageError
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &code):
		return int(code)
	case ctx.Err() != nil:
		fmt.Fprintln(a.Err, "editorial: "+a.words.Say("cli.interrupted", nil))
		return ExitInterrupted
	case errors.As(err, &usage):
		fmt.Fprintln(a.Err, "editorial: "+words.Inert(err.Error()))
		return ExitCannotRun
	}
	fmt.Fprintln(a.Err, "editorial: "+words.Inert(err.Error()))
	return ExitFound
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "editorial",
		Short:         a.words.Say("cli.short", nil),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.PersistentFlags().StringVarP(&a.dir, "dir", "C", ".", a.words.Say("cli.flag-dir", nil))
	root.PersistentFlags().StringVar(&a.now, "now", a.getenv("EDITORIAL_NOW"), a.words.Say("cli.flag-now", nil))
	root.AddCommand(a.newPlan(), a.newBuild(), a.newConfig())
	return root
}

// load reads the office and prints its problems on stderr.
func (a *app) load(ctx context.Context) (*office.Office, error) {
	now, err := a.clock()
	if err != nil {
		return nil, usageError{err}
	}
	o, err := office.Load(ctx, office.Options{Dir: a.dir, Now: now})
	a.problems(o.Problems)
	if errors.Is(err, office.ErrConfig) {
		return nil, silent(ExitCannotRun)
	}
	return o, err
}

// clock returns the present: the fixed one where --now or EDITORIAL_NOW says
// one, else the real one.
func (a *app) clock() (time.Time, error) {
	if a.now == "" {
		return a.Now(), nil
	}
	m, err := civil.UTC().ParseMoment(a.now)
	return m.Instant, err
}

func (a *app) problems(ps []problem.Problem) {
	for _, p := range ps {
		sentence, hint := a.words.Problem(p)
		fmt.Fprintf(a.Err, "%s: %s: %s\n", words.Inert(p.Position.String()), p.Code, sentence)
		if hint != "" {
			fmt.Fprintln(a.Err, "  hint: "+hint)
		}
	}
}

// lang is the language of the screens: EDITORIAL_LANG, else the locale, else
// English.
func (a *app) lang() words.Lang {
	for _, name := range []string{"EDITORIAL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := a.getenv(name); v != "" {
			l, _ := words.Parse(v)
			return l
		}
	}
	return words.English
}

func (a *app) getenv(name string) string {
	for _, kv := range a.Environ {
		if k, v, _ := strings.Cut(kv, "="); k == name {
			return v
		}
	}
	return ""
}
