package cli

import (
	"slices"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

type planOptions struct {
	week     string
	weeks    int
	platform string
	write    bool
	export   string
	verify   string
	tui      bool
}

func (a *app) newPlan() *cobra.Command {
	var opts planOptions
	cmd := &cobra.Command{
		Use:     "plan",
		Short:   a.say("cli.plan-short"),
		Long:    a.say("cli.plan-long"),
		Example: "  editorial plan\n  editorial plan --week 2026-W49 --weeks 4\n  editorial plan --platform newsletter --weeks 13\n  editorial plan --write\n  editorial plan --export plan.json\n  editorial plan --verify plan.json",
		Args:    a.args(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runPlan(cmd, opts) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&opts.week, "week", "", a.say("cli.flag-week"))
	flags.IntVar(&opts.weeks, "weeks", 0, a.say("cli.flag-weeks"))
	flags.StringVar(&opts.platform, "platform", "", a.say("cli.flag-platform"))
	flags.BoolVar(&opts.write, "write", false, a.say("cli.flag-write"))
	flags.StringVar(&opts.export, "export", "", a.say("plan.flag-export"))
	flags.StringVar(&opts.verify, "verify", "", a.say("plan.flag-verify"))
	flags.BoolVar(&opts.tui, "tui", false, a.say("tui.flag"))
	a.jsonFlag(cmd)
	a.complete(cmd, "platform", platformNames)
	return cmd
}

func (a *app) runPlan(cmd *cobra.Command, opts planOptions) error {
	if opts.tui {
		return a.runTUI(cmd, opts)
	}
	if opts.verify != "" && (opts.export != "" || opts.write) || opts.export != "" && opts.write {
		return a.usage("plan.export-alone", nil)
	}
	if opts.verify != "" {
		return a.runVerify(opts.verify)
	}
	o, err := a.load(cmd.Context())
	if err != nil {
		return err
	}
	view, err := a.planView(o, opts, cmd.Flags().Changed("weeks"))
	if err != nil {
		return err
	}
	if opts.export != "" {
		return a.runExport(o, view.proposal, opts.export)
	}
	a.problems(view.proposal.Problems)
	if opts.write {
		agreement, err := o.Agree(cmd.Context(), view.proposal)
		if err != nil {
			return err
		}
		if !a.json {
			a.printAgreement(agreement)
			a.printChanges(o, view.proposal, "plan.agreed-changes")
			return nil
		}
	}
	if a.json {
		return a.printJSON(a.planJSON(o, view))
	}
	a.printPlan(o, view)
	return nil
}

// planView is a proposal and the part of it to show.
type planView struct {
	proposal *office.Proposal
	// first and last are the weeks shown.
	first, last civil.Week
	platform    string
}

func (a *app) planView(o *office.Office, opts planOptions, weeksGiven bool) (*planView, error) {
	if _, ok := o.Config.Platforms[opts.platform]; !ok && opts.platform != "" {
		names := o.PlatformNames()
		return nil, a.usage("cli.unknown-platform", problem.Params{"name": opts.platform, "near": problem.Nearest(opts.platform, names), "known": list(names)})
	}
	v := &planView{proposal: o.Propose(), platform: opts.platform}
	v.first = v.proposal.First
	if opts.week != "" {
		week, err := civil.ParseWeek(opts.week)
		if err != nil {
			return nil, a.usage("cli.bad-week", problem.Params{"value": opts.week})
		}
		v.first = week
	}
	if opts.weeks == 0 && !weeksGiven {
		opts.weeks = a.weeksShown(o, v)
	}
	if opts.weeks < 1 || opts.weeks > 520 {
		return nil, a.usage("cli.bad-weeks", nil)
	}
	v.last = v.first.Add(opts.weeks - 1)
	return v, nil
}

// weeksShown is how many weeks a person sees who does not say: one, and the
// next too when nothing more goes out in the present one.
func (a *app) weeksShown(o *office.Office, v *planView) int {
	if a.json || v.first != v.proposal.First {
		return 1
	}
	v.last = v.first
	for _, x := range v.proposal.Placements {
		if !x.At.Before(o.Now) && v.shows(o, x.Platform, x.At) {
			return 1
		}
	}
	return 2
}

// shows reports whether the view holds what a platform has at an instant.
func (v *planView) shows(o *office.Office, platform string, at time.Time) bool {
	if v.platform != "" && v.platform != platform {
		return false
	}
	day := o.Zone.Date(at)
	return day.Compare(v.first.Monday()) >= 0 && day.Compare(v.last.Monday().AddDays(6)) <= 0
}

// pinned reports whether the view holds a placement that a person pinned.
func (v *planView) pinned(o *office.Office) bool {
	return slices.ContainsFunc(v.proposal.Placements, func(x office.Placement) bool { return x.Pinned && v.shows(o, x.Platform, x.At) })
}

// platforms returns the platforms to show, those from which others derive
// before them.
func (v *planView) platforms(o *office.Office) []string {
	return slices.DeleteFunc(o.PlatformsByDepth(), func(name string) bool { return v.platform != "" && v.platform != name })
}

// JSON shapes; docs/json.md is their reference.

type jsonPost struct {
	ID    string        `json:"id"`
	Path  string        `json:"path"`
	Title string        `json:"title"`
	Slug  string        `json:"slug"`
	Lang  string        `json:"lang"`
	Stage content.Stage `json:"stage"`
}

type jsonPlacement struct {
	Key      string       `json:"key"`
	Platform string       `json:"platform"`
	At       time.Time    `json:"at"`
	Week     civil.Week   `json:"week"`
	State    office.State `json:"state"`
	Pinned   bool         `json:"pinned,omitempty"`
	Locked   bool         `json:"locked,omitempty"`
	From     *time.Time   `json:"from,omitempty"`
	Post     *jsonPost    `json:"post"`
}

type jsonLeft struct {
	Key      string    `json:"key"`
	Platform string    `json:"platform"`
	Post     *jsonPost `json:"post"`
	Reason   string    `json:"reason"`
}

type jsonGap struct {
	Platform string    `json:"platform"`
	At       time.Time `json:"at"`
}

type jsonLoad struct {
	Person string     `json:"person"` // "" is the team
	Week   civil.Week `json:"week"`
	Needed int        `json:"needed_minutes"`
	Had    int        `json:"had_minutes"`
}

type jsonPlan struct {
	Version    int             `json:"version"`
	Now        time.Time       `json:"now"`
	Zone       string          `json:"zone"`
	First      civil.Week      `json:"first_week"`
	Last       civil.Week      `json:"last_week"`
	Verdict    string          `json:"verdict"`
	Placements []jsonPlacement `json:"placements"`
	Removed    []jsonPlacement `json:"removed"`
	Left       []jsonLeft      `json:"left"`
	Gaps       []jsonGap       `json:"gaps"`
	Load       []jsonLoad      `json:"load"`
	Problems   []jsonProblem   `json:"problems"`
}

func (a *app) planJSON(o *office.Office, v *planView) jsonPlan {
	p := v.proposal
	doc := jsonPlan{
		Version: 1, Now: o.Now.In(o.Zone.Location()), Zone: o.Zone.Name(), First: v.first, Last: v.last, Verdict: o.Verdict(p).Code,
		Placements: []jsonPlacement{}, Removed: []jsonPlacement{}, Left: []jsonLeft{}, Gaps: []jsonGap{}, Load: []jsonLoad{},
		Problems: a.jsonProblems(append(slices.Clone(o.Problems), p.Problems...)),
	}
	for _, x := range p.Placements {
		if v.shows(o, x.Platform, x.At) {
			doc.Placements = append(doc.Placements, placementJSON(o, x))
		}
	}
	for _, x := range p.Removed {
		doc.Removed = append(doc.Removed, placementJSON(o, x))
	}
	for _, l := range p.Left {
		doc.Left = append(doc.Left, jsonLeft{l.Key.String(), l.Key.Platform, postJSON(l.Post), o.WhyLeft(a.words, p, l)})
	}
	for _, g := range p.Gaps {
		if v.shows(o, g.Platform, g.At) {
			doc.Gaps = append(doc.Gaps, jsonGap(g))
		}
	}
	for _, l := range p.Load {
		if l.Week.Monday().Compare(v.first.Monday()) >= 0 && l.Week.Monday().Compare(v.last.Monday()) <= 0 {
			doc.Load = append(doc.Load, jsonLoad(l))
		}
	}
	return doc
}

func placementJSON(o *office.Office, x office.Placement) jsonPlacement {
	j := jsonPlacement{
		Key: x.Key.String(), Platform: x.Platform, At: x.At, Week: civil.WeekOf(o.Zone.Date(x.At)),
		State: x.State, Pinned: x.Pinned, Locked: x.Locked, Post: postJSON(x.Post),
	}
	if !x.From.IsZero() {
		j.From = &x.From
	}
	return j
}

func postJSON(p *content.Post) *jsonPost {
	if p == nil {
		return nil
	}
	return &jsonPost{p.ID, office.ContentDir + "/" + p.Path, p.Title, p.Slug, p.Lang, p.Stage}
}
