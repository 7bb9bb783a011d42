package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

func (a *app) newNew() *cobra.Command {
	var wish office.Wish
	var edit bool
	cmd := &cobra.Command{
		Use:     "new " + a.say("start.new-title"),
		Short:   a.say("start.new-short"),
		Long:    a.say("start.new-long"),
		Example: a.say("start.new-example"),
		Args:    a.args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			wish.Title = args[0]
			return a.runNew(cmd, wish, edit)
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&wish.Lang, "lang", "", a.say("start.flag-lang"))
	flags.StringVar(&wish.Format, "format", "", a.say("start.flag-format"))
	flags.StringSliceVar(&wish.Platforms, "platform", nil, a.say("start.flag-platform"))
	flags.StringVar(&wish.Pillar, "pillar", "", a.say("start.flag-pillar"))
	flags.StringVar(&wish.Series, "series", "", a.say("start.flag-series"))
	flags.StringVar(&wish.Assignee, "assignee", "", a.say("start.flag-assignee"))
	flags.BoolVar(&edit, "edit", false, a.say("start.flag-edit"))
	a.jsonFlag(cmd)
	a.complete(cmd, "lang", langNames)
	a.complete(cmd, "format", formatNames)
	a.complete(cmd, "platform", platformNames)
	a.complete(cmd, "pillar", pillarNames)
	a.complete(cmd, "series", seriesNames)
	a.complete(cmd, "assignee", personNames)
	return cmd
}

// jsonNew is "new --json".
type jsonNew struct {
	Version int    `json:"version"`
	Path    string `json:"path"` // below the office
	ID      string `json:"id"`
	Slug    string `json:"slug"`
}

func (a *app) runNew(cmd *cobra.Command, wish office.Wish, edit bool) error {
	editor := strings.Fields(a.getenv("VISUAL"))
	if len(editor) == 0 {
		editor = strings.Fields(a.getenv("EDITOR"))
	}
	if edit && len(editor) == 0 {
		return a.usage("start.no-editor", nil)
	}
	o, err := a.loadQuietly(cmd.Context())
	if err != nil {
		return a.configErrors(o, err)
	}
	if unknown := a.unknownNames(o, wish); len(unknown) > 0 {
		for _, e := range unknown {
			a.fail(e.text, e.hint)
		}
		return silent(ExitCannotRun)
	}
	fresh, err := o.NewPost(wish, a.beginning(o, wish))
	var taken office.TakenError
	var broken office.ArchetypeError
	switch {
	case errors.Is(err, office.ErrNoTitle):
		return a.usage("start.new-no-title", nil)
	case errors.As(err, &taken):
		return a.usage("start.new-taken", problem.Params{"path": taken.Path, "word": shellWord(taken.Path)})
	case errors.As(err, &broken):
		if err := a.jsonFailed(broken.Problems); err != nil {
			return err
		}
		a.problems(broken.Problems)
		return silent(ExitFound)
	case err != nil:
		return err
	}
	if fresh.Passed != "" {
		fmt.Fprintln(a.Err, a.words.Say("start.new-passed", problem.Params{"path": fresh.Passed}))
	}
	path := filepath.ToSlash(filepath.Join(a.dir, fresh.Path))
	if !a.json {
		a.printf("%s\n", a.screen.Paint(term.Good, words.Inert(path)))
	} else if err := a.printJSON(jsonNew{1, fresh.Path, fresh.ID, fresh.Slug}); err != nil {
		return err
	}
	if edit {
		// Ctrl-C in an editor is the editor's.
		run := exec.CommandContext(context.WithoutCancel(cmd.Context()), editor[0], append(slices.Clone(editor[1:]), filepath.FromSlash(path))...)
		run.Stdin, run.Stdout, run.Stderr, run.Env = a.In, a.stdout.to, a.stderr, a.Environ // the terminal itself
		if err := run.Run(); err != nil {
			return fmt.Errorf("%s: %w", editor[0], err)
		}
	}
	if !a.json {
		a.next(a.command("why", fresh.Slug))
	}
	return nil
}

// command is a command line of this program for the same office.
func (a *app) command(name string, args ...string) string {
	line := "editorial "
	if a.dir != "." {
		line += "-C " + shellWord(a.dir) + " "
	}
	line += name
	for _, arg := range args {
		line += " " + shellWord(arg)
	}
	return line
}

// unknownNames are the flags that name what the strategy does not, which posts
// may not either.
func (a *app) unknownNames(o *office.Office, w office.Wish) []*usageError {
	var unknown []*usageError
	check := func(flag, value string, known []string) {
		if value != "" && len(known) > 0 && !slices.Contains(known, value) {
			unknown = append(unknown, a.usage("start.unknown-name", problem.Params{"flag": flag, "value": value, "known": list(known)}))
		}
	}
	check("lang", w.Lang, langNames(o))
	check("format", w.Format, formatNames(o))
	for _, name := range w.Platforms {
		check("platform", name, platformNames(o))
	}
	check("pillar", w.Pillar, pillarNames(o))
	check("assignee", w.Assignee, personNames(o))
	return unknown
}

// Names that flags of the command line may take, from the strategy.

func langNames(o *office.Office) []string     { return o.Config.Site.Langs }
func platformNames(o *office.Office) []string { return o.PlatformNames() }
func formatNames(o *office.Office) []string   { return slices.Sorted(maps.Keys(o.Config.Formats)) }

func pillarNames(o *office.Office) []string {
	var names []string
	for _, p := range o.Config.Pillars {
		names = append(names, p.ID)
	}
	return names
}

func personNames(o *office.Office) []string {
	var names []string
	for _, p := range o.Config.People {
		names = append(names, p.ID)
	}
	return names
}

func seriesNames(o *office.Office) []string {
	var names []string
	for _, p := range o.Corpus.Posts {
		if p.Series != "" {
			names = append(names, p.Series)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// beginning is a post with the keys that the wish sets, and the others that
// are of use as remarks, in the language of the screen.
func (a *app) beginning(o *office.Office, w office.Wish) []byte {
	var b strings.Builder
	b.WriteString("+++\nid = \"\"\ntitle = \"\"\nstage = \"idea\"\n")
	for _, x := range []struct{ key, value, empty string }{
		{"assignee", w.Assignee, `""`}, {"format", w.Format, `""`}, {"pillar", w.Pillar, `""`},
		{"platforms", strings.Join(w.Platforms, ","), `[]`}, {"series", w.Series, `""`}, {"part", w.Series, `0`},
	} {
		if x.value != "" {
			b.WriteString(x.key + " = " + x.empty + "\n")
		}
	}
	b.WriteString("\n# " + a.say("start.hint-head") + "\n")
	first := func(names []string) string {
		if len(names) == 0 {
			return ""
		}
		return names[0]
	}
	var audiences, objectives []string
	for _, x := range o.Config.Audiences {
		audiences = append(audiences, x.ID)
	}
	for _, x := range o.Config.Objectives {
		objectives = append(objectives, x.ID)
	}
	soon := o.Zone.Date(o.Now).AddDays(14).String()
	for _, x := range []struct {
		key, value string
		given      string
		known      []string
		// named keys are of no use where the strategy names nothing.
		named bool
	}{
		{key: "summary", value: `"…"`},
		{"assignee", quoted(first(personNames(o))), w.Assignee, personNames(o), true},
		{"format", quoted(first(formatNames(o))), w.Format, formatNames(o), true},
		{"pillar", quoted(first(pillarNames(o))), w.Pillar, pillarNames(o), true},
		{"intent", `"inform"`, "", config.Intent("").Known(), true},
		{"audience", quoted(first(audiences)), "", audiences, true},
		{"objective", quoted(first(objectives)), "", objectives, true},
		{"platforms", "[" + quoted(first(platformNames(o))) + "]", strings.Join(w.Platforms, ","), platformNames(o), true},
		{key: "question", value: `"…"`},
		{key: "invite", value: `"…"`},
		{key: "date", value: soon},
		{key: "deadline", value: soon},
		{key: "effort", value: `"2h"`},
	} {
		if x.given != "" || x.named && len(x.known) == 0 {
			continue
		}
		line := term.Fit("# "+x.key+" = "+x.value, 30)
		if x.named {
			line += " # " + list(x.known)
		} else {
			line += " # " + a.say("start.hint-"+x.key)
		}
		b.WriteString(line + "\n")
	}
	b.WriteString("+++\n")
	return []byte(b.String())
}

// quoted writes a name of the strategy as TOML does; names have no character
// that would need more than quotes.
func quoted(name string) string { return `"` + name + `"` }
