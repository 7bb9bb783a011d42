package courier

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"editorial/internal/office"
	"editorial/internal/queue"
	"editorial/internal/store"
	"editorial/internal/tools/corpus"
	"editorial/pkg/civil"
	"editorial/pkg/publish/platform"
)

// house is an office whose chores are done by hand, by a clock that stands.
type house struct {
	*Courier
	clock time.Time
	said  bytes.Buffer
}

// newHouse opens an office of a few placements to come, with what change adds.
func newHouse(t *testing.T, change func(*Options)) *house {
	t.Helper()
	h := &house{clock: time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)}
	dir := t.TempDir()
	if err := corpus.WriteAgreed(dir, 3, 1, h.clock.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	h.open(t, dir, change)
	return h
}

func (h *house) open(t *testing.T, dir string, change func(*Options)) {
	t.Helper()
	opts := Options{
		Dir: dir, Now: func() time.Time { return h.clock }, Node: "house", Log: slog.New(slog.NewTextHandler(&h.said, nil)),
		Redact: func(s string) string { return strings.ReplaceAll(s, "hush", "***") },
		Load: func(ctx context.Context) (*office.Office, error) {
			return office.Load(ctx, office.Options{Dir: dir, Clock: func(civil.Zone) (time.Time, error) { return h.clock, nil }})
		},
		Connect: func(context.Context) (Connect, error) {
			return func(string) (platform.Format, platform.Publisher, error) { return nil, nil, nil }, nil
		},
	}
	change(&opts)
	c, err := Open(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	h.Courier = c
	t.Cleanup(func() {
		if err := c.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
}

// tick has the chores looked after, once.
func (h *house) tick(t *testing.T) (errs error) {
	t.Helper()
	for _, tick := range h.ticks(make(chan struct{}, 1)) {
		if tick.Name != "reconcile" {
			errs = errors.Join(errs, tick.Do(t.Context()))
		}
	}
	return errs
}

// codes are the notices there are, as "SUBJECT CODE".
func (h *house) codes(t *testing.T) string {
	t.Helper()
	all, err := h.Store.Notices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, n := range all {
		codes = append(codes, n.Subject+" "+n.Code)
	}
	return strings.Join(codes, ", ")
}

// TestAccounts_areCheckedNowAndThen: every six hours, also of a program that starts
// anew each time; what is found is said once, and what cannot be asked is as it was.
func TestAccounts_areCheckedNowAndThen(t *testing.T) {
	t.Parallel()
	asked, fails := 0, error(nil)
	found := []store.Notice{{Code: "connection-refused", Params: map[string]string{"platform": "social", "detail": "401 hush"}}}
	unasked := []string(nil)
	check := func(o *Options) {
		o.Check = func(context.Context) ([]Checked, error) {
			asked++
			return []Checked{{Platform: "social", Found: found, Unasked: unasked}}, fails
		}
	}
	h := newHouse(t, check)
	step := func(d time.Duration, times int, codes string) {
		t.Helper()
		h.clock = h.clock.Add(d)
		if err := h.tick(t); !errors.Is(err, fails) {
			t.Fatal(err)
		}
		if got := h.codes(t); asked != times || got != codes {
			t.Errorf("at %s: asked %d times, %q", h.clock, asked, got)
		}
	}
	const refused = "social connection-refused"
	step(0, 1, refused)
	step(5*time.Minute, 1, refused)
	step(6*time.Hour, 2, refused)
	if n := strings.Count(h.said.String(), "needs somebody"); n != 1 || strings.Contains(h.said.String(), "hush") {
		t.Errorf("said %d times:\n%s", n, h.said.String())
	}
	h.open(t, h.Dir, check)
	step(time.Hour, 2, refused)
	found, unasked = nil, []string{"connection-refused"}
	step(6*time.Hour, 3, refused)
	unasked, fails = nil, errors.New("the keyring is locked")
	step(6*time.Hour, 4, refused)
	step(6*time.Hour, 5, refused)
	fails = nil
	step(6*time.Hour, 6, "")
	if said := h.said.String(); strings.Count(said, "needs somebody") != 1 || strings.Count(said, "settled") != 1 {
		t.Errorf("said:\n%s", said)
	}
	step(-48*time.Hour, 7, "") // a clock that was wrong is no reason to wait
}

// TestTicks_lookSoonAfterAStart: a program that starts anew every few minutes gets
// to its chores all the same.
func TestTicks_lookSoonAfterAStart(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *Options) {
		o.Check = func(context.Context) ([]Checked, error) { return nil, nil }
		o.Feed = func(context.Context, Fetched) (Fetched, error) { return Fetched{}, nil }
	})
	n := 0
	for _, tick := range h.ticks(nil) {
		if tick.Name == "reconcile" {
			continue
		}
		if n++; tick.Every > time.Minute {
			t.Errorf("%s: the first look is %s after a start", tick.Name, tick.Every)
		}
	}
	if n != 3 {
		t.Errorf("%d chores", n)
	}
}

// TestAccounts_keepNothingFromBeingSent: a check that never ends holds the chore up,
// and nothing else.
func TestAccounts_keepNothingFromBeingSent(t *testing.T) {
	t.Parallel()
	begun := make(chan bool)
	h := newHouse(t, func(o *Options) {
		o.Check = func(ctx context.Context) ([]Checked, error) {
			close(begun)
			<-ctx.Done()
			return nil, ctx.Err()
		}
	})
	ctx, end := context.WithCancel(t.Context())
	var chore queue.Tick
	for _, tick := range h.ticks(nil) {
		if tick.Name == "accounts" {
			chore = tick
		}
	}
	over := make(chan error)
	go func() { over <- chore.Do(ctx) }()
	<-begun
	if all, err := h.Publish(t.Context()); err != nil || len(all) != 3 {
		t.Errorf("%d, %v", len(all), err)
	}
	end()
	if err := <-over; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if done, err := h.Store.Setting(t.Context(), "chore-accounts"); done != "" || err != nil {
		t.Errorf("what was cut short counts as done: %s, %v", done, err)
	}
}
