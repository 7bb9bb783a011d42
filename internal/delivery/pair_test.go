package delivery_test

import (
	"sync"
	"testing"
	"time"

	"editorial/internal/delivery"
	"editorial/internal/need/postgres"
	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// still is a clock that stands still until it is set.
type still struct {
	mu sync.Mutex
	at time.Time
}

func (s *still) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

func (s *still) set(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = t
}

// pair are two programs on one PostgreSQL; the first reaches it by a line that can
// be cut.
type pair struct {
	*bench
	a, b  *delivery.Engine
	line  *postgres.Line
	clock *still
}

func newPair(t *testing.T, server *postgres.Server) *pair {
	t.Helper()
	address := server.Database(t)
	p := &pair{bench: newBench(t, 1), line: server.Line(t), clock: &still{at: start().Add(-time.Hour)}}
	p.remote.now = p.clock.now
	engine := func(node, address string) *delivery.Engine {
		s, err := store.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		p.store = s // that of the second one stays
		opts := p.opts
		opts.Store, opts.Now, opts.Alone, opts.Node = s, p.clock.now, false, node
		return delivery.New(opts)
	}
	p.a = engine("a", p.line.Through(address))
	p.b = engine("b", address)
	p.engine = p.b
	p.sync()
	return p
}

// step lets one of them do what it can at so long after the instant.
func (p *pair) step(e *delivery.Engine, after time.Duration) error {
	p.clock.set(start().Add(after))
	_, err := e.Step(p.t.Context(), key(0))
	return err
}

// must is step without an error.
func (p *pair) must(e *delivery.Engine, after time.Duration) {
	p.t.Helper()
	if err := p.step(e, after); err != nil {
		p.t.Error(err)
	}
}

// TestPair_oneIsCutOff: two programs share a database; one loses it while it
// commits. The other leaves the delivery alone while the lease lasts, then takes it
// over, and asks the platform before anything else. When the first one is back, it
// sends nothing.
func TestPair_oneIsCutOff(t *testing.T) {
	t.Parallel()
	server := postgres.Start(t)
	for name, tt := range map[string]struct {
		arrives bool // what the first one sends
		cut     postgres.Cut
		blind   bool
		state   string // after the second one took over
		out     int
	}{
		"it is out, and that is not recorded":               {true, postgres.Silent, false, "published", 1},
		"it is out, and nobody can look":                    {true, postgres.Silent, true, "uncertain cannot-look", 1},
		"it never arrived":                                  {false, postgres.Silent, false, "published", 1},
		"it never arrived, and nobody can look":             {false, postgres.Silent, true, "uncertain cannot-look", 0},
		"the record is cut, and done again":                 {true, postgres.BeforeCommit, true, "published", 1},
		"the answer to the record is cut, and it was there": {true, postgres.AfterCommit, true, "published", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPair(t, server)
			p.remote.blind = tt.blind
			sent := make(chan struct{}, 8)
			p.remote.commit = func(n int) (bool, error) {
				if n > 1 {
					return true, nil
				}
				p.line.Set(tt.cut)
				sent <- struct{}{}
				if !tt.arrives {
					return false, fails(platform.Uncertain)
				}
				return true, nil
			}
			p.must(p.a, -30*time.Second)
			p.want(0, "prepared")
			if err := p.a.Beat(t.Context(), false); err != nil {
				t.Fatal(err)
			}
			p.must(p.b, 0) // the first one has it
			p.want(0, "prepared")
			back := make(chan error, 1)
			go func() { back <- p.step(p.a, 0) }()
			<-sent
			if tt.cut != postgres.Silent {
				if err := <-back; err != nil {
					t.Error(err)
				}
				back <- nil
			} else {
				p.must(p.b, time.Minute)
				p.want(0, "committing")
			}
			for m := range 8 {
				p.must(p.b, time.Duration(3+m)*time.Minute)
			}
			p.want(0, tt.state)
			p.out(tt.out)
			p.line.Set(postgres.Whole)
			if err := <-back; err != nil {
				t.Log("the first one says", err)
			}
			for h := range 3 {
				p.must(p.a, time.Duration(1+h)*time.Hour)
				p.must(p.b, time.Duration(1+h)*time.Hour)
			}
			p.want(0, tt.state)
			p.out(tt.out)
		})
	}
}

// TestPair_cutBeforeItSends: the line breaks when the first one notes that it is
// about to send: whether the note arrived or not, it sends nothing by itself, and it
// goes out once.
func TestPair_cutBeforeItSends(t *testing.T) {
	t.Parallel()
	server := postgres.Start(t)
	for name, cut := range map[string]postgres.Cut{"the note is lost": postgres.BeforeCommit, "the answer is lost": postgres.AfterCommit} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPair(t, server)
			p.must(p.a, -30*time.Second)
			p.line.Set(cut)
			if err := p.step(p.a, 0); err == nil {
				t.Error("the line was not cut")
			}
			p.out(0)
			for m := range 20 {
				p.must(p.b, time.Duration(1+m)*time.Minute)
			}
			p.want(0, "published")
			for m := range 20 {
				p.must(p.a, time.Duration(1+m)*time.Minute)
			}
			p.out(1)
		})
	}
}

// stalls is the clock of a program that stands still when it has noted that it is
// about to send.
type stalls struct {
	*pair
	long time.Duration
	done bool
}

func (s *stalls) now() time.Time {
	d, _, err := s.store.Get(s.t.Context(), key(0))
	if err != nil {
		s.t.Error(err)
	}
	if !s.done && d.State == journal.Committing {
		s.done = true
		s.clock.set(s.clock.now().Add(s.long))
	}
	return s.clock.now()
}

// TestPair_oneStandsStill: a machine sleeps between the note that it sends and the
// call. When it wakes, another program may have sent it: it sends nothing itself.
func TestPair_oneStandsStill(t *testing.T) {
	t.Parallel()
	p := newPair(t, postgres.Start(t))
	s := &stalls{pair: p, long: 10 * time.Minute}
	p.a.Now = s.now
	expired := 0
	p.remote.expired = func() {
		expired++
		p.must(p.b, 10*time.Minute)
		p.out(1)
	}
	p.must(p.a, -30*time.Second)
	p.must(p.a, 0)
	if !s.done || expired != 1 {
		t.Errorf("stood still: %v; too late to send: %d times", s.done, expired)
	}
	p.want(0, "published")
	p.out(1)
	if p.remote.commits != 1 {
		t.Errorf("%d commits", p.remote.commits)
	}
}

// TestPair_bothAtOnce: neither knows of the other, both step at every instant.
func TestPair_bothAtOnce(t *testing.T) {
	t.Parallel()
	p := newPair(t, postgres.Start(t))
	for s := -70; s < 70; s += 10 {
		p.clock.set(start().Add(time.Duration(s) * time.Second))
		var group sync.WaitGroup
		for _, e := range []*delivery.Engine{p.a, p.b, p.a, p.b} {
			group.Go(func() {
				if _, err := e.Step(t.Context(), key(0)); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
	p.want(0, "published")
	p.out(1)
	if p.remote.commits != 1 {
		t.Errorf("%d commits", p.remote.commits)
	}
}
