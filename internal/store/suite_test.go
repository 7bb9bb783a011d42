package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/need/postgres"
	"editorial/internal/store"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
)

// fresh returns the address of an empty database.
type fresh func(testing.TB) string

func TestSQLite(t *testing.T) {
	t.Parallel()
	suite(t, func(t testing.TB) string { return filepath.Join(t.TempDir(), "deliveries.db") })
}

func TestPostgreSQL(t *testing.T) {
	t.Parallel()
	suite(t, postgres.Start(t).Database)
}

// suite is what both engines do alike.
func suite(t *testing.T, address fresh) {
	for _, c := range []struct {
		name string
		test func(*testing.T, fresh)
	}{
		{"a delivery is read as it was put", testPut},
		{"hostile text is kept as text", testHostile},
		{"one of many changes the same reading", testChange},
		{"each change has its line", testJournal},
		{"what fails is not done", testRollback},
		{"agenda and states", testAgenda},
		{"the pace is one's own until the end", testPace},
		{"costs of a month", testSpent},
		{"the same said before", testSaidBefore},
		{"where things are", testAddresses},
		{"what editions carry", testCarried},
		{"what has begun is done", testStopped},
		{"freezes", testFreezes},
		{"freezes of one millisecond", testFreezesAtOnce},
		{"nodes", testNodes},
		{"nodes of long ago", testNodesForgotten},
		{"settings", testSettings},
		{"notices come, stay and go", testNotices},
		{"measures", testMeasures},
		{"many programs make the tables at once", testMigrateAtOnce},
		{"a newer database is refused", testNewer},
		{"a context that ends ends a write", testCancelled},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, address) })
	}
}

func open(t testing.TB, address string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func write(t testing.TB, s *store.Store, do func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), func(tx *store.Tx) error { return do(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func put(t testing.TB, s *store.Store, all ...store.Delivery) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, d := range all {
			if _, err := tx.Put(ctx, d, at(0)); err != nil {
				return err
			}
		}
		return nil
	})
}

func get(t testing.TB, s *store.Store, key platform.Key) store.Delivery {
	t.Helper()
	d, ok, err := s.Get(t.Context(), key)
	if err != nil || !ok {
		t.Fatalf("%s: %v, %v", key, ok, err)
	}
	return d
}

// at is some seconds after the beginning of these tests.
func at(seconds int) time.Time {
	return time.Date(2026, 11, 2, 9, 0, seconds, int(7*time.Millisecond), time.UTC)
}

// delivery has a value in every field.
func delivery(n int) store.Delivery {
	return store.Delivery{
		Key: platform.NewKey(fmt.Sprintf("post-%d", n), "masto", 1), Platform: "masto", Kind: "mastodon",
		Post: fmt.Sprintf("post-%d", n), File: "a/é.md", Title: "Sept « livres »", Due: at(60 * n), State: journal.Planned,
		Reason: journal.PersonAgain, Detail: "again", Step: 1, Attempt: 3, Next: at(1), Last: at(2), Owner: "node", Lease: at(3),
		Message: []byte(`{"parts":[{"text":"é 🚲"}]}`), Sum: "sum", Said: "said", Handle: platform.Handle(`{"id": 1}`), Handled: at(4),
		Started: at(5), Tried: at(6), Doubt: true,
		Receipt:   platform.Receipt{ID: "1", URL: "https://example.org/1", At: at(7), Evidence: platform.ByLookup, Parts: []string{"1", "2"}},
		Published: at(8), Cost: 1 << 40, Items: []string{"a#letter#1", "é « b » #letter#2"},
	}
}

func testPut(t *testing.T, address fresh) {
	s := open(t, address(t))
	want := delivery(1)
	put(t, s, want)
	if diff := cmp.Diff(want, get(t, s, want.Key)); diff != "" {
		t.Error(diff)
	}
	bare := store.Delivery{Key: "bare#x#1", State: journal.Planned, Step: 1}
	put(t, s, bare)
	if diff := cmp.Diff(bare, get(t, s, bare.Key)); diff != "" {
		t.Errorf("what is empty: %s", diff)
	}
	again := want
	again.Title = "another"
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if made, err := tx.Put(ctx, again, at(1)); made || err != nil {
			t.Errorf("put twice: %v, %v", made, err)
		}
		if d, ok, err := tx.Get(ctx, want.Key); !ok || err != nil || d.Title != want.Title {
			t.Errorf("%v, %v, %v: a second one took the place of the first", d.Title, ok, err)
		}
		return nil
	})
	if _, ok, err := s.Get(t.Context(), "none"); ok || err != nil {
		t.Errorf("none: %v, %v", ok, err)
	}
}

func testHostile(t *testing.T, address fresh) {
	s := open(t, address(t))
	d := delivery(1)
	d.Title, d.Detail, d.Handle = "a\x00b\xff'; drop table deliveries; --", "\x00\xc3(", platform.Handle("{\"a\":\"\xff\"}")
	d.Receipt.ID, d.State = "\x00\xff", journal.Published
	put(t, s, d)
	got := get(t, s, d.Key)
	if got.Title != "a\uFFFDb\uFFFD'; drop table deliveries; --" || got.Detail != "\uFFFD\uFFFD(" || string(got.Handle) != `{"a":"`+"\uFFFD\"}" || got.Receipt.ID != "\x00\uFFFD" {
		t.Errorf("%q %q %q %q", got.Title, got.Detail, got.Handle, got.Receipt.ID)
	}
	if lines := linesOf(t, s, d.Key); len(lines) != 1 {
		t.Errorf("%d lines", len(lines))
	}
	d.Key, d.Message = "other#x#1", []byte("\xff")
	err := s.Write(t.Context(), func(tx *store.Tx) error { _, err := tx.Put(t.Context(), d, at(1)); return err })
	if err == nil {
		t.Error("frozen bytes that one engine cannot keep were taken")
	}
}

// testChange: of many who read the same delivery and change it, one succeeds;
// the others learn of it.
func testChange(t *testing.T, address fresh) {
	s := open(t, address(t))
	d := delivery(1)
	put(t, s, d)
	const many = 8
	results := make(chan error, many)
	for n := range many {
		go func() {
			mine := d
			mine.Owner = fmt.Sprintf("node-%d", n)
			results <- s.Write(t.Context(), func(tx *store.Tx) error {
				err := tx.Change(t.Context(), &mine, at(n))
				if errors.Is(err, store.ErrChanged) && mine.Step != 1 {
					t.Errorf("step %d after a change that was refused", mine.Step)
				}
				return err
			})
		}()
	}
	won := 0
	for range many {
		switch err := <-results; {
		case err == nil:
			won++
		case !errors.Is(err, store.ErrChanged):
			t.Error(err)
		}
	}
	if got := get(t, s, d.Key); won != 1 || got.Step != 2 || len(linesOf(t, s, d.Key)) != 2 {
		t.Errorf("%d of %d succeeded; step %d, %d lines", won, many, got.Step, len(linesOf(t, s, d.Key)))
	}
	gone := store.Delivery{Key: "gone#x#1", Step: 1}
	if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.Change(t.Context(), &gone, at(1)) }); !errors.Is(err, store.ErrChanged) {
		t.Errorf("a delivery that is not there: %v", err)
	}
}

func linesOf(t testing.TB, s *store.Store, key platform.Key) (all []store.Line) {
	t.Helper()
	if err := s.LinesOf(t.Context(), key, func(l store.Line) error { all = append(all, l); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func testJournal(t *testing.T, address fresh) {
	s := open(t, address(t))
	d, other := delivery(1), delivery(2)
	put(t, s, d, other)
	way := []journal.State{journal.Leased, journal.Prepared, journal.Committing, journal.Published}
	for n, state := range way {
		d.State, d.Attempt, d.Reason, d.Detail = state, n, journal.AnswerLost, "detail "+string(state)
		d.Handle = platform.Handle(fmt.Sprintf(`{"n":%d}`, n))
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.Change(ctx, &d, at(n+1)) })
	}
	if diff := cmp.Diff(d, get(t, s, d.Key)); diff != "" {
		t.Errorf("after the changes: %s", diff)
	}
	lines := linesOf(t, s, d.Key)
	if len(lines) != 1+len(way) {
		t.Fatalf("%d lines", len(lines))
	}
	for n, state := range way {
		want := store.Line{
			Key: d.Key, Step: n + 2, At: at(n + 1), State: state, Reason: journal.AnswerLost, Attempt: n, Owner: "node",
			Data: store.Noted{Due: d.Due, Next: d.Next, Sum: "sum", Detail: "detail " + string(state)},
		}
		if state == journal.Published {
			want.Data.Receipt = &d.Receipt
		}
		if diff := cmp.Diff(want, lines[n+1]); diff != "" {
			t.Errorf("line %d: %s", n+1, diff)
		}
	}
	var all []store.Line
	if err := s.Lines(t.Context(), func(l store.Line) error { all = append(all, l); return nil }); err != nil || len(all) != len(way)+2 {
		t.Errorf("%d lines in all, %v", len(all), err)
	}
	for i := 1; i < len(all); i++ {
		if all[i].At.Before(all[i-1].At) {
			t.Errorf("line %d is older than the one before", i)
		}
	}
	stop := errors.New("stop")
	if err := s.Lines(t.Context(), func(store.Line) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
}

func testRollback(t *testing.T, address fresh) {
	s := open(t, address(t))
	d := delivery(1)
	put(t, s, d)
	broken := errors.New("broken")
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		changed := d
		changed.State = journal.Published
		if err := tx.Change(t.Context(), &changed, at(1)); err != nil {
			return err
		}
		if _, err := tx.Put(t.Context(), delivery(2), at(1)); err != nil {
			return err
		}
		if err := tx.Set(t.Context(), "name", "value"); err != nil {
			return err
		}
		if got, ok, err := tx.Get(t.Context(), d.Key); !ok || err != nil || got.State != journal.Published {
			t.Errorf("the transaction does not see what it wrote: %v, %v, %v", got.State, ok, err)
		}
		if got, _, err := s.Get(t.Context(), d.Key); err != nil || got.State != journal.Planned {
			t.Errorf("others see it before its end: %v, %v", got.State, err)
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = s.Write(t.Context(), func(tx *store.Tx) error {
			_, _ = tx.Put(t.Context(), delivery(3), at(1))
			panic("at the worst moment")
		})
	}()
	all, err := s.All(t.Context())
	if err != nil || len(all) != 1 || all[0].State != journal.Planned || len(linesOf(t, s, d.Key)) != 1 {
		t.Errorf("%d deliveries, %v", len(all), err)
	}
	if v, err := s.Setting(t.Context(), "name"); v != "" || err != nil {
		t.Errorf("%q, %v", v, err)
	}
	put(t, s, delivery(4)) // and the line is free again
}

func testAgenda(t *testing.T, address fresh) {
	s := open(t, address(t))
	var want []platform.Key
	for i, state := range journal.States() {
		d := delivery(len(journal.States()) - i)
		d.State = state
		put(t, s, d)
		if state != journal.Published && state != journal.Cancelled {
			want = append([]platform.Key{d.Key}, want...)
		}
	}
	agenda, err := s.Agenda(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []platform.Key
	for _, a := range agenda {
		got = append(got, a.Key)
		if d := get(t, s, a.Key); d.State != a.State || !d.Due.Equal(a.Due) || !d.Next.Equal(a.Next) || !d.Lease.Equal(a.Lease) || !a.Started || !a.Doubt || a.Platform != "masto" || a.Reason != d.Reason {
			t.Errorf("%+v of %+v", a, d)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the agenda: %s", diff)
	}
	in, err := s.In(t.Context(), journal.Failed, journal.Held)
	if err != nil || len(in) != 2 || in[0].State != journal.Held || in[1].State != journal.Failed {
		t.Errorf("%d in these states, %v", len(in), err)
	}
	if none, err := s.In(t.Context()); none != nil || err != nil {
		t.Errorf("in no state: %v, %v", none, err)
	}
}

// testPace: whoever asks for the pace of an account has it alone until the end
// of the transaction, so that two workers cannot both find that it is their
// turn.
func testPace(t *testing.T, address fresh) {
	s := open(t, address(t))
	const many = 10
	var all sync.WaitGroup
	for range many {
		all.Go(func() {
			if err := s.Write(t.Context(), func(tx *store.Tx) error {
				p, err := tx.Pace(t.Context(), "masto")
				if err != nil {
					return err
				}
				if p.Last.IsZero() {
					p.Last = at(0)
				}
				return tx.SetPace(t.Context(), "masto", store.Pace{Last: p.Last.Add(time.Second), Until: at(99)})
			}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		p, err := tx.Pace(ctx, "masto")
		if err != nil || !p.Last.Equal(at(many)) || !p.Until.Equal(at(99)) {
			t.Errorf("%v, %v: a turn was taken twice", p, err)
		}
		if p, err := tx.Pace(ctx, "other"); err != nil || p != (store.Pace{}) {
			t.Errorf("%v, %v", p, err)
		}
		return nil
	})
}

func testSpent(t *testing.T, address fresh) {
	s := open(t, address(t))
	for i, c := range []struct {
		platform string
		state    journal.State
		started  time.Time
		cost     int64
	}{
		{"x", journal.Published, at(10), 1}, {"x", journal.Uncertain, at(11), 10}, {"x", journal.Committing, at(12), 100},
		{"x", journal.Failed, at(10), 1000}, {"x", journal.Published, at(9), 1000}, {"x", journal.Published, at(20), 1000}, {"y", journal.Published, at(10), 1000},
	} {
		d := delivery(i)
		d.Platform, d.State, d.Started, d.Cost = c.platform, c.state, c.started, c.cost
		put(t, s, d)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if n, err := tx.Spent(ctx, "x", at(10), at(20)); n != 111 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		if n, err := tx.Spent(ctx, "none", at(10), at(20)); n != 0 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		return nil
	})
}

func testSaidBefore(t *testing.T, address fresh) {
	s := open(t, address(t))
	first, second := delivery(1), delivery(2)
	first.State, first.Said, second.Said = journal.Published, "same", "same"
	put(t, s, first, second)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			what   string
			change func(*store.Delivery)
			since  time.Time
			want   string
		}{
			{"the same", func(*store.Delivery) {}, at(0), string(first.Key)},
			{"longer ago", func(*store.Delivery) {}, at(6), ""},
			{"on another account", func(d *store.Delivery) { d.Platform = "other" }, at(0), ""},
			{"something else", func(d *store.Delivery) { d.Said = "else" }, at(0), ""},
			{"itself", func(d *store.Delivery) { d.Key = first.Key }, at(0), ""},
		} {
			d := second
			c.change(&d)
			if key, err := tx.SaidBefore(ctx, d, c.since); key != c.want || err != nil {
				t.Errorf("%s: %q, %v", c.what, key, err)
			}
		}
		return nil
	})
}

func testCarried(t *testing.T, address fresh) {
	s := open(t, address(t))
	begun, planned, post := delivery(1), delivery(2), delivery(3)
	begun.Items, planned.Items, post.Items, planned.Started = []string{"a", "b"}, []string{"b", "c"}, nil, time.Time{}
	post.State = journal.Published
	put(t, s, begun, planned, post)
	got, err := s.Carried(t.Context())
	if diff := cmp.Diff([]store.Carried{{Key: begun.Key, Platform: "masto", State: journal.Planned, Items: begun.Items}}, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			what   string
			change func(*store.Delivery)
			want   platform.Key
		}{
			{"a part of it", func(*store.Delivery) {}, begun.Key},
			{"nothing of it", func(d *store.Delivery) { d.Items = []string{"c"} }, ""},
			{"no edition", func(d *store.Delivery) { d.Items = nil }, ""},
			{"on another account", func(d *store.Delivery) { d.Platform = "other" }, ""},
			{"itself", func(d *store.Delivery) { d.Key = begun.Key }, ""},
		} {
			d := planned
			c.change(&d)
			if key, err := tx.CarriedBefore(ctx, d, begun.Started); key != c.want || err != nil {
				t.Errorf("%s: %q, %v", c.what, key, err)
			}
		}
		return nil
	})
	old := delivery(4) // an older program did not say what it carries
	old.State, old.Items = journal.Held, nil
	put(t, s, old)
	planned.Items = []string{"x"}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for since, want := range map[time.Time]platform.Key{old.Started: old.Key, old.Started.Add(time.Hour): ""} {
			if key, err := tx.CarriedBefore(ctx, planned, since); key != want || err != nil {
				t.Errorf("since %s: %q, %v", since, key, err)
			}
		}
		return nil
	})
}

// testStopped: whoever writes stops waiting in the middle. What has begun is done.
func testStopped(t *testing.T, address fresh) {
	s := open(t, address(t))
	for _, rank := range []store.Rank{store.Call, store.Record, store.Chore} {
		ctx, stop := context.WithCancel(t.Context())
		name := fmt.Sprint("kept-", rank)
		err := s.WriteAs(ctx, rank, func(ctx context.Context, tx *store.Tx) error {
			stop()
			return tx.Set(ctx, name, "done")
		})
		if value, gerr := s.Setting(t.Context(), name); err != nil || gerr != nil || value != "done" {
			t.Errorf("rank %d: %v; kept is %q, %v", rank, err, value, gerr)
		}
		if err := s.WriteAs(ctx, rank, func(context.Context, *store.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("rank %d: it does not end before it begins: %v", rank, err)
		}
	}
}

func testAddresses(t *testing.T, address fresh) {
	s := open(t, address(t))
	out, known, unknown := delivery(1), delivery(2), delivery(3)
	out.State, unknown.State, unknown.Receipt.URL = journal.Published, journal.Published, ""
	put(t, s, out, known, unknown)
	got, err := s.Addresses(t.Context())
	if diff := cmp.Diff(map[platform.Key]string{out.Key: "https://example.org/1"}, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func testFreezesAtOnce(t *testing.T, address fresh) {
	s := open(t, address(t))
	all := make([]store.Freeze, 4)
	errs := make([]error, len(all))
	var group sync.WaitGroup
	for i := range all {
		all[i] = store.Freeze{At: at(1), Reason: fmt.Sprint("reason ", i), Except: fmt.Sprint("platform ", i)}
		group.Go(func() {
			errs[i] = s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddFreeze(t.Context(), &all[i]) })
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	all[0].Thawed = at(2)
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutFreeze(ctx, all[0]) })
	got, err := s.Freezes(t.Context())
	slices.SortFunc(all, func(a, b store.Freeze) int { return strings.Compare(a.ID, b.ID) })
	if diff := cmp.Diff(all, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func testFreezes(t *testing.T, address fresh) {
	s := open(t, address(t))
	old := store.Freeze{ID: "a", At: at(1), Reason: "fire", Until: at(9), Except: "masto"}
	now := store.Freeze{ID: "b", At: at(2), Reason: "flood"}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.PutFreeze(ctx, old), tx.PutFreeze(ctx, now))
	})
	old.Thawed = at(5)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.PutFreeze(ctx, old); err != nil {
			return err
		}
		got, err := tx.Freezes(ctx)
		if diff := cmp.Diff([]store.Freeze{now, old}, got); diff != "" || err != nil {
			t.Errorf("in the transaction: %v %s", err, diff)
		}
		return nil
	})
	if got, err := s.Freezes(t.Context()); err != nil || !cmp.Equal([]store.Freeze{now, old}, got) {
		t.Errorf("%v, %v", got, err)
	}
}

func testNodes(t *testing.T, address fresh) {
	s := open(t, address(t))
	for _, n := range []store.Node{{Name: "a", Beat: at(1)}, {Name: "b", Beat: at(2)}, {Name: "a", Beat: at(3), Stopped: true}} {
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.Beat(ctx, n) })
	}
	got, err := s.Nodes(t.Context())
	if want := []store.Node{{Name: "a", Beat: at(3), Stopped: true}, {Name: "b", Beat: at(2)}}; err != nil || !cmp.Equal(want, got) {
		t.Errorf("%v, %v", got, err)
	}
}

// testNodesForgotten: a program that is started every minute leaves no row for
// every minute of its life.
func testNodesForgotten(t *testing.T, address fresh) {
	s := open(t, address(t))
	for day := range 30 {
		n := store.Node{Name: fmt.Sprint("node-", day), Beat: at(0).AddDate(0, 0, day), Stopped: true}
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.Beat(ctx, n) })
	}
	if got, err := s.Nodes(t.Context()); err != nil || len(got) != 8 || got[0].Name != "node-29" {
		t.Errorf("%v, %v", got, err)
	}
}

func testSettings(t *testing.T, address fresh) {
	s := open(t, address(t))
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.Set(ctx, "a", "1"), tx.Set(ctx, "a", "2\x00"))
	})
	if v, err := s.Setting(t.Context(), "a"); v != "2\uFFFD" || err != nil {
		t.Errorf("%q, %v", v, err)
	}
}

// testMigrateAtOnce: programs that begin at the same time on an empty database
// all find it ready.
func testMigrateAtOnce(t *testing.T, address fresh) {
	where := address(t)
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			s, err := store.Open(t.Context(), where)
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.Set(t.Context(), "a", "b") }); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func testNewer(t *testing.T, address fresh) {
	where := address(t)
	s := open(t, where)
	raw(t, s, "insert into goose_db_version (version_id, is_applied) values (99, true)")
	_, err := store.Open(t.Context(), where)
	if p := found(err); p.Code != store.CodeNewer || p.Params["version"] != "99" {
		t.Errorf("%v", err)
	}
}

func testCancelled(t *testing.T, address fresh) {
	s := open(t, address(t))
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Set(ctx, "a", "1"); err != nil {
			t.Error(err)
		}
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if v, err := s.Setting(t.Context(), "a"); v != "" || err != nil {
		t.Errorf("%q, %v: a write that was called off was done", v, err)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.Set(ctx, "a", "2") })
}

// TestStatements_neverChangeTheJournal reads the package: a restored backup alone
// takes the place of what there was.
func TestStatements_neverChangeTheJournal(t *testing.T) {
	t.Parallel()
	for name, text := range sources(t) {
		for _, word := range []string{"update journal", "delete from journal", "insert or replace"} {
			if strings.Contains(strings.ToLower(text), word) && name != "restore.go" {
				t.Errorf("%s: %q: lines of the journal are only ever added", name, word)
			}
		}
	}
}
