package feed_test

import (
	"fmt"
	"testing"

	"editorial/pkg/publish"
	"editorial/pkg/publish/feed"
	"editorial/pkg/publish/internal/sample"
)

// BenchmarkFiles makes the feeds of the site and of two languages in three
// formats, with every post in full.
func BenchmarkFiles(b *testing.B) {
	for _, n := range []int{20, 1000} {
		b.Run(fmt.Sprintf("posts=%d", n), func(b *testing.B) {
			s := sample.Many(n)
			bodies := sample.Bodies(s)
			feeds, err := feed.New(feed.Options{})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				files, err := publish.Files(feeds, s, bodies)
				if err != nil {
					b.Fatal(err)
				}
				size := 0
				for _, f := range files {
					size += len(f.Data)
				}
				b.ReportMetric(float64(size)/1e6, "MB/op")
			}
		})
	}
}
