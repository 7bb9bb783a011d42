package forecast

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Runs is how many futures are drawn: of a chance of a half the count is off by
// about one in a hundred.
const Runs = 2000

// Slot is a coming slot.
type Slot struct {
	Platform string
	At       time.Time
	// Due is when what goes out there must be ready.
	Due time.Time
	// Least is how many posts fill it; 0 means 1.
	Least int
	// Placed are the IDs of the posts that the plan has there, Others those that
	// could fill it if they are ready, the most welcome first.
	Placed, Others []string
}

// Chance is how a slot fared in the drawn futures, all out of [Runs].
type Chance struct {
	// Filled counts those in which it was filled.
	Filled int
	// Placed and Others count, in the order of the slot's, those in which the
	// post was ready in time, and in which it filled the slot.
	Placed, Others []int
}

// Simulate draws futures of the posts and counts those in which slots are
// filled. A post that is placed at two slots has one future. A slot that lacks
// posts is filled by the first of its others that are ready by then and have
// not filled an earlier slot of the platform. The result has the order of the
// slots, and depends on no order of anything but Others.
func (m *Model) Simulate(now time.Time, posts []Post, slots []Slot) []Chance {
	last := now
	for _, s := range slots {
		if s.Due.After(last) {
			last = s.Due
		}
	}
	s := simulation{now: now, slots: slots, futures: m.draw(posts, int(last.Sub(now)/time.Hour)+1), out: make([]Chance, len(slots))}
	order := make([]int, len(slots))
	for i := range slots {
		order[i] = i
		s.out[i].Placed, s.out[i].Others = make([]int, len(slots[i].Placed)), make([]int, len(slots[i].Others))
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(slots[a].At.Compare(slots[b].At), strings.Compare(slots[a].Platform, slots[b].Platform))
	})
	for run := range Runs {
		used := map[[2]string]bool{}
		for _, i := range order {
			s.fill(run, i, used)
		}
	}
	return s.out
}

// draw draws the futures of posts, by ID.
func (m *Model) draw(posts []Post, hours int) map[string][]int {
	drawers, futures := map[string]*drawer{}, make(map[string][]int, len(posts))
	for _, p := range posts {
		d, ok := drawers[p.Kind]
		if !ok {
			d = m.drawer(p.Kind, hours, false)
			drawers[p.Kind] = d
		}
		futures[p.ID] = d.futures(stream("post", p.ID), p, Runs)
	}
	return futures
}

type simulation struct {
	now     time.Time
	slots   []Slot
	futures map[string][]int
	out     []Chance
}

// fill fills a slot in one future. Used are the posts that have filled another
// slot of a platform.
func (s *simulation) fill(run, slot int, used map[[2]string]bool) {
	sl, out := &s.slots[slot], &s.out[slot]
	within := int(sl.Due.Sub(s.now) / time.Hour)
	in := func(id string) bool {
		f, ok := s.futures[id]
		return ok && (f[run] == 0 || f[run] <= within)
	}
	n, least := 0, max(1, sl.Least)
	for i, id := range sl.Placed {
		if in(id) {
			out.Placed[i]++
			n++
		}
	}
	for i, id := range sl.Others {
		if n >= least {
			break
		}
		if key := [2]string{sl.Platform, id}; in(id) && !used[key] {
			used[key] = true
			out.Others[i]++
			n++
		}
	}
	if n >= least {
		out.Filled++
	}
}
