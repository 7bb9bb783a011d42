package forecast_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"editorial/pkg/calendar/forecast"
)

// start is when generated histories begin: a Monday, 09:00.
func start() time.Time { return time.Date(2025, 1, 6, 9, 0, 0, 0, time.UTC) }

func days(n float64) time.Duration { return time.Duration(n * 24 * float64(time.Hour)) }

// office is a made-up office of which everything is known.
type office struct {
	seed    uint64
	weeks   int
	perWeek int
	// medians are the median days in each stage, by kind; spread is the sigma
	// of the logarithm.
	medians map[string][3]float64
	spread  float64
	// givenUp is the chance that an idea is given up, sentBack that a review
	// ends as a draft again.
	givenUp, sentBack float64
}

func plain(seed uint64) office {
	return office{
		seed: seed, weeks: 80, perWeek: 3, spread: 0.7, givenUp: 0.1, sentBack: 0.15,
		medians: map[string][3]float64{"article": {9, 6, 2}, "question": {3, 1, 0.5}, "video": {12, 15, 5}},
	}
}

// tracks draws the history of the office, whole lives, also what lies after now.
func (o office) tracks() []forecast.Track {
	r := rand.New(rand.NewPCG(o.seed, 1))
	kinds := []string{"article", "article", "question", "video"}
	var all []forecast.Track
	for i := range o.weeks * o.perWeek {
		at := start().Add(days(7 * float64(i) / float64(o.perWeek)))
		t := forecast.Track{ID: fmt.Sprintf("post-%04d", i), Kind: kinds[r.IntN(len(kinds))], Seen: true}
		stages := forecast.Work()
		for s := 0; s < len(stages); {
			t.Steps = append(t.Steps, forecast.Step{At: at, Stage: stages[s]})
			at = at.Add(days(o.medians[t.Kind][s] * math.Exp(o.spread*r.NormFloat64())))
			switch {
			case s == 0 && r.Float64() < o.givenUp:
				t.Steps = append(t.Steps, forecast.Step{At: at, Stage: forecast.Gone})
				s = len(stages)
			case s == 2 && r.Float64() < o.sentBack:
				s = 1
			default:
				s++
			}
		}
		if last := t.Steps[len(t.Steps)-1].Stage; last != forecast.Gone {
			t.Steps = append(t.Steps, forecast.Step{At: at, Stage: forecast.Ready})
		}
		all = append(all, t)
	}
	return all
}

// now is when the office looks at its history.
func (o office) now() time.Time { return start().Add(days(7 * float64(o.weeks))) }

// scored are the scores of six plain offices, which several tests look at.
var scored = sync.OnceValue(func() []forecast.Score {
	var all []forecast.Score
	for seed := range uint64(6) {
		o := plain(seed)
		all = append(all, forecast.Test(o.tracks(), o.now()))
	}
	return all
})
