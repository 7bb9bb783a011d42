package cli

import (
	"slices"
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/term"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// taskWidth is the least width at which a task stands on one line.
const taskWidth = 76

// nobody is who has the tasks of no one of the office's people.
const nobody = ""

// section is what one person has to do in the weeks shown.
type section struct {
	person string
	tasks  []office.Task
	// later are those that are due after the weeks shown.
	later int
	// left are those posts of the person that have no place anywhere.
	left []office.Left
}

// minutes are left to do in a section.
func (s section) minutes() int {
	sum := 0
	for _, t := range s.tasks {
		sum += t.Minutes
	}
	return sum
}

// sections are those of the people shown, in the order of config.toml; what is
// nobody's comes last.
func (a *app) sections(o *office.Office, v *planView) []section {
	ids := personNames(o)
	if v.person != "" {
		ids = []string{v.person}
	} else {
		ids = append(ids, nobody)
	}
	all := make([]section, len(ids))
	for i, id := range ids {
		all[i].person = id
	}
	for _, t := range o.Tasks(v.proposal) {
		i := slices.Index(ids, t.Person)
		switch {
		case i < 0 || v.platform != "" && t.Placement.Platform != v.platform:
		case v.holds(v.dueDay(o, t.Placement)):
			all[i].tasks = append(all[i].tasks, t)
		case v.last.Monday().AddDays(6).Before(v.dueDay(o, t.Placement)):
			all[i].later++
		}
	}
	for _, l := range v.proposal.Left {
		if l.Post == nil || v.platform != "" && l.Key.Platform != v.platform {
			continue
		}
		if i := slices.Index(ids, l.Post.Assignee); i >= 0 {
			all[i].left = append(all[i].left, l)
		}
	}
	return slices.DeleteFunc(all, func(s section) bool {
		return s.person == nobody && len(s.tasks)+s.later+len(s.left) == 0
	})
}

// printPeople prints what each person has to do, by when.
func (a *app) printPeople(o *office.Office, v *planView) {
	a.printf("\n")
	a.printWrapped(term.Quiet, a.words.Say("views.person-title", problem.Params{"days": a.words.Days(v.first.Monday(), v.last.Monday().AddDays(6))}))
	for _, s := range a.sections(o, v) {
		a.printSection(o, v, s)
	}
}

func (a *app) printSection(o *office.Office, v *planView, s section) {
	a.printf("\n")
	a.printWrapped(term.Title, a.sectionName(o, s)+" · "+a.sectionWord(s))
	for _, week := range v.weeks() {
		a.printTaskWeek(o, v, s, week)
	}
	if s.later > 0 {
		a.printHanging("  ", a.words.Say("views.later", problem.Params{"n": strconv.Itoa(s.later), "last": a.words.Date(v.proposal.Last.Monday().AddDays(6))}))
	}
	if len(s.left) > 0 {
		a.printHanging("  ", a.words.Say("views.without-place", problem.Params{"titles": a.leftTitles(s.left)}))
	}
}

// sectionName is whose a section is.
func (a *app) sectionName(o *office.Office, s section) string {
	if s.person == nobody {
		return a.say("views.nobody")
	}
	return words.Inert(o.PersonName(s.person))
}

// sectionWord says in a line what is to be done in a section.
func (a *app) sectionWord(s section) string {
	ready := 0
	for _, t := range s.tasks {
		if done(t) {
			ready++
		}
	}
	text := a.count("views.to-do", len(s.tasks)-ready)
	if n := s.minutes(); n > 0 {
		text += ", " + a.words.Hours(n)
	}
	if ready > 0 {
		text += " · " + a.count("views.ready", ready)
	}
	return text
}

// leftTitles names what has no place, and where.
func (a *app) leftTitles(left []office.Left) string {
	var all []string
	for i, l := range left {
		if i == leftShown {
			all = append(all, a.count("move.more", len(left)-leftShown))
			break
		}
		all = append(all, a.words.Say("why.title", problem.Params{"title": titleOf(office.Placement{Key: l.Key, Post: l.Post})})+" ("+l.Key.Platform+")")
	}
	return strings.Join(all, ", ")
}

// printTaskWeek prints a week of a person, if there is anything in it.
func (a *app) printTaskWeek(o *office.Office, v *planView, s section, week civil.Week) {
	var tasks []office.Task
	for _, t := range s.tasks {
		if civil.WeekOf(v.dueDay(o, t.Placement)) == week {
			tasks = append(tasks, t)
		}
	}
	w, known := v.proposal.WorkIn(s.person, week)
	known = known && s.person != nobody && a.hasLoad(v)
	if len(tasks) == 0 && (!known || w.Due == 0 && w.Had == 0) {
		return
	}
	head := 0
	for _, week := range v.weeks() {
		head = max(head, term.Width(a.weekHead(week)))
	}
	line := []piece{{"", "  "}, {term.Quiet, a.weekHead(week)}}
	if known {
		style, bar := workStyle(v.proposal, w, week), 8
		if a.screen.Width < narrow {
			bar = 4
		}
		line = append(line, piece{"", strings.Repeat(" ", head-term.Width(a.weekHead(week))+1)}, piece{style, term.Bar(w.Due, w.Had, bar)},
			piece{"", " " + a.words.Say("plan.load", problem.Params{"needed": a.words.Hours(w.Due), "had": a.words.Hours(w.Had)})})
		note := piece{style, a.workNote(w)}
		if note.text != "" && widthOf(line)+1+widthOf([]piece{note}) <= a.screen.Width {
			line = append(line, piece{"", " "}, note)
		} else if note.text != "" {
			a.printf("%s\n", a.paintAll(line))
			line = []piece{{"", "    "}, {style, term.Cut(note.text, a.screen.Width-4)}}
		}
	}
	a.printf("%s\n", a.paintAll(line))
	for _, t := range tasks {
		a.printTask(o, v, s, t)
	}
}

// workNote says what is too much in a week.
func (a *app) workNote(w office.WeekWork) string {
	switch {
	case w.Over > 0:
		return a.words.Say("plan.load-over", problem.Params{"hours": a.words.Hours(w.Over)})
	case w.Due > w.Had:
		return a.words.Say("views.ahead", problem.Params{"hours": a.words.Hours(w.Due - w.Had)})
	}
	return ""
}

// done reports whether nothing is left to do but to wait.
func done(t office.Task) bool {
	p := t.Placement.Post
	return t.Minutes == 0 && t.Placement.State != office.StateDue && p != nil && (p.Stage == content.Ready || p.Stage == content.Published)
}

// leftWord says what is left of a task: hours, that it is ready, or that nobody
// knows.
func (a *app) leftWord(t office.Task) string {
	switch {
	case t.Minutes > 0:
		return a.words.Hours(t.Minutes)
	case t.Placement.State == office.StateDue:
		return a.say("views.to-post")
	case done(t):
		return a.say("stage.ready")
	}
	return "–"
}

// outWord says when a placement goes out: "Thu 22 Oct 10:00".
func (a *app) outWord(o *office.Office, x office.Placement) string {
	at := o.Zone.DateTime(x.At)
	return a.words.ShortDate(at.Date) + " " + at.Clock.String()
}

func (a *app) printTask(o *office.Office, v *planView, s section, t office.Task) {
	mark, style := markOf(t.Placement)
	mark += pinOf(t.Placement)
	due := o.Zone.Date(t.Due)
	dueStyle := term.Style("")
	if due.Before(o.Zone.Date(o.Now)) && !done(t) {
		dueStyle = term.Bad
	}
	out, title := "→ "+a.outWord(o, t.Placement), titleOf(t.Placement)
	if a.screen.Width < taskWidth {
		a.printf("  %s  %s\n", a.screen.Paint(dueStyle, a.words.ShortDate(due)), a.leftWord(t))
		a.printf("    %s %s\n", a.screen.Paint(style, mark), term.Cut(t.Placement.Platform+" "+out, a.screen.Width-5-len(mark)))
		a.printf("    %s\n", term.Cut(title, a.screen.Width-4))
		return
	}
	dates, left, outs, label := 0, 0, 0, 0
	for _, x := range s.tasks {
		dates = max(dates, term.Width(a.words.ShortDate(o.Zone.Date(x.Due))))
		left = max(left, term.Width(a.leftWord(x)))
		outs = max(outs, term.Width("→ "+a.outWord(o, x.Placement)))
		label = max(label, term.Width(x.Placement.Platform))
	}
	label = min(label, 12)
	a.printf("    %s  %s  %s%s %s  %s\n", a.screen.Paint(dueStyle, term.Fit(a.words.ShortDate(due), dates)), term.Fit(a.leftWord(t), left),
		a.screen.Paint(style, term.Fit(mark, 2)), term.Fit(t.Placement.Platform, label), term.Fit(out, outs),
		term.Cut(title, a.screen.Width-dates-left-label-outs-13))
}
