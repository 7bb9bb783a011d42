package cli

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"editorial/internal/config"
	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// todayShown is how many placements of today are named.
const todayShown = 6

// runState is the program without a command: how the office stands, and the
// one next useful command.
func (a *app) runState(ctx context.Context) error {
	o, err := a.loadQuietly(ctx)
	if err != nil {
		return a.configErrors(o, err)
	}
	p := o.Propose()
	if a.json {
		return a.printJSON(a.stateJSON(o, p))
	}
	a.printVerdict(o.Verdict(p))
	a.printFreezes(o, a.journal.freezes)
	if n := a.journal.person; n > 0 {
		a.printFlow("", a.screen.Paint(term.Bad, a.count("delivery.n-need-person", n)))
	} else if n := a.journal.notices; n > 0 {
		a.printFlow("", a.count("delivery.n-notices", n))
	}
	a.printf("\n%s\n", a.screen.Paint(term.Title, term.Cut(words.Inert(o.Config.Site.Title), a.screen.Width)))
	a.rows(a.stateRows(o, p))
	a.next(a.nextCommand(o, p))
	return nil
}

func noOffice(p problem.Problem) bool { return p.Code == config.CodeMissingFile }

// noOffice says how to begin, or where the office is of which this is a part.
func (a *app) noOffice() error {
	dir, err := filepath.Abs(a.dir)
	if err != nil {
		dir = a.dir
	}
	for up := filepath.Dir(dir); up != filepath.Dir(up); up = filepath.Dir(up) {
		if _, err := os.Stat(filepath.Join(up, config.FileName)); err != nil {
			continue
		}
		if _, err := os.Stat(filepath.Join(up, office.ContentDir)); err == nil {
			return a.usage("start.no-office-above", problem.Params{"dir": filepath.ToSlash(up), "command": "editorial -C " + shellWord(up)})
		}
	}
	return a.usage("start.no-office", problem.Params{"dir": filepath.ToSlash(dir)})
}

// row is a label and what stands behind it, a line or several.
type row struct {
	label string
	lines []string
	style term.Style
}

// rows prints labels in one column and what stands behind them in another, or
// below them where the screen is narrow.
func (a *app) rows(rows []row) {
	label := 0
	for _, r := range rows {
		label = max(label, term.Width(r.label))
	}
	narrow := a.screen.Width < label+40
	indent := 4 + label
	if narrow {
		indent = 4
	}
	for _, r := range rows {
		head := "  " + a.screen.Paint(term.Quiet, term.Fit(r.label, label)) + "  "
		if narrow {
			a.printf("  %s\n", a.screen.Paint(term.Quiet, r.label))
			head = strings.Repeat(" ", indent)
		}
		for _, line := range r.lines {
			for _, part := range term.Wrap(line, a.screen.Width-indent, 0) {
				a.printf("%s%s\n", head, a.screen.Paint(r.style, part))
				head = strings.Repeat(" ", indent)
			}
		}
	}
}

// stateRows says what a person who comes back to the office wants to know.
func (a *app) stateRows(o *office.Office, p *office.Proposal) []row {
	var rows []row
	add := func(key string, style term.Style, lines ...string) {
		if len(lines) > 0 {
			rows = append(rows, row{a.say("start." + key), lines, style})
		}
	}
	today, next := a.comingLines(o, p)
	add("today", "", today...)
	add("next-out", "", next)
	add("week", "", a.weekLine(o, p))
	add("work", "", a.workLines(o, p)...)
	add("posts-row", "", a.words.Say("cli.state-posts", problem.Params{"n": strconv.Itoa(len(o.Corpus.Posts)), "stages": o.Stages(a.words)}))
	if found, warnings := a.found(o, p); found+warnings > 0 {
		style := term.Caution
		if found > 0 {
			style = term.Bad
		}
		add("problems", style, a.words.Say("cli.state-problems", problem.Params{
			"errors": a.count("cli.errors", found), "warnings": a.count("cli.warnings", warnings),
		}))
	}
	if n := p.Changes().New; n > 0 {
		add("to-agree", "", a.count("start.agree-line", n))
	}
	return rows
}

// comingLines are the placements of today, and the next after it.
func (a *app) comingLines(o *office.Office, p *office.Proposal) (today []string, next string) {
	next = a.say("start.nothing")
	day := o.Zone.Date(o.Now)
	n := 0
	for _, x := range p.Placements {
		local := o.Zone.DateTime(x.At)
		mark, _ := markOf(x)
		what := local.Clock.String() + " " + mark + pinOf(x) + " " + x.Platform + " " + titleOf(x)
		if local.Date == day {
			if x.State == office.StateDue || x.State == office.StateHeld {
				what += " (" + a.say("plan.state-"+string(x.State)) + ")"
			}
			if n++; n <= todayShown {
				today = append(today, what)
			}
		} else if x.At.After(o.Now) {
			next = a.words.ShortDate(local.Date) + " " + what
			break
		}
	}
	if n > todayShown {
		today = append(today, a.count("start.more", n-todayShown))
	}
	return today, next
}

// weekLine says what is to come until Sunday.
func (a *app) weekLine(o *office.Office, p *office.Proposal) string {
	coming, gaps := thisWeek(o, p)
	return a.count("start.week-line", coming) + ", " + a.count("start.week-gaps", gaps)
}

// thisWeek counts what is to come until Sunday, and the free slots.
func thisWeek(o *office.Office, p *office.Proposal) (coming, gaps int) {
	for _, x := range p.Placements {
		if !x.At.Before(o.Now) && civil.WeekOf(o.Zone.Date(x.At)) == p.First {
			coming++
		}
	}
	for _, g := range p.Gaps {
		if civil.WeekOf(o.Zone.Date(g.At)) == p.First {
			gaps++
		}
	}
	return coming, gaps
}

// workLines say who owes how much by the end of the week.
func (a *app) workLines(o *office.Office, p *office.Proposal) []string {
	var lines []string
	for _, l := range p.Load {
		if l.Week != p.First || l.Person == "" || l.Needed == 0 {
			continue
		}
		line := a.words.Say("start.work-line", problem.Params{
			"person": o.PersonName(l.Person), "needed": a.words.Hours(l.Needed), "had": a.words.Hours(l.Had),
		})
		lines = append(lines, line+a.overNote(l.Over()))
	}
	return lines
}

// found counts errors and warnings of the posts, the strategy and the calendar.
func (a *app) found(o *office.Office, p *office.Proposal) (found, warnings int) {
	for _, ps := range [][]problem.Problem{o.Problems, p.Problems} {
		for _, x := range ps {
			switch x.Severity {
			case problem.Error:
				found++
			case problem.Warning:
				warnings++
			}
		}
	}
	return found, warnings
}

// nextCommand is the one that helps most now.
func (a *app) nextCommand(o *office.Office, p *office.Proposal) string {
	found, warnings := a.found(o, p)
	held := slices.IndexFunc(p.Placements, func(x office.Placement) bool { return x.State == office.StateHeld && x.Post != nil })
	switch {
	case found > 0:
		return a.command("check")
	case a.journal.person > 0 || a.journal.notices > 0:
		return a.command("status")
	case len(o.Corpus.Posts) == 0:
		return a.command("new") + " " + a.say("start.new-title")
	case held >= 0:
		return a.command("why", cmp.Or(p.Placements[held].Post.Slug, p.Placements[held].Post.Path))
	case p.Changes().Any():
		return a.command("plan")
	case warnings > 0:
		return a.command("check")
	}
	return a.command("build")
}
