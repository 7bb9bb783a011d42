package courier_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"editorial/internal/courier"
	"editorial/internal/office"
	"editorial/internal/platforms"
	"editorial/internal/tools/corpus"
	"editorial/pkg/civil"
	"editorial/pkg/publish/platform"
)

// posts is the size of the offices that are measured.
const posts = 10_000

// present is before everything that the offices have agreed.
func present() time.Time { return time.Date(2026, 10, 19, 8, 0, 0, 0, time.UTC) }

// large opens an office with as many placements to come as posts. Its cache is
// that of a daemon: none but what it read itself.
func large(b *testing.B) (*courier.Courier, string) {
	b.Helper()
	dir := b.TempDir()
	if err := corpus.WriteAgreed(dir, posts, 1, present().Add(time.Hour)); err != nil {
		b.Fatal(err)
	}
	c, err := courier.Open(b.Context(), courier.Options{
		Dir: dir, Now: present, Node: "bench",
		Load: func(ctx context.Context) (*office.Office, error) {
			return office.Load(ctx, office.Options{Dir: dir, Clock: func(civil.Zone) (time.Time, error) { return present(), nil }})
		},
		Connect: func(context.Context) (courier.Connect, error) {
			return func(string) (platform.Format, platform.Publisher, error) {
				return platforms.Plain("mastodon"), nil, nil
			}, nil
		},
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := c.Close(context.WithoutCancel(b.Context())); err != nil {
			b.Error(err)
		}
	})
	if _, err := c.Begin(b.Context()); err != nil {
		b.Fatal(err)
	}
	return c, dir
}

func keyOf(i int) platform.Key { return platform.NewKey(fmt.Sprintf("post-%d", i), corpus.Social, 1) }

// BenchmarkReady is what the worker asks three times of each delivery.
func BenchmarkReady(b *testing.B) {
	c, _ := large(b)
	n := 0
	for b.Loop() {
		n = (n + 7919) % posts
		ready, err := c.Ready(b.Context(), keyOf(n))
		if err != nil || ready.Hold != "" || ready.Post.Title == "" {
			b.Fatalf("%+v %v", ready, err)
		}
	}
}

// BenchmarkSync is what the daemon does after each change: nothing is new.
func BenchmarkSync(b *testing.B) {
	c, _ := large(b)
	for b.Loop() {
		if synced, err := c.Engine.Sync(b.Context()); err != nil || synced.New+synced.Moved+synced.Cancelled > 0 {
			b.Fatalf("%+v %v", synced, err)
		}
	}
}

// BenchmarkChanged is what the daemon does after somebody edited one post.
func BenchmarkChanged(b *testing.B) {
	c, dir := large(b)
	names, err := filepath.Glob(filepath.Join(dir, "content", "2011", "*.md"))
	if err != nil || len(names) == 0 {
		b.Fatalf("no posts: %v", err)
	}
	for b.Loop() {
		b.StopTimer()
		f, err := os.OpenFile(names[0], os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := f.WriteString(strings.Repeat("plus ", 3) + "\n"); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if err := c.Changed(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
