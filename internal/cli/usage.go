package cli

import (
	"cmp"
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// usageError is a mistake in the command line, worded.
type usageError struct{ text, hint string }

func (e *usageError) Error() string { return e.text }

// usage words a mistake in the command line; the hint is the key's.
func (a *app) usage(key string, params problem.Params) *usageError {
	e := &usageError{text: a.words.Say(key, params)}
	if a.words.Has(key + "-hint") {
		e.hint = a.words.Say(key+"-hint", params)
	}
	return e
}

// unknownCommand names the command that was perhaps meant.
func (a *app) unknownCommand(parent *cobra.Command, name string) error {
	var names []string
	for _, c := range parent.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	if near := problem.Nearest(name, names); near != "" {
		return a.usage("cli.unknown-command-near", problem.Params{"name": name, "near": near})
	}
	return a.usage("cli.unknown-command", problem.Params{"name": name})
}

// flagError words what the flag parser says.
func (a *app) flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var novalue *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := problem.Nearest(name, names); near != "" {
			return a.usage("cli.unknown-flag-near", problem.Params{"name": name, "near": near, "command": cmd.CommandPath()})
		}
		return a.usage("cli.unknown-flag", problem.Params{"name": name, "command": cmd.CommandPath()})
	case errors.As(err, &novalue):
		return a.usage("cli.flag-needs-value", problem.Params{"name": novalue.GetSpecifiedName()})
	case errors.As(err, &invalid) && errors.Is(err, errTwice):
		return a.usage("cli.flag-twice", problem.Params{"name": invalid.GetFlag().Name})
	case errors.As(err, &invalid):
		return a.usage("cli.flag-bad-value", problem.Params{"name": invalid.GetFlag().Name, "value": invalid.GetValue()})
	}
	return &usageError{text: words.Inert(err.Error())}
}

// args returns a check that a command has from least to most arguments.
func (a *app) args(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return a.usage("cli.too-few-arguments", problem.Params{"use": cmd.UseLine()})
		case len(args) > most:
			return a.usage("cli.too-many-arguments", problem.Params{"use": cmd.UseLine(), "value": args[most]})
		}
		return nil
	}
}

// dress gives the help of all commands our words.
func (a *app) dress(root *cobra.Command) {
	root.SetFlagErrorFunc(a.flagError)
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Use: "no-help-command", Hidden: true})
	root.PersistentFlags().BoolP("help", "h", false, a.say("cli.flag-help"))
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		a.printf("%s", a.usageText(cmd))
		return nil
	})
	// cobra's own help would say on stderr, in English, what stdout refused.
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		if what := strings.TrimSpace(cmp.Or(cmd.Long, cmd.Short)); what != "" {
			a.printf("%s\n\n", what)
		}
		a.printf("%s", a.usageText(cmd))
	})
}
