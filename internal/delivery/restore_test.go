package delivery_test

import (
	"path/filepath"
	"testing"
	"time"

	"editorial/internal/delivery"
	"editorial/internal/store"
)

// TestEngine_aRealBackupIsRestored: a backup is taken while one is prepared, all
// goes on for an hour, then the backup comes back. What went out since went out
// once, whether the backup has it as planned, as prepared, at another instant, or
// not at all.
func TestEngine_aRealBackupIsRestored(t *testing.T) {
	t.Parallel()
	for _, blind := range []bool{false, true} {
		b := newBench(t, 4)
		b.orders[3].Due = start().Add(2 * time.Hour)
		b.sync()
		b.at(-30 * time.Second)
		b.want(0, "prepared")
		b.want(1, "planned")
		file := filepath.Join(t.TempDir(), "backup.db")
		if _, err := b.store.Backup(t.Context(), file, b.clock); err != nil {
			t.Fatal(err)
		}
		// One is agreed afterwards, and one is moved to an earlier instant.
		b.orders = append(b.orders, delivery.Order{Key: key(4), Platform: "p", Kind: "fake", Post: "4", Title: "Title 4", Due: start().Add(4 * time.Minute)})
		b.orders[2].Due, b.orders[3].Due = start().Add(3*time.Hour), start().Add(5*time.Minute)
		b.sync()
		for m := range 10 {
			b.at(time.Duration(m) * time.Minute)
		}
		b.out(1, 1, 0, 1, 1)
		b.remote.blind = blind
		b.clock = start().Add(time.Hour)
		if _, err := b.store.Restore(t.Context(), store.Restore{File: file, At: b.clock, Over: true}); err != nil {
			t.Fatal(err)
		}
		b.restart("b")
		if _, err := b.engine.Recover(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.sync()
		for m := 60; m < 4*60; m++ {
			b.at(time.Duration(m) * time.Minute)
		}
		for _, i := range []int{0, 1, 3, 4} {
			if blind {
				b.want(i, "uncertain cannot-look")
			} else {
				b.want(i, "published")
			}
		}
		if blind {
			b.out(1, 1, 0, 1, 1) // nobody knows whether the one that was moved away went out
		} else {
			b.out(1, 1, 1, 1, 1)
		}
		for _, k := range b.orders {
			lines := 0
			if err := b.store.LinesOf(t.Context(), k.Key, func(store.Line) error { lines++; return nil }); err != nil || lines < 2 {
				t.Errorf("%s: %d lines, %v", k.Key, lines, err)
			}
		}
	}
}
