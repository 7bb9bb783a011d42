package delivery_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"editorial/internal/delivery"
	"editorial/internal/need/postgres"
	"editorial/internal/queue"
	"editorial/internal/store"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// The load of the benchmarks. With -benchtime 1000x a thousand are due, with 1x as
// many as fit into a few seconds.
const (
	waiting  = 10_000 // not due for a month
	fewest   = 100    // due
	accounts = 20
	apart    = 40 * time.Millisecond // between two that are due
	together = 50                    // that are due at one instant, besides
	// answers is how long a platform takes to answer.
	answers = 100 * time.Millisecond
	// headStart is what is left to prepare before the first is due.
	headStart = 2 * time.Second
)

// clocked is a platform in memory that notes when it is called.
type clocked struct {
	mu   sync.Mutex
	at   map[platform.Key]time.Time
	left int
	done chan struct{}
}

func (c *clocked) Caps() platform.Caps {
	return platform.Caps{Kind: "fake", Guarantee: platform.ExactlyOnce}
}
func (c *clocked) Validate(platform.Post) []problem.Problem { return nil }
func (c *clocked) Render(p platform.Post) (platform.Message, error) {
	return platform.Message{Kind: "fake", Parts: []platform.Part{{Text: p.Title}}}, nil
}
func (c *clocked) Prepare(context.Context, platform.Job) (platform.Handle, error) {
	return platform.Handle(`{}`), nil
}
func (c *clocked) Lookup(context.Context, platform.Job) (platform.Finding, error) {
	return platform.Finding{Whether: platform.NotFound}, nil
}
func (c *clocked) Commit(_ context.Context, j platform.Job) (platform.Receipt, error) {
	now := time.Now()
	defer func() { <-time.After(answers) }()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at[j.Key] = now
	if c.left--; c.left == 0 {
		close(c.done)
	}
	return platform.Receipt{ID: string(j.Key), Evidence: platform.ByResponse}, nil
}

// crowd is a source of many placements.
type crowd struct {
	orders []delivery.Order
	posts  map[platform.Key]platform.Post
}

func (c *crowd) Orders(context.Context) ([]delivery.Order, error) { return c.orders, nil }
func (c *crowd) Ready(_ context.Context, key platform.Key) (delivery.Ready, error) {
	return delivery.Ready{Post: c.posts[key]}, nil
}

func (c *crowd) add(due time.Time) delivery.Order {
	n := len(c.orders)
	account := "account" + strconv.Itoa(n%accounts)
	o := delivery.Order{
		Key: platform.NewKey(strconv.Itoa(n), account, 1), Platform: account, Kind: "fake", Post: strconv.Itoa(n),
		Title: fmt.Sprintf("Post %d", n), Due: due.Truncate(time.Millisecond),
	}
	c.orders = append(c.orders, o)
	c.posts[o.Key] = platform.Post{Key: o.Key, Title: o.Title, At: o.Due}
	return o
}

// deliver has n placements come due one after the other, and some at once, while
// many others wait. It returns what was due, and when each commit began.
func deliver(b *testing.B, s *store.Store, n int, spacing time.Duration) ([]delivery.Order, map[platform.Key]time.Time) {
	b.Helper()
	source := &crowd{posts: map[platform.Key]platform.Post{}}
	remote := &clocked{at: map[platform.Key]time.Time{}, done: make(chan struct{}), left: n + together}
	all := map[string]delivery.Account{}
	for i := range accounts {
		all["account"+strconv.Itoa(i)] = delivery.Account{Format: remote, Publisher: remote, Within: 4 * time.Hour, Then: journal.Held, Spacing: spacing}
	}
	engine := delivery.New(delivery.Options{Store: s, Source: source, Accounts: all, Now: time.Now, Node: "bench", Alone: true})
	for i := range waiting {
		source.add(time.Now().Add(30*24*time.Hour + time.Duration(i)*time.Minute))
	}
	if _, err := engine.Sync(b.Context()); err != nil {
		b.Fatal(err)
	}
	first := time.Now().Add(headStart + time.Duration(n)*10*time.Millisecond)
	var due []delivery.Order
	for i := range n {
		due = append(due, source.add(first.Add(time.Duration(i)*apart)))
	}
	for range together {
		due = append(due, source.add(first.Add(time.Duration(n)*apart/2+apart/3)))
	}
	if _, err := engine.Sync(b.Context()); err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(b.Context())
	end := limits(b, due)
	stop := wakeUps(b, ctx, engine)
	ended := make(chan error, 1)
	go func() { ended <- engine.Run(ctx, nil) }()
	<-remote.done
	cancel()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
	stop()
	end()
	return due, remote.at
}

// limits measures what the machine takes for itself, between the instants of what is
// due: how late a goroutine is that only waits, and one that then has four kilobytes
// on the disk. It is called again to end.
func limits(b *testing.B, due []delivery.Order) (end func()) {
	b.Helper()
	const each = 4
	f, err := os.Create(filepath.Join(b.TempDir(), "limit"))
	if err != nil {
		b.Fatal(err)
	}
	var group sync.WaitGroup
	var timer, disk []time.Duration
	group.Go(func() {
		for i := 0; i < len(due)-together; i += each {
			at := due[i].Due.Add(apart / 2)
			<-time.After(time.Until(at))
			timer = append(timer, time.Since(at))
			if _, err := f.WriteAt(make([]byte, 4096), int64(4096*i)); err != nil {
				b.Error(err)
			}
			if err := f.Sync(); err != nil {
				b.Error(err)
			}
			disk = append(disk, time.Since(at))
		}
	})
	return func() {
		group.Wait()
		if err := f.Close(); err != nil {
			b.Error(err)
		}
		metric(b, timer, 0.99, "timer-p99-ms")
		metric(b, disk, 0.99, "disk-p99-ms")
	}
}

// metric reports what a part of some times does not exceed.
func metric(b *testing.B, of []time.Duration, part float64, unit string) {
	b.Helper()
	slices.Sort(of)
	b.ReportMetric(float64(of[int(float64(len(of)-1)*part)])/float64(time.Millisecond), unit)
}

// wakeUps has the queue keep the wake-ups of an engine, as the daemon does.
func wakeUps(b *testing.B, ctx context.Context, engine *delivery.Engine) (stop func()) {
	b.Helper()
	q, err := queue.Open(ctx, engine.Store, queue.Options{
		ID: engine.Node, Now: time.Now, Follow: engine.Follow,
		Work: func(_ context.Context, key platform.Key) error { engine.Poke(key); return nil },
	})
	if err != nil {
		b.Fatal(err)
	}
	engine.Waker = q
	if err := q.Start(ctx); err != nil {
		b.Fatal(err)
	}
	return func() {
		if err := q.Stop(b.Context()); err != nil {
			b.Error(err)
		}
	}
}

// onEach runs a benchmark on both databases.
func onEach(b *testing.B, do func(*testing.B, *store.Store)) {
	open := func(b *testing.B, address string) *store.Store {
		b.Helper()
		s, err := store.Open(b.Context(), address)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { s.Close() })
		return s
	}
	b.Run("sqlite", func(b *testing.B) { do(b, open(b, filepath.Join(b.TempDir(), "deliveries.db"))) })
	b.Run("postgresql", func(b *testing.B) { do(b, open(b, postgres.Start(b).Database(b))) })
}

// report says how late the commits were, and what a transaction takes where nobody
// else writes.
func report(b *testing.B, s *store.Store, late []time.Duration) {
	b.Helper()
	var writes []time.Duration
	for i := range 50 {
		begin := time.Now()
		if err := s.Write(b.Context(), func(tx *store.Tx) error { return tx.Set(b.Context(), "bench", strconv.Itoa(i)) }); err != nil {
			b.Fatal(err)
		}
		writes = append(writes, time.Since(begin))
	}
	metric(b, late, 0.5, "p50-ms")
	metric(b, late, 0.99, "p99-ms")
	metric(b, late, 1, "most-ms")
	metric(b, writes, 0.5, "write-ms")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkRun_fromTheInstant is from the instant at which something is due until
// its platform is called.
func BenchmarkRun_fromTheInstant(b *testing.B) {
	onEach(b, func(b *testing.B, s *store.Store) {
		due, at := deliver(b, s, max(fewest, b.N), 0)
		var late []time.Duration
		for _, o := range due {
			late = append(late, at[o.Key].Sub(o.Due))
		}
		metric(b, slices.Clone(late[len(late)-together:]), 1, "together-ms")
		report(b, s, late)
	})
}

// BenchmarkRun_keepsItsSpacing is how much later than the spacing of its account
// makes it the platform is called.
func BenchmarkRun_keepsItsSpacing(b *testing.B) {
	const spacing = 500 * time.Millisecond
	onEach(b, func(b *testing.B, s *store.Store) {
		due, at := deliver(b, s, max(fewest, b.N), spacing)
		wanted, begun := map[string][]time.Time{}, map[string][]time.Time{}
		for _, o := range due {
			wanted[o.Platform], begun[o.Platform] = append(wanted[o.Platform], o.Due), append(begun[o.Platform], at[o.Key])
		}
		var late []time.Duration
		for name, dues := range wanted {
			slices.SortFunc(dues, time.Time.Compare)
			slices.SortFunc(begun[name], time.Time.Compare)
			var turn time.Time
			for i, due := range dues {
				if due.Before(turn) {
					due = turn
				}
				late, turn = append(late, begun[name][i].Sub(due)), begun[name][i].Add(spacing)
			}
		}
		report(b, s, late)
	})
}
