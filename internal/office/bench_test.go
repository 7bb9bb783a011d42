package office_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"editorial/internal/office"
	"editorial/internal/tools/corpus"
	"editorial/pkg/civil"
)

// clock is the instant at which every post of a generated office is out.
func clock(civil.Zone) (time.Time, error) { return time.Parse(time.RFC3339, corpus.Now) }

// generated writes an office of n posts.
func generated(tb testing.TB, n int) office.Options {
	tb.Helper()
	dir := tb.TempDir()
	if err := corpus.Write(dir, n, 1); err != nil {
		tb.Fatal(err)
	}
	return office.Options{Dir: dir, Clock: clock}
}

func load(tb testing.TB, opts office.Options) *office.Office {
	tb.Helper()
	o, err := office.Load(context.Background(), opts)
	if err != nil {
		tb.Fatal(err)
	}
	return o
}

func BenchmarkLoad(b *testing.B) {
	for _, size := range sizes() {
		b.Run(size.name, func(b *testing.B) {
			opts := generated(b, size.posts)
			b.ReportAllocs()
			for b.Loop() {
				load(b, opts)
			}
		})
	}
}

func BenchmarkPropose(b *testing.B) {
	for _, size := range sizes() {
		b.Run(size.name, func(b *testing.B) {
			o := load(b, generated(b, size.posts))
			b.ReportAllocs()
			for b.Loop() {
				o.Propose()
			}
		})
	}
}

// BenchmarkCold is a build into an empty folder, BenchmarkBuild one into the
// folder of the build before, in which nothing has changed: see
// docs/performance.md for the limit they chase.
func BenchmarkCold(b *testing.B)  { benchmarkBuild(b, true) }
func BenchmarkBuild(b *testing.B) { benchmarkBuild(b, false) }

func benchmarkBuild(b *testing.B, cold bool) {
	for _, set := range []struct{ name, key string }{
		{"feeds", "site.pages=false"}, {"site", "site.pages=true"}, {"allInFeeds", "feeds.window.count=0 feeds.by_lang=false site.pages=false"},
	} {
		for _, size := range sizes() {
			b.Run(set.name+"/"+size.name, func(b *testing.B) {
				opts := generated(b, size.posts)
				opts.Config.Set = strings.Fields(set.key)
				out := b.TempDir()
				opts.Out, opts.Build = out, true
				b.ReportAllocs()
				for b.Loop() {
					if cold {
						b.StopTimer()
						out = b.TempDir()
						opts.Out = out
						b.StartTimer()
					}
					if _, err := load(b, opts).Build(context.Background(), out); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

type size struct {
	name  string
	posts int
}

// sizes leaves the largest out of a short run.
func sizes() []size {
	all := []size{{"1k", 1_000}, {"10k", 10_000}}
	if testing.Short() {
		return all[:1]
	}
	return all
}

// BenchmarkRebuild is what a running program does after somebody has saved a
// post: it loads and builds again. The limit that it chases is 100 ms.
func BenchmarkRebuild(b *testing.B) {
	for _, set := range []struct{ name, key string }{{"feeds", "site.pages=false"}, {"site", "site.pages=true"}} {
		for _, size := range sizes() {
			b.Run(set.name+"/"+size.name, func(b *testing.B) {
				opts := generated(b, size.posts)
				opts.Config.Set = strings.Fields(set.key)
				opts.Out, opts.Build, opts.Memory = opts.Dir, true, office.NewMemory()
				first := load(b, opts)
				if _, err := first.Build(context.Background(), opts.Out); err != nil {
					b.Fatal(err)
				}
				post := first.Corpus.Posts[len(first.Corpus.Posts)/2].Path
				b.ReportAllocs()
				for b.Loop() {
					b.StopTimer()
					appendTo(b, filepath.Join(opts.Dir, office.ContentDir, post))
					b.StartTimer()
					opts.Memory.Forget([]string{office.ContentDir + "/" + post})
					if _, err := load(b, opts).Build(context.Background(), opts.Out); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func appendTo(tb testing.TB, name string) {
	tb.Helper()
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("\nEncore.\n"); err != nil {
		tb.Fatal(err)
	}
}
