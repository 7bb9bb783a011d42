package delivery_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"editorial/internal/delivery"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// slow is a platform that takes long with everything.
type slow struct {
	*remote
	prepares, commits, looks time.Duration
}

func (s *slow) Prepare(ctx context.Context, j platform.Job) (platform.Handle, error) {
	time.Sleep(s.prepares)
	return s.remote.Prepare(ctx, j)
}

func (s *slow) Commit(ctx context.Context, j platform.Job) (platform.Receipt, error) {
	defer time.Sleep(s.commits)
	return s.remote.Commit(ctx, j)
}

func (s *slow) Lookup(ctx context.Context, j platform.Job) (platform.Finding, error) {
	time.Sleep(s.looks)
	return s.remote.Lookup(ctx, j)
}

// due has n more placements so long after the beginning, on the platform of that
// name.
func (r *running) due(n int, name string, after time.Duration) {
	for range n {
		i := len(r.orders)
		r.orders = append(r.orders, delivery.Order{
			Key: platform.NewKey(fmt.Sprint(i), name, 1), Platform: name, Kind: "fake", Post: fmt.Sprint(i), Title: fmt.Sprintf("Title %d", i), Due: start().Add(after),
		})
	}
	r.sync()
}

// TestRun_callsWaitForNothing: a hundred films are uploaded to another platform, or a
// hundred answers that it lost are looked for, or it takes long to answer. What is due
// elsewhere goes out at its instant.
func TestRun_callsWaitForNothing(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]*slow{
		"uploads":  {prepares: 20 * time.Minute},
		"look-ups": {looks: 50 * time.Second},
		"calls":    {commits: time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRunning(t, 1, func(r *running) {
					late.remote = &remote{public: map[platform.Key]int{}, now: r.wall.now, blind: true}
					if late.looks > 0 {
						late.remote.commit = func(int) (bool, error) { return true, fails(platform.Uncertain) }
					}
					q := r.opts.Accounts["p"]
					q.Format, q.Publisher = late, late
					r.opts.Accounts["q"] = q
					r.due(100, "q", -2*time.Second)
				})
				defer func() { r.stop() }()
				r.sleep(time.Hour + time.Millisecond)
				r.out(1)
				r.want(0, "published")
			})
		})
	}
}

// TestRun_manyAtOneInstant: the platform takes half a second for each of fifty that
// are due at one instant: each is called at it.
func TestRun_manyAtOneInstant(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRunning(t, 0, func(r *running) {
			p := &slow{remote: r.remote, commits: 500 * time.Millisecond}
			a := r.opts.Accounts["p"]
			a.Publisher = p
			r.opts.Accounts["p"] = a
			r.due(50, "p", 0)
		})
		defer func() { r.stop() }()
		r.sleep(time.Hour + time.Minute)
		r.remote.mu.Lock()
		defer r.remote.mu.Unlock()
		for _, at := range r.remote.at {
			if at.Before(start()) || at.After(start().Add(100*time.Millisecond)) {
				t.Errorf("called %s after its instant", at.Sub(start()))
			}
		}
		if len(r.remote.at) != 50 {
			t.Errorf("%d calls", len(r.remote.at))
		}
	})
}

// TestRun_readsBesideItsLoop: whatever is entered while the engine looks at everything
// again is found by looking once more.
func TestRun_readsBesideItsLoop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRunning(t, 1, nil)
		defer func() { r.stop() }()
		r.sleep(30 * time.Minute)
		for n := range 5 { // one after the other, faster than it reads
			r.due(1, "p", time.Duration(n)*time.Second)
			r.refresh <- struct{}{}
		}
		r.sleep(30*time.Minute + 5*time.Second)
		r.out(1, 1, 1, 1, 1, 1)
	})
}

// TestRun_manySlowPlatforms: four others have as many uploads, or calls, as there are
// workers. What is due elsewhere is prepared and goes out at its instant.
func TestRun_manySlowPlatforms(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		takes slow
		each  int
	}{
		"uploads": {slow{prepares: 20 * time.Minute}, 16},
		"calls":   {slow{commits: time.Minute + 30*time.Second}, 64},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRunning(t, 1, func(r *running) {
					for n := range 4 {
						late := c.takes
						late.remote = &remote{public: map[platform.Key]int{}, now: r.wall.now, blind: true}
						q := r.opts.Accounts["p"]
						q.Format, q.Publisher = &late, &late
						name := fmt.Sprint("q", n)
						r.opts.Accounts[name] = q
						r.due(c.each, name, -2*time.Second)
					}
				})
				defer func() { r.stop() }()
				r.sleep(time.Hour + time.Second)
				r.out(1)
				r.want(0, "published")
			})
		})
	}
}

// dozing is an office that takes long to say how a placement stands.
type dozing struct {
	*bench
	nap atomic.Int64 // a time.Duration
}

func (d *dozing) Ready(ctx context.Context, key platform.Key) (delivery.Ready, error) {
	r, err := d.bench.Ready(ctx, key)
	time.Sleep(time.Duration(d.nap.Load()))
	return r, err
}

// TestRun_losesNoWakeUp: somebody settles a delivery while a worker reads how it
// stands, and finds nothing to do. It is looked at again.
func TestRun_losesNoWakeUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var office *dozing
		r := newRunning(t, 1, func(r *running) {
			office = &dozing{bench: r.bench}
			r.opts.Source = office
			r.hold[key(0)] = delivery.Ready{Hold: journal.NotReady}
		})
		defer func() { r.stop() }()
		r.sleep(time.Hour + 5*time.Second)
		r.want(0, "held not-ready")
		office.nap.Store(int64(10 * time.Second))
		r.refresh <- struct{}{}
		r.sleep(2 * time.Second)
		delete(r.hold, key(0))
		if _, err := r.engine.Retry(t.Context(), key(0)); err != nil {
			t.Fatal(err)
		}
		office.nap.Store(0)
		r.sleep(20 * time.Second)
		r.want(0, "published")
	})
}
