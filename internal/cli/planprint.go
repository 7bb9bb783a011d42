package cli

import (
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// leftShown is how many left-out posts are named.
const leftShown = 8

func (a *app) printPlan(o *office.Office, v *planView) {
	p := v.proposal
	a.printVerdict(o.Verdict(p))
	for week := v.first; ; week = week.Add(1) {
		a.printWeek(o, v, week)
		if week == v.last {
			break
		}
	}
	a.printLegend(o, v)
	a.printGapsAndClashes(o, v)
	a.printLeft(o, p)
	if changes := p.Changes(); changes.Any() {
		a.printf("\n")
		a.printWrapped("", a.words.Say("plan.changes", problem.Params{
			"new": strconv.Itoa(changes.New), "moved": strconv.Itoa(changes.Moved), "removed": strconv.Itoa(changes.Removed),
		}))
	}
	a.next(o.Next(p))
}

// printWrapped prints a sentence on as many lines as it takes.
func (a *app) printWrapped(style term.Style, text string) {
	for _, line := range term.Wrap(text, a.screen.Width, 0) {
		a.printf("%s\n", a.screen.Paint(style, line))
	}
}

// printVerdict prints the first line of the answer.
func (a *app) printVerdict(v office.Verdict) {
	style := term.Caution
	switch v.Code {
	case office.VerdictFeasible:
		style = term.Good
	case office.VerdictOver:
		style = term.Bad
	}
	a.printWrapped(style, v.Word(a.words))
}

// printGapsAndClashes counts the free slots of what is shown, and names the
// clashes in what is fixed: everywhere, since a person must know of them.
func (a *app) printGapsAndClashes(o *office.Office, v *planView) {
	free := 0
	for _, g := range v.proposal.Gaps {
		if v.shows(o, g.Platform, g.At) {
			free++
		}
	}
	clashes := v.proposal.Problems
	line := a.count("plan.free-slots", free)
	if len(clashes) > 0 {
		count := a.count("plan.clashes", len(clashes))
		between := " · "
		if term.Width(line+between+count) > a.screen.Width {
			between = "\n"
		}
		line += between + a.screen.Paint(term.Caution, count)
	}
	a.printf("\n%s\n", line)
	for i, p := range clashes {
		if i == leftShown {
			a.printf("  %s\n", a.count("move.more", len(clashes)-leftShown))
			break
		}
		sentence, _ := a.words.Problem(p)
		a.printHanging("  ! ", sentence)
	}
}

func (a *app) printLeft(o *office.Office, p *office.Proposal) {
	if len(p.Left) == 0 {
		return
	}
	a.printf("\n%s\n", a.screen.Paint(term.Title, a.count("plan.left", len(p.Left))))
	for i, l := range p.Left {
		if i == leftShown {
			a.printf("  %s\n", a.count("plan.left-more", len(p.Left)-leftShown))
			break
		}
		title := l.Key.String()
		if l.Post != nil {
			title = l.Post.Title
		}
		a.printf("  %s %s\n", term.Fit(l.Key.Platform, 11), term.Cut(words.Inert(title), max(20, a.screen.Width-14)))
		a.printf("  %s %s\n", term.Fit("", 11), a.screen.Paint(term.Quiet, term.Cut(o.WhyLeft(a.words, p, l), max(20, a.screen.Width-14))))
	}
}

func list(names []string) string { return strings.Join(names, ", ") }
