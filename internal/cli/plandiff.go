package cli

import (
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/internal/revision"
)

// diffAgreed stands for the agreed calendar as the value of --diff: no revision
// of git has that name.
const diffAgreed = ":"

// diffFlag gives a command --diff and --diff=REVISION.
func (a *app) diffFlag(cmd *cobra.Command, value *string) {
	cmd.Flags().StringVar(value, "diff", "", a.say("plandiff.flag"))
	cmd.Flags().Lookup("diff").NoOptDefVal = diffAgreed
	_ = cmd.RegisterFlagCompletionFunc("diff", cobra.NoFileCompletions)
}

// diffArgs takes "--diff main" for "--diff=main", as people type it who do not
// know that the value of a flag that needs none follows a sign.
func (a *app) diffArgs(value *string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if *value == diffAgreed && len(args) == 1 {
			*value = args[0]
			return nil
		}
		return a.args(0, 0)(cmd, args)
	}
}

// planDiff is a comparison, and what it is between.
type planDiff struct {
	office.PlanDiff
	// before is the revision compared with, nil for the agreed calendar; after
	// is that which is compared, nil for the office as it lies in its folder.
	before, after *revision.Revision
	// then is the office of before.
	then     *office.Office
	was, now *office.Proposal
}

func (a *app) runPlanDiff(cmd *cobra.Command, opts planOptions) error {
	switch {
	case opts.write || opts.export != "" || opts.verify != "" || opts.view != "" || opts.format != formatText:
		return a.usage("plandiff.alone", nil)
	case opts.diff == "":
		return a.usage("plandiff.no-value", nil)
	}
	d := &planDiff{}
	o, err := a.loadCompared(cmd.Context(), d, opts.diff)
	if err != nil {
		return err
	}
	view, err := a.planView(o, opts, cmd.Flags().Changed("weeks"))
	if err != nil {
		return err
	}
	d.now = view.proposal
	if d.before == nil {
		d.PlanDiff = o.DiffAgreed(d.now)
	} else {
		d.was = d.then.Propose()
		d.PlanDiff = o.DiffPlans(d.then, d.was, d.now)
	}
	d.narrow(o, view, weeksNamed(cmd, opts))
	if a.json {
		return a.printJSON(a.diffJSON(o, d))
	}
	a.printDiff(o, d)
	return nil
}

// weeksNamed reports whether somebody said which weeks to show.
func weeksNamed(cmd *cobra.Command, opts planOptions) bool {
	return cmd.Flags().Changed("weeks") || opts.week != "" || opts.month != ""
}

// narrow keeps what the weeks, if somebody named them, the platform and the
// person hold.
func (d *planDiff) narrow(o *office.Office, v *planView, weeks bool) {
	shows := func(platform string, at time.Time) bool {
		if at.IsZero() || v.platform != "" && v.platform != platform {
			return false
		}
		return !weeks || v.shows(o, platform, at)
	}
	all := office.PlanDiff{}
	for _, c := range d.Changes {
		mine := v.concerns(office.Placement{Key: c.Key, Post: c.Post})
		if mine && (shows(c.Key.Platform, c.From) || shows(c.Key.Platform, c.To)) {
			all.Changes = append(all.Changes, c)
		}
	}
	for _, w := range d.Work {
		monday := w.Week.Monday()
		if v.person != "" && v.person != w.Person {
			continue
		}
		if !weeks || monday.Compare(v.first.Monday()) >= 0 && monday.Compare(v.last.Monday()) <= 0 {
			all.Work = append(all.Work, w)
		}
	}
	d.PlanDiff = all
}
