package office

import (
	"crypto/sha256"
	"maps"
	"sync"

	"editorial/pkg/content"
	"editorial/pkg/publish"
)

// knowledge is what is known of bodies: it holds for as long as their bytes
// are the same. Several goroutines may use it.
type knowledge struct {
	mu    sync.Mutex
	facts map[bodyKey]publish.Facts
	// strange is what other generators left in bodies.
	strange map[[sha256.Size]byte][]content.Foreign
	// broken are bodies that cannot be shown.
	broken map[bodyKey]bool
	// more reports that something was learnt.
	more bool
}

// bodyKey is what the facts of a body depend on.
type bodyKey struct {
	sum  [sha256.Size]byte
	lang string
}

func newKnowledge() *knowledge {
	return &knowledge{facts: map[bodyKey]publish.Facts{}, strange: map[[sha256.Size]byte][]content.Foreign{}, broken: map[bodyKey]bool{}}
}

func (k *knowledge) factsOf(p *content.Post) (publish.Facts, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	f, ok := k.facts[bodyKey{p.Sum, p.Lang}]
	return f, ok
}

func (k *knowledge) learn(p *content.Post, f publish.Facts) {
	k.mu.Lock()
	defer k.mu.Unlock()
	key := bodyKey{p.Sum, p.Lang}
	if _, ok := k.facts[key]; !ok {
		k.facts[key], k.more = f, true
	}
}

func (k *knowledge) strangeIn(p *content.Post) ([]content.Foreign, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	f, ok := k.strange[p.Sum]
	return f, ok
}

func (k *knowledge) learnStrange(p *content.Post, f []content.Foreign) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.strange[p.Sum], k.more = f, true
}

func (k *knowledge) isBroken(p *content.Post) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.broken[bodyKey{p.Sum, p.Lang}]
}

func (k *knowledge) learnBroken(p *content.Post) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if key := (bodyKey{p.Sum, p.Lang}); !k.broken[key] {
		k.broken[key], k.more = true, true
	}
}

// prune forgets bodies that no post has any more. It reports whether anything
// is not as it was.
func (k *knowledge) prune(posts []*content.Post) (changed bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	bodies, sums := make(map[bodyKey]bool, len(posts)), make(map[[sha256.Size]byte]bool, len(posts))
	for _, p := range posts {
		bodies[bodyKey{p.Sum, p.Lang}], sums[p.Sum] = true, true
	}
	before := len(k.facts) + len(k.strange)
	maps.DeleteFunc(k.facts, func(key bodyKey, _ publish.Facts) bool { return !bodies[key] })
	maps.DeleteFunc(k.strange, func(sum [sha256.Size]byte, _ []content.Foreign) bool { return !sums[sum] })
	maps.DeleteFunc(k.broken, func(key bodyKey, _ bool) bool { return !bodies[key] })
	changed = k.more || len(k.facts)+len(k.strange) != before
	k.more = false
	return changed
}
