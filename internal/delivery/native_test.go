package delivery_test

import (
	"context"
	"testing"
	"time"

	"editorial/internal/delivery"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// scheduling is a platform that publishes by itself what it is given in time.
type scheduling struct {
	*remote
	handed, recalled int
	least            time.Duration // before the instant, of those that were handed over
}

func (s *scheduling) HandOver(_ context.Context, j platform.Job) (platform.Receipt, error) {
	s.handed++
	s.least = j.Due.Sub(s.now())
	return platform.Receipt{ID: string(j.Key), At: j.Due, Evidence: platform.ByNative}, nil
}

func (s *scheduling) Recall(context.Context, platform.Job, platform.Receipt) error {
	s.recalled++
	return nil
}

// Preparing takes time: what is handed over still keeps the platform's distance
// from the instant.
func TestEngine_handsOverInTime(t *testing.T) {
	for _, appears := range []bool{true, false} {
		b := newBench(t, 1)
		b.remote.caps = platform.Caps{NativeMin: 12 * time.Minute, NativeMax: 30 * 24 * time.Hour}
		b.remote.prepare = func(int) error {
			b.clock = b.clock.Add(2 * time.Minute)
			return nil
		}
		s := &scheduling{remote: b.remote}
		b.account(func(a *delivery.Account) { a.Publisher, a.Native = s, true })
		for d := -40 * time.Minute; d <= 0; d += time.Minute {
			if b.clock.Before(start().Add(d)) {
				b.at(d)
			}
		}
		if s.handed != 1 || s.least < 12*time.Minute || b.remote.commits != 0 {
			t.Fatalf("handed over %d times, %v before, and %d commits", s.handed, s.least, b.remote.commits)
		}
		if appears {
			b.remote.public[key(0)] = 1
		}
		for d := time.Minute; d < 10*time.Minute; d += time.Minute {
			b.at(d)
		}
		b.want(0, string(journal.Published))
		if n := b.remote.public[key(0)]; n != 1 || s.recalled > 0 == appears {
			t.Errorf("appears %v: %d posts, recalled %d times", appears, n, s.recalled)
		}
	}
}
