package cli

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// filesShown is how many changed files are named.
const filesShown = 12

func (a *app) newBuild() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:     "build",
		Short:   a.say("cli.build-short"),
		Long:    a.say("error.build-long"),
		Example: "  editorial build\n  editorial build --out ../built\n  editorial build --json",
		Args:    a.args(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runBuild(cmd, out) },
	}
	a.jsonFlag(cmd)
	cmd.Flags().StringVar(&out, "out", "", a.say("cli.flag-out"))
	return cmd
}

// jsonBuild is "build --json".
type jsonBuild struct {
	Version  int           `json:"version"`
	Files    []string      `json:"files"`
	Changed  []string      `json:"changed"`
	Removed  []string      `json:"removed"`
	Problems []jsonProblem `json:"problems"`
}

func (a *app) runBuild(cmd *cobra.Command, out string) error {
	var built office.Built
	opts := a.office()
	opts.Out, opts.Build = out, true
	o, err := a.steady(cmd.Context(), opts, func(o *office.Office) (err error) {
		built, err = o.Build(cmd.Context(), cmp.Or(out, o.Dir))
		return err
	})
	a.problems(built.Problems)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(jsonBuild{
			1, orEmpty(built.Files), orEmpty(built.Changed), orEmpty(built.Removed),
			a.jsonProblems(append(slices.Clone(o.Problems), built.Problems...)),
		})
	}
	a.printf("%s\n", a.words.Say("cli.build-verdict", problem.Params{
		"n": strconv.Itoa(len(built.Files)), "changed": strconv.Itoa(len(built.Changed)), "removed": strconv.Itoa(len(built.Removed)),
	}))
	for i, name := range built.Changed {
		if i == filesShown {
			a.printf("  %s\n", a.count("cli.build-more", len(built.Changed)-filesShown))
			break
		}
		a.printf("  %s\n", words.Inert(name))
	}
	return nil
}
