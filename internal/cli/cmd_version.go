package cli

import (
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.say("cli.version-short"),
		Args:  a.args(0, 0),
		RunE: func(*cobra.Command, []string) error {
			version, compiler := "devel", ""
			if info, ok := debug.ReadBuildInfo(); ok {
				if v := info.Main.Version; v != "" && v != "(devel)" {
					version = v
				}
				compiler = info.GoVersion
			}
			a.printf("editorial %s %s\n", version, compiler)
			return nil
		},
	}
}

func (a *app) newCompletion() *cobra.Command {
	return &cobra.Command{
		Use:       "completion bash|zsh|fish|powershell",
		Short:     a.say("cli.completion-short"),
		ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		Args:      a.args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.Out, true)
			case "zsh":
				return root.GenZshCompletion(a.Out)
			case "fish":
				return root.GenFishCompletion(a.Out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(a.Out)
			}
			return a.usage("cli.unknown-shell", nil)
		},
	}
}
