package cli

import (
	"time"

	"editorial/internal/office"
	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// JSON shapes of the views of "plan --json"; docs/json.md is their reference.

// jsonView is what a view adds to "plan --json": which it is, and what it sums
// up, that of the other views left out.
type jsonView struct {
	View    string         `json:"view"`
	Month   string         `json:"month,omitempty"`
	Person  string         `json:"person,omitempty"`
	Quarter *[]jsonTally   `json:"quarter,omitempty"`
	Runway  *[]jsonRunway  `json:"runway,omitempty"`
	People  *[]jsonSection `json:"people,omitempty"`
	Board   *[]jsonStage   `json:"board,omitempty"`
}

type jsonWork struct {
	Person  string `json:"person"` // "" is nobody of the office's
	Minutes int    `json:"minutes"`
}

type jsonTally struct {
	Week      civil.Week `json:"week"`
	Platform  string     `json:"platform"`
	Published int        `json:"published"`
	Due       int        `json:"due"`
	Held      int        `json:"held"`
	Agreed    int        `json:"agreed"`
	New       int        `json:"new"`
	Moved     int        `json:"moved"`
	Used      int        `json:"used"`
	Free      int        `json:"free"`
}

type jsonRunway struct {
	Platform string     `json:"platform"`
	Weeks    int        `json:"weeks"`
	Empty    *time.Time `json:"empty"`
}

type jsonSection struct {
	Person string     `json:"person"`
	Name   string     `json:"name"`
	Tasks  []jsonTask `json:"tasks"`
	Later  int        `json:"later"`
	Left   []string   `json:"left"`
}

type jsonTask struct {
	Key     string    `json:"key"`
	Due     time.Time `json:"due"`
	Minutes int       `json:"minutes"`
}

type jsonStage struct {
	Stage content.Stage `json:"stage"`
	Posts []jsonCard    `json:"posts"`
}

type jsonCard struct {
	*jsonPost
	Priority int        `json:"priority"`
	People   []string   `json:"people"`
	Minutes  int        `json:"minutes"`
	Due      *time.Time `json:"due"`
	Out      *time.Time `json:"out"`
	Next     string     `json:"next"`
	Left     bool       `json:"left"`
	Errors   bool       `json:"errors"`
}

// viewJSON is what a view adds.
func (a *app) viewJSON(o *office.Office, v *planView) jsonView {
	doc := jsonView{View: v.name, Person: v.person}
	if !v.month.IsZero() {
		doc.Month = v.month.String()[:len("2006-01")]
	}
	switch v.name {
	case viewQuarter:
		tallies, runway := a.quarterJSON(o, v)
		doc.Quarter, doc.Runway = &tallies, &runway
	case viewPerson:
		people := []jsonSection{}
		for _, s := range a.sections(o, v) {
			people = append(people, sectionJSON(o, s))
		}
		doc.People = &people
	case viewBoard:
		columns := []jsonStage{}
		cards := v.cards(o)
		for _, stage := range office.BoardStages() {
			column := jsonStage{stage, []jsonCard{}}
			for _, c := range cards[stage] {
				column.Posts = append(column.Posts, cardJSON(c))
			}
			columns = append(columns, column)
		}
		doc.Board = &columns
	}
	return doc
}

func (a *app) quarterJSON(o *office.Office, v *planView) (tallies []jsonTally, runway []jsonRunway) {
	q := a.quarterOf(o, v)
	tallies, runway = []jsonTally{}, []jsonRunway{}
	for _, week := range v.weeks() {
		for _, name := range q.names {
			t := q.tallies[office.PlatformWeek{Platform: name, Week: week}]
			tallies = append(tallies, jsonTally{week, name, t.Published, t.Due, t.Held, t.Agreed, t.New, t.Moved, t.Used, t.Free})
		}
	}
	for _, name := range q.names {
		if l, ok := o.Reach(v.proposal, name); ok {
			runway = append(runway, jsonRunway{name, l.Weeks, instant(l.Empty)})
		}
	}
	return tallies, runway
}

func sectionJSON(o *office.Office, s section) jsonSection {
	j := jsonSection{s.person, o.PersonName(s.person), []jsonTask{}, s.later, []string{}}
	for _, t := range s.tasks {
		j.Tasks = append(j.Tasks, jsonTask{t.Placement.Key.String(), t.Due, t.Minutes})
	}
	for _, l := range s.left {
		j.Left = append(j.Left, l.Key.String())
	}
	return j
}

func cardJSON(c office.Card) jsonCard {
	post := postJSON(c.Post)
	post.Stage = c.Stage
	j := jsonCard{post, c.Post.Priority, orEmpty(c.People), c.Minutes, instant(c.Due), instant(c.Out), "", c.Left, c.Post.HasErrors()}
	if c.Next != nil {
		j.Next = c.Next.Key.String()
	}
	return j
}

// plannedJSON is a placement with the work on it.
func (a *app) plannedJSON(o *office.Office, v *planView, x office.Placement) jsonPlacement {
	j := placementJSON(o, x)
	if x.Post != nil {
		j.Assignee = x.Post.Assignee
	}
	if x.State == office.StatePublished {
		return j
	}
	j.Due = instant(o.WorkDue(x))
	for _, t := range v.tasks[x.Key] {
		if t.Minutes > 0 {
			j.Work = append(j.Work, jsonWork{t.Person, t.Minutes})
		}
	}
	return j
}

// instant is an instant that may be none.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
