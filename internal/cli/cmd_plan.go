package cli

import (
	"slices"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/pkg/calendar"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
)

type planOptions struct {
	view     string
	week     string
	month    string
	person   string
	weeks    int
	platform string
	format   string
	write    bool
	export   string
	verify   string
	tui      bool
	diff     string
	bound    bool
}

func (a *app) newPlan() *cobra.Command {
	var opts planOptions
	cmd := &cobra.Command{
		Use:     "plan",
		Short:   a.say("cli.plan-short"),
		Long:    a.say("cli.plan-long"),
		Example: "  editorial plan\n  editorial plan --week 2026-W49 --weeks 4\n  editorial plan --platform newsletter --weeks 13\n  editorial plan --view month --month 2026-12\n  editorial plan --person awa\n  editorial plan --view board\n  editorial plan --view quarter --format csv > quarter.csv\n  editorial plan --write\n  editorial plan --diff\n  editorial plan --diff=HEAD~1\n  editorial plan --export plan.json\n  editorial plan --verify plan.json\n  editorial plan --bound",
		Args:    a.diffArgs(&opts.diff),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runPlan(cmd, opts) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	onceVar(flags, &opts.view, "view", "", a.say("views.flag-view"))
	onceVar(flags, &opts.week, "week", "", a.say("cli.flag-week"))
	flags.IntVar(&opts.weeks, "weeks", 0, a.say("cli.flag-weeks"))
	onceVar(flags, &opts.month, "month", "", a.say("views.flag-month"))
	onceVar(flags, &opts.platform, "platform", "", a.say("cli.flag-platform"))
	onceVar(flags, &opts.person, "person", "", a.say("views.flag-person"))
	onceVar(flags, &opts.format, "format", formatText, a.say("views.flag-format"))
	flags.BoolVar(&opts.write, "write", false, a.say("cli.flag-write"))
	flags.StringVar(&opts.export, "export", "", a.say("plan.flag-export"))
	flags.StringVar(&opts.verify, "verify", "", a.say("plan.flag-verify"))
	flags.BoolVar(&opts.tui, "tui", false, a.say("tui.flag"))
	a.diffFlag(cmd, &opts.diff)
	flags.BoolVar(&opts.bound, "bound", false, a.say("plan.flag-bound"))
	a.jsonFlag(cmd)
	a.complete(cmd, "platform", platformNames)
	a.complete(cmd, "person", personNames)
	_ = cmd.RegisterFlagCompletionFunc("view", fixed(planViews()...))
	_ = cmd.RegisterFlagCompletionFunc("format", fixed(planFormats()...))
	return cmd
}

func (a *app) runPlan(cmd *cobra.Command, opts planOptions) error {
	if opts.tui {
		return a.runTUI(cmd, opts)
	}
	if cmd.Flags().Changed("diff") {
		return a.runPlanDiff(cmd, opts)
	}
	if opts.verify != "" && (opts.export != "" || opts.write) || opts.export != "" && opts.write {
		return a.usage("plan.export-alone", nil)
	}
	if opts.bound && opts.verify != "" {
		return a.usage("bound.alone", nil)
	}
	if opts.verify != "" {
		return a.runVerify(opts.verify)
	}
	if err := a.checkViewFlags(opts); err != nil {
		return err
	}
	o, err := a.load(cmd.Context())
	if err != nil {
		return err
	}
	if isFile(opts.format) {
		return a.runPlanFile(cmd, o, opts)
	}
	view, err := a.planView(o, opts, cmd.Flags().Changed("weeks"))
	if err != nil {
		return err
	}
	if opts.bound {
		view.proposal.Weigh()
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
			a.printBound(view.proposal)
			a.printChanges(o, view.proposal, "plan.agreed-changes")
			return nil
		}
	}
	if a.json {
		return a.printJSON(a.planJSON(o, view))
	}
	return a.printPlanAs(o, view, opts.format)
}

// planView is a proposal and the part of it to show.
type planView struct {
	proposal *office.Proposal
	// name is one of planViews.
	name string
	// first and last are the weeks shown.
	first, last civil.Week
	// month is the first day of the month shown, of the views that have one.
	month    civil.Date
	platform string
	// person is the id of the only one shown, "" for everybody; tasks is what
	// everybody has to do, by placement.
	person string
	tasks  map[calendar.Key][]office.Task
}

func (a *app) planView(o *office.Office, opts planOptions, weeksGiven bool) (*planView, error) {
	if _, ok := o.Config.Platforms[opts.platform]; !ok && opts.platform != "" {
		names := o.PlatformNames()
		return nil, a.usage("cli.unknown-platform", problem.Params{"name": opts.platform, "near": problem.Nearest(opts.platform, names), "known": list(names)})
	}
	person, err := a.personNamed(o, opts.person)
	if err != nil {
		return nil, err
	}
	v := &planView{proposal: o.Propose(), name: viewNamed(opts), platform: opts.platform, person: person}
	v.tasks = tasksByKey(o, v.proposal)
	return v, a.chooseWeeks(o, v, opts, weeksGiven)
}

// pinned reports whether the view holds a placement that a person pinned.
func (v *planView) pinned(o *office.Office) bool {
	return slices.ContainsFunc(v.proposal.Placements, func(x office.Placement) bool { return x.Pinned && v.has(o, x) })
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
	Due      *time.Time   `json:"due,omitempty"`
	Assignee string       `json:"assignee,omitempty"`
	Work     []jsonWork   `json:"work,omitempty"`
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
	jsonView
	*jsonBound
}

func (a *app) planJSON(o *office.Office, v *planView) jsonPlan {
	p := v.proposal
	doc := jsonPlan{
		Version: 1, Now: o.Now.In(o.Zone.Location()), Zone: o.Zone.Name(), First: v.first, Last: v.last, Verdict: o.Verdict(p).Code,
		Placements: []jsonPlacement{}, Removed: []jsonPlacement{}, Left: []jsonLeft{}, Gaps: []jsonGap{}, Load: []jsonLoad{},
		Problems: a.jsonProblems(append(slices.Clone(o.Problems), p.Problems...)), jsonView: a.viewJSON(o, v), jsonBound: boundJSON(p),
	}
	for _, x := range v.placements(o) {
		doc.Placements = append(doc.Placements, a.plannedJSON(o, v, x))
	}
	for _, x := range p.Removed {
		doc.Removed = append(doc.Removed, placementJSON(o, x))
	}
	for _, l := range p.Left {
		doc.Left = append(doc.Left, jsonLeft{l.Key.String(), l.Key.Platform, postJSON(l.Post), o.WhyLeft(a.words, p, l)})
	}
	for _, g := range v.gaps(o) {
		doc.Gaps = append(doc.Gaps, jsonGap(g))
	}
	for _, l := range p.Load {
		if v.holds(l.Week.Monday()) && (v.person == "" || v.person == l.Person) {
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
