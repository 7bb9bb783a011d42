package office

import (
	"fmt"
	"testing"
	"time"
)

// twice is an office with two slots every Thursday, of which one may be used.
func twice(t *testing.T, rule string, posts int) (*Office, *Proposal) {
	t.Helper()
	files := map[string][]byte{"config.toml": []byte("[site]\ntitle = \"T\"\nzone = \"Europe/Paris\"\n\n[plan]\nweeks = 3\n\n" +
		"[platforms.blog]\nrhythm.times = [\"Thu 09:00\", \"Thu 15:00\"]\n" + rule + "\n")}
	for i := range posts {
		files[fmt.Sprintf("content/p%d.md", i)] = []byte(fmt.Sprintf("+++\ntitle = \"P%d\"\nplatforms = [\"blog\"]\nstage = \"ready\"\n+++\nx\n", i))
	}
	o := fromMemory(t, files)
	if len(o.Problems) > 0 {
		t.Fatal(o.Problems)
	}
	return o, o.Propose()
}

// TestGaps_areOpen: a slot that a cap or a gap closes beside what stands is
// none; the runway counts by the same slots.
func TestGaps_areOpen(t *testing.T) {
	t.Parallel()
	for _, rule := range []string{"caps.day = 1", "caps.week = 1", "gap = \"12h\""} {
		for posts, gaps := range map[int]int{0: 6, 1: 4, 2: 2, 3: 0, 4: 0} {
			o, p := twice(t, rule, posts)
			if len(p.Gaps) != gaps || len(p.Left) != max(0, posts-3) {
				t.Errorf("%s, %d posts: %d gaps, want %d; %d left out", rule, posts, len(p.Gaps), gaps, len(p.Left))
			}
			full := map[string]bool{}
			for _, x := range p.Placements {
				full[o.Zone.Date(x.At).String()] = true
			}
			for _, g := range p.Gaps {
				if full[o.Zone.Date(g.At).String()] {
					t.Errorf("%s, %d posts: %s is free", rule, posts, g.At)
				}
			}
			reach, ok := o.Reach(p, "blog")
			if !ok || reach.Weeks != min(posts, 3) && posts < 3 || reach.Empty.IsZero() != (gaps == 0) {
				t.Errorf("%s, %d posts: lasts %+v", rule, posts, reach)
			}
		}
	}
	if _, p := twice(t, "", 3); len(p.Gaps) != 3 {
		t.Errorf("%d gaps where nothing closes a slot", len(p.Gaps))
	}
}

// TestReach_isTheRunwayOfCapacity: the quarter and "capacity" say the same.
func TestReach_isTheRunwayOfCapacity(t *testing.T) {
	t.Parallel()
	offices := map[string]*Office{"sample": fromMemory(t, sampleFiles(t))}
	for _, rule := range []string{"", "caps.day = 1", "gap = \"12h\""} {
		offices[rule], _ = twice(t, rule, 3)
	}
	for name, o := range offices {
		p := o.Propose()
		c, _ := o.Capacity(CapacityQuery{})
		if len(c.Present.Runways) == 0 {
			t.Errorf("%q: no runway", name)
		}
		for _, r := range c.Present.Runways {
			reach, ok := o.Reach(p, r.Platform)
			if !ok || reach.Weeks != r.Weeks || !reach.Empty.Equal(r.Empty) {
				t.Errorf("%q, %s: %d weeks until %s, the quarter says %d until %s", name, r.Platform, r.Weeks, r.Empty, reach.Weeks, reach.Empty.Format(time.RFC3339))
			}
		}
	}
}
