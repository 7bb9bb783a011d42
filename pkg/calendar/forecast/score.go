package forecast

import (
	"slices"
	"strings"
	"time"
)

// Days are the times ahead for which forecasts are held against what happened.
func Days() []int { return []int{7, 14, 28} }

// Cases is how many held-back forecasts are needed before anything is said of
// how good they are.
const Cases = 30

// weeks is how far back forecasts are held back, bins into how many parts
// chances are put to compare them with what happened.
const (
	weeks = 52
	bins  = 5
)

// Score says how forecasts did that were made of what was known at an instant,
// and held against what happened afterwards.
type Score struct {
	// Cases is how many forecasts there were, of Posts posts at Instants
	// instants. The same post is asked about in several weeks: the cases hang
	// together.
	Cases, Posts, Instants int
	// Brier is the mean square of chance less outcome (0 or 1): 0 is perfect.
	// Base is that of always saying how many came true, known afterwards.
	Brier, Base float64
	// Bins say, in five parts of the chances, how many forecasts there were,
	// their mean chance, and how many came true.
	Bins []Bin
}

// Bin are the forecasts between two chances.
type Bin struct {
	From, To float64
	Cases    int
	Said     float64
	CameTrue int
}

// Share is the share that came true.
func (b Bin) Share() float64 { return float64(b.CameTrue) / float64(max(b.Cases, 1)) }

// Skill is 1 where forecasts were perfect, 0 where they were no better than the
// base, and less where they were worse.
func (s Score) Skill() float64 {
	if s.Base == 0 {
		return 0
	}
	return 1 - s.Brier/s.Base
}

// Test forecasts, week by week back from an instant, what happened afterwards,
// from what was known then, of every post that was in work then.
func Test(tracks []Track, now time.Time) Score {
	var t test
	tracks = slices.Clone(tracks)
	slices.SortFunc(tracks, func(a, b Track) int { return strings.Compare(a.ID, b.ID) })
	first := now
	for _, tr := range tracks {
		for _, s := range tr.Steps {
			if s.At.Before(first) {
				first = s.At
			}
		}
	}
	for week := 1; week <= weeks; week++ {
		at := now.Add(-time.Duration(week) * 7 * 24 * time.Hour)
		if at.Before(first) {
			break
		}
		t.hold(tracks, at, now)
	}
	return t.score()
}

type outcome struct {
	days int
	said float64
	came bool
}

type test struct {
	all      []outcome
	posts    map[string]bool
	instants int
}

// hold forecasts at an instant what is known now.
func (t *test) hold(tracks []Track, at, now time.Time) {
	m, enough := Fit(tracks, at)
	if !enough {
		return
	}
	t.instants++
	if t.posts == nil {
		t.posts = map[string]bool{}
	}
	known := map[string]*curves{}
	var ahead []int // in hours
	for _, days := range Days() {
		ahead = append(ahead, days*24)
	}
	for _, tr := range tracks {
		steps := tr.until(at)
		if len(steps) == 0 {
			continue
		}
		last := steps[len(steps)-1]
		if last.Stage.index() >= working {
			continue
		}
		name := tr.Kind
		if _, ok := m.kinds[name]; !ok {
			name = ""
		}
		c, ok := known[name]
		if !ok {
			c = m.curves(name, ahead[len(ahead)-1])
			known[name] = c
		}
		chances := c.at(Post{Stage: last.Stage, Age: at.Sub(last.At)}, ahead)
		for i, days := range Days() {
			end := at.Add(time.Duration(days) * 24 * time.Hour)
			if end.After(now) {
				continue
			}
			t.posts[tr.ID] = true
			t.all = append(t.all, outcome{days, chances[i], tr.readyBetween(at, end)})
		}
	}
}

// readyBetween reports whether a post became ready after an instant and not
// later than another.
func (t Track) readyBetween(from, to time.Time) bool {
	for _, s := range t.until(to) {
		if s.At.After(from) && s.Stage == Ready {
			return true
		}
	}
	return false
}

func (t *test) score() Score {
	s := Score{Cases: len(t.all), Posts: len(t.posts), Instants: t.instants}
	n, came := map[int]int{}, map[int]int{}
	for _, o := range t.all {
		n[o.days]++
		if o.came {
			came[o.days]++
		}
	}
	for i := range bins {
		s.Bins = append(s.Bins, Bin{From: float64(i) / bins, To: float64(i+1) / bins})
	}
	for _, o := range t.all {
		truth := 0.0
		b := &s.Bins[min(int(o.said*bins), bins-1)]
		b.Cases++
		b.Said += o.said
		if o.came {
			truth = 1
			b.CameTrue++
		}
		base := float64(came[o.days]) / float64(n[o.days])
		s.Brier += square(o.said-truth) / float64(len(t.all))
		s.Base += square(base-truth) / float64(len(t.all))
	}
	for i := range s.Bins {
		s.Bins[i].Said /= float64(max(s.Bins[i].Cases, 1))
	}
	return s
}

func square(x float64) float64 { return x * x }
