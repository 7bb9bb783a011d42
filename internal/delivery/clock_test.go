package delivery_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// wall is a clock that goes on, and that somebody sets.
type wall struct {
	mu  sync.Mutex
	off time.Duration
}

func (w *wall) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.off)
}

// set makes it an instant now.
func (w *wall) set(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.off = time.Until(t)
}

// running is a bench whose engine runs, by a clock that can be set; in a bubble,
// so that hours take no time.
type running struct {
	*bench
	wall    *wall
	refresh chan struct{}
	stop    func()
}

func newRunning(t *testing.T, n int, edit func(*running)) *running {
	t.Helper()
	r := &running{bench: newBench(t, n), wall: &wall{}, refresh: make(chan struct{}, 1)}
	r.wall.set(start().Add(-time.Hour))
	r.remote.now = r.wall.now
	r.opts.Now = r.wall.now
	if edit != nil {
		edit(r)
	}
	r.begin("a")
	return r
}

// begin starts an engine.
func (r *running) begin(node string) {
	r.restart(node)
	ctx, cancel := context.WithCancel(r.t.Context())
	done := make(chan error, 1)
	go func() { done <- r.engine.Run(ctx, r.refresh) }()
	r.stop = func() {
		cancel()
		if err := <-done; err != nil {
			r.t.Error(err)
		}
	}
}

// sleep lets time go by.
func (r *running) sleep(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// early reports what went out before its instant, and what did so twice.
func (r *running) early() {
	r.t.Helper()
	r.remote.mu.Lock()
	defer r.remote.mu.Unlock()
	for _, at := range r.remote.at {
		if at.Before(start()) {
			r.t.Errorf("a commit at %s", at)
		}
	}
	for key, n := range r.remote.public {
		if n > 1 {
			r.t.Errorf("%s is out %d times", key, n)
		}
	}
}

// TestClock_isSet: the clock is put back and forth by hours around the instants
// while the engine runs: nothing goes out before its instant, each goes out within
// half a minute after the clock says so, nothing twice.
func TestClock_isSet(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRunning(t, 3, nil)
		defer func() { r.stop() }()
		r.sleep(10 * time.Minute)
		r.wall.set(start().Add(-5 * time.Hour))
		r.sleep(2 * time.Minute)
		r.wall.set(start().Add(-40 * time.Second)) // it prepares
		r.sleep(35 * time.Second)
		r.want(0, "prepared")
		r.wall.set(start().Add(-3 * time.Hour))
		r.sleep(time.Hour)
		r.want(0, "prepared")
		r.out(0, 0, 0)
		r.wall.set(start().Add(2 * time.Second))
		r.sleep(31 * time.Second)
		r.want(0, "published")
		r.out(1, 0, 0)
		r.wall.set(start().Add(-12 * time.Hour)) // it was out already, it says
		r.sleep(10 * time.Minute)
		r.out(1, 0, 0)
		r.wall.set(start().Add(time.Hour))
		r.sleep(31 * time.Second)
		r.out(1, 1, 1)
		r.wall.set(start().Add(-time.Minute))
		r.sleep(2 * time.Hour)
		r.out(1, 1, 1)
		r.early()
	})
}

// TestClock_isSetWhileUncertain: an answer is lost, and the clock jumps before and
// after; what is to be looked up is.
func TestClock_isSetWhileUncertain(t *testing.T) {
	t.Parallel()
	for _, jump := range []time.Duration{-6 * time.Hour, 3 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			r := newRunning(t, 1, func(r *running) {
				r.remote.caps.Settle = time.Minute
				r.remote.commit = func(n int) (bool, error) {
					if n == 1 {
						r.wall.set(r.wall.now().Add(jump)) // while it is called
						return true, fails(platform.Uncertain)
					}
					return true, nil
				}
			})
			defer func() { r.stop() }()
			r.sleep(time.Hour + time.Minute)
			r.sleep(7 * time.Hour)
			r.want(0, "published")
			r.out(1)
		})
	}
}

// TestClock_goesMad: it is set at random, many times, and programs die between.
func TestClock_goesMad(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		synctest.Test(t, func(t *testing.T) {
			chance := rand.New(rand.NewPCG(seed, 5))
			r := newRunning(t, 6, func(r *running) {
				r.remote.commit = func(int) (bool, error) {
					if r.remote.commits%3 == 0 {
						return r.remote.commits%2 == 0, fails(platform.Uncertain)
					}
					return true, nil
				}
			})
			defer func() { r.stop() }()
			for range 60 {
				if chance.IntN(3) == 0 {
					r.wall.set(start().Add(time.Duration(chance.IntN(8*3600)-4*3600) * time.Second))
				}
				r.sleep(time.Duration(chance.IntN(300)) * time.Second)
				if chance.IntN(6) == 0 {
					r.stop()
					r.begin("a" + string(rune('a'+chance.IntN(26))))
				}
			}
			r.wall.set(start().Add(30 * time.Minute))
			r.sleep(12 * time.Hour)
			r.early()
			for i := range 6 {
				d, _, err := r.store.Get(t.Context(), key(i))
				n := r.remote.public[key(i)]
				if err != nil || !(d.State == journal.Published && n == 1 || d.State == journal.Held && d.Reason == journal.TooLate && n == 0) {
					t.Errorf("seed %d: %s is %s (%s), out %d times, %v", seed, key(i), d.State, d.Reason, n, err)
				}
			}
		})
	}
}

// TestClock_aFreezeThatEnds: a freeze whose end is jumped over, and back.
func TestClock_aFreezeThatEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRunning(t, 2, nil)
		defer func() { r.stop() }()
		if _, err := r.engine.Freeze(t.Context(), "storm", start().Add(10*time.Minute), ""); err != nil {
			t.Fatal(err)
		}
		r.wall.set(start().Add(3 * time.Minute))
		r.sleep(2 * time.Minute)
		r.want(0, "held frozen")
		r.wall.set(start().Add(-time.Hour))
		r.sleep(5 * time.Minute)
		r.out(0, 0)
		r.wall.set(start().Add(20 * time.Minute))
		for range 4 * 60 {
			r.refresh <- struct{}{}
			r.sleep(time.Minute)
		}
		r.out(1, 1)
		r.early()
	})
}
