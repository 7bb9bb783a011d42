package site_test

import (
	"io"
	"testing"

	"editorial/pkg/content"
	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
	"editorial/pkg/publish/internal/sample"
	"editorial/pkg/publish/site"
)

// known are bodies whose facts are known already.
type known struct {
	publish.Bodies
	facts map[*content.Post]publish.Facts
}

func (k known) Facts(p *content.Post) (publish.Facts, bool) {
	f, ok := k.facts[p]
	return f, ok
}

// nowhere forgets the files that it is given; has is what it says of all.
type nowhere struct{ has bool }

func (n nowhere) Put(publish.File) error                                { return nil }
func (n nowhere) Open(string, bool, string) (publish.FileWriter, error) { return nil, io.ErrClosedPipe }
func (n nowhere) Has(_ string, _ bool, key string) bool                 { return n.has && key != "" }

// BenchmarkWrite makes all pages of short posts, and none of them because all
// are there: what their keys cost. The limit of the latter is 20 µs a post.
func BenchmarkWrite(b *testing.B) {
	for _, sink := range []struct {
		name string
		sink nowhere
	}{{"all", nowhere{}}, {"none", nowhere{has: true}}} {
		b.Run(sink.name+"/10k", func(b *testing.B) {
			s := sample.Many(10_000)
			one, err := markdown.New().Parse([]byte(everyLink), "fr")
			if err != nil {
				b.Fatal(err)
			}
			bodies := known{sample.One(one), map[*content.Post]publish.Facts{}}
			for _, e := range s.Entries {
				bodies.facts[e.Post] = publish.FactsOf(one)
			}
			pages, err := site.New(site.Options{})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := pages.Write(s, bodies, sink.sink); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
