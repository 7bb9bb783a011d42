package office

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/civil"
)

// Task is what one person has to do for a placement to go out.
type Task struct {
	// Person is one of the office's people, or "": nobody of them.
	Person    string
	Placement Placement
	// Due is when the work must be done: some days before it goes out, as the
	// platform says.
	Due time.Time
	// Minutes are left to do; 0: nothing, or nothing is known of it.
	Minutes int
}

// Tasks lists what is to be done for every placement that is not out, by due
// date, platform, key and person: by its assignee, and by whoever owes hours.
// The work on a post itself stands with the first of its placements that is
// due, so that nothing counts twice and the tasks due by the end of a week add
// up to the Load of that week.
func (o *Office) Tasks(p *Proposal) []Task {
	owed := o.owedBy(p)
	var all []Task
	for _, x := range p.Placements {
		if x.State == StatePublished {
			continue
		}
		minutes := owed[x.Key]
		if minutes == nil {
			minutes = map[string]int{}
		}
		if x.Post != nil && o.isPerson(x.Post.Assignee) {
			minutes[x.Post.Assignee] += 0
		}
		if len(minutes) == 0 {
			minutes[""] = 0
		}
		for who, n := range minutes {
			all = append(all, Task{Person: who, Placement: x, Due: o.WorkDue(x), Minutes: n})
		}
	}
	slices.SortFunc(all, func(a, b Task) int {
		return cmp.Or(a.Due.Compare(b.Due), comparePlacements(a.Placement, b.Placement), strings.Compare(a.Person, b.Person))
	})
	return all
}

// WorkDue is when the work on a placement must be done: its platform's lead
// before it goes out, in days on the wall clock.
func (o *Office) WorkDue(x Placement) time.Time {
	return o.due(x.Platform, x.At)
}

// owedBy says, by placement, how many minutes each person still owes for it.
func (o *Office) owedBy(p *Proposal) map[calendar.Key]map[string]int {
	owed := map[calendar.Key]map[string]int{}
	for _, d := range o.owed(p, p.asPlanned()) {
		if owed[d.Key] == nil {
			owed[d.Key] = map[string]int{}
		}
		owed[d.Key][d.Person] += d.Minutes
	}
	return owed
}

// who is the name of a person of an Instance, "" for nobody of the office's.
func who(inst *calendar.Instance, person int) string {
	if person < 0 || person >= len(inst.People) {
		return ""
	}
	return inst.People[person]
}

func (o *Office) isPerson(id string) bool {
	for _, p := range o.Config.People {
		if p.ID == id {
			return true
		}
	}
	return false
}

// WeekWork is the work of one week alone.
type WeekWork struct {
	Person string // "" is the team
	// Due are the minutes that are due in the week, Had those that there are in
	// it from today on; what is overdue is due in the first week of the plan.
	Due, Had int
	// Over are the minutes that are too many by the end of the week, with all
	// that is due before: whoever is early with work has more later.
	Over int
}

// WorkIn returns the work of a person, or "" for the team, in a week; false
// where the plan knows of none.
func (p *Proposal) WorkIn(person string, week civil.Week) (WeekWork, bool) {
	before := week.Add(-1)
	w, ok := WeekWork{Person: person}, false
	for _, l := range p.Load {
		switch {
		case l.Person != person:
		case l.Week == week:
			w.Due, w.Had, ok = w.Due+l.Needed, w.Had+l.Had, true
			w.Over = l.Over()
		case l.Week == before:
			w.Due, w.Had = w.Due-l.Needed, w.Had-l.Had
		}
	}
	return w, ok
}

// Overloaded are those of the people who have too much by the end of a week.
func (p *Proposal) Overloaded(week civil.Week) []Work {
	var all []Work
	for _, l := range p.Load {
		if l.Week == week && l.Person != "" && l.Over() > 0 {
			all = append(all, l)
		}
	}
	return all
}
