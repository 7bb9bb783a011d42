package queue_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"editorial/internal/need/postgres"
	"editorial/internal/queue"
	"editorial/internal/store"
	"editorial/pkg/problem"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

func TestMain(m *testing.M) {
	if where := os.Getenv("QUEUE_TEST_CHILD"); where != "" {
		child(where)
		return
	}
	// These tests wait, mostly: on a small machine as many at a time as on a large
	// one.
	flag.Parse()
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

type fresh func(testing.TB) string

// TestSQLite and TestPostgreSQL hold the pinned versions of River, of its drivers
// and of the databases' to what this package builds on.
func TestSQLite(t *testing.T) {
	t.Parallel()
	suite(t, func(t testing.TB) string { return filepath.Join(t.TempDir(), "deliveries.db") })
}

func TestPostgreSQL(t *testing.T) {
	t.Parallel()
	suite(t, postgres.Start(t).Database)
}

// TestPostgreSQL_crashes: a server that comes back finds the work waiting, and
// the workers find the server.
func TestPostgreSQL_crashes(t *testing.T) {
	t.Parallel()
	server := postgres.Start(t)
	w := begin(t, server.Database(t), "a", nil).start(t)
	w.wake(t, "before", time.Time{})
	await(t, w.work, "work")
	w.wake(t, "during", time.Now().Add(time.Second))
	server.Crash()
	if err := w.Write(t.Context(), func(tx *store.Tx) error { return w.WakeTx(t.Context(), tx, "lost", time.Time{}) }); err == nil {
		t.Error("it was written nowhere")
	}
	server.Recover(t)
	if key := await(t, w.work, "work after the crash"); key != "during" {
		t.Errorf("%q", key)
	}
	w.wake(t, "after", time.Time{})
	if key := await(t, w.work, "work after the crash"); key != "after" {
		t.Errorf("%q", key)
	}
}

func suite(t *testing.T, address fresh) {
	for _, c := range []struct {
		name string
		test func(*testing.T, string)
	}{
		{"what is rolled back wakes nobody", testRollback},
		{"what is committed wakes a worker", testCommit},
		{"a wake-up comes once while it is to come", testUnique},
		{"many wake-ups at once", testMany},
		{"who writes can ask who leads", testLeaderInTx},
		{"a wake-up at an instant does not come before", testScheduled},
		{"a worker that fails is called again", testRetry},
		{"follow-ups have a worker of their own", testFollow},
		{"a stop waits, and then does not", testStop},
		{"who does not work only wakes", testInsertOnly},
		{"a program that was killed is followed by another", testKilled},
		{"many programs begin at once", testOpenAtOnce},
		{"tables of a newer River are refused", testNewer},
		{"a tick that panics is followed by the next", testTickPanics},
	} {
		// In a group, so that the server outlives them.
		where := address(t)
		t.Run(c.name, func(t *testing.T) { t.Parallel(); c.test(t, where) })
	}
}

// worker is a program in this one: its store, its queue, and what it was called
// for.
type worker struct {
	*store.Store
	*queue.Queue
	work   chan platform.Key
	follow chan string
}

// options are those of a worker that reports what it is called for.
func (w *worker) options(id string) queue.Options {
	w.work, w.follow = make(chan platform.Key, 100), make(chan string, 100)
	return queue.Options{
		ID: id, Now: time.Now, Poll: 200 * time.Millisecond, Timeout: 2 * time.Second, Rescue: 3 * time.Second,
		Work: func(_ context.Context, key platform.Key) error { w.work <- key; return nil },
		Follow: func(_ context.Context, key platform.Key, what string) error {
			w.follow <- what + " " + string(key)
			return nil
		},
	}
}

// begin opens a worker; change may change its options.
func begin(t testing.TB, address, id string, change func(*queue.Options)) *worker {
	t.Helper()
	s, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	w := &worker{Store: s}
	opts := w.options(id)
	if change != nil {
		change(&opts)
	}
	if w.Queue, err = queue.Open(t.Context(), s, opts); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *worker) start(t testing.TB) *worker {
	t.Helper()
	if err := w.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.stop(t) })
	return w
}

func (w *worker) stop(t testing.TB) {
	ctx, end := context.WithTimeout(context.WithoutCancel(t.Context()), time.Minute)
	defer end()
	if err := w.Stop(ctx); err != nil {
		t.Error(err)
	}
}

func (w *worker) wake(t testing.TB, key platform.Key, at time.Time) {
	t.Helper()
	if err := w.Write(t.Context(), func(tx *store.Tx) error { return w.WakeTx(t.Context(), tx, key, at) }); err != nil {
		t.Fatal(err)
	}
}

// jobs counts the wake-ups in the database.
func (w *worker) jobs(t testing.TB) (n int) {
	t.Helper()
	if err := w.Reader().QueryRowContext(t.Context(), "select count(*) from river_job").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// await returns what comes next; if nothing does, the test is over.
func await[T any](t testing.TB, from <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(60 * time.Second):
		t.Fatalf("nothing came: %s", what)
	}
	panic("unreachable")
}

func testRollback(t *testing.T, address string) {
	w := begin(t, address, "a", nil)
	broken := errors.New("broken")
	err := w.Write(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.Put(t.Context(), store.Delivery{Key: "lost", State: journal.Planned}, time.Unix(1, 0)); err != nil {
			return err
		}
		if err := w.WakeTx(t.Context(), tx, "lost", time.Time{}); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if all, err := w.All(t.Context()); w.jobs(t) != 0 || len(all) != 0 || err != nil {
		t.Errorf("%d wake-ups, %d deliveries, %v", w.jobs(t), len(all), err)
	}
	// And the other way round: neither without the other.
	if err := w.Write(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.Put(t.Context(), store.Delivery{Key: "kept", State: journal.Planned}, time.Unix(1, 0)); err != nil {
			return err
		}
		return w.WakeTx(t.Context(), tx, "kept", time.Time{})
	}); err != nil {
		t.Fatal(err)
	}
	if _, there, err := w.Get(t.Context(), "kept"); w.jobs(t) != 1 || !there || err != nil {
		t.Errorf("%d wake-ups, %v, %v", w.jobs(t), there, err)
	}
}

func testCommit(t *testing.T, address string) {
	w := begin(t, address, "a", nil).start(t)
	want := []platform.Key{"a#masto#1", "b#x#1", "é 🚲#x#2"}
	for _, key := range want {
		w.wake(t, key, time.Time{})
	}
	var got []platform.Key
	for range want {
		got = append(got, await(t, w.work, "work"))
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func testUnique(t *testing.T, address string) {
	w := begin(t, address, "a", nil)
	now := time.Now()
	for range 3 {
		w.wake(t, "a", now)
		w.wake(t, "a", now.Add(-time.Second))
		w.wake(t, "b", now)
	}
	if n := w.jobs(t); n != 3 {
		t.Errorf("%d wake-ups of 3", n)
	}
	w.start(t)
	for range 3 {
		await(t, w.work, "work")
	}
	// What is over does not stand in the way, or a second wish would be lost.
	awaitDone(t, w, 3)
	w.wake(t, "a", now)
	if key := await(t, w.work, "the same again"); key != "a" {
		t.Errorf("%q", key)
	}
}

// awaitDone waits until so many wake-ups are recorded as done.
func awaitDone(t testing.TB, w *worker, want int) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		var n int
		if err := w.Reader().QueryRowContext(t.Context(), "select count(*) from river_job where state = 'completed'").Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n >= want {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d of %d are done", n, want)
		}
	}
}

func testMany(t *testing.T, address string) {
	w := begin(t, address, "a", nil)
	all := make([]queue.Wake, 1010)
	for i := range all {
		all[i] = queue.Wake{Key: platform.Key(fmt.Sprint("k", i)), At: time.Now().Add(time.Hour)}
	}
	w.wake(t, all[7].Key, all[7].At)
	for _, some := range [][]queue.Wake{all, all[:20], nil} {
		if err := w.Write(t.Context(), func(tx *store.Tx) error { return w.WakeAllTx(t.Context(), tx, some) }); err != nil {
			t.Fatal(err)
		}
	}
	if n := w.jobs(t); n != len(all) {
		t.Errorf("%d wake-ups of %d", n, len(all))
	}
}

// testLeaderInTx: on SQLite there is one connection that writes; whoever has it
// must not wait for itself.
func testLeaderInTx(t *testing.T, address string) {
	w := begin(t, address, "a", nil)
	ctx, end := context.WithTimeout(t.Context(), 20*time.Second)
	defer end()
	if err := w.Write(ctx, func(tx *store.Tx) error {
		_, err := w.Leader(ctx)
		return errors.Join(err, w.WakeTx(ctx, tx, "a", time.Time{}))
	}); err != nil {
		t.Error(err)
	}
}

func testScheduled(t *testing.T, address string) {
	w := begin(t, address, "a", nil).start(t)
	at := time.Now().Add(1500 * time.Millisecond)
	w.wake(t, "later", at)
	w.wake(t, "now", time.Time{})
	for _, want := range []platform.Key{"now", "later"} {
		if key := await(t, w.work, string(want)); key != want {
			t.Errorf("%q before %q", key, want)
		}
	}
	if time.Now().Before(at.Truncate(time.Millisecond)) {
		t.Error("it came too early")
	}
}

func testRetry(t *testing.T, address string) {
	var once sync.Map
	w := begin(t, address, "a", nil)
	var err error
	opts := w.options("a")
	work := opts.Work
	opts.Work = func(ctx context.Context, key platform.Key) error {
		if _, second := once.LoadOrStore(key, true); !second {
			if key == "panics" {
				panic("at the worst moment")
			}
			return errors.New("not this time")
		}
		return work(ctx, key)
	}
	if w.Queue, err = queue.Open(t.Context(), w.Store, opts); err != nil {
		t.Fatal(err)
	}
	w.start(t)
	w.wake(t, "fails", time.Time{})
	w.wake(t, "panics", time.Time{})
	got := []platform.Key{await(t, w.work, "again"), await(t, w.work, "again")}
	if slices.Sort(got); !slices.Equal(got, []platform.Key{"fails", "panics"}) {
		t.Errorf("%q", got)
	}
}

func testFollow(t *testing.T, address string) {
	w := begin(t, address, "a", nil).start(t)
	if err := w.Write(t.Context(), func(tx *store.Tx) error {
		return errors.Join(w.FollowTx(t.Context(), tx, "a", "comment", time.Time{}), w.FollowTx(t.Context(), tx, "a", "ping", time.Time{}),
			w.FollowTx(t.Context(), tx, "a", "ping", time.Time{}))
	}); err != nil {
		t.Fatal(err)
	}
	got := []string{await(t, w.follow, "a follow-up"), await(t, w.follow, "a follow-up")}
	if slices.Sort(got); !slices.Equal(got, []string{"comment a", "ping a"}) || w.jobs(t) != 2 {
		t.Errorf("%q of %d", got, w.jobs(t))
	}
	select {
	case key := <-w.work:
		t.Errorf("a follow-up of %q came to who publishes", key)
	default:
	}
}

func testStop(t *testing.T, address string) {
	begun, end := make(chan platform.Key), make(chan bool)
	w := begin(t, address, "a", func(o *queue.Options) {
		o.Timeout, o.Rescue = time.Hour, 2*time.Hour
		o.Work = func(ctx context.Context, key platform.Key) error {
			begun <- key
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-end:
				return nil
			}
		}
	})
	if err := w.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.wake(t, "a", time.Time{})
	await(t, begun, "work")
	stopped := make(chan bool)
	go func() { w.stop(t); close(stopped) }()
	select {
	case <-stopped:
		t.Error("it did not wait")
	case end <- true:
	}
	await(t, stopped, "the stop")
	// Once more, with work that does not end by itself.
	w = begin(t, address, "a", func(o *queue.Options) {
		o.Timeout, o.Rescue = time.Hour, 2*time.Hour
		o.Work = func(ctx context.Context, key platform.Key) error { begun <- key; <-ctx.Done(); return ctx.Err() }
	})
	if err := w.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.wake(t, "b", time.Time{})
	await(t, begun, "work")
	over, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	cancel()
	if err := w.Stop(over); err != nil {
		t.Errorf("the work ends with its context: %v", err)
	}
}

func testInsertOnly(t *testing.T, address string) {
	only := begin(t, address, "", func(o *queue.Options) { *o = queue.Options{Now: time.Now} })
	if err := only.Start(t.Context()); err == nil {
		t.Error("it works on nothing")
	}
	w := begin(t, address, "works", nil).start(t)
	only.wake(t, "a", time.Time{})
	if key := await(t, w.work, "work"); key != "a" {
		t.Errorf("%q", key)
	}
	if leads, err := only.Leader(t.Context()); leads || err != nil {
		t.Errorf("%v, %v", leads, err)
	}
	if err := only.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	for what, o := range map[string]queue.Options{
		"no clock":     {ID: "a"},
		"no name":      {Now: time.Now, Work: func(context.Context, platform.Key) error { return nil }, Follow: func(context.Context, platform.Key, string) error { return nil }},
		"no follow-up": {Now: time.Now, ID: "a", Work: func(context.Context, platform.Key) error { return nil }},
	} {
		if _, err := queue.Open(t.Context(), only.Store, o); err == nil {
			t.Errorf("%s: taken", what)
		}
	}
}

func testOpenAtOnce(t *testing.T, address string) {
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			s, err := store.Open(t.Context(), address)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			w := &worker{}
			if _, err := queue.Open(t.Context(), s, w.options(fmt.Sprint(n))); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func testNewer(t *testing.T, address string) {
	w := begin(t, address, "a", nil)
	if err := w.Write(t.Context(), func(tx *store.Tx) (err error) {
		const statement = "insert into river_migration (line, version) values ('main', 999)"
		if tx.SQL != nil {
			_, err = tx.SQL.ExecContext(t.Context(), statement)
		} else {
			_, err = tx.PGX.Exec(t.Context(), statement)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	_, err := queue.Open(t.Context(), w.Store, w.options("b"))
	var p problem.Problem
	if !errors.As(err, &p) || p.Code != store.CodeNewer || p.Params["version"] != "river 999" {
		t.Errorf("%v", err)
	}
}

func testTickPanics(t *testing.T, address string) {
	ticks := make(chan int)
	n := 0
	begin(t, address, "a", func(o *queue.Options) {
		o.Ticks = []queue.Tick{{Name: "tick", Every: 50 * time.Millisecond, Do: func(ctx context.Context) error {
			n++
			select {
			case ticks <- n:
			case <-ctx.Done():
				return ctx.Err()
			}
			if n == 1 {
				panic("at the worst moment")
			}
			return errors.New("not this time")
		}}}
	}).start(t)
	for want := 1; want <= 3; want++ {
		if got := await(t, ticks, "a tick"); got != want {
			t.Errorf("tick %d of %d", got, want)
		}
	}
}
