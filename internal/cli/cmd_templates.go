package cli

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

func (a *app) newTemplates() *cobra.Command {
	write := false
	cmd := &cobra.Command{
		Use:     "templates [" + a.say("start.value-template") + "]...",
		Short:   a.say("start.templates-short"),
		Long:    a.say("start.templates-long"),
		Example: "  editorial templates\n  editorial templates newsletter/mail.css\n  editorial templates --write newsletter/mail.html newsletter/mail.css",
		Args:    cobra.ArbitraryArgs,
		RunE:    func(_ *cobra.Command, args []string) error { return a.runTemplates(args, write) },
	}
	cmd.Flags().BoolVar(&write, "write", false, a.say("start.flag-write"))
	a.jsonFlag(cmd)
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		all, err := office.Templates(a.dir)
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		return templateNames(all), cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

// jsonTemplate is a template in "templates --json".
type jsonTemplate struct {
	Name string `json:"name"`
	Own  bool   `json:"own"`
}

// runTemplates lists templates, prints the one that is named, or writes copies.
func (a *app) runTemplates(args []string, write bool) error {
	all, err := office.Templates(a.dir)
	if err != nil {
		return err
	}
	chosen, err := a.chooseTemplates(all, args)
	switch {
	case err != nil:
		return err
	case write:
		return a.writeTemplates(chosen)
	case a.json:
		doc := struct {
			Version   int            `json:"version"`
			Templates []jsonTemplate `json:"templates"`
		}{1, []jsonTemplate{}}
		for _, t := range chosen {
			doc.Templates = append(doc.Templates, jsonTemplate{t.Name, t.Own})
		}
		return a.printJSON(doc)
	case len(args) == 1 && len(chosen) == 1:
		a.printf("%s", chosen[0].Text)
		return nil
	}
	for _, t := range chosen {
		whose := a.say("start.template-ours")
		if t.Own {
			whose = a.words.Say("start.template-own", problem.Params{"file": office.TemplateDir + "/" + t.Name})
		}
		a.printf("%s  %s\n", term.Fit(t.Name, 24), whose)
	}
	return nil
}

// chooseTemplates returns the templates of that name or kind; without a name
// all of them.
func (a *app) chooseTemplates(all []office.Template, names []string) ([]office.Template, error) {
	if len(names) == 0 {
		return all, nil
	}
	var chosen []office.Template
	for _, name := range names {
		name = strings.TrimSuffix(strings.TrimPrefix(name, office.TemplateDir+"/"), "/")
		before := len(chosen)
		for _, t := range all {
			if kind, _, _ := strings.Cut(t.Name, "/"); t.Name == name || kind == name {
				chosen = append(chosen, t)
			}
		}
		if len(chosen) == before {
			err := a.usage("start.template-unknown", problem.Params{"name": words.Inert(name)})
			if near := problem.Nearest(name, templateNames(all)); near != "" {
				err.hint = a.words.Say("start.template-near", problem.Params{"near": near})
			}
			return nil, err
		}
	}
	return chosen, nil
}

func templateNames(all []office.Template) []string {
	var names []string
	for _, t := range all {
		names = append(names, t.Name)
	}
	return names
}

func (a *app) writeTemplates(chosen []office.Template) error {
	written, kept, err := office.WriteTemplates(a.dir, chosen)
	if errors.Is(err, fs.ErrNotExist) {
		return a.badConfig([]problem.Problem{{
			Position: problem.Position{File: config.FileName}, Code: config.CodeMissingFile, Params: problem.Params{"file": config.FileName}, Cause: err,
		}})
	}
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(struct {
			Version int      `json:"version"`
			Written []string `json:"written"`
			Kept    []string `json:"kept"`
		}{1, orEmpty(written), orEmpty(kept)})
	}
	a.printf("%s\n", a.count("start.templates-written", len(written)))
	for _, name := range written {
		a.printf("  %s\n", words.Inert(name))
	}
	for _, name := range kept {
		a.printf("  %s\n", a.words.Say("start.template-kept", problem.Params{"file": name}))
	}
	return nil
}
