package delivery

import (
	"fmt"
	"testing"
	"time"

	"editorial/pkg/publish/platform"
)

func noon(seconds int) time.Time { return time.Date(2026, 12, 1, 12, 0, seconds, 0, time.UTC) }

func on(name string, n, seconds int) appointment {
	return appointment{platform.NewKey(fmt.Sprint(n), name, 1), noon(seconds), chores}
}

// takes gives all that is due to workers.
func (d *diary) takes(l lane, at time.Time) (all []appointment) {
	for a, ok := d.due(l, at); ok; a, ok = d.due(l, at) {
		all = append(all, a)
	}
	return all
}

// TestDiary_aPlatformWaitsForItself: as many as there may be of one platform are
// worked on, then one for each that is done, in their order; others go past.
func TestDiary_aPlatformWaitsForItself(t *testing.T) {
	t.Parallel()
	d := newDiary()
	_, most := chores.most()
	for n := range most + 5 {
		d.enter(on("p", n, n))
	}
	d.enter(on("q", 0, 100))
	first := d.takes(chores, noon(100))
	if len(first) != most+1 || first[most] != on("q", 0, 100) {
		t.Fatalf("%d are worked on: %v", len(first), first)
	}
	if at, ok := d.next(); ok {
		t.Errorf("something is due at %s that no worker is free for", at)
	}
	d.enter(on("p", most, 200)) // later than it has been waiting for
	d.enter(on("p", most+1, 0)) // sooner
	for n, want := range []appointment{on("p", most+1, 0), on("p", most, most), on("p", most+2, most+2)} {
		d.done(first[n])
		if got := d.takes(chores, noon(300)); len(got) != 1 || got[0].key != want.key {
			t.Errorf("then %v, want %v", got, want)
		}
	}
}

// TestDiary_forgets: whoever is looked at again and again long before its time does
// not fill it.
func TestDiary_forgets(t *testing.T) {
	t.Parallel()
	d := newDiary()
	for range 1000 {
		d.enter(on("p", 1, 3600))
		d.enter(on("p", 1, 0))
		for _, a := range d.takes(chores, noon(0)) {
			d.done(a)
		}
	}
	d.enter(on("p", 1, 3600))
	d.tidy()
	if n := d.size(); n > 100 {
		t.Errorf("%d appointments of one delivery", n)
	}
	if got := d.takes(chores, noon(3600)); len(got) != 1 {
		t.Errorf("%d are due, want 1", len(got))
	}
}

// TestDiary_aPlatformAlwaysHasAWorker: the platforms before it have taken all workers.
// One comes for it all the same, and the next when that one is done.
func TestDiary_aPlatformAlwaysHasAWorker(t *testing.T) {
	t.Parallel()
	d := newDiary()
	all, most := chores.most()
	for n := range all {
		d.enter(on(fmt.Sprint("q", n/most), n, 0))
	}
	if got := d.takes(chores, noon(0)); len(got) != all {
		t.Fatalf("%d are worked on, want %d", len(got), all)
	}
	d.enter(on("p", 0, 1))
	d.enter(on("p", 1, 2))
	d.enter(on("q0", 99, 1))
	if at, ok := d.next(); !ok || !at.Equal(noon(1)) {
		t.Errorf("the next is at %s, %v", at, ok)
	}
	for n := range 2 {
		got := d.takes(chores, noon(3))
		if len(got) != 1 || got[0] != on("p", n, n+1) {
			t.Fatalf("then %v", got)
		}
		d.done(got[0])
	}
}

// TestDiary_goesOnBesideWhatWasMoved: what waits for a worker of its platform is taken
// to the other lane meanwhile. The next that waits gets the worker.
func TestDiary_goesOnBesideWhatWasMoved(t *testing.T) {
	t.Parallel()
	d := newDiary()
	_, most := chores.most()
	for n := range most + 2 {
		d.enter(on("p", n, n))
	}
	first := d.takes(chores, noon(100))
	if len(first) != most {
		t.Fatalf("%d are worked on, want %d", len(first), most)
	}
	moved := on("p", most, 0)
	moved.lane = calls
	d.enter(moved)
	d.done(first[0])
	if got := d.takes(chores, noon(100)); len(got) != 1 || got[0] != on("p", most+1, most+1) {
		t.Errorf("then %v", got)
	}
}
