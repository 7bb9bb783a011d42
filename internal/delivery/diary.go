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
	piles [lanes]pile
	// known is the appointment that counts of each delivery.
	known map[platform.Key]appointment
	// free are the workers of a lane that have nothing to do, busy those that work
	// for a platform; aside is what waits for one of these.
	free  [lanes]int
	busy  [lanes]map[string]int
	aside [lanes]map[string]*pile
}

func newDiary() *diary {
	d := &diary{known: map[platform.Key]appointment{}}
	for l := range lanes {
		d.free[l], _ = l.most()
		d.busy[l], d.aside[l] = map[string]int{}, map[string]*pile{}
	}
	return d
}

// enter makes an appointment, in place of a later one.
func (d *diary) enter(a appointment) {
	if old, ok := d.known[a.key]; ok && !a.at.Before(old.at) {
		return
	}
	d.known[a.key] = a
	heap.Push(&d.piles[a.lane], a)
}

// tidy throws out what does not count any more, once that is more than what does.
func (d *diary) tidy() {
	size := 0
	for l := range lanes {
		size += len(d.piles[l])
	}
	if size <= 2*len(d.known)+64 {
		return
	}
	for l := range lanes {
		d.piles[l] = nil
		clear(d.aside[l]) // it is put there again
	}
	for _, a := range d.known {
		d.piles[a.lane] = append(d.piles[a.lane], a)
	}
	for l := range lanes {
		heap.Init(&d.piles[l])
	}
}

// due takes out the first appointment of a lane whose time has come, for a worker
// that is free.
func (d *diary) due(l lane, now time.Time) (appointment, bool) {
	_, most := l.most()
	for d.free[l] > 0 {
		a, ok := d.first(l)
		if !ok || a.at.After(now) {
			break
		}
		heap.Pop(&d.piles[l])
		name := nameOf(a.key)
		if d.busy[l][name] >= most {
			if d.aside[l][name] == nil {
				d.aside[l][name] = &pile{}
			}
			heap.Push(d.aside[l][name], a)
			continue
		}
		d.free[l]--
		d.busy[l][name]++
		delete(d.known, a.key)
		return a, true
	}
	return appointment{}, false
}

// done takes back the worker that had an appointment.
func (d *diary) done(a appointment) {
	l, name := a.lane, nameOf(a.key)
	d.free[l]++
	if d.busy[l][name]--; d.busy[l][name] == 0 {
		delete(d.busy[l], name)
	}
	for wait := d.aside[l][name]; wait != nil && len(*wait) > 0; {
		if next := heap.Pop(wait).(appointment); d.known[next.key] == next {
			heap.Push(&d.piles[l], next)
			return
		}
	}
	delete(d.aside[l], name)
}

// next is when an appointment comes for which a worker is free; false if there is
// none.
func (d *diary) next() (at time.Time, ok bool) {
	for l := range lanes {
		if d.free[l] == 0 {
			continue
		}
		if a, is := d.first(l); is && (!ok || a.at.Before(at)) {
			at, ok = a.at, true
		}
	}
	return at, ok
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
