package office

import (
	"maps"
	"slices"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/forecast"
	"editorial/pkg/civil"
)

// reckon finds the work that is left and the hours that there are, day by day.
func (v *viewer) reckon() {
	o, p := v.o, v.f.Proposal
	today := o.Zone.Date(o.Now)
	days := 7 * p.Instance.Weeks
	in := o.planInput(nil)
	for _, person := range in.People {
		w := forecast.Worker{Name: person.Name, Minutes: make([]int, days)}
		on := person.Days
		if len(on) == 0 {
			on = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
		}
		for d := range days {
			day := today.AddDays(d)
			away := slices.ContainsFunc(person.Absences, func(a calendar.Absence) bool {
				return !day.Before(a.From) && !a.To.Before(day)
			})
			if slices.Contains(on, day.Weekday()) && !away {
				w.Minutes[d] = person.Minutes / len(on) * (1000 - in.Reserve) / 1000
			}
		}
		for _, e := range person.Extra {
			// From its Monday on, or from today where that is past.
			if d := max(0, e.Week.Monday().DaysSince(today)); d < days && civil.WeekOf(today.AddDays(d)) == e.Week {
				w.Minutes[d] += e.Minutes
			}
		}
		v.workers = append(v.workers, w)
	}
	v.f.People = len(v.workers) > 0
	v.tasks = map[string]forecast.Task{}
	v.owed(p)
	v.done = forecast.Reckon(v.workers, slices.Collect(maps.Values(v.tasks)))
}

// owed gathers the work on each post that has a place: its own, and that of its
// versions, due at the first of them.
func (v *viewer) owed(p *Proposal) {
	inst := &p.Instance
	today := v.o.Zone.Date(v.o.Now)
	for _, s := range p.asPlanned() {
		if !s.at.After(v.o.Now) {
			continue
		}
		day := v.lastDay(v.due(s.key.Platform, s.at)).DaysSince(today)
		t, ok := v.tasks[s.key.Post]
		if !ok {
			t = forecast.Task{ID: s.key.Post, Due: day, Need: map[string]int{}}
			if s.post >= 0 && !s.done {
				for _, m := range inst.Posts[s.post].Need {
					t.Need[who(inst, m.Person)] += m.Minutes
				}
			}
		}
		t.Due = min(t.Due, day)
		for _, m := range s.owes {
			t.Need[who(inst, m.Person)] += m.Minutes
		}
		v.tasks[s.key.Post] = t
	}
}

// reckoned says of slots what effort and hours alone allow: no chance.
func (v *viewer) reckoned() {
	for i := range v.f.Slots {
		s := &v.f.Slots[i]
		count := map[Outlook]int{}
		for j := range s.Posts {
			v.outlook(&s.Posts[j], s.Due)
			count[s.Posts[j].Outlook]++
		}
		for j := range s.Others {
			s.Others[j].Outlook = OutlookUnknown
		}
		switch sure := count[OutlookReady]; {
		case len(s.Posts) == 0:
			s.Outlook = OutlookEmpty
		case sure >= s.Least:
			s.Outlook = OutlookReady
		case sure+count[OutlookEnough] >= s.Least:
			s.Outlook = OutlookEnough
		case sure+count[OutlookEnough]+count[OutlookUnknown] >= s.Least:
			s.Outlook = OutlookUnknown
		default:
			s.Outlook = OutlookLate
		}
	}
}

// outlook says of a post whether it is done by when it is due.
func (v *viewer) outlook(p *ForecastPost, due time.Time) {
	p.Outlook = OutlookUnknown
	switch v.stage(*p) {
	case forecast.Ready:
		p.Outlook = OutlookReady
		return
	case forecast.Gone:
		p.Outlook = OutlookLate
		return
	}
	t, ok := v.tasks[p.Key.Post]
	if !ok || !v.f.People || !v.planned(p) {
		return
	}
	today := v.o.Zone.Date(v.o.Now)
	day := v.done[t.ID]
	if day >= 0 {
		p.Done = today.AddDays(day)
	}
	p.Outlook = OutlookLate
	if minutes(t.Need) == 0 || day >= 0 && !v.lastDay(due).Before(p.Done) {
		p.Outlook = OutlookEnough
	}
}

// lastDay is the last day of work on what is due at an instant: the day before,
// if it is due in the morning.
func (v *viewer) lastDay(due time.Time) civil.Date { return v.o.Zone.Date(due.Add(-12 * time.Hour)) }

// planned reports whether anybody said what a post takes: nothing owed of
// nothing said is not known to be done.
func (v *viewer) planned(p *ForecastPost) bool {
	return p.Post != nil && len(v.o.effort(p.Post)) > 0 || minutes(v.tasks[p.Key.Post].Need) > 0
}

// startReckoned finds the last day to begin by people's hours, if nothing else
// takes them.
func (v *viewer) startReckoned(st *ForecastStart) {
	t, ok := v.tasks[st.Key.Post]
	if !ok || !v.f.People || !v.planned(&st.ForecastPost) {
		return
	}
	st.Outlook = OutlookEnough
	day, ok := forecast.Latest(v.workers, t)
	if ok {
		st.By = v.o.Zone.Date(v.o.Now).AddDays(day)
	}
	if st.Late = !ok; st.Late {
		st.Outlook = OutlookLate
	}
}
