package cli

import "github.com/spf13/cobra"

func (a *app) newCompletion() *cobra.Command {
	return &cobra.Command{
		Use:       "completion bash|zsh|fish|powershell",
		Short:     a.say("cli.completion-short"),
		Example:   "  source <(editorial completion bash)\n  editorial completion fish > ~/.config/fish/completions/editorial.fish",
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
