package calendar

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// FinderDiffers walks through plans on the way of a search, however full, and
// returns where the finder, which says of all slots at once where an item goes,
// does not say what the rules say of each slot; "" if it always does.
func FinderDiffers(inst Instance, seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 1))
	v := newSurvey(&inst)
	if len(inst.Items) == 0 || len(inst.Slots) == 0 {
		return ""
	}
	s, r := v.state(), newRuiner(v, rng)
	s.steps = math.MaxInt
	for range 40 {
		s.insert(rng.Perm(len(inst.Items))[:rng.IntN(len(inst.Items)+1)], finder{})
		r.ruin(s)
		s.settle(0)
		s.log = s.log[:0]
		item := rng.IntN(len(inst.Items))
		if s.slot[item] >= 0 {
			continue
		}
		for _, partial := range []bool{false, true} {
			best, value := -1, -1
			p := inst.Platforms[inst.Items[item].Platform]
			for slot := p.SlotLo; slot < p.SlotHi; slot++ {
				fits := s.fits(item, slot).Rule == "" && (partial || s.tooSmall(slot) == 0)
				if fits && inst.Value(item, slot) > value {
					best, value = slot, inst.Value(item, slot)
				}
			}
			got := finder{partial: partial}.best(s, item)
			if (got < 0) != (best < 0) || got >= 0 && (inst.Value(item, got) != value || s.fits(item, got).Rule != "") {
				return fmt.Sprintf("%s goes to %d, and is worth most in %d", inst.Items[item].Key, got, best)
			}
		}
	}
	return ""
}
