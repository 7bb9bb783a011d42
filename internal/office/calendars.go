package office

import (
	"slices"
	"time"

	"editorial/pkg/calendar/ical"
	"editorial/pkg/civil"
	"editorial/pkg/content"
	"editorial/pkg/publish"
	"editorial/pkg/words"
)

// eventLength is how long a placement stands in a calendar program.
const eventLength = 30 * time.Minute

// calendarDays is how long before the first week of the plan a calendar begins:
// programs read the whole file again every hour.
const calendarDays = 366

// since returns the placements from some days before the first week of the plan
// on.
func (o *Office) since(p *Proposal, days int) []Placement {
	first := o.Zone.Instant(p.First.Monday().AddDays(-days).At(civil.Clock{}))
	i, _ := slices.BinarySearchFunc(p.Placements, first, func(x Placement, t time.Time) int { return x.At.Compare(t) })
	return p.Placements[i:]
}

// calendars makes the calendar files: for the team one a platform, with what
// is planned and what is agreed, and one a person, with the work to do; for
// everybody one of what is out.
func (o *Office) calendars(p *Proposal) []publish.File {
	var files []publish.File
	out := ical.Calendar{Name: o.Config.Site.Title, Zone: o.Zone}
	recent := o.since(p, calendarDays)
	on := map[string]int{} // placements by platform
	for _, x := range recent {
		on[x.Platform]++
	}
	for _, name := range o.PlatformNames() {
		c := ical.Calendar{Name: o.Config.Site.Title + " · " + name, Zone: o.Zone, Events: make([]ical.Event, 0, on[name])}
		for _, x := range recent {
			if x.Platform != name || x.Post == nil {
				continue
			}
			x.Post = o.asItStands(x.Post)
			e := o.event(x)
			c.Events = append(c.Events, e)
			if at, ok := o.out(x.Post); ok && x.State == StatePublished && at.Equal(x.At) {
				out.Events = append(out.Events, e)
			}
		}
		files = append(files, publish.File{Path: "calendars/platforms/" + publish.Slug(name) + ".ics", Private: true, Data: c.Encode()})
	}
	lang, _ := words.Parse(o.Config.Site.Lang)
	w, duties := words.New(lang), o.Duties(p)
	for _, person := range o.Config.People {
		files = append(files, publish.File{
			Path: "calendars/people/" + publish.Slug(person.ID) + ".ics", Private: true, Data: o.dutyCalendar(w, duties, person.ID).Encode(),
		})
	}
	return append(files, publish.File{Path: "calendar.ics", Data: out.Encode()})
}

func (o *Office) event(x Placement) ical.Event {
	e := ical.Event{
		UID: ical.UID("publish", x.Key.String()), Start: x.At, End: x.At.Add(eventLength),
		Summary: x.Platform + ": " + x.Post.Title, Description: x.Post.Summary, Categories: x.Post.Tags, Status: ical.Planned,
		Modified: o.modified(x.Post),
	}
	if x.State == StateAgreed || x.State == StatePublished || x.State == StateDue {
		e.Status = ical.Agreed
	}
	if at, ok := o.out(x.Post); ok {
		e.URL = o.entry(x.Post, at).URL
	}
	return e
}

// modified is when a post last changed, as far as it says: never the clock, so
// that the same office gives the same bytes. A date that is to come says when
// it goes out, and not when it was written.
func (o *Office) modified(p *content.Post) time.Time {
	switch {
	case !p.Updated.IsZero():
		return p.Updated.Instant
	case p.Date.Instant.After(o.Now):
		return time.Time{}
	}
	return p.Date.Instant
}
