package delivery

import (
	"container/heap"
	"strings"
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

// most is how many deliveries of a lane are worked on at once, in all and of one
// platform. A call takes as long as its platform does: what is due at the same
// instant must not wait for that, nor for another platform.
func (l lane) most() (all, each int) {
	if l == calls {
		return 128, 64
	}
	return 64, 16
}

// nameOf is the platform of a key, the part before its number.
func nameOf(key platform.Key) string {
	parts := strings.Split(string(key), "#")
	return parts[max(0, len(parts)-2)]
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
	// piles are those of each lane and platform.
	piles [lanes]map[string]*pile
	// known is the appointment that counts of each delivery.
	known map[platform.Key]appointment
	// free are the workers of a lane that have nothing to do, busy those that work
	// for a platform.
	free [lanes]int
	busy [lanes]map[string]int
}

func newDiary() *diary {
	d := &diary{known: map[platform.Key]appointment{}}
	for l := range lanes {
		d.free[l], _ = l.most()
		d.busy[l], d.piles[l] = map[string]int{}, map[string]*pile{}
	}
	return d
}

// enter makes an appointment, in place of a later one.
func (d *diary) enter(a appointment) {
	if old, ok := d.known[a.key]; ok && !a.at.Before(old.at) {
		return
	}
	d.known[a.key] = a
	d.push(a)
}

func (d *diary) push(a appointment) {
	name := nameOf(a.key)
	p := d.piles[a.lane][name]
	if p == nil {
		p = &pile{}
		d.piles[a.lane][name] = p
	}
	heap.Push(p, a)
}

// tidy throws out what does not count any more, once that is more than what does.
func (d *diary) tidy() {
	if d.size() <= 2*len(d.known)+64 {
		return
	}
	for l := range lanes {
		clear(d.piles[l])
	}
	for _, a := range d.known {
		d.push(a)
	}
}

// size is how many appointments there are, those that do not count among them.
func (d *diary) size() (n int) {
	for l := range lanes {
		for _, p := range d.piles[l] {
			n += len(*p)
		}
	}
	return n
}

// due takes out the first appointment of a lane whose time has come, for a worker
// that is free.
func (d *diary) due(l lane, now time.Time) (appointment, bool) {
	a, ok := d.first(l)
	if !ok || a.at.After(now) {
		return appointment{}, false
	}
	name := nameOf(a.key)
	heap.Pop(d.piles[l][name])
	d.free[l]--
	d.busy[l][name]++
	delete(d.known, a.key)
	return a, true
}

// done takes back the worker that had an appointment.
func (d *diary) done(a appointment) {
	l, name := a.lane, nameOf(a.key)
	d.free[l]++
	if d.busy[l][name]--; d.busy[l][name] == 0 {
		delete(d.busy[l], name)
	}
}

// next is when an appointment comes for which a worker is free; false if there is
// none.
func (d *diary) next() (at time.Time, ok bool) {
	for l := range lanes {
		if a, is := d.first(l); is && (!ok || a.at.Before(at)) {
			at, ok = a.at, true
		}
	}
	return at, ok
}

// first is the next appointment of a lane for which there is a worker. A platform
// for which nobody works has one in any case, beyond those of the lane: what others
// take long for does not keep it waiting.
func (d *diary) first(l lane) (first appointment, ok bool) {
	_, most := l.most()
	for name, p := range d.piles[l] {
		if n := d.busy[l][name]; n > 0 && (n >= most || d.free[l] <= 0) {
			continue
		}
		if a, is := d.head(p); is && (!ok || a.at.Before(first.at)) {
			first, ok = a, true
		}
	}
	return first, ok
}

// head is the next appointment of a pile.
func (d *diary) head(p *pile) (appointment, bool) {
	for ; len(*p) > 0; heap.Pop(p) {
		if a := (*p)[0]; d.known[a.key] == a {
			return a, true
		}
		// Another one took its place.
	}
	return appointment{}, false
}
