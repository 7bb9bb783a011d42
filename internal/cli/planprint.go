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
	a.printFreezes(o, a.journal.freezes)
	a.printBound(p)
	a.printOutside(v)
	switch v.name {
	case viewMonth:
		a.printMonth(o, v)
	case viewQuarter:
		a.printQuarter(o, v)
	case viewPerson:
		a.printPeople(o, v)
	case viewBoard:
		a.printBoard(o, v)
	default:
		for _, week := range v.weeks() {
			a.printWeek(o, v, week)
		}
	}
	a.printLegend(o, v)
	a.printAfter(o, v)
	a.next(o.Next(p))
}

// printAfter says what concerns the plan as a whole, in the views that have
// room for it.
func (a *app) printAfter(o *office.Office, v *planView) {
	switch v.name {
	case viewWeek:
		a.printGapsAndClashes(o, v)
		if v.person != "" {
			return // theirs stands above
		}
		a.printLeft(o, v.proposal)
		a.printChanges(o, v.proposal, "plan.changes")
	case viewMonth:
		a.printMarks(v.platforms(o), marksOfPlatforms(v.platforms(o)))
		a.printOverloaded(o, v)
		a.printGapsAndClashes(o, v)
	case viewQuarter:
		a.printOverloaded(o, v)
	}
}

// printOutside says that weeks shown lie outside the plan, where they do: an
// empty week there is not a free one.
func (a *app) printOutside(v *planView) {
	p := v.proposal
	if v.name == viewBoard || v.name == viewMonth && v.holds(p.First.Monday()) && v.last.Monday().Compare(p.Last.Monday()) <= 0 {
		return // the weeks of the present month that are over are no surprise
	}
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
	clashes := v.proposal.Clashes()
	var counts [][]piece
	if v.person == "" { // free slots are nobody's
		counts = append(counts, []piece{{"", a.count("plan.free-slots", len(v.gaps(o)))}})
	}
	if len(clashes) > 0 {
		counts = append(counts, []piece{{term.Caution, a.count("plan.clashes", len(clashes))}})
	}
	if len(counts) > 0 {
		a.printf("\n")
		a.printItems("", " · ", counts)
	}
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
