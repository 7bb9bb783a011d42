package courier

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"editorial/pkg/publish/platform"
)

// out is the address at which a post went out on the own site.
func (h *house) out(t *testing.T, post string) string {
	t.Helper()
	all, err := h.Store.Published(t.Context(), "blog", time.Time{}, h.clock)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Post == post {
			return d.Receipt.URL
		}
	}
	t.Fatalf("%s is not out", post)
	return ""
}

// TestFeed_isWatched: the feed of a real build is fine; one that lacks what went out
// hours ago, is cut, or is not there is said, once, and is over when it is mended.
func TestFeed_isWatched(t *testing.T) {
	t.Parallel()
	const address = "https://velo.example/feed.xml"
	var away error
	served, version := "", 0 // what readers get; its version changes with it
	asked, same := 0, 0
	serve := func(body string) {
		if body != served {
			served, version = body, version+1
		}
	}
	h := newHouse(t, func(o *Options) {
		const config = "[site]\ntitle = 'T'\nurl = 'https://velo.example/'\n[platforms.blog]\n"
		calendar := ""
		for n, clock := range []string{"07:30", "07:31"} {
			post := fmt.Sprintf("---\nid: own-%d\nslug: own-%d\ntitle: Own %d\nstage: ready\nplatforms: [blog]\n---\nx\n", n, n, n)
			if err := os.WriteFile(filepath.Join(o.Dir, "content", fmt.Sprintf("own-%d.md", n)), []byte(post), 0o600); err != nil {
				t.Fatal(err)
			}
			calendar += fmt.Sprintf("2026-12-01T%sZ[UTC] blog own-%d#blog#1\n", clock, n)
		}
		for name, text := range map[string]string{"config.toml": config, "calendar.txt": calendar} {
			if err := os.WriteFile(filepath.Join(o.Dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		load := o.Load
		o.Build = func(ctx context.Context) error {
			made, err := load(ctx)
			if err == nil {
				_, err = made.Build(ctx, o.Dir)
			}
			return err
		}
		o.Feed = func(_ context.Context, known Fetched) (Fetched, error) {
			asked++
			now := Fetched{Address: address, ETag: fmt.Sprint(version), Body: []byte(served)}
			if away != nil {
				return Fetched{Address: address}, away
			}
			if now.Same = known.Address == address && known.ETag == now.ETag; now.Same {
				now.Body = nil
				same++
			}
			return now, nil
		}
	})
	step := func(what string, later time.Duration, want string) {
		t.Helper()
		h.clock = h.clock.Add(later)
		if err := h.tick(t); err != nil {
			t.Fatal(what, err)
		}
		if got := h.codes(t); got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	if all, err := h.Publish(t.Context()); err != nil || len(all) != 2 || all[1].State != "published" {
		t.Fatalf("%+v, %v", all, err)
	}
	built, err := os.ReadFile(filepath.Join(h.Dir, "public", "feed.xml"))
	if err != nil {
		t.Fatal(err)
	}
	whole := string(built)
	without := whole[:strings.Index(whole, "<item>")] + whole[strings.Index(whole, "</item>")+len("</item>"):]

	serve(without)
	step("just out", 0, "")
	step("an hour later", time.Hour, "")
	step("hours later", 3*time.Hour, address+" feed-lacks")
	if all, err := h.Store.Notices(t.Context()); err != nil || len(all) != 1 || all[0].Params["titles"] != "Own 1" || all[0].Params["n"] != "1" {
		t.Errorf("%+v, %v", all, err)
	}
	serve(whole)
	step("it is there", time.Hour, "")
	step("half an hour later nobody asks", 30*time.Minute, "")
	if asked != 4 || same != 2 {
		t.Errorf("asked %d times, %d times for nothing new", asked, same)
	}
	serve(whole[:len(whole)-10])
	step("cut", time.Hour, address+" feed-broken")
	step("cut still", time.Hour, address+" feed-broken")
	serve("<html>Please log in</html>")
	step("another page", time.Hour, address+" feed-broken")
	serve(whole)
	step("mended", time.Hour, "")
	away = errors.New("no such host")
	step("away for a moment", time.Hour, "")
	away = nil
	step("back", time.Hour, "")
	away = errors.New("no such host")
	step("away", time.Hour, "")
	step("away for an hour", time.Hour, address+" feed-unreachable")
	step("away for hours", time.Hour, address+" feed-unreachable")
	if n := strings.Count(h.said.String(), "what=feed-unreachable"); n != 1 {
		t.Errorf("said %d times:\n%s", n, h.said.String())
	}
	away = platform.Refuse(platform.Permission, "private-address", "velo.example")
	step("a server within", time.Hour, "")
	step("a server within still", time.Hour, "")
	away = nil
	step("back again", time.Hour, "")

	// A page that has moved is there at its new address; before the feed says that,
	// at its former one.
	moved := filepath.Join(h.Dir, "content", "own-1.md")
	post, err := os.ReadFile(moved)
	if err != nil {
		t.Fatal(err)
	}
	former := h.out(t, "own-1")
	path := strings.TrimPrefix(former, "https://velo.example")
	renamed := strings.Replace(string(post), "slug: own-1\n", "slug: anew-1\naliases: ["+path+"]\n", 1)
	if err := os.WriteFile(moved, []byte(renamed), 0o600); err != nil {
		t.Fatal(err)
	}
	serve(strings.ReplaceAll(whole, "own-1/", "anew-1/"))
	step("moved", time.Hour, "")
	serve(without)
	step("moved, and out of the feed", time.Hour, address+" feed-lacks")
	serve(whole)
	step("the former address", time.Hour, "")

	// What is to be in the feed no more is not missed.
	serve(without)
	if err := os.Remove(filepath.Join(h.Dir, "content", "own-1.md")); err != nil {
		t.Fatal(err)
	}
	step("taken out", time.Hour, "")
	h.clock = h.clock.Add(8 * 24 * time.Hour)
	serve(strings.ReplaceAll(whole, "/own-0/", "/other/"))
	step("long ago", time.Hour, "")
}
