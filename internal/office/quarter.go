package office

import (
	"time"

	"editorial/pkg/civil"
)

// Tally counts what a platform has in some stretch of time.
type Tally struct {
	Published, Due, Held, Agreed, New, Moved int
	// Used are the instants at which they go out, an edition counting once; Free
	// are the slots to come that nothing fills.
	Used, Free int
}

// Filled is how many placements there are.
func (t Tally) Filled() int { return t.Published + t.Due + t.Held + t.Agreed + t.New + t.Moved }

// Plus adds up two.
func (t Tally) Plus(u Tally) Tally {
	return Tally{
		t.Published + u.Published, t.Due + u.Due, t.Held + u.Held, t.Agreed + u.Agreed, t.New + u.New, t.Moved + u.Moved,
		t.Used + u.Used, t.Free + u.Free,
	}
}

// count adds a placement of a state.
func (t *Tally) count(s State) {
	switch s {
	case StatePublished:
		t.Published++
	case StateDue:
		t.Due++
	case StateHeld:
		t.Held++
	case StateAgreed:
		t.Agreed++
	case StateNew:
		t.New++
	case StateMoved:
		t.Moved++
	}
}

// PlatformWeek names a week of a platform.
type PlatformWeek struct {
	Platform string
	Week     civil.Week
}

// Tallies counts placements and free slots by platform and week.
func (o *Office) Tallies(placements []Placement, gaps []Gap) map[PlatformWeek]Tally {
	all := map[PlatformWeek]Tally{}
	at := func(platform string, t time.Time) PlatformWeek {
		return PlatformWeek{platform, civil.WeekOf(o.Zone.Date(t))}
	}
	used := map[Gap]bool{}
	for _, x := range placements {
		t := all[at(x.Platform, x.At)]
		t.count(x.State)
		if slot := (Gap{x.Platform, x.At.UTC()}); !used[slot] {
			used[slot] = true
			t.Used++
		}
		all[at(x.Platform, x.At)] = t
	}
	for _, g := range gaps {
		t := all[at(g.Platform, g.At)]
		t.Free++
		all[at(g.Platform, g.At)] = t
	}
	return all
}

// Reach says how long what is planned lasts on a platform: the first gap, and
// how many whole weeks from today that is. Where there is none, Empty is zero
// and Weeks lasts until the end of the plan.
type Reach struct {
	Weeks int
	Empty time.Time
}

// Reach returns how long what is planned lasts on a platform; false for one
// that has no slot.
func (o *Office) Reach(p *Proposal, platform string) (Reach, bool) {
	for _, r := range p.runways {
		if r.Platform != platform {
			continue
		}
		reach := Reach{Weeks: r.Weeks}
		if r.Empty >= 0 {
			reach.Empty = o.local(p.Instance.Time(p.Instance.Slots[r.Empty].At))
		}
		return reach, true
	}
	return Reach{}, false
}
