package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"editorial/internal/term"
)

// helpIndent is the column in which what flags do begins, at most.
const helpIndent = 24

// usageText says how a command is called, in the language of the screen.
func (a *app) usageText(cmd *cobra.Command) string {
	var b strings.Builder
	title := func(key string) { b.WriteString("\n" + a.say("cli.help-"+key) + "\n") }
	b.WriteString(a.say("cli.help-usage") + "\n")
	if cmd.Runnable() {
		b.WriteString("  " + cmd.UseLine() + "\n")
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("  " + cmd.CommandPath() + " " + a.say("cli.help-command") + "\n")
	}
	if cmd.HasExample() {
		title("examples")
		b.WriteString(cmd.Example + "\n")
	}
	if cmd.HasAvailableSubCommands() {
		title("commands")
		column := 0
		for _, sub := range cmd.Commands() {
			column = max(column, len(sub.Name())+2)
		}
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() {
				a.usageRow(&b, column, sub.Name(), sub.Short)
			}
		}
	}
	if cmd.HasAvailableLocalFlags() {
		title("flags")
		a.usageFlags(&b, cmd.LocalFlags())
	}
	if cmd.HasAvailableInheritedFlags() {
		title("global")
		a.usageFlags(&b, cmd.InheritedFlags())
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\n" + strings.Join(term.Wrap(a.say("cli.help-more"), a.screen.Width, 0), "\n") + "\n")
	}
	return b.String()
}

func (a *app) usageFlags(b *strings.Builder, flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		if value := a.valueWord(f); value != "" {
			name += " " + value
		}
		a.usageRow(b, helpIndent, name, f.Usage)
	})
}

// valueWord is what stands for the value of a flag: "DIR", "DATE", or "" for
// one that has none.
func (a *app) valueWord(f *pflag.Flag) string {
	for _, key := range []string{"start.value-" + f.Name, "start.value-" + f.Value.Type()} {
		if a.words.Has(key) {
			return a.say(key)
		}
	}
	return ""
}

// usageRow prints a name and what it does beside it, or below where the name
// is long.
func (a *app) usageRow(b *strings.Builder, column int, name, does string) {
	column = min(column, a.screen.Width/3)
	lines := term.Wrap(does, a.screen.Width-column-2, 0)
	if term.Width(name) > column-2 {
		b.WriteString("  " + name + "\n")
	} else if len(lines) > 0 {
		b.WriteString("  " + term.Fit(name, column) + lines[0] + "\n")
		lines = lines[1:]
	}
	for _, line := range lines {
		b.WriteString(strings.Repeat(" ", column+2) + line + "\n")
	}
}

// plain takes cobra's own English out of what commands print.
func plain(cmd *cobra.Command) {
	cmd.DisableFlagsInUseLine = true
	for _, sub := range cmd.Commands() {
		plain(sub)
	}
}
