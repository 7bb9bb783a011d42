package cli

import (
	"slices"
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/revision"
	"editorial/internal/term"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// Up to how many lines of each kind are printed.
const (
	diffShown     = 30
	diffWorkShown = 16
)

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
		text, style = text+a.overNote(w.Over), term.Bad
	}
	name := term.Fit(words.Inert(w.Name), 16)
	for _, line := range term.Wrap(text, max(20, a.screen.Width-20), 0) {
		a.printf("  %s %s\n", name, a.screen.Paint(style, line))
		name = term.Fit("", 16)
	}
}
