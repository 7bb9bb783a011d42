package feed_test

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"

	"editorial/pkg/publish"
	"editorial/pkg/publish/feed"
	"editorial/pkg/publish/internal/sample"
)

// nowhere is a sink that counts bytes and keeps none. Where asked it looks how
// large the heap is at every hundredth write.
type nowhere struct {
	size, writes, peak atomic.Int64
	heap               bool
}

func (n *nowhere) Put(f publish.File) error      { n.size.Add(int64(len(f.Data))); return nil }
func (n *nowhere) Has(string, bool, string) bool { return false }
func (n *nowhere) Write(b []byte) (int, error) {
	n.look()
	n.size.Add(int64(len(b)))
	return len(b), nil
}
func (n *nowhere) Close() error                                          { return nil }
func (n *nowhere) Abandon()                                              {}
func (n *nowhere) Open(string, bool, string) (publish.FileWriter, error) { return n, nil }

func (n *nowhere) look() {
	if n.heap && n.writes.Add(1)%100 == 1 {
		n.peak.Store(max(n.peak.Load(), heap()))
	}
}

// heap is how many bytes are in use, without those of garbage.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkWrite makes the feeds of the site and of two languages in three
// formats, with every post in full. peak-MB is by how much the heap grows.
func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{20, 1000} {
		b.Run(fmt.Sprintf("posts=%d", n), func(b *testing.B) {
			s := sample.Many(n)
			bodies := sample.Bodies(s)
			feeds, err := feed.New(feed.Options{})
			if err != nil {
				b.Fatal(err)
			}
			write := func(sink *nowhere) {
				if err := feeds.Write(s, bodies, sink); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				write(&nowhere{})
			}
			before, sink := heap(), &nowhere{heap: true}
			write(sink)
			runtime.KeepAlive(bodies)
			b.ReportMetric(float64(sink.size.Load())/1e6, "MB/op")
			b.ReportMetric(float64(sink.peak.Load()-before)/1e6, "peak-MB")
		})
	}
}
