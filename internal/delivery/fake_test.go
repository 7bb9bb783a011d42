package delivery_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"editorial/internal/delivery"
	"editorial/internal/store"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// remote is a platform in memory: what readers see there, and what goes wrong.
type remote struct {
	mu     sync.Mutex
	public map[platform.Key]int
	// commit, unless nil, is asked before a commit: done says whether it arrives,
	// err what the caller hears.
	commit  func(n int) (done bool, err error)
	prepare func(n int) error
	lookup  func(n int) error
	expired func()
	blind   bool // it offers no way to look
	caps    platform.Caps
	cost    int64
	commits int
	looks   int
	drafts  int
	at      []time.Time // of the commits
	now     func() time.Time
}

func (r *remote) Caps() platform.Caps {
	c := r.caps
	c.Kind, c.Guarantee = "fake", platform.ExactlyOnce
	if r.blind {
		c.Guarantee = platform.AskAfterLoss
	}
	return c
}

func (r *remote) Validate(p platform.Post) []problem.Problem {
	if len(p.Title) > 50 {
		return []problem.Problem{{Code: "platform-text-too-long"}}
	}
	return nil
}

func (r *remote) Render(p platform.Post) (platform.Message, error) {
	return platform.Message{Kind: "fake", Parts: []platform.Part{{Text: p.Title}}, Cost: r.cost}, nil
}

func (r *remote) Prepare(_ context.Context, j platform.Job) (platform.Handle, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drafts++
	if r.prepare != nil {
		if err := r.prepare(r.drafts); err != nil {
			return nil, err
		}
	}
	return platform.Handle(fmt.Sprintf(`{"draft":%q}`, j.Key)), nil
}

func (r *remote) Commit(ctx context.Context, j platform.Job) (platform.Receipt, error) {
	if ctx.Err() != nil { // nothing is sent any more
		if r.expired != nil {
			r.expired()
		}
		return platform.Receipt{}, &platform.Error{Class: platform.Temporary, Code: "x", Err: ctx.Err()}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.commits++
	r.at = append(r.at, r.now())
	done, err := true, error(nil)
	if r.commit != nil {
		done, err = r.commit(r.commits)
	}
	if done {
		r.public[j.Key]++
	}
	return platform.Receipt{ID: string(j.Key), Evidence: platform.ByResponse}, err
}

func (r *remote) Lookup(_ context.Context, j platform.Job) (platform.Finding, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.looks++
	if r.lookup != nil {
		if err := r.lookup(r.looks); err != nil {
			return platform.Finding{}, err
		}
	}
	switch {
	case r.blind:
		return platform.Finding{Whether: platform.Unknown}, nil
	case r.public[j.Key] > 0:
		return platform.Finding{Whether: platform.Found, Receipt: platform.Receipt{ID: string(j.Key)}}, nil
	}
	return platform.Finding{Whether: platform.NotFound}, nil
}

// bench is an office with one platform, a database and a clock that stands still.
type bench struct {
	t      *testing.T
	store  *store.Store
	remote *remote
	engine *delivery.Engine
	opts   delivery.Options
	clock  time.Time
	orders []delivery.Order
	hold   map[platform.Key]delivery.Ready
	title  map[platform.Key]string
	broken error
}

func (b *bench) Orders(context.Context) ([]delivery.Order, error) { return b.orders, b.broken }

func (b *bench) Ready(_ context.Context, key platform.Key) (delivery.Ready, error) {
	for _, o := range b.orders {
		if o.Key == key {
			r := b.hold[key]
			r.Post = platform.Post{Key: key, Title: o.Title, At: o.Due}
			if title, ok := b.title[key]; ok {
				r.Post.Title = title
			}
			return r, nil
		}
	}
	return delivery.Ready{}, delivery.ErrGone
}

func start() time.Time { return time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC) }

// newBench has n placements at the beginning, a minute apart.
func newBench(t *testing.T, n int) *bench {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "deliveries.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	b := &bench{t: t, store: s, clock: start().Add(-time.Hour), hold: map[platform.Key]delivery.Ready{}, title: map[platform.Key]string{}}
	b.remote = &remote{public: map[platform.Key]int{}, now: func() time.Time { return b.clock }}
	for i := range n {
		b.orders = append(b.orders, delivery.Order{
			Key: key(i), Platform: "p", Kind: "fake", Post: fmt.Sprint(i), Title: fmt.Sprintf("Title %d", i), Due: start().Add(time.Duration(i) * time.Minute),
		})
	}
	b.opts = delivery.Options{
		Store: s, Source: b, Now: func() time.Time { return b.clock }, Node: "a", Alone: true,
		Accounts: map[string]delivery.Account{
			"p": {Format: b.remote, Publisher: b.remote, Within: 4 * time.Hour, Then: journal.Held},
			"q": {Format: b.remote, Within: 4 * time.Hour, Then: journal.Held},
		},
	}
	b.engine = delivery.New(b.opts)
	b.sync()
	return b
}

func key(i int) platform.Key { return platform.NewKey(fmt.Sprint(i), "p", 1) }

func (b *bench) account(edit func(*delivery.Account)) {
	a := b.opts.Accounts["p"]
	edit(&a)
	b.opts.Accounts["p"] = a
	b.restart("a")
}

// restart begins another program on the same database.
func (b *bench) restart(node string) { b.opts.Node = node; b.engine = delivery.New(b.opts) }

func (b *bench) sync() {
	b.t.Helper()
	if _, err := b.engine.Sync(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
}

// at sets the clock to so long after the beginning, and lets all go on that can.
func (b *bench) at(d time.Duration) {
	b.t.Helper()
	b.clock = start().Add(d)
	agenda, err := b.store.Agenda(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	for _, a := range agenda {
		if _, err := b.engine.Step(b.t.Context(), a.Key); err != nil {
			b.t.Fatal(err)
		}
	}
}

// want says how a delivery stands: "published", "held too-late".
func (b *bench) want(i int, state string) {
	b.t.Helper()
	d, ok, err := b.store.Get(b.t.Context(), key(i))
	if err != nil || !ok {
		b.t.Fatalf("delivery %d: %v %v", i, ok, err)
	}
	if got := strings.TrimSpace(string(d.State) + " " + string(d.Reason)); got != state {
		b.t.Errorf("at %s delivery %d is %q (%s), want %q", b.clock.Format("15:04:05"), i, got, d.Detail, state)
	}
}

// out says how often each of the first placements can be seen.
func (b *bench) out(n ...int) {
	b.t.Helper()
	b.remote.mu.Lock()
	defer b.remote.mu.Unlock()
	for i, want := range n {
		if got := b.remote.public[key(i)]; got != want {
			b.t.Errorf("delivery %d is out %d times, want %d", i, got, want)
		}
	}
}
