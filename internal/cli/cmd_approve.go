package cli

import (
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/pkg/problem"
)

type approveOptions struct {
	by       string
	withdraw bool
}

func (a *app) newApprove() *cobra.Command {
	var opts approveOptions
	cmd := &cobra.Command{
		Use:     "approve " + a.say("start.value-post"),
		Short:   a.say("delivery.approve-short"),
		Long:    a.say("delivery.approve-long"),
		Example: "  editorial approve bourse --by awa\n  editorial approve bourse --by awa --withdraw",
		Args:    a.args(1, 1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runApprove(cmd, args[0], opts) },

		ValidArgsFunction: a.completePost,
	}
	cmd.Flags().StringVar(&opts.by, "by", "", a.say("delivery.flag-by"))
	cmd.Flags().BoolVar(&opts.withdraw, "withdraw", false, a.say("delivery.flag-withdraw"))
	a.complete(cmd, "by", personNames)
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) runApprove(cmd *cobra.Command, name string, opts approveOptions) error {
	o, err := a.loadQuietly(cmd.Context())
	if err != nil {
		return a.configErrors(o, err)
	}
	post, err := a.find(o, name)
	if err != nil {
		return err
	}
	if people := o.Config.People; opts.by == "" && len(people) == 1 {
		opts.by = people[0].ID
	}
	if opts.by == "" {
		return a.usage("delivery.approve-who", nil)
	}
	done, err := o.Approve(post, opts.by, opts.withdraw)
	switch {
	case errors.Is(err, office.ErrNobody):
		return a.usage("delivery.approve-nobody", problem.Params{"name": opts.by})
	case errors.Is(err, office.ErrOwnWork):
		return a.usage("delivery.approve-own", problem.Params{"name": o.PersonName(opts.by)})
	case err != nil:
		return err
	}
	path := office.ContentDir + "/" + post.Path
	if a.json {
		return a.printJSON(struct {
			Version int      `json:"version"`
			Path    string   `json:"path"`
			By      []string `json:"by"`
			Wanted  int      `json:"wanted"`
		}{1, path, orEmpty(done.By), done.Wanted})
	}
	key := "delivery.approved"
	if opts.withdraw {
		key = "delivery.withdrawn"
	}
	a.printf("%s\n", a.words.Say(key, problem.Params{
		"path": path, "who": list(done.By), "n": strconv.Itoa(len(done.By)), "wanted": strconv.Itoa(done.Wanted),
	}))
	return nil
}
