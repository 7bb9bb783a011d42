package forecast

import (
	"slices"
	"strings"
	"time"
)

// Durations is how long posts took, as a history tells.
type Durations struct {
	// Kind is "" for all posts.
	Kind string
	// Finished is how many were seen from their beginning to ready, Open how
	// many are still on their way or were given up.
	Finished, Open int
	// Half and Most are the times within which half and four fifths of them
	// become ready, counting those that are not; 0 where fewer ever do.
	Half, Most time.Duration
	// Stages are, in the order of [Work], the times after which half of them
	// have left each stage, and how many did.
	Stages []StageDuration
}

// StageDuration is how long posts stay in a stage.
type StageDuration struct {
	Stage Stage
	Left  int
	Half  time.Duration
}

// Took returns how long posts took until an instant: all of them, then each
// kind of which at least one has become ready, by name.
func Took(tracks []Track, at time.Time) []Durations {
	byKind := map[string][]Track{}
	for _, t := range tracks {
		if t.Kind != "" {
			byKind[t.Kind] = append(byKind[t.Kind], t)
		}
	}
	all := []Durations{took("", tracks, at)}
	for kind, own := range byKind {
		if d := took(kind, own, at); d.Finished > 0 {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b Durations) int { return strings.Compare(a.Kind, b.Kind) })
	return all
}

func took(kind string, tracks []Track, at time.Time) Durations {
	d := Durations{Kind: kind}
	var whole survival
	var stays [working]survival
	for _, t := range tracks {
		if n, ended, ok := t.whole(at); ok {
			whole = append(whole, life{n, ended})
			if ended {
				d.Finished++
			} else {
				d.Open++
			}
		}
		for _, s := range t.spells(at) {
			stays[s.stage] = append(stays[s.stage], life{s.hours, s.to != open})
		}
	}
	d.Half, d.Most = whole.within(0.5), whole.within(0.8)
	for i, stage := range Work() {
		left := 0
		for _, l := range stays[i] {
			if l.ended {
				left++
			}
		}
		d.Stages = append(d.Stages, StageDuration{stage, left, stays[i].within(0.5)})
	}
	return d
}

// life is a length in hours, and whether it ended there or went on unseen.
type life struct {
	hours int
	ended bool
}

// survival estimates, after Kaplan and Meier (1958), how many last longer than
// an age.
type survival []life

// within returns the least time by which a share of them has ended, or 0.
func (s survival) within(share float64) time.Duration {
	s = slices.Clone(s)
	slices.SortFunc(s, func(a, b life) int { return a.hours - b.hours })
	still := 1.0
	for i := 0; i < len(s); {
		ended, at := 0, i
		for i < len(s) && s[i].hours == s[at].hours {
			if s[i].ended {
				ended++
			}
			i++
		}
		if still *= 1 - float64(ended)/float64(len(s)-at); ended > 0 && 1-still >= share-1e-12 {
			return time.Duration(s[at].hours) * time.Hour
		}
	}
	return 0
}
