// Package cli is the command line: one file a command, and errors, output and
// exit codes in one place.
//
// The rules of what it prints: results on stdout and nothing else there;
// "editorial: " in front of an error on stderr, lower case, no full stop; what
// to do about it on a line of its own that begins with "hint:" (in French "conseil :"); the first
// line of an answer is the verdict. What comes from posts and files passes
// words.Inert before it reaches the terminal.
package cli

import (
	"context"
	"errors"
	"io"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/config"
	"editorial/internal/connections"
	"editorial/internal/office"
	"editorial/internal/secret"
	"editorial/internal/term"
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
	a := &app{Env: env, redact: &secret.Redactor{}, stderr: env.Err}
	a.redact.Add(openSecrets(env.Environ)...)
	a.stdout = &stdout{to: env.Out, clean: a.redact}
	a.Out, a.Err = a.stdout, a.redact.Writer(env.Err)
	a.words = words.New(a.lang())
	a.screen = term.Open(env.Out, a.getenv)
	a.errScreen = term.Open(env.Err, a.getenv)
	root := a.root()
	root.SetArgs(env.Args)
	root.SetIn(env.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	return a.exit(ctx, root.ExecuteContext(ctx))
}

// app is the program while one command runs.
type app struct {
	Env    // whose Out is stdout
	stdout *stdout
	// stderr is the terminal itself, for what draws on it. Texts go to Err, which
	// takes out of them what redact knows.
	stderr io.Writer
	redact *secret.Redactor
	words  *words.Words
	// screen is where results go, errScreen where errors do.
	screen, errScreen term.Screen

	// journal is what the journal said last, for the first lines of an answer.
	journal journalSaid

	// Flags of every command.
	dir  string
	now  string
	set  []string
	json bool
}

// silent is an error about which everything has been said.
type silent int

func (silent) Error() string { return "" }

// exit says what went wrong and returns the exit code.
func (a *app) exit(ctx context.Context, err error) int {
	lost := a.stdout.err
	if lost == nil {
		return a.exitAfter(ctx, err)
	}
	code := ExitOK
	if !errors.Is(err, lost) {
		code = a.exitAfter(ctx, err)
	}
	if errors.Is(lost, syscall.EPIPE) {
		return code // the reader has read enough
	}
	text, hint := a.wordError(lost)
	if errors.Is(lost, syscall.ENOSPC) {
		hint = a.say("error.stdout-full-hint")
	}
	a.fail(a.words.Say("error.stdout", problem.Params{"detail": text}), hint)
	return max(code, ExitFound)
}

// exitAfter is exit where stdout took everything.
func (a *app) exitAfter(ctx context.Context, err error) int {
	var code silent
	var usage *usageError
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &code):
		return int(code)
	case ctx.Err() != nil:
		a.fail(a.say("cli.interrupted"), "")
		return ExitInterrupted
	case errors.As(err, &usage):
		a.fail(usage.text, usage.hint)
		return ExitCannotRun
	}
	a.fail(a.wordError(err))
	return ExitFound
}

// load reads the office and prints its problems on stderr.
func (a *app) load(ctx context.Context) (*office.Office, error) {
	o, err := a.loadQuietly(ctx)
	if err != nil {
		return nil, a.configErrors(o, err)
	}
	a.problems(o.Problems)
	return o, nil
}

// loadQuietly reads the office and leaves its problems to the command.
func (a *app) loadQuietly(ctx context.Context) (*office.Office, error) {
	o, err := office.Load(ctx, a.office())
	a.redact.Add(connections.Secrets(o.Config)...)
	return o, err
}

// office says which office it is, and when.
func (a *app) office() office.Options {
	return office.Options{Dir: a.dir, Clock: a.clock, Config: config.Options{Environ: a.Environ, Set: a.set, ReadFile: config.ReadSecretFile}, Deliveries: a.journalOf}
}

// steady reads the office and does something with it, anew where a post
// changed meanwhile, then prints the office's problems on stderr.
func (a *app) steady(ctx context.Context, opts office.Options, do func(*office.Office) error) (*office.Office, error) {
	var unloaded error
	o, err := office.Steady(func() (*office.Office, error) {
		o, err := office.Load(ctx, opts)
		a.redact.Add(connections.Secrets(o.Config)...)
		unloaded = err
		return o, err
	}, do)
	if unloaded != nil {
		return nil, a.configErrors(o, unloaded)
	}
	a.problems(o.Problems)
	return o, err
}

// clock returns the present: the fixed one where --now or EDITORIAL_NOW says
// one, on the wall of the zone, else the real one.
func (a *app) clock(zone civil.Zone) (time.Time, error) {
	if a.now == "" {
		return a.Now(), nil
	}
	m, err := zone.ParseMoment(a.now)
	if err != nil {
		return time.Time{}, a.usage("cli.bad-now", problem.Params{"value": a.now})
	}
	return m.Instant, nil
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
	// The last one counts, as in a shell.
	value := ""
	for _, kv := range a.Environ {
		if k, v, _ := strings.Cut(kv, "="); k == name {
			value = v
		}
	}
	return value
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "editorial",
		Short:         a.say("cli.short"),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
	}
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return a.unknownCommand(root, args[0])
		}
		return a.runState(cmd.Context())
	}
	a.dress(root)
	a.jsonFlag(root)
	flags := root.PersistentFlags()
	flags.SortFlags = false
	flags.StringVarP(&a.dir, "dir", "C", ".", a.say("cli.flag-dir"))
	flags.StringVar(&a.now, "now", a.getenv("EDITORIAL_NOW"), a.say("cli.flag-now"))
	flags.StringArrayVar(&a.set, "set", nil, a.say("cli.flag-set"))
	root.AddCommand(
		a.newInit(), a.newNew(), a.newImport(), a.newPlan(), a.newMove(), a.newWhy(), a.newCapacity(), a.newForecast(), a.newCheck(), a.newList(), a.newPreview(), a.newServe(), a.newBuild(),
		a.newApprove(), a.newPublish(), a.newRun(), a.newStatus(), a.newReconcile(), a.newRetry(), a.newResolve(), a.newDone(), a.newFreeze(), a.newThaw(), a.newDeliveries(), a.newBackup(), a.newRestore(),
		a.newConfig(), a.newTemplates(), a.newConnect(), a.newDisconnect(), a.newDoctor(), a.newCompletion(), a.newVersion(),
	)
	plain(root)
	return root
}
