package queue_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"editorial/internal/need/postgres"
	"editorial/internal/queue"
	"editorial/internal/store"
	"editorial/pkg/publish/platform"
)

// BenchmarkWake is three hundred wake-ups, written one by one and all worked on, by
// workers that do nothing.
func BenchmarkWake(b *testing.B) {
	for name, address := range map[string]fresh{
		"sqlite":     func(t testing.TB) string { return filepath.Join(t.TempDir(), "deliveries.db") },
		"postgresql": func(t testing.TB) string { return postgres.Start(t).Database(t) },
	} {
		b.Run(name, func(b *testing.B) {
			const many = 300
			done := make(chan bool, many)
			w := begin(b, address(b), "a", func(o *queue.Options) {
				o.Poll = 0
				o.Work = func(context.Context, platform.Key) error { done <- true; return nil }
			}).start(b)
			n := 0
			for b.Loop() {
				n++
				if err := w.Write(b.Context(), func(tx *store.Tx) error {
					for i := range many {
						if err := w.WakeTx(b.Context(), tx, platform.Key(fmt.Sprint(n, " ", i)), time.Time{}); err != nil {
							return err
						}
					}
					return nil
				}); err != nil {
					b.Fatal(err)
				}
				for range many {
					<-done
				}
			}
			b.ReportMetric(float64(many*n)/b.Elapsed().Seconds(), "wakes/s")
		})
	}
}
