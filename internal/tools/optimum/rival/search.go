package rival

import (
	"maps"
	"math/rand/v2"
	"slices"

	"editorial/internal/tools/optimum/exact"
)

// tries is how many changes the search looks at.
const tries = 1000

// Search starts from what [ByPriority] makes. It puts an item where it could
// stand, takes out what that breaks, fills up with what is left out, and keeps
// what is worth no less; some hundred times, drawn from a seed.
func Search(p *exact.Problem) ([]exact.Placed, int) {
	b := newBoard(p)
	order := b.important(p)
	pairs := slices.Concat(slices.Collect(maps.Values(b.byItem))...)
	slices.Sort(pairs)
	chance := rand.New(rand.NewPCG(1, uint64(len(pairs))))
	best, value := maps.Clone(b.at), b.value()
	for range tries {
		if len(pairs) == 0 {
			break
		}
		c := pairs[chance.IntN(len(pairs))]
		if old, ok := b.at[b.Pairs[c].Item]; ok {
			if old == c {
				continue
			}
			b.take(old)
		}
		b.put(c)
		b.mend(c)
		b.fill(order, b.byWorth)
		if v := b.value(); v >= value {
			best, value = maps.Clone(b.at), v
			continue
		}
		b.restore(best)
	}
	return b.plan()
}

func (b *board) value() int {
	sum := 0
	for _, c := range b.at {
		sum += b.worth(c)
	}
	return sum
}

// restore brings a plan back.
func (b *board) restore(plan map[string]int) {
	for _, id := range b.items {
		if c, ok := b.at[id]; ok && c != b.where(plan, id) {
			b.take(c)
		}
	}
	for _, id := range b.items {
		if c := b.where(plan, id); c >= 0 && b.x[c] == 0 {
			b.put(c)
		}
	}
}

// where is the column of an item in a plan, or -1.
func (b *board) where(plan map[string]int, id string) int {
	if c, ok := plan[id]; ok {
		return c
	}
	return -1
}
