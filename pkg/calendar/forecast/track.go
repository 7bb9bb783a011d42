package forecast

import (
	"slices"
	"time"
)

// Stage is where a post is in production.
type Stage string

// The stages: work goes on in the first three.
const (
	Idea   Stage = "idea"
	Draft  Stage = "draft"
	Review Stage = "review"
	Ready  Stage = "ready" // or out
	Gone   Stage = "gone"  // given up before it was ready
)

// Work returns the stages in which work goes on, in the order of production.
func Work() []Stage { return []Stage{Idea, Draft, Review} }

// Indices of stages: those of [Work], and the two ends.
const (
	working = 3
	ready   = 3
	gone    = 4
	ends    = 5
	open    = -1 // a stage that has not ended
)

func (s Stage) index() int {
	switch s {
	case Idea:
		return 0
	case Draft:
		return 1
	case Review:
		return 2
	case Ready:
		return ready
	}
	return gone
}

// Track is what became of one post.
type Track struct {
	ID string
	// Kind is what the post is: how long it takes may depend on it. "" is a
	// post of no kind.
	Kind string
	// Seen says that its first step was seen: a post that was there when the
	// history begins had its stage for nobody knows how long.
	Seen bool
	// Steps are the stages that the post had, from when it had them, in any
	// order; of those at one instant the later in the list counts as the later.
	Steps []Step
}

// Step is a stage from an instant on.
type Step struct {
	At    time.Time
	Stage Stage
}

// until returns the steps of a track up to an instant, in order, each with
// another stage than the one before it.
func (t Track) until(at time.Time) []Step {
	steps := slices.DeleteFunc(slices.Clone(t.Steps), func(s Step) bool { return s.At.After(at) })
	slices.SortStableFunc(steps, func(a, b Step) int { return a.At.Compare(b.At) })
	return slices.CompactFunc(steps, func(a, b Step) bool { return a.Stage == b.Stage })
}

// spell is a stay in one stage of work.
type spell struct {
	stage int
	hours int // at least 1
	to    int // where it went from there, or open
}

// spells returns the stays of which the beginning was seen, as they were known
// at an instant.
func (t Track) spells(at time.Time) []spell {
	steps := t.until(at)
	var all []spell
	for i, s := range steps {
		if s.Stage.index() >= working || i == 0 && !t.Seen {
			continue
		}
		end, to := at, open
		if i+1 < len(steps) {
			end, to = steps[i+1].At, steps[i+1].Stage.index()
		}
		all = append(all, spell{s.Stage.index(), hours(s.At, end, to == open), to})
	}
	return all
}

// whole returns the hours from the first sight of a post to when it was ready.
// Ended says that it was; else it took longer, or was given up. Ok says that
// its beginning in work was seen.
func (t Track) whole(at time.Time) (n int, ended, ok bool) {
	steps := t.until(at)
	if len(steps) == 0 || !t.Seen || steps[0].Stage.index() >= working {
		return 0, false, false
	}
	for _, s := range steps {
		switch s.Stage {
		case Ready:
			return hours(steps[0].At, s.At, false), true, true
		case Gone:
			return hours(steps[0].At, s.At, true), false, true
		}
	}
	return hours(steps[0].At, at, true), false, true
}

// hours counts the hours of a stay: those that it took, begun ones counted; of
// one that goes on those that are over.
func hours(from, to time.Time, goesOn bool) int {
	d := to.Sub(from)
	n := int(d / time.Hour)
	if !goesOn && d%time.Hour > 0 {
		n++
	}
	if !goesOn {
		return max(n, 1)
	}
	return max(n, 0)
}
