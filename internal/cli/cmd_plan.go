package cli

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

func (a *app) newPlan() *cobra.Command {
	return &cobra.Command{
		Use:   "plan",
		Short: a.words.Say("cli.plan-short", nil),
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.runPlan(cmd) },
	}
}

func (a *app) runPlan(cmd *cobra.Command) error {
	o, err := a.load(cmd.Context())
	if err != nil {
		return err
	}
	plan := o.Plan()
	fmt.Fprintln(a.Out, a.words.Say("cli.plan-verdict", problem.Params{
		"n": strconv.Itoa(len(plan.Placements)), "left": strconv.Itoa(len(plan.Left)),
	}))
	var week civil.Week
	for _, p := range plan.Placements {
		day := o.Zone.Date(p.At)
		if w := civil.WeekOf(day); w != week {
			week = w
			fmt.Fprintf(a.Out, "\n%s\n", w)
		}
		fmt.Fprintf(a.Out, "  %s  %s  %-10s %s\n", day, o.Zone.DateTime(p.At).Clock, p.Platform, words.Inert(p.Post.Title))
	}
	return nil
}
