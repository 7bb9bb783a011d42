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

// changesShown is how many changes of the agreed calendar are named.
const changesShown = 8

func (a *app) printPlan(o *office.Office, v *planView) {
	p := v.proposal
	a.printVerdict(o.Verdict(p))
	a.printBound(p)
	a.printOutside(v)
	for week := v.first; ; week = week.Add(1) {
		a.printWeek(o, v, week)
		if week == v.last {
			break
		}
	}
	a.printLegend(o, v)
	a.printGapsAndClashes(o, v)
	a.printLeft(o, p)
	a.printChanges(o, p, "plan.changes")
	a.next(o.Next(p))
}

// printOutside says that weeks shown lie outside the plan, where they do: an
// empty week there is not a free one.
func (a *app) printOutside(v *planView) {
	p := v.proposal
	if v.first.Monday().Compare(p.First.Monday()) >= 0 && v.last.Monday().Compare(p.Last.Monday()) <= 0 {
		return
	}
	key := "plan.partly-outside"
	if v.last.Monday().Compare(p.First.Monday()) < 0 || v.first.Monday().Compare(p.Last.Monday()) > 0 {
		key = "plan.outside"
	}
	a.printf("\n")
	a.printWrapped(term.Caution, a.words.Say(key, problem.Params{"first": p.First.String(), "last": p.Last.String()}))
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

// printChanges says what a proposal changes in the agreed calendar: how much,
// and what it moves or takes out.
func (a *app) printChanges(o *office.Office, p *office.Proposal, key string) {
	changes := p.Changes()
	if !changes.Any() {
		return
	}
	a.printf("\n")
	a.printWrapped("", a.words.Say(key, problem.Params{
		"new": strconv.Itoa(changes.New), "moved": strconv.Itoa(changes.Moved), "removed": strconv.Itoa(changes.Removed),
	}))
	a.printShiftLines(o, p.Changed(), changesShown, "plan.gone")
}

func (a *app) printAgreement(g office.Agreement) {
	if !g.Changed && g.IDs == 0 {
		a.printWrapped("", a.words.Say("plan.agreed-same", problem.Params{"file": office.AgreedFile}))
		return
	}
	a.printWrapped("", a.words.Say("plan.agreed", problem.Params{"n": strconv.Itoa(g.Placements), "file": office.AgreedFile}))
	if g.IDs > 0 {
		a.printf("%s\n", a.count("plan.agreed-ids", g.IDs))
	}
}

// printGapsAndClashes counts the free slots of what is shown, and names the
// clashes in what is fixed, and what else a person must know of: everywhere.
func (a *app) printGapsAndClashes(o *office.Office, v *planView) {
	free := 0
	for _, g := range v.proposal.Gaps {
		if v.shows(o, g.Platform, g.At) {
			free++
		}
	}
	clashes := v.proposal.Clashes()
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
	a.printFindings(clashes)
	if others := v.proposal.Misdated(); len(others) > 0 {
		a.printf("\n%s\n", a.screen.Paint(term.Caution, a.count("plan.misdated", len(others))))
		a.printFindings(others)
	}
}

func (a *app) printFindings(all []problem.Problem) {
	for i, p := range all {
		if i == leftShown {
			a.printHanging("  ", a.count("move.more", len(all)-leftShown))
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
			a.printHanging("  ", a.count("plan.left-more", len(p.Left)-leftShown))
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
