package cli

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/internal/revision"
	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// diffAgreed stands for the agreed calendar as the value of --diff: no revision
// of git has that name.
const diffAgreed = ":"

// Up to how many lines of each kind are printed.
const (
	diffShown     = 30
	diffWorkShown = 16
)

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

// loadCompared loads the office whose plan is compared, and that of a revision
// which it is compared with, for the same instant. "main..next" compares two
// revisions.
func (a *app) loadCompared(ctx context.Context, d *planDiff, value string) (o *office.Office, err error) {
	from, to, two := strings.Cut(value, "..")
	if two = two && from != "" && to != "" && !strings.Contains(value, "..."); two {
		value = from
		if d.after, o, err = a.loadRevision(ctx, to, a.clock); err != nil {
			return nil, err
		}
	} else if o, err = a.load(ctx); err != nil {
		return nil, err
	}
	if value != diffAgreed {
		d.before, d.then, err = a.loadRevision(ctx, value, func(civil.Zone) (time.Time, error) { return o.Now, nil })
	}
	return o, err
}

// loadRevision reads the office of a revision.
func (a *app) loadRevision(ctx context.Context, name string, clock func(civil.Zone) (time.Time, error)) (*revision.Revision, *office.Office, error) {
	r, err := revision.Read(ctx, revision.Request{
		Dir: a.dir, Name: name, Paths: office.PlanFiles(), Text: office.ForPlan, Environ: a.Environ,
	})
	if p := (problem.Problem{}); errors.As(err, &p) {
		text, hint := a.words.Problem(p)
		return nil, nil, &usageError{text, hint}
	}
	if err != nil {
		return nil, nil, err
	}
	opts := a.office()
	opts.Clock = clock
	o, err := office.LoadFiles(ctx, r.Files, opts)
	if errors.Is(err, office.ErrConfig) {
		return nil, nil, a.badRevision(r, o.Problems)
	}
	if err != nil {
		return nil, nil, err
	}
	if len(r.Skipped) > 0 && !a.json {
		a.warn(a.words.Say("plandiff.skipped", problem.Params{"n": strconv.Itoa(len(r.Skipped)), "name": name, "file": r.Skipped[0]}))
	}
	if n := problem.Errors(o.Problems); n > 0 && !a.json {
		a.warn(a.words.Say("plandiff.errors", problem.Params{"n": strconv.Itoa(n), "name": name}))
	}
	return r, o, nil
}

// warn prints a remark on stderr.
func (a *app) warn(text string) {
	for _, line := range flow(a.errScreen, "", a.say("cli.warning")+": "+text) {
		_, _ = a.Err.Write([]byte(line + "\n"))
	}
}

// badRevision says what is wrong with the configuration of a revision.
func (a *app) badRevision(r *revision.Revision, found []problem.Problem) error {
	first, n := "", problem.Errors(found)
	for _, p := range found {
		if p.Severity == problem.Error {
			first, _ = a.words.Problem(p)
			break
		}
	}
	return a.usage("plandiff.config", problem.Params{"n": strconv.Itoa(n), "name": r.Name, "first": first})
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

// summary is the first line: "3 posts moved, week 41 now 6 h over for Awa".
func (a *app) summary(d office.PlanDiff) (text string, style term.Style) {
	var parts []string
	first := true
	for _, kind := range []office.ChangeKind{office.ChangeMoved, office.ChangeNew, office.ChangeRemoved} {
		posts, placements := d.Posts(kind)
		if posts == 0 {
			continue
		}
		key := "plandiff." + string(kind)
		if first {
			key += "-first"
		}
		part := a.count(key, posts)
		if placements != posts {
			part = a.words.Say("plandiff.placements", problem.Params{"what": part, "n": strconv.Itoa(placements)})
		}
		parts, first = append(parts, part), false
	}
	style = term.Good
	if len(parts) > 0 {
		style = term.Caution
	}
	now, nomore := d.Overs()
	if len(parts) == 0 {
		if len(now)+len(nomore) == 0 {
			return a.say("plandiff.same"), style
		}
		parts = append(parts, a.say("plandiff.hours-only"))
	}
	for _, w := range now {
		parts, style = append(parts, a.weekOver("plandiff.over", w)), term.Bad
	}
	for _, w := range nomore {
		parts = append(parts, a.weekOver("plandiff.over-no-more", w))
	}
	return strings.Join(parts, ", "), style
}

func (a *app) weekOver(key string, w office.WorkChange) string {
	if w.Person == "" {
		key += "-team"
	}
	return a.words.Say(key, problem.Params{"week": strconv.Itoa(w.Week.Number), "hours": a.words.Hours(w.Over), "person": w.Name})
}

// between says what is compared with what.
func (a *app) between(o *office.Office, d *planDiff) string {
	if d.before == nil {
		return a.words.Say("plandiff.agreed", problem.Params{"file": office.AgreedFile})
	}
	now := o.Zone.DateTime(o.Now)
	now.Clock.Second = 0
	params := problem.Params{"before": a.nameRevision(o, d.before), "now": a.words.Date(now.Date) + ", " + now.Clock.String()}
	if d.after == nil {
		return a.words.Say("plandiff.revision", params)
	}
	params["after"] = a.nameRevision(o, d.after)
	return a.words.Say("plandiff.revisions", params)
}

// nameRevision names a revision so that people know it again.
func (a *app) nameRevision(o *office.Office, r *revision.Revision) string {
	key := "plandiff.commit"
	if r.Subject == "" {
		key = "plandiff.commit-alone"
	}
	return a.words.Say(key, problem.Params{
		"name": r.Name, "hash": r.Short(), "date": a.words.Date(o.Zone.Date(r.At)), "subject": term.Cut(words.Inert(r.Subject), 60),
	})
}

func (a *app) printDiff(o *office.Office, d *planDiff) {
	text, style := a.summary(d.PlanDiff)
	a.printWrapped(style, text)
	a.printWrapped(term.Quiet, a.between(o, d))
	for _, kind := range []office.ChangeKind{office.ChangeMoved, office.ChangeNew, office.ChangeRemoved} {
		a.printChangesOf(o, d.PlanDiff, kind)
	}
	a.printWorkChanges(d.Work)
	if d.after == nil {
		a.next(o.Next(d.now))
	}
}

// printChangesOf lists the changes of one kind, each with its reason below.
func (a *app) printChangesOf(o *office.Office, d office.PlanDiff, kind office.ChangeKind) {
	var all []office.Change
	for _, c := range d.Changes {
		if c.Kind == kind {
			all = append(all, c)
		}
	}
	if len(all) == 0 {
		return
	}
	a.printf("\n%s\n", a.screen.Paint(term.Title, a.say("plandiff.title-"+string(kind))))
	shown := all[:min(len(all), diffShown)]
	whens, widest := make([]string, len(shown)), 0
	for i, c := range shown {
		whens[i] = a.words.Say("plandiff.when-"+string(kind), problem.Params{"from": a.when(o, c.From), "to": a.when(o, c.To)})
		widest = max(widest, term.Width(whens[i]))
	}
	for i, c := range shown {
		a.printChange(c, whens[i], widest)
	}
	if n := len(all) - len(shown); n > 0 {
		a.printf("  %s\n", a.count("plandiff.more", n))
	}
}

// printChange prints a change; where the screen is narrow, the instants stand
// below.
func (a *app) printChange(c office.Change, when string, widest int) {
	platform := term.Fit(words.Inert(c.Key.Platform), 11)
	title := titleOf(office.Placement{Key: c.Key, Post: c.Post})
	if width := min(a.screen.Width-15-widest, 48); width >= titleLeast {
		a.printf("  %s %s %s\n", platform, term.Fit(title, width), when)
	} else {
		a.printf("  %s %s\n", platform, term.Cut(title, max(4, a.screen.Width-14)))
		a.printHanging("    ", when)
	}
	why := c.Cause.Word(a.words)
	if why == "" {
		return
	}
	for _, line := range term.Wrap(words.Inert(why), max(20, a.screen.Width-15), 0) {
		a.printf("  %s %s\n", term.Fit("", 11), a.screen.Paint(term.Quiet, line))
	}
}

// printWorkChanges lists whose weeks differ: people, and the team where there
// is nobody else. Sums go on from week to week, so that a week that differs as
// the one before it does says nothing new.
func (a *app) printWorkChanges(all []office.WorkChange) {
	var rows []office.WorkChange
	last := map[string]office.WorkChange{}
	people := slices.ContainsFunc(all, func(w office.WorkChange) bool { return w.Person != "" })
	for _, w := range all {
		before, seen := last[w.Person]
		last[w.Person] = w
		news := !seen || w.Needed-w.NeededBefore != before.Needed-before.NeededBefore ||
			w.Over > 0 != (before.Over > 0) || w.OverBefore > 0 != (before.OverBefore > 0)
		if news && (w.Person != "" || !people) {
			rows = append(rows, w)
		}
	}
	slices.SortStableFunc(rows, func(x, y office.WorkChange) int { return strings.Compare(x.Name, y.Name) })
	for i, w := range rows {
		switch {
		case i == 0:
			a.printf("\n%s\n", a.screen.Paint(term.Title, a.say("plandiff.title-work")))
		case i == diffWorkShown:
			a.printf("  %s\n", a.count("plandiff.more", len(rows)-diffWorkShown))
			return
		}
		a.printWorkChange(w)
	}
}

func (a *app) printWorkChange(w office.WorkChange) {
	key := "plandiff.row"
	if w.Had != w.HadBefore {
		key = "plandiff.row-had"
	}
	text, style := a.words.Say(key, problem.Params{
		"week": strconv.Itoa(w.Week.Number), "before": a.words.Hours(w.NeededBefore), "hadbefore": a.words.Hours(w.HadBefore),
		"needed": a.words.Hours(w.Needed), "had": a.words.Hours(w.Had),
	}), term.Style("")
	if w.Over > 0 {
		text, style = text+" "+a.words.Say("plan.load-over", problem.Params{"hours": a.words.Hours(w.Over)}), term.Bad
	}
	name := term.Fit(words.Inert(w.Name), 16)
	for _, line := range term.Wrap(text, max(20, a.screen.Width-20), 0) {
		a.printf("  %s %s\n", name, a.screen.Paint(style, line))
		name = term.Fit("", 16)
	}
}

// JSON shapes; docs/json.md is their reference.

type jsonDiff struct {
	Version int            `json:"version"`
	Now     time.Time      `json:"now"`
	Zone    string         `json:"zone"`
	Before  jsonSide       `json:"before"`
	After   jsonSide       `json:"after"`
	Summary string         `json:"summary"`
	Moved   jsonCount      `json:"moved"`
	New     jsonCount      `json:"new"`
	Removed jsonCount      `json:"removed"`
	Changes []jsonChange   `json:"changes"`
	Load    []jsonLoadDiff `json:"load"`
	Found   []jsonProblem  `json:"problems"`
}

// jsonSide is what is compared.
type jsonSide struct {
	Kind      string        `json:"kind"` // "agreed", "revision" or "office"
	File      string        `json:"file,omitempty"`
	Revision  string        `json:"revision,omitempty"`
	Commit    string        `json:"commit,omitempty"`
	Committed *time.Time    `json:"committed,omitempty"`
	Subject   string        `json:"subject,omitempty"`
	Skipped   []string      `json:"skipped,omitempty"`
	Found     []jsonProblem `json:"problems,omitempty"`
}

type jsonCount struct {
	Posts      int `json:"posts"`
	Placements int `json:"placements"`
}

type jsonChange struct {
	Kind     office.ChangeKind `json:"kind"`
	Key      string            `json:"key"`
	Platform string            `json:"platform"`
	From     *time.Time        `json:"from"`
	To       *time.Time        `json:"to"`
	State    office.State      `json:"state,omitempty"`
	Post     *jsonPost         `json:"post"`
	Cause    *jsonCause        `json:"cause"`
}

type jsonCause struct {
	Code     office.CauseCode `json:"code"`
	Sentence string           `json:"sentence"`
	Slots    []jsonReason     `json:"slots,omitempty"`
}

type jsonLoadDiff struct {
	Person string     `json:"person"` // "" is the team
	Week   civil.Week `json:"week"`
	Before jsonHours  `json:"before"`
	After  jsonHours  `json:"after"`
}

type jsonHours struct {
	Needed int `json:"needed_minutes"`
	Had    int `json:"had_minutes"`
}

func (a *app) diffJSON(o *office.Office, d *planDiff) jsonDiff {
	count := func(kind office.ChangeKind) jsonCount {
		posts, placements := d.Posts(kind)
		return jsonCount{posts, placements}
	}
	doc := jsonDiff{
		Version: 1, Now: o.Now.In(o.Zone.Location()), Zone: o.Zone.Name(), Before: jsonSide{Kind: "agreed", File: office.AgreedFile}, After: jsonSide{Kind: "office"},
		Moved: count(office.ChangeMoved), New: count(office.ChangeNew), Removed: count(office.ChangeRemoved),
		Changes: []jsonChange{}, Load: []jsonLoadDiff{}, Found: a.jsonProblems(append(append([]problem.Problem{}, o.Problems...), d.now.Problems...)),
	}
	doc.Summary, _ = a.summary(d.PlanDiff)
	side := func(r *revision.Revision, found []problem.Problem) jsonSide {
		at := r.At.In(o.Zone.Location())
		return jsonSide{"revision", "", r.Name, r.Hash, &at, r.Subject, r.Skipped, a.jsonProblems(found)}
	}
	if d.before != nil {
		doc.Before = side(d.before, d.then.Problems)
	}
	if d.after != nil {
		doc.After = side(d.after, nil) // its problems are those of the answer
	}
	instant := func(t time.Time) *time.Time {
		if t.IsZero() {
			return nil
		}
		return &t
	}
	for _, c := range d.Changes {
		j := jsonChange{
			Kind: c.Kind, Key: c.Key.String(), Platform: c.Key.Platform, From: instant(c.From), To: instant(c.To), State: c.State, Post: postJSON(c.Post),
		}
		if c.Cause.Code != "" {
			j.Cause = &jsonCause{c.Cause.Code, c.Cause.Word(a.words), reasonsJSON(c.Cause.Reasons)}
		}
		doc.Changes = append(doc.Changes, j)
	}
	for _, w := range d.Work {
		doc.Load = append(doc.Load, jsonLoadDiff{w.Person, w.Week, jsonHours{w.NeededBefore, w.HadBefore}, jsonHours{w.Needed, w.Had}})
	}
	return doc
}
