package cli

import (
	"context"
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// runState is the program without a command: how the office stands, and the
// one next useful command.
func (a *app) runState(ctx context.Context) error {
	o, err := a.loadQuietly(ctx)
	if err != nil {
		return a.configErrors(o, err)
	}
	p := o.Propose()
	a.printVerdict(o.Verdict(p))
	a.printf("\n%s\n", a.screen.Paint(term.Title, words.Inert(o.Config.Site.Title)))
	a.printf("  %s\n", a.words.Say("cli.state-posts", problem.Params{"n": strconv.Itoa(len(o.Corpus.Posts)), "stages": a.stages(o)}))
	week := &planView{proposal: p, first: p.First, last: p.First}
	coming, gaps := 0, 0
	for _, x := range p.Placements {
		if week.shows(o, x.Platform, x.At) && !x.At.Before(o.Now) {
			coming++
		}
	}
	for _, g := range p.Gaps {
		if week.shows(o, g.Platform, g.At) {
			gaps++
		}
	}
	a.printf("  %s\n", a.words.Say("cli.state-week", problem.Params{"n": strconv.Itoa(coming), "gaps": strconv.Itoa(gaps)}))
	found, warnings := problem.Errors(o.Problems), 0
	for _, p := range o.Problems {
		if p.Severity == problem.Warning {
			warnings++
		}
	}
	if found+warnings > 0 {
		a.printf("  %s\n", a.words.Say("cli.state-problems", problem.Params{"errors": a.count("cli.errors", found), "warnings": a.count("cli.warnings", warnings)}))
	}
	changes := p.Changes()
	if changes.New > 0 {
		a.printf("  %s\n", a.count("cli.state-unagreed", changes.New))
	}
	switch {
	case found > 0:
		a.next("editorial check")
	case changes.Any():
		a.next("editorial plan")
	default:
		a.next("editorial build")
	}
	return nil
}

// stages words how many posts are in which stage.
func (a *app) stages(o *office.Office) string {
	n := map[content.Stage]int{}
	for _, p := range o.Corpus.Posts {
		n[p.Stage]++
	}
	var parts []string
	for _, s := range content.Stages() {
		if n[s] > 0 {
			parts = append(parts, strconv.Itoa(n[s])+" "+a.say("stage."+string(s)))
		}
	}
	return strings.Join(parts, ", ")
}
