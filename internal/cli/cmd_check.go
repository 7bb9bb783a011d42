package cli

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/problem"
)

func (a *app) newCheck() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "check",
		Short:   a.say("cli.check-short"),
		Example: "  editorial check\n  editorial check --json",
		Args:    a.args(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runCheck(cmd) },
	}
	a.jsonFlag(cmd)
	return cmd
}

type jsonCheck struct {
	Version  int           `json:"version"`
	Posts    int           `json:"posts"`
	Errors   int           `json:"errors"`
	Warnings int           `json:"warnings"`
	Problems []jsonProblem `json:"problems"`
}

func (a *app) runCheck(cmd *cobra.Command) error {
	o, err := a.loadQuietly(cmd.Context())
	broken := errors.Is(err, office.ErrConfig)
	if err != nil && !broken {
		return err
	}
	if broken && !a.json && slices.ContainsFunc(o.Problems, noOffice) {
		return a.noOffice()
	}
	problems, posts := o.Problems, 0
	if !broken {
		if problems, err = o.Check(cmd.Context()); err != nil {
			return err
		}
		posts = len(o.Corpus.Posts)
	}
	found, warnings := problem.Errors(problems), 0
	for _, p := range problems {
		if p.Severity == problem.Warning {
			warnings++
		}
	}
	if a.json {
		if err := a.printJSON(jsonCheck{1, posts, found, warnings, a.jsonProblems(problems)}); err != nil {
			return err
		}
	} else {
		where := a.count("cli.posts", posts)
		if broken {
			where = a.say("error.in-config")
		}
		a.printCheck(problems, posts, where, found, warnings)
	}
	switch {
	case broken:
		return silent(ExitCannotRun)
	case found > 0:
		return silent(ExitFound)
	}
	return nil
}

func (a *app) printCheck(problems []problem.Problem, posts int, where string, found, warnings int) {
	if found+warnings == 0 {
		a.printf("%s\n", a.screen.Paint(term.Good, a.count("cli.check-clean", posts)))
	} else {
		style := term.Caution
		if found > 0 {
			style = term.Bad
		}
		verdict := a.words.Say("cli.check-found", problem.Params{
			"errors": a.count("cli.errors", found), "warnings": a.count("cli.warnings", warnings), "posts": where,
		})
		for _, line := range flow(a.screen, "", verdict) {
			a.printf("%s\n", a.screen.Paint(style, line))
		}
	}
	// The posts without an id are most of a new office: several are one line.
	without := 0
	for _, p := range problems {
		if p.Code == office.CodeNoID {
			without++
		}
	}
	for _, p := range problems {
		if p.Code != office.CodeNoID || without == 1 {
			a.printf("%s\n", strings.Join(a.problemLines(a.screen, "", p), "\n"))
		}
	}
	if without > 1 {
		a.printFlow("", a.say("cli.info")+": "+string(office.CodeNoID)+": "+a.count("cli.check-no-id", without))
		a.printFlow("  ", a.say("cli.hint")+" "+a.say("cli.check-no-id-hint"))
	}
}
