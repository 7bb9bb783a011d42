package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

func (a *app) newConfig() *cobra.Command {
	show := func(cmd *cobra.Command, args []string) error { return a.runConfigShow(a.set, args) }
	cmd := &cobra.Command{
		Use:   "config",
		Short: a.words.Say("cli.config-short", nil),

		Example: "  editorial config show plan\n  editorial config keys platforms.NAME.rhythm",

		Args: cobra.NoArgs,
		RunE: show,
	}
	cmd.PersistentFlags().BoolVar(&a.json, "json", false, a.words.Say("cli.flag-json", nil))
	cmd.AddCommand(&cobra.Command{
		Use:     "show [" + a.say("start.value-key") + "]",
		Short:   a.words.Say("cli.config-show-short", nil),
		Example: "  editorial config show plan\n  editorial config show --set plan.weeks=26 plan.weeks\n  EDITORIAL_SITE_URL=https://example.org editorial config show site --json",
		Args:    cobra.MaximumNArgs(1),
		RunE:    show,

		ValidArgsFunction: a.completeKey,
	}, &cobra.Command{
		Use:     "keys [" + a.say("start.value-key") + "]",
		Short:   a.words.Say("cli.config-keys-short", nil),
		Example: "  editorial config keys platforms.NAME.rhythm",
		Args:    cobra.MaximumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runConfigKeys(args) },
	}, a.newConfigSchema())
	return cmd
}

func (a *app) newConfigSchema() *cobra.Command {
	frontMatter := false
	cmd := &cobra.Command{
		Use:     "schema",
		Short:   a.words.Say("cli.config-schema-short", nil),
		Example: "  editorial config schema > config.schema.json\n  editorial config schema --front-matter > post.schema.json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runConfigSchema(a.set, frontMatter) },
	}
	cmd.Flags().BoolVar(&frontMatter, "front-matter", false, a.words.Say("cli.flag-front-matter", nil))
	return cmd
}

// runConfigSchema prints a JSON Schema. It needs no office; that of front matter
// offers the names of the one that is here, if its config.toml is sound.
func (a *app) runConfigSchema(set []string, frontMatter bool) error {
	if !frontMatter {
		return a.printJSON(config.Schema(a.words))
	}
	c, _, problems, err := config.ReadDir(a.dir, a.configOptions(set))
	if err != nil || problem.Errors(problems) > 0 {
		c = config.Config{}
	}
	return a.printJSON(office.FrontMatterSchema(a.words, c))
}

// configOptions are the layers above config.toml.
func (a *app) configOptions(set []string) config.Options {
	return config.Options{Environ: a.Environ, Set: set, ReadFile: config.ReadSecretFile}
}

func (a *app) runConfigShow(set []string, args []string) error {
	c, origins, problems, err := config.ReadDir(a.dir, a.configOptions(set))
	if err != nil {
		return err
	}
	if problem.Errors(problems) > 0 {
		return a.badConfig(problems)
	}
	a.problemsUpTo(problem.Warning, problems)
	key := strings.Join(args, "")
	entries := config.Entries(c, origins, key)
	if len(entries) == 0 && key != "" {
		return a.noSuchKey(key, config.Suggest(c, key))
	}
	if a.json {
		return a.printJSON(struct {
			Version int            `json:"version"`
			Values  []config.Entry `json:"values"`
		}{1, entries})
	}
	for _, e := range entries {
		note := ""
		if e.Later {
			note = ", " + a.words.Say("cli.config-later", nil)
		}
		fmt.Fprintf(a.Out, "%s = %s  # %s%s\n", words.Inert(e.Key), e.Literal, a.origin(e.Origin), note)
	}
	return nil
}

// origin words where a value came from.
func (a *app) origin(o config.Origin) string {
	if o.Source == config.FromDefault {
		return a.words.Say("cli.config-default", nil)
	}
	return words.Inert(o.String())
}

func (a *app) noSuchKey(key, near string) error {
	fmt.Fprintln(a.Err, "editorial: "+a.words.Say("cli.config-no-key", problem.Params{"key": key}))
	if near != "" {
		fmt.Fprintln(a.Err, a.say("cli.hint")+" "+a.words.Say("cli.config-near-key", problem.Params{"near": near}))
	}
	return silent(ExitCannotRun)
}

// runConfigKeys lists the keys that config.toml may have. It needs no office.
func (a *app) runConfigKeys(args []string) error {
	type described struct {
		config.Key
		Doc string `json:"doc"`
	}
	asked := strings.Join(args, "")
	all := []described{}
	var names []string
	for _, k := range config.Keys() {
		names = append(names, k.Name)
		if asked == "" || k.Name == asked || strings.HasPrefix(k.Name, asked+".") {
			all = append(all, described{k, a.words.Say("config."+k.Name, nil)})
		}
	}
	if len(all) == 0 {
		return a.noSuchKey(asked, problem.Nearest(asked, names))
	}
	if a.json {
		return a.printJSON(struct {
			Version int         `json:"version"`
			Keys    []described `json:"keys"`
		}{1, all})
	}
	for _, k := range all {
		fmt.Fprintf(a.Out, "%s\n  %s\n  %s\n", k.Name, k.Doc, a.holds(k.Key))
	}
	return nil
}

// holds says what a key holds: its type, values, default and state.
func (a *app) holds(k config.Key) string {
	parts := []string{a.words.Say("config."+k.Type, nil)}
	if k.List {
		parts[0] = a.words.Say("cli.config-list", problem.Params{"type": parts[0]})
	}
	if len(k.Known) > 0 {
		parts = append(parts, strings.Join(k.Known, " "))
	}
	if k.Required {
		parts = append(parts, a.words.Say("cli.config-required", nil))
	}
	if k.Default != "" {
		parts = append(parts, a.words.Say("cli.config-default-is", problem.Params{"value": k.Default}))
	}
	if k.Later {
		parts = append(parts, a.words.Say("cli.config-later", nil))
	}
	return strings.Join(parts, "; ")
}
