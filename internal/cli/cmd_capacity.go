package cli

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"editorial/internal/office"
	"editorial/pkg/calendar/change"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

type capacityOptions struct {
	weeks   int
	person  string
	whatIf  []string
	without []string
}

// maxWeeks is the longest horizon, as that of plan.weeks.
const maxWeeks = 104

func (a *app) newCapacity() *cobra.Command {
	var opts capacityOptions
	cmd := &cobra.Command{
		Use:   "capacity",
		Short: a.say("capacity.short"),
		Long:  a.say("capacity.long"),
		Example: "  editorial capacity\n  editorial capacity --weeks 4 --person awa\n" +
			"  editorial capacity --what-if \"blog=1/week\" --what-if \"person.awa=8h\"\n  editorial capacity --without youtube",
		Args: a.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runCapacity(cmd, opts) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.IntVar(&opts.weeks, "weeks", 0, a.say("capacity.flag-weeks"))
	flags.StringVar(&opts.person, "person", "", a.say("capacity.flag-person"))
	flags.StringArrayVar(&opts.whatIf, "what-if", nil, a.say("capacity.flag-what-if"))
	flags.StringArrayVar(&opts.without, "without", nil, a.say("capacity.flag-without"))
	a.jsonFlag(cmd)
	a.complete(cmd, "without", (*office.Office).PlatformNames)
	a.complete(cmd, "person", personNames)
	a.complete(cmd, "what-if", whatIfNames)
	return cmd
}

// whatIfNames are what an expression may begin with.
func whatIfNames(o *office.Office) []string {
	var names []string
	for _, name := range o.PlatformNames() {
		names = append(names, name+"=")
	}
	for _, id := range personNames(o) {
		names = append(names, "person."+id+"=")
	}
	return names
}

func (a *app) runCapacity(cmd *cobra.Command, opts capacityOptions) error {
	if given := cmd.Flags().Changed("weeks"); given && (opts.weeks < 1 || opts.weeks > maxWeeks) {
		return a.usage("capacity.bad-weeks", nil)
	}
	o, err := a.load(cmd.Context())
	if err != nil {
		return err
	}
	query := office.CapacityQuery{Weeks: opts.weeks}
	if query.Person, err = a.personNamed(o, opts.person); err != nil {
		return err
	}
	if query.WhatIf, err = a.whatIfs(o, opts); err != nil {
		return err
	}
	c, scenarios := o.Capacity(query)
	if a.json {
		return a.printJSON(a.capacityJSON(o, c, scenarios))
	}
	a.printCapacity(o, c, scenarios)
	return nil
}

// unknownName words a name that is not there.
func (a *app) unknownName(what, name, near string, known []string) error {
	p := problem.Params{"name": name, "near": near, "known": list(known)}
	switch {
	case what == "person" && len(known) == 0:
		return a.usage("capacity.no-people", p)
	case near != "":
		return a.usage("capacity.unknown-"+what+"-near", p)
	}
	return a.usage("capacity.unknown-"+what, p)
}

// whatIfs reads what somebody wonders about, in the order of the columns.
func (a *app) whatIfs(o *office.Office, opts capacityOptions) ([]office.WhatIf, error) {
	names := change.Names{Platforms: o.PlatformNames(), People: personNames(o)}
	var all []office.WhatIf
	for _, text := range opts.whatIf {
		changes, err := change.Parse(text, names)
		if err != nil {
			return nil, a.whatIfError(err)
		}
		all = append(all, office.WhatIf{Name: strings.TrimSpace(text), Changes: changes})
	}
	for _, text := range opts.without {
		what := office.WhatIf{Name: "−" + strings.Join(strings.Fields(text), "")}
		for name := range strings.SplitSeq(text, ",") {
			name = strings.TrimSpace(name)
			if !slices.Contains(names.Platforms, name) {
				return nil, a.unknownName("platform", name, problem.Nearest(name, names.Platforms), names.Platforms)
			}
			what.Changes = append(what.Changes, change.Change{Kind: change.Without, Platform: name})
		}
		all = append(all, what)
	}
	return all, nil
}

// whatIfError words an expression that cannot be read.
func (a *app) whatIfError(err error) error {
	var wrong *change.ParseError
	if !errors.As(err, &wrong) {
		return err
	}
	switch wrong.Reason {
	case change.NoPlatform, change.NoPerson:
		return a.unknownName(string(wrong.Reason), wrong.Text, wrong.Near, wrong.Known)
	}
	return a.usage("capacity.bad-"+string(wrong.Reason), problem.Params{"value": wrong.Text})
}

// JSON shapes; docs/json.md is their reference.

type jsonCapacity struct {
	Version   int            `json:"version"`
	Now       time.Time      `json:"now"`
	Zone      string         `json:"zone"`
	First     civil.Week     `json:"first_week"`
	Last      civil.Week     `json:"last_week"`
	End       civil.Week     `json:"end_week"`
	Person    string         `json:"person"`
	Verdict   string         `json:"verdict"`
	Sentence  string         `json:"sentence"`
	Present   jsonScenario   `json:"present"`
	Weeks     []jsonDemand   `json:"weeks"`
	Worth     int            `json:"worth"`
	Plans     int            `json:"plans"`
	Fixes     []jsonFix      `json:"fixes"`
	Mends     bool           `json:"mends"`
	Missing   []jsonMissing  `json:"missing"`
	Usual     []jsonUsual    `json:"usual"`
	Reserve   int            `json:"reserve_per_mille"`
	Reserved  int            `json:"reserve_minutes"`
	Scenarios []jsonScenario `json:"scenarios"`
	Problems  []jsonProblem  `json:"problems"`
}

type jsonDemand struct {
	Person string     `json:"person"` // "" is the team
	Week   civil.Week `json:"week"`
	Needed int        `json:"needed_minutes"`
	Had    int        `json:"had_minutes"`
	Short  int        `json:"short_minutes"`
	Spare  int        `json:"spare_minutes"`
}

type jsonFix struct {
	Changes  []change.Change `json:"changes"`
	Sentence string          `json:"sentence"`
	Saves    int             `json:"saves_minutes"`
	Left     int             `json:"left_minutes"`
	Loss     int             `json:"loss"`
}

type jsonMissing struct {
	Person  string     `json:"person"` // "" is anybody
	Week    civil.Week `json:"week"`
	Minutes int        `json:"minutes"`
}

type jsonUsual struct {
	Platform string `json:"platform"`
	Own      int    `json:"own_minutes"`
	Version  int    `json:"version_minutes"`
	Derived  bool   `json:"derived"`
}

type jsonScenario struct {
	Name      string          `json:"name"`
	Changes   []change.Change `json:"changes"`
	Value     int             `json:"value"`
	Placed    int             `json:"placed"`
	Left      int             `json:"left"`
	Unslotted int             `json:"unslotted"`
	Short     int             `json:"short_minutes"`
	Worst     *civil.Week     `json:"worst_week"` // null: nothing is missing
	WorstBy   int             `json:"worst_minutes"`
	Runway    []jsonFilled    `json:"runway"`
}

type jsonFilled struct {
	Platform string     `json:"platform"`
	Weeks    int        `json:"weeks"`
	Empty    *time.Time `json:"first_empty"` // null: none until the end
}

func (a *app) capacityJSON(o *office.Office, c office.Capacity, scenarios []office.Scenario) jsonCapacity {
	doc := jsonCapacity{
		Version: 1, Now: o.Now.In(o.Zone.Location()), Zone: o.Zone.Name(), First: c.First, Last: c.Last, End: c.End, Person: c.Person,
		Verdict: c.Verdict, Sentence: o.SayCapacity(a.words, c), Present: scenarioJSON(c.Present),
		Weeks: []jsonDemand{}, Fixes: []jsonFix{}, Mends: c.Mends, Worth: c.Worth, Plans: c.Plans, Missing: []jsonMissing{}, Usual: []jsonUsual{},
		Reserve: c.Reserve, Reserved: c.Reserved, Scenarios: []jsonScenario{}, Problems: a.jsonProblems(o.Problems),
	}
	for _, h := range c.Weeks {
		doc.Weeks = append(doc.Weeks, jsonDemand(h))
	}
	for _, f := range c.Fixes {
		doc.Fixes = append(doc.Fixes, jsonFix{f.Changes, o.SayFix(a.words, f), f.Saves, f.Left, f.Loss})
	}
	for _, m := range c.Missing {
		doc.Missing = append(doc.Missing, jsonMissing(m))
	}
	for _, u := range c.Usual {
		doc.Usual = append(doc.Usual, jsonUsual(u))
	}
	for _, s := range scenarios {
		doc.Scenarios = append(doc.Scenarios, scenarioJSON(s))
	}
	return doc
}

func scenarioJSON(s office.Scenario) jsonScenario {
	j := jsonScenario{
		Name: s.Name, Changes: append([]change.Change{}, s.Changes...), Value: s.Value, Placed: s.Placed, Left: s.Left,
		Unslotted: s.Unslotted, Short: s.Short, WorstBy: s.WorstShort, Runway: []jsonFilled{},
	}
	if s.Short > 0 {
		j.Worst = &s.Worst
	}
	for _, r := range s.Runways {
		run := jsonFilled{Platform: r.Platform, Weeks: r.Weeks}
		if !r.Empty.IsZero() {
			run.Empty = &r.Empty
		}
		j.Runway = append(j.Runway, run)
	}
	return j
}
