package crash

import (
	"math/rand/v2"
	"sync"
)

// chance is a source of chance that follows from a seed. Several goroutines may
// ask.
type chance struct {
	mu  sync.Mutex
	rnd *rand.Rand
}

func newChance(seed, stream uint64) *chance { return &chance{rnd: rand.New(rand.NewPCG(seed, stream))} }

// below returns a number from 0 to n-1.
func (c *chance) below(n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rnd.IntN(n)
}
