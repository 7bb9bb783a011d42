package bound

import (
	"math"

	"editorial/pkg/calendar"
)

// Of returns a value that no plan of the instance exceeds. Value is that of a
// plan that somebody has, 0 of none: it says how far there is to go at most,
// and the search ends where the bound reaches it. The bound is right whatever
// it is. The work is bounded in steps; the result depends on nothing but the
// arguments.
func Of(inst *calendar.Instance, value int) int {
	m := newModel(inst)
	highest := m.highest()
	if highest <= value {
		return highest
	}
	return search(newPricing(m), value, highest)
}

// The search for prices ends after most turns, or where this many looks at
// pairs are done, if that is earlier, but not before least; or where the bound
// fell by less than a part of it in so many turns.
const (
	mostTurns  = 3_000
	leastTurns = 50
	mostLooks  = 1_000_000_000
	calmTurns  = 150
	calmPart   = 20_000
)

// search looks for prices with a small bound, and returns that, rounded down.
// Highest is a bound that is known.
func search(p *pricing, value, highest int) int {
	v := newVolume(p)
	best, target := int64(math.MaxInt64), int64(max(value, 0))*scale
	if free, ok := p.evaluate(); ok {
		best = free
		v.begin()
		if bound, ok := p.evaluate(); !ok || bound > free {
			v.forget()
		}
	}
	turns := max(min(mostTurns, mostLooks/(1+p.size())), leastTurns)
	before := best
	for turn := 1; turn <= turns; turn++ {
		bound, ok := p.evaluate()
		better := ok && bound <= best
		if better {
			if best = bound; best/scale <= int64(value) {
				break
			}
		}
		if turn%calmTurns == 0 {
			if before-best < best/calmPart {
				break
			}
			before = best
		}
		v.step(better, best-target)
	}
	return min(int(best/scale), highest)
}
