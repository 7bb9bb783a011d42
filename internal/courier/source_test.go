package courier

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"editorial/internal/office"
	"editorial/internal/tools/corpus"
	"editorial/pkg/civil"
	"editorial/pkg/publish/platform"
)

// calm is an office of three placements, due at 9, 10 and 11 minutes past eight,
// and how often it was loaded.
type calm struct {
	*source
	clock time.Time
	loads int
}

func newCalm(t *testing.T) *calm {
	t.Helper()
	dir := t.TempDir()
	first := time.Date(2026, 12, 1, 8, 9, 0, 0, time.UTC)
	if err := corpus.WriteAgreed(dir, 3, 1, first); err != nil {
		t.Fatal(err)
	}
	c := &calm{clock: first.Add(-time.Hour)}
	c.source = &source{dir: dir, now: func() time.Time { return c.clock }, load: func(ctx context.Context) (*office.Office, error) {
		c.loads++
		return office.Load(ctx, office.Options{Dir: dir, Clock: func(civil.Zone) (time.Time, error) { return c.clock, nil }})
	}}
	return c
}

func (c *calm) ready(t *testing.T) {
	t.Helper()
	if r, err := c.Ready(t.Context(), platform.NewKey("post-1", corpus.Social, 1)); err != nil || r.Hold != "" {
		t.Fatal(r.Hold, err)
	}
}

func (c *calm) want(t *testing.T, loads int) {
	t.Helper()
	if c.loads != loads {
		t.Errorf("at %s the office was loaded %d times, want %d", c.clock.Format("15:04"), c.loads, loads)
	}
}

// TestSource_loadsOnce: as long as nobody writes anything.
func TestSource_loadsOnce(t *testing.T) {
	t.Parallel()
	c := newCalm(t)
	for range 5 {
		c.ready(t)
	}
	c.want(t, 1)
	names, err := filepath.Glob(filepath.Join(c.dir, "content", "*", "*-1.md"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	f, err := os.OpenFile(names[0], os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("plus\n"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	c.ready(t)
	c.ready(t)
	c.want(t, 2)
}

// TestSource_isThereInTime: what is due finds the office loaded, however long
// nothing was; between, there is none.
func TestSource_isThereInTime(t *testing.T) {
	t.Parallel()
	c := newCalm(t)
	if _, err := c.Orders(t.Context()); err != nil {
		t.Fatal(err)
	}
	due := c.clock.Add(time.Hour)
	for ; c.clock.Before(due); c.clock = c.clock.Add(time.Minute) {
		if _, err := c.rest(t.Context()); err != nil {
			t.Fatal(err)
		}
		if there, near := c.office != nil, due.Sub(c.clock) <= nearby; there != near && c.clock.After(due.Add(-58*time.Minute)) {
			t.Errorf("at %s the office is there: %v", c.clock.Format("15:04"), there)
		}
	}
	c.want(t, 2)
	c.ready(t)
	c.want(t, 2)
}
