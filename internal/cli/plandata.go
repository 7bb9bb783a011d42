package cli

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/internal/office"
	"editorial/internal/table"
	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// dataOf is what a view shows as a table for programs: names and words are the
// same in every language. docs/views.md lists the columns, which stay.
func (a *app) dataOf(o *office.Office, v *planView) table.Table {
	switch v.name {
	case viewQuarter:
		return a.quarterData(o, v)
	case viewPerson:
		return a.personData(o, v)
	case viewBoard:
		return a.boardData(o, v)
	}
	return a.calendarData(o, v)
}

// wall is an instant as the clock on the wall shows it: "2026-10-20 09:00"; ""
// for none.
func wall(o *office.Office, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	local := o.Zone.DateTime(t)
	return local.Date.String() + " " + local.Clock.String()
}

// exact is an instant with its offset; "" for none.
func exact(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// postCells are title, lang, stage and path of a post that may be gone.
func postCells(p *content.Post) (title, lang, stage, path string) {
	if p == nil {
		return "", "", "", ""
	}
	return p.Title, p.Lang, string(p.Stage), office.ContentDir + "/" + p.Path
}

// calendarData are the placements and the free slots of the weeks shown.
func (a *app) calendarData(o *office.Office, v *planView) table.Table {
	t := table.Table{Head: strings.Fields("week date time platform state pinned locked title lang stage assignee due minutes from path key at")}
	for _, e := range a.entries(o, v) {
		at := o.Zone.DateTime(e.at)
		row := []string{civil.WeekOf(at.Date).String(), at.Date.String(), at.Clock.String(), e.platform}
		if e.placed == nil {
			row = append(row, "free", "", "", "", "", "", "", "", "", "", "", "")
		} else {
			x := *e.placed
			title, lang, stage, path := postCells(x.Post)
			assignee, due := "", time.Time{}
			if x.Post != nil {
				assignee = x.Post.Assignee
			}
			if x.State != office.StatePublished {
				due = o.WorkDue(x)
			}
			row = append(row, string(x.State), strconv.FormatBool(x.Pinned), strconv.FormatBool(x.Locked), title, lang, stage, assignee,
				wall(o, due), strconv.Itoa(v.owed(x)), wall(o, x.From), path, x.Key.String())
		}
		t.Rows = append(t.Rows, append(row, exact(e.at)))
	}
	return t
}

// entry is a placement, or a free slot.
type entry struct {
	at       time.Time
	platform string
	placed   *office.Placement
}

// entries are what the calendar of a view holds, by instant.
func (a *app) entries(o *office.Office, v *planView) []entry {
	var all []entry
	placed := v.placements(o)
	for i, x := range placed {
		all = append(all, entry{x.At, x.Platform, &placed[i]})
	}
	for _, g := range v.gaps(o) {
		all = append(all, entry{g.At, g.Platform, nil})
	}
	slices.SortStableFunc(all, func(x, y entry) int {
		if c := x.at.Compare(y.at); c != 0 {
			return c
		}
		return strings.Compare(x.platform, y.platform)
	})
	return all
}

// quarterData are the numbers of each platform in each week.
func (a *app) quarterData(o *office.Office, v *planView) table.Table {
	t := table.Table{Head: strings.Fields("week monday platform published due held agreed new moved used free")}
	q := a.quarterOf(o, v)
	for _, week := range v.weeks() {
		for _, name := range q.names {
			n := q.tallies[office.PlatformWeek{Platform: name, Week: week}]
			row := []string{week.String(), week.Monday().String(), name}
			for _, count := range []int{n.Published, n.Due, n.Held, n.Agreed, n.New, n.Moved, n.Used, n.Free} {
				row = append(row, strconv.Itoa(count))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// personData are the tasks of the people shown.
func (a *app) personData(o *office.Office, v *planView) table.Table {
	t := table.Table{Head: strings.Fields("person name week due minutes platform state date time title lang stage path key at")}
	for _, s := range a.sections(o, v) {
		for _, task := range s.tasks {
			x := task.Placement
			at := o.Zone.DateTime(x.At)
			title, lang, stage, path := postCells(x.Post)
			t.Rows = append(t.Rows, []string{
				s.person, o.PersonName(s.person), civil.WeekOf(o.Zone.Date(task.Due)).String(), wall(o, task.Due), strconv.Itoa(task.Minutes),
				x.Platform, string(x.State), at.Date.String(), at.Clock.String(), title, lang, stage, path, x.Key.String(), exact(x.At),
			})
		}
	}
	return t
}

// boardData are the cards of the board.
func (a *app) boardData(o *office.Office, v *planView) table.Table {
	t := table.Table{Head: strings.Fields("stage priority title lang people minutes due platform next out left errors path id")}
	cards := v.cards(o)
	for _, stage := range office.BoardStages() {
		for _, c := range cards[stage] {
			platform, next := "", time.Time{}
			if c.Next != nil {
				platform, next = c.Next.Platform, c.Next.At
			}
			title, lang, _, path := postCells(c.Post)
			t.Rows = append(t.Rows, []string{
				string(c.Stage), strconv.Itoa(c.Post.Priority), title, lang, strings.Join(c.People, " "), strconv.Itoa(c.Minutes),
				wall(o, c.Due), platform, wall(o, next), wall(o, c.Out), strconv.FormatBool(c.Left), strconv.FormatBool(c.Post.HasErrors()),
				path, c.Post.ID,
			})
		}
	}
	return t
}
