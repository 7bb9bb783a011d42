package cli

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"editorial/pkg/problem"
)

func (a *app) newBuild() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "build",
		Short: a.words.Say("cli.build-short", nil),
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.runBuild(cmd, out) },
	}
	cmd.Flags().StringVar(&out, "out", "", a.words.Say("cli.flag-out", nil))
	return cmd
}

func (a *app) runBuild(cmd *cobra.Command, out string) error {
	o, err := a.load(cmd.Context())
	if err != nil {
		return err
	}
	if out == "" {
		out = o.Dir
	}
	built, err := o.Build(cmd.Context(), out)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.Out, a.words.Say("cli.build-verdict", problem.Params{
		"n": strconv.Itoa(len(built.Files)), "changed": strconv.Itoa(len(built.Changed)),
	}))
	for _, name := range built.Changed {
		fmt.Fprintln(a.Out, "  "+name)
	}
	return nil
}
