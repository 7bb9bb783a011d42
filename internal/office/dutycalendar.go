package office

import (
	"slices"
	"strings"
	"time"

	"editorial/pkg/calendar/ical"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// CalendarFilter says what a calendar holds.
type CalendarFilter struct {
	// Person is the id of whose work it holds alone; "" is that of all, and
	// with it what goes out.
	Person string
	// Shows says whether it holds what a platform has on a day: the day on
	// which work is due, or something goes out.
	Shows func(platform string, day civil.Date) bool
}

// Calendar is a proposal as iCalendar: the work that a person owes, or what
// goes out and the work of all.
func (o *Office) Calendar(w *words.Words, p *Proposal, only CalendarFilter) []byte {
	duties := slices.DeleteFunc(o.Duties(p), func(d Duty) bool { return !only.Shows(d.Key.Platform, o.Zone.Date(d.Due)) })
	c := o.dutyCalendar(w, duties, only.Person)
	if only.Person == "" {
		for _, x := range o.since(p, calendarDays) {
			if x.Post != nil && only.Shows(x.Platform, o.Zone.Date(x.At)) {
				x.Post = o.asItStands(x.Post)
				c.Events = append(c.Events, o.event(x))
			}
		}
	}
	return c.Encode()
}

// dutyCalendar holds the work of a person, or, for "", of all.
func (o *Office) dutyCalendar(w *words.Words, duties []Duty, person string) ical.Calendar {
	c := ical.Calendar{Name: o.PersonName(person), Zone: o.Zone}
	if person == "" {
		c.Name = o.Config.Site.Title
	}
	for _, d := range duties {
		if d.Post != nil && (person == "" || d.Person == person) {
			c.Todos = append(c.Todos, o.todo(w, d, person == ""))
		}
	}
	return c
}

// todo is a piece of work as a program shows it that keeps to-dos. Where a
// calendar holds the work of several people it says whose it is.
func (o *Office) todo(w *words.Words, d Duty, named bool) ical.Todo {
	platform, out := d.Key.Platform, o.Zone.DateTime(d.At)
	t := ical.Todo{
		UID: dutyUID(d), Due: o.moment(d.Due), Summary: platform + ": " + TitleOf(Placement{Key: d.Key, Post: d.Post}),
		Categories: append(slices.Clone(d.Post.Tags), platform), Priority: dutyPriority(d.Post.Priority),
		Estimate: time.Duration(d.Minutes) * time.Minute, Done: d.Done, Modified: o.modified(d.Post),
		Begun: d.Logged > 0 || d.Post.Stage == content.Draft || d.Post.Stage == content.Review,
	}
	if d.Logged > 0 {
		t.Percent = 100 * d.Logged / (d.Logged + d.Minutes)
	}
	if named && d.Person != "" {
		t.Summary += " (" + o.PersonName(d.Person) + ")"
	}
	lines := []string{w.Say("duty.goes-out", problem.Params{
		"platform": platform, "date": w.LongDate(out.Date), "time": out.Clock.String(), "stage": w.Say("stage."+string(d.Post.Stage), nil),
	})}
	if d.Minutes > 0 {
		lines = append(lines, w.Say("duty.left", problem.Params{"hours": w.Hours(d.Minutes)}))
	}
	if d.Post.Summary != "" {
		lines = append(lines, "", d.Post.Summary)
	}
	t.Description = strings.Join(lines, "\n")
	return t
}

// dutyUID follows from the post where the work on it is meant, whichever of its
// placements comes first, else from the placement; and, where it is not the
// assignee, from the person: two people may owe work on one placement.
func dutyUID(d Duty) string {
	kind, key := "due", d.Key.String()
	if d.Person != d.Post.Assignee {
		kind += ":" + d.Person
	}
	if d.Whole {
		key = d.Key.Post
	}
	return ical.UID(kind, key)
}

// dutyPriority turns 1 to 5, of which 5 is the most urgent, into 9 to 1, of
// which 1 is (RFC 5545, section 3.8.1.9).
func dutyPriority(p int) int {
	if p < 1 || p > 5 {
		return 0
	}
	return 11 - 2*p
}
