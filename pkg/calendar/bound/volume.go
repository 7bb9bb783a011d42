package bound

// volume moves the prices: from the best ones found yet towards where the mean
// of the latest choices takes more than there is, and away from where it takes
// less. Only these steps are in floating point.
type volume struct {
	*pricing
	// By row, in its unit: the best prices yet, those tried last, and the mean
	// of what choices took above the limit.
	centre, trial, mean []float64
	// pace scales the steps, newest is the most that the last choice counts in
	// the mean.
	pace, newest float64
	// turns counts the steps, idle those since one was better.
	turns, idle int
}

const (
	firstPace   = 0.1
	leastPace   = 1e-5
	mostPace    = 2
	fasterPace  = 1.1
	slowerPace  = 0.85
	idleTurns   = 10 // after so many it goes slower
	firstNewest = 0.1
	leastNewest = 0.005
	lessNewest  = 0.7
	newestTurns = 100 // after so many the mean gets longer
	// A mean that is shorter, squared, points nowhere.
	leastLength = 1e-9
)

func newVolume(p *pricing) *volume {
	n := len(p.rows)
	return &volume{pricing: p, centre: make([]float64, n), trial: make([]float64, n), mean: make([]float64, n), pace: firstPace, newest: firstNewest}
}

// step goes on after an evaluation of the prices that it set last (0 at first).
// Better says that it gave the least bound yet, distance how far that is from
// what is known to be reached, in units of price.
func (v *volume) step(better bool, distance int64) {
	if better {
		copy(v.centre, v.trial)
	}
	along := v.average()
	v.turns++
	if v.turns%newestTurns == 0 {
		v.newest = max(float64(v.newest*lessNewest), leastNewest)
	}
	switch {
	case !better:
		if v.idle++; v.idle == idleTurns {
			v.idle, v.pace = 0, max(float64(v.pace*slowerPace), leastPace)
		}
	case along > 0:
		v.idle, v.pace = 0, min(float64(v.pace*fasterPace), mostPace)
	default:
		v.idle = 0
	}
	v.move(float64(distance) / scale)
}

// average takes the latest choice into the mean, as much of it as makes the
// mean shortest, and returns how far both point the same way.
func (v *volume) average() (along float64) {
	var old, latest float64 // lengths, squared
	for i := range v.rows {
		if g, ok := v.pull(i); ok {
			old += float64(v.mean[i] * v.mean[i])
			latest += float64(g * g)
			along += float64(g * v.mean[i])
		}
	}
	share := 1.0
	if v.turns > 0 {
		share = float64(v.newest / 10)
		if apart := latest + old - float64(2*along); apart > 0 {
			share = min(max((old-along)/apart, share), v.newest)
		}
	}
	for i := range v.rows {
		if r := &v.rows[i]; r.most > 0 {
			v.mean[i] = float64(float64(r.over)/r.unit*share) + float64(v.mean[i]*(1-share))
		}
	}
	return along
}

// pull is what the choice takes of a row above its limit, in its unit. Rows
// without a price that are not broken pull nowhere.
func (v *volume) pull(i int) (over float64, ok bool) {
	r := &v.rows[i]
	if r.most == 0 || v.centre[i] == 0 && r.over <= 0 && v.mean[i] <= 0 {
		return 0, false
	}
	return float64(r.over) / r.unit, true
}

// move sets new prices. The distance is in units of value.
func (v *volume) move(distance float64) {
	length := 0.0
	for i, d := range v.mean {
		if v.centre[i] > 0 || d > 0 {
			length += float64(d * d)
		}
	}
	if length < leastLength {
		return
	}
	size := float64(v.pace*distance) / length
	for i, d := range v.mean {
		r := &v.rows[i]
		v.trial[i] = max(0, v.centre[i]+float64(size*d))
		// Clamped as an integer: a price out of bounds would make a wrong bound.
		r.price = min(max(int64(float64(v.trial[i]/r.unit)*scale), 0), r.most)
	}
}
