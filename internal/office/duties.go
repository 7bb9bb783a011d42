package office

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// Duty is work that is due: on a post, in the first week in which one of its
// placements is due, or on its version for a platform.
type Duty struct {
	Key  calendar.Key
	Post *content.Post // nil: it is gone
	// Person is who owes it, "" where nobody of ours is named.
	Person string
	// Minutes are still owed; 0 where nobody said how much it takes, or it is
	// done.
	Minutes int
	// Logged are the minutes that are done of it.
	Logged int
	// Due is when it must be ready, At when it goes out.
	Due, At time.Time
	// Whole says that the work on the post itself is in it, which goes with the
	// first of its placements that is due.
	Whole bool
	// Done says that nothing is left to do before it goes out.
	Done bool
}

// standing is something of a plan that stands at an instant.
type standing struct {
	key  calendar.Key
	post int // in Instance.Posts, or -1
	owes []calendar.Minutes
	// done says that the post itself owes nothing any more.
	done bool
	at   time.Time
}

// asPlanned is what stands where the proposal has it.
func (p *Proposal) asPlanned() []standing {
	inst := &p.Instance
	var all []standing
	for _, f := range inst.Fixed {
		all = append(all, standing{f.Key, f.Post, f.Owes, f.Done, inst.Time(f.At)})
	}
	for _, x := range p.Plan.Placements {
		it := inst.Items[x.Item]
		all = append(all, standing{it.Key, it.Post, it.Need, false, inst.Time(inst.Slots[x.Slot].At)})
	}
	return all
}

// asAgreed is what stands where it was agreed, and what is out or on its way.
func (o *Office) asAgreed(p *Proposal) []standing {
	inst := &p.Instance
	var all []standing
	for _, f := range inst.Fixed {
		s := standing{f.Key, f.Post, f.Owes, f.Done, inst.Time(f.At)}
		e, agreed := o.agreedKey(f.Key)
		switch f.Why {
		case calendar.WhyPublished, calendar.WhyInFlight:
		default:
			if !agreed {
				continue
			}
			s.at = e.At.Instant
		}
		all = append(all, s)
	}
	for _, it := range inst.Items {
		if e, ok := o.agreedKey(it.Key); ok && e.At.Instant.After(o.Now) {
			all = append(all, standing{it.Key, it.Post, it.Need, false, e.At.Instant})
		}
	}
	return all
}

// due is when the work on what goes out on a platform at an instant is due:
// its lead earlier, in days on the wall clock.
func (o *Office) due(platform string, at time.Time) time.Time {
	return o.local(o.Zone.Add(at, civil.Span{Days: -o.Config.Platforms[platform].Lead.Days}))
}

// owed parts what stands into duties, in no order. The work on a post itself
// goes with the first of its placements that is due.
func (o *Office) owed(p *Proposal, all []standing) []Duty {
	first := map[int]int{} // by post, the index of who carries its own work
	for i, s := range all {
		if s.post < 0 || s.done {
			continue
		}
		j, ok := first[s.post]
		if !ok || o.earlier(s, all[j]) {
			first[s.post] = i
		}
	}
	var duties []Duty
	for i, s := range all {
		if s.done && len(s.owes) == 0 {
			continue // it is out
		}
		need := map[int]int{}
		for _, m := range s.owes {
			need[m.Person] += m.Minutes
		}
		if j, ok := first[s.post]; ok && j == i {
			for _, m := range p.Instance.Posts[s.post].Need {
				need[m.Person] += m.Minutes
			}
		}
		for person, minutes := range need {
			t := Duty{
				Key: s.key, Post: o.post(s.key.Post), Person: who(&p.Instance, person), Minutes: minutes,
				Due: o.due(s.key.Platform, s.at), At: o.local(s.at),
			}
			j, ok := first[s.post]
			t.Whole = ok && j == i
			t.Logged = logged(t, t.Whole)
			duties = append(duties, t)
		}
	}
	return duties
}

func (o *Office) earlier(a, b standing) bool {
	x, y := o.due(a.key.Platform, a.at), o.due(b.key.Platform, b.at)
	return cmp.Or(x.Compare(y), a.at.Compare(b.at), strings.Compare(a.key.Platform, b.key.Platform), a.key.Compare(b.key)) < 0
}

// logged is what a person has done of the version for a platform and, if that
// is meant too, of the post itself. What has nobody's name is the assignee's.
func logged(t Duty, whole bool) int {
	if t.Post == nil {
		return 0
	}
	n := t.Post.Variants[t.Key.Platform].Logged
	of := func(by map[string]int) int {
		if t.Person == t.Post.Assignee && t.Person != "" {
			return by[t.Person] + by[""]
		}
		return by[t.Person]
	}
	if whole {
		return of(n) + of(t.Post.Logged)
	}
	return of(n)
}

// Duties lists the work that the proposal asks for, by when it is due, and what
// is done and not out yet. What nobody gave hours has a duty of its assignee
// without minutes, so that it is on somebody's list.
func (o *Office) Duties(p *Proposal) []Duty {
	duties := o.owed(p, p.asPlanned())
	named := map[string]bool{} // posts that are on their assignee's list
	for _, t := range duties {
		if t.Post != nil && t.Person == t.Post.Assignee {
			named[t.Key.Post] = true
		}
	}
	var placed []Placement
	for _, x := range p.Placements { // most are out
		if x.Post != nil && x.Post.Assignee != "" && x.State != StatePublished && x.State != StateDue && !named[x.Key.Post] {
			placed = append(placed, x)
		}
	}
	slices.SortStableFunc(placed, func(a, b Placement) int {
		return cmp.Or(o.due(a.Platform, a.At).Compare(o.due(b.Platform, b.At)), comparePlacements(a, b))
	})
	for _, x := range placed {
		if named[x.Key.Post] {
			continue
		}
		named[x.Key.Post] = true
		duties = append(duties, Duty{
			Key: x.Key, Post: x.Post, Person: x.Post.Assignee, Due: o.due(x.Platform, x.At), At: x.At, Logged: x.Post.Logged[x.Post.Assignee], Whole: true,
			Done: x.Post.Stage == content.Ready || x.Post.Stage == content.Published,
		})
	}
	slices.SortFunc(duties, func(a, b Duty) int {
		return cmp.Or(a.Due.Compare(b.Due), a.At.Compare(b.At), a.Key.Compare(b.Key), strings.Compare(a.Person, b.Person))
	})
	return duties
}

// loadOf sums up duties by person and week, in the order of the proposal's own
// load: what is due by the end of the week, and what there is until then.
func (o *Office) loadOf(p *Proposal, duties []Duty) []Work {
	load := slices.Clone(p.Load)
	monday := p.First.Monday()
	days := make([]int, len(duties))
	for i, t := range duties {
		days[i] = o.Zone.Date(t.Due).DaysSince(monday)
	}
	for i := range load {
		load[i].Needed = 0
		end := load[i].Week.Monday().DaysSince(monday) + 7
		for j, t := range duties {
			if (load[i].Person == "" || load[i].Person == t.Person) && days[j] < end {
				load[i].Needed += t.Minutes
			}
		}
	}
	return load
}
