package delivery

import (
	"container/heap"
	"time"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// lane is a kind of work that has workers of its own: neither a film that is
// uploaded nor a thousand posts to prepare keep what is due from going out.
type lane int

const (
	calls  lane = iota // what is prepared is sent
	chores             // all else
	lanes
)

// laneOf is where the next thing to do for a delivery belongs.
func laneOf(s journal.State) lane {
	if s == journal.Prepared {
		return calls
	}
	return chores
}

// appointment is when to look at a delivery; at is zero for never.
type appointment struct {
	key  platform.Key
	at   time.Time
	lane lane
}

// pile are appointments, the next one first.
type pile []appointment

func (p pile) Len() int           { return len(p) }
func (p pile) Less(i, j int) bool { return p[i].at.Before(p[j].at) }
func (p pile) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }
func (p *pile) Push(x any)        { *p = append(*p, x.(appointment)) }
func (p *pile) Pop() any {
	old := *p
	last := old[len(old)-1]
	*p = old[:len(old)-1]
	return last
}

// diary are the appointments of a running engine.
type diary struct {
	piles [lanes]pile
	// known is the appointment that counts of each delivery.
	known map[platform.Key]appointment
}

func newDiary() *diary { return &diary{known: map[platform.Key]appointment{}} }

// enter makes an appointment, in place of a later one.
func (d *diary) enter(a appointment) {
	if old, ok := d.known[a.key]; ok && !a.at.Before(old.at) {
		return
	}
	d.known[a.key] = a
	heap.Push(&d.piles[a.lane], a)
}

// due takes out the first appointment of a lane whose time has come.
func (d *diary) due(l lane, now time.Time) (appointment, bool) {
	first, ok := d.first(l)
	if !ok || first.at.After(now) {
		return appointment{}, false
	}
	heap.Pop(&d.piles[l])
	delete(d.known, first.key)
	return first, true
}

// first is the next appointment of a lane.
func (d *diary) first(l lane) (appointment, bool) {
	for p := &d.piles[l]; len(*p) > 0; heap.Pop(p) {
		if a := (*p)[0]; d.known[a.key] == a {
			return a, true
		}
		// Another one took its place.
	}
	return appointment{}, false
}
