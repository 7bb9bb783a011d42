package cli

import (
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/internal/table"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// printMarkdown prints what a view shows as tables that GitHub shows, in the
// language of the reader: the verdict, then a heading and a table for each week,
// month, person or stage.
func (a *app) printMarkdown(o *office.Office, v *planView) {
	a.printf("%s\n", table.Escape(o.Verdict(v.proposal).Word(a.words)))
	switch v.name {
	case viewMonth:
		a.part(a.titleOfWeeks(v), a.calendarTable(o, a.entries(o, v), true))
	case viewQuarter:
		a.part(a.words.Days(v.first.Monday(), v.last.Monday().AddDays(6)), a.quarterTable(o, v))
	case viewPerson:
		for _, s := range a.sections(o, v) {
			a.part(a.sectionName(o, s)+" · "+a.sectionWord(s), a.personTable(o, s))
		}
	case viewBoard:
		cards := v.cards(o)
		for _, stage := range office.BoardStages() {
			a.part(a.stageTitle(v, stage, cards[stage]), a.boardTable(o, cards[stage]))
		}
	default:
		a.weeksInMarkdown(o, v)
	}
}

// part prints a heading, and a table unless it is empty.
func (a *app) part(title string, t table.Table) {
	a.printf("\n## %s\n", table.Escape(title))
	if len(t.Rows) > 0 {
		a.printf("\n%s", t.Markdown())
	}
}

func (a *app) weeksInMarkdown(o *office.Office, v *planView) {
	all := a.entries(o, v)
	for _, week := range v.weeks() {
		var entries []entry
		for _, e := range all {
			if civil.WeekOf(o.Zone.Date(e.at)) == week {
				entries = append(entries, e)
			}
		}
		monday := week.Monday()
		a.part(a.words.Say("plan.week", problem.Params{"week": strconv.Itoa(week.Number), "days": a.words.Days(monday, monday.AddDays(6))}), a.calendarTable(o, entries, false))
		a.loadInMarkdown(o, v, week)
	}
}

// loadInMarkdown lists the work due by the end of a week.
func (a *app) loadInMarkdown(o *office.Office, v *planView, week civil.Week) {
	if !a.hasLoad(v) {
		return
	}
	first := true
	for _, l := range v.proposal.Load {
		if l.Week != week || l.Person == "" || l.Needed == 0 && l.Had == 0 || v.person != "" && v.person != l.Person {
			continue
		}
		if first {
			a.printf("\n%s\n\n", table.Escape(a.say("plan.load-title")))
			first = false
		}
		text := a.words.Say("views.load-item", problem.Params{"person": o.PersonName(l.Person), "needed": a.words.Hours(l.Needed), "had": a.words.Hours(l.Had)})
		a.printf("- %s\n", table.Escape(text+a.overNote(l.Over())))
	}
}

// heads words the heads of columns.
func (a *app) heads(names ...string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = a.say("views.head-" + name)
	}
	return all
}

// stateWord says how a placement stands: "= agreed".
func (a *app) stateWord(x office.Placement) string {
	mark, _ := markOf(x)
	return mark + pinOf(x) + " " + a.say("plan.state-"+string(x.State))
}

func (a *app) calendarTable(o *office.Office, entries []entry, weeks bool) table.Table {
	head := []string{"day", "time", "platform", "state", "title", "stage", "who", "due"}
	if weeks {
		head = append([]string{"week"}, head...)
	}
	t := table.Table{Head: a.heads(head...)}
	for _, e := range entries {
		at := o.Zone.DateTime(e.at)
		row := []string{a.words.ShortDate(at.Date), at.Clock.String(), e.platform}
		if weeks {
			row = append([]string{a.weekMark(civil.WeekOf(at.Date))}, row...)
		}
		if e.placed == nil {
			row = append(row, "· "+a.say("plan.free"), "", "", "", "")
		} else {
			row = append(row, a.stateWord(*e.placed), titleOf(*e.placed))
			row = append(row, a.workCells(o, *e.placed)...)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// workCells are the stage of a placement's post, whose it is, and when the work
// on it is due.
func (a *app) workCells(o *office.Office, x office.Placement) []string {
	cells := []string{"", "", ""}
	if x.Post != nil {
		cells[0], cells[1] = a.say("stage."+string(x.Post.Stage)), words.Inert(o.PersonName(x.Post.Assignee))
	}
	if x.State != office.StatePublished {
		cells[2] = a.words.ShortDate(o.Zone.Date(o.WorkDue(x)))
	}
	return cells
}

func (a *app) quarterTable(o *office.Office, v *planView) table.Table {
	q := a.quarterOf(o, v)
	t := table.Table{Head: append(a.heads("week"), q.names...)}
	load := a.hasLoad(v)
	if load {
		t.Head = append(t.Head, a.say("views.load-head"))
	}
	for _, week := range v.weeks() {
		row := []string{a.weekHead(week)}
		for _, name := range q.names {
			cell := ""
			for _, p := range strip(q.tallies[office.PlatformWeek{Platform: name, Week: week}], quarterStrip) {
				cell += p.text
			}
			row = append(row, cell)
		}
		if load {
			cell := ""
			if w, ok := v.proposal.WorkIn(v.person, week); ok {
				cell = strings.Join(append([]string{hoursOf(w)}, a.overWords(o, v, week)...), ", ")
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	runway := a.runwayWords(o, v, q)
	sum, weeks := []string{a.say("views.sum")}, []string{a.say("views.runway")}
	for _, name := range q.names {
		sum, weeks = append(sum, q.sumWord(name)), append(weeks, runway[name])
	}
	if load {
		sum, weeks = append(sum, ""), append(weeks, "")
	}
	t.Rows = append(t.Rows, sum, weeks)
	return t
}

func (a *app) personTable(o *office.Office, s section) table.Table {
	t := table.Table{Head: a.heads("due", "left", "platform", "state", "out", "title")}
	for _, task := range s.tasks {
		x := task.Placement
		t.Rows = append(t.Rows, []string{
			a.words.ShortDate(o.Zone.Date(task.Due)), a.leftWord(task), x.Platform, a.stateWord(x), a.outWord(o, x), titleOf(x),
		})
	}
	return t
}

func (a *app) boardTable(o *office.Office, cards []office.Card) table.Table {
	t := table.Table{Head: a.heads("priority", "title", "who", "left", "when")}
	for _, c := range cards {
		var names []string
		for _, who := range c.People {
			names = append(names, words.Inert(o.PersonName(who)))
		}
		left := ""
		if c.Minutes > 0 && c.Stage != content.Published {
			left = a.words.Hours(c.Minutes)
		}
		title, _ := cardTitle(c)
		when, _ := a.whenWord(o, c)
		t.Rows = append(t.Rows, []string{strconv.Itoa(c.Post.Priority), title, strings.Join(names, ", "), left, when})
	}
	return t
}
