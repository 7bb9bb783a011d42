package forecast

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Needed is how many posts must have been seen from their beginning to ready
// before anything is forecast.
const Needed = 10

// Settings of the model; docs/forecast.md says why they are as they are.
const (
	// weight is how many imaginary posts that behave like the next larger group
	// every group begins with.
	weight = 3
	// leastKind is how many posts of a kind must have become ready for it to be
	// looked at by itself, mostKinds how many kinds are.
	leastKind = 3
	mostKinds = 20
)

// bands are the ages, in hours, at which another rate of leaving a stage may
// begin.
func bands() []int {
	days := []int{0, 1, 2, 4, 7, 11, 16, 22, 30, 45, 60, 90}
	for i := range days {
		days[i] *= 24
	}
	return days
}

// Model is how long posts stay in each stage and where they go from there, as
// far as a history tells.
type Model struct {
	// Finished is how many posts were seen from their beginning to ready.
	Finished int

	starts []int // of bands
	all    group
	kinds  map[string]group
	// begins is the stage in which work on an idea begins.
	begins int
}

// group is what is known of one kind of post, or of all.
type group struct {
	// rate is the chance that a post leaves a stage within the next hour, by
	// stage and band of its age there.
	rate [working][]float64
	// next is the chance of each stage to be the next.
	next [working][ends]float64
}

// tally counts what was seen of a group.
type tally struct {
	// left are the stays that ended, stayed the hours spent, by stage and band.
	left, stayed [working][]int
	to           [working][ends]int
}

func newTally(bands int) *tally {
	t := &tally{}
	for s := range working {
		t.left[s], t.stayed[s] = make([]int, bands), make([]int, bands)
	}
	return t
}

// add counts a stay: the hours in each band, and its end in the last.
func (t *tally) add(s spell, starts []int) {
	for b, from := range starts {
		if s.hours <= from {
			break
		}
		end := s.hours
		if b+1 < len(starts) {
			end = min(end, starts[b+1])
		}
		t.stayed[s.stage][b] += end - from
		if s.to != open && end == s.hours {
			t.left[s.stage][b]++
		}
	}
	if s.to != open {
		t.to[s.stage][s.to]++
	}
}

// Fit learns from tracks what was known at an instant. The order of the tracks
// does not matter. Enough is false where there is too little history: nothing
// is to be forecast then, and only Finished means something.
func Fit(tracks []Track, at time.Time) (m *Model, enough bool) {
	m = &Model{starts: bands(), kinds: map[string]group{}}
	all, byKind, finished := newTally(len(m.starts)), map[string]*tally{}, map[string]int{}
	for _, t := range tracks {
		own, ok := byKind[t.Kind]
		if !ok {
			own = newTally(len(m.starts))
			byKind[t.Kind] = own
		}
		for _, s := range t.spells(at) {
			all.add(s, m.starts)
			own.add(s, m.starts)
		}
		if _, ended, ok := t.whole(at); ok && ended {
			m.Finished++
			finished[t.Kind]++
		}
	}
	if m.Finished < Needed {
		return m, false
	}
	m.all = pooled(all)
	for _, kind := range common(finished) {
		m.kinds[kind] = m.all.narrow(byKind[kind])
	}
	m.begins = begins(all)
	return m, true
}

// common are the kinds that are looked at by themselves: those with most posts.
func common(finished map[string]int) []string {
	var names []string
	for kind, n := range finished {
		if n >= leastKind && kind != "" {
			names = append(names, kind)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(finished[b]-finished[a], strings.Compare(a, b)) })
	return names[:min(len(names), mostKinds)]
}

// begins is the stage that follows an idea where somebody works on it: the
// first that posts were seen to leave.
func begins(all *tally) int {
	for s := 1; s < working; s++ {
		if sum(all.left[s]) > 0 {
			return s
		}
	}
	return 0
}

// pooled is the group of all posts. A stage begins as all stages are, a band as
// its stage is.
func pooled(t *tally) group {
	var g group
	left, stayed := 0, 0
	for s := range working {
		left, stayed = left+sum(t.left[s]), stayed+sum(t.stayed[s])
	}
	everywhere := float64(left) / float64(stayed)
	for s := range working {
		stage := shrunk(sum(t.left[s]), sum(t.stayed[s]), everywhere)
		for b := range t.left[s] {
			g.rate[s] = append(g.rate[s], shrunk(t.left[s][b], t.stayed[s][b], stage))
		}
		var before [ends]float64
		before[following(t, s)] = 1
		g.next[s] = shares(t.to[s], before)
	}
	return g
}

// narrow is a kind of the group: it begins as the group is.
func (g group) narrow(t *tally) group {
	var kind group
	for s := range working {
		for b := range t.left[s] {
			kind.rate[s] = append(kind.rate[s], shrunk(t.left[s][b], t.stayed[s][b], g.rate[s][b]))
		}
		kind.next[s] = shares(t.to[s], g.next[s])
	}
	return kind
}

// shrunk is a rate of leaving: those that left by the hours spent, together with
// imaginary ones that left at the rate of the larger group.
func shrunk(left, stayed int, larger float64) float64 {
	return (float64(left) + weight) / (float64(stayed) + weight/larger)
}

// shares are the chances of where to go next, shrunk in the same way.
func shares(to [ends]int, larger [ends]float64) [ends]float64 {
	n := 0
	for _, k := range to {
		n += k
	}
	var out [ends]float64
	for j, k := range to {
		out[j] = (float64(k) + float64(weight*larger[j])) / (float64(n) + weight)
	}
	return out
}

// following is where posts go from a stage if nobody has seen any go: the next
// stage that is used at all.
func following(t *tally, stage int) int {
	for s := stage + 1; s < working; s++ {
		if sum(t.stayed[s]) > 0 {
			return s
		}
	}
	return ready
}

func (m *Model) group(kind string) *group {
	if g, ok := m.kinds[kind]; ok {
		return &g
	}
	return &m.all
}

// hazard is the chance to leave a stage in an hour, counted from 1.
func (m *Model) hazard(g *group, stage, hour int) float64 {
	b, ok := slices.BinarySearch(m.starts, hour)
	if b == len(m.starts) || !ok || m.starts[b] == hour {
		b-- // the band that begins before the hour ends
	}
	return g.rate[stage][b]
}

func sum(ns []int) int {
	total := 0
	for _, n := range ns {
		total += n
	}
	return total
}
