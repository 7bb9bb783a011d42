package queue_test

import (
	"context"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"editorial/internal/queue"
)

// TestTicks_countTime: twenty minutes, of a clock that nobody waits for, are twenty
// ticks of a minute.
func TestTicks_countTime(t *testing.T) {
	address := filepath.Join(t.TempDir(), "deliveries.db")
	synctest.Test(t, func(t *testing.T) {
		n := 0
		w := begin(t, address, "a", func(o *queue.Options) {
			o.Poll = time.Minute
			o.Ticks = []queue.Tick{{Name: "tick", Every: time.Minute, Do: func(context.Context) error { n++; return nil }}}
		}).start(t)
		time.Sleep(20*time.Minute + 30*time.Second)
		synctest.Wait()
		if n != 20 {
			t.Errorf("%d ticks", n)
		}
		w.stop(t)
	})
}
