package store_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"editorial/internal/store"
	"editorial/pkg/publish/journal"
)

// notice is one of an account, found first and last at some seconds.
func notice(subject, code string, since, seen int) store.Notice {
	return store.Notice{Area: "account", Subject: subject, Code: code, Params: map[string]string{"platform": subject}, Since: at(since), Seen: at(seen)}
}

// testNotices: what is found again keeps its beginning, what is not found any more
// goes, but for what nobody could look at; another area has nothing to do with it.
func testNotices(t *testing.T, address fresh) {
	s := open(t, address(t))
	note := func(seconds int, stays func(store.Notice) bool, found ...store.Notice) (fresh, over []store.Notice) {
		t.Helper()
		write(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			fresh, over, err = tx.Notice(ctx, "account", found, stays, at(seconds))
			return err
		})
		return fresh, over
	}
	same := func(what string, want, got []store.Notice) {
		t.Helper()
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", what, d)
		}
	}
	feed := store.Notice{Area: "feed", Subject: "https://velo.example/feed.xml", Code: "feed-away", Since: at(0), Seen: at(0), Params: map[string]string{"detail": "no\ufffd"}}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		found := feed
		found.Params = map[string]string{"detail": "no\x00"}
		_, _, err := tx.Notice(ctx, "feed", []store.Notice{found}, nil, at(0))
		return err
	})
	fresh, over := note(1, nil, notice("x", "soon", 0, 0), notice("x", "scopes", 0, 0))
	same("all is new", []store.Notice{notice("x", "soon", 1, 1), notice("x", "scopes", 1, 1)}, fresh)
	same("nothing went", nil, over)
	fresh, over = note(2, nil, notice("x", "soon", 0, 0), notice("mastodon", "refused", 0, 0))
	same("one is new", []store.Notice{notice("mastodon", "refused", 2, 2)}, fresh)
	same("one went", []store.Notice{notice("x", "scopes", 1, 1)}, over)
	fresh, over = note(3, func(n store.Notice) bool { return n.Subject == "mastodon" }, notice("x", "soon", 0, 0))
	same("none is new", nil, fresh)
	same("what could not be asked stays", nil, over)
	all, err := s.Notices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	same("all", []store.Notice{notice("mastodon", "refused", 2, 2), notice("x", "soon", 1, 3), feed}, all)
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.ForgetNotices(ctx, "account", "x") })
	if all, err = s.Notices(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("%v, %v", all, err)
	}
}

// testMeasures: what was not asked, and what was asked in vain.
func testMeasures(t *testing.T, address fresh) {
	const day = 24 * time.Hour
	s := open(t, address(t))
	for n := range 4 {
		d := delivery(n)
		d.State, d.Published = journal.Published, at(n)
		if n == 3 {
			d.State = journal.Failed
		}
		put(t, s, d)
	}
	unmeasured := func(mark time.Duration) (keys []string) {
		t.Helper()
		all, err := s.Unmeasured(t.Context(), "masto", mark, at(0), at(2))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range all {
			keys = append(keys, d.Post)
		}
		return keys
	}
	if d := cmp.Diff([]string{"post-0", "post-1"}, unmeasured(day)); d != "" {
		t.Error(d)
	}
	if all, err := s.Published(t.Context(), "masto", at(1), at(4)); err != nil || len(all) != 2 || all[0].Post != "post-1" {
		t.Errorf("what went out between: %v, %v", all, err)
	}
	if all, err := s.Unmeasured(t.Context(), "x", day, at(0), at(2)); err != nil || len(all) != 0 {
		t.Errorf("of another platform: %v, %v", all, err)
	}
	want := []store.Measure{
		{Key: delivery(0).Key, Mark: day, At: at(9), Figures: map[string]int64{"likes": 1 << 40, "replies": 0}},
		{Key: delivery(0).Key, Mark: 7 * day, At: at(10), Detail: "auth 401 revoked\ufffd"},
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, m := range []store.Measure{
			{Key: want[0].Key, Mark: day, At: at(8), Figures: map[string]int64{"likes": 1}}, want[0],
			{Key: want[1].Key, Mark: 7 * day, At: at(10), Detail: "auth 401 revoked\x00"},
		} {
			if err := tx.PutMeasure(ctx, m); err != nil {
				return err
			}
		}
		return nil
	})
	got, err := s.Measures(t.Context())
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
	for mark, left := range map[time.Duration][]string{day: {"post-1"}, 7 * day: {"post-1"}, 30 * day: {"post-0", "post-1"}} {
		if d := cmp.Diff(left, unmeasured(mark)); d != "" {
			t.Errorf("%s: %s", mark, d)
		}
	}
	testHouseIsBackedUp(t, s, address)
}

// testHouseIsBackedUp: a backup carries both, into either engine.
func testHouseIsBackedUp(t *testing.T, s *store.Store, address fresh) {
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, _, err := tx.Notice(ctx, "account", []store.Notice{notice("x", "soon", 0, 0)}, nil, at(1))
		return err
	})
	file := filepath.Join(t.TempDir(), "backup.db")
	if _, err := s.Backup(t.Context(), file, at(20)); err != nil {
		t.Fatal(err)
	}
	other := open(t, address(t))
	if _, err := other.Restore(t.Context(), store.Restore{File: file, At: at(30)}); err != nil {
		t.Fatal(err)
	}
	measures, err := other.Measures(t.Context())
	if err != nil || len(measures) != 2 {
		t.Errorf("%v, %v", measures, err)
	}
	if notices, err := other.Notices(t.Context()); err != nil || len(notices) != 1 {
		t.Errorf("%v, %v", notices, err)
	}
}
