package rival

import (
	"slices"

	"editorial/internal/tools/optimum/exact"
)

// Rival is a way to plan.
type Rival struct {
	Name string
	Plan func(*exact.Problem) (plan []exact.Placed, value int)
}

// All lists the rivals, the simplest first.
func All() []Rival {
	return []Rival{
		{"next free slot", NextFree},
		{"most important first", ByPriority},
		{"local search", Search},
	}
}

// NextFree goes through the list and gives each item the next slot in which
// no rule is against it; what it follows comes first.
func NextFree(p *exact.Problem) ([]exact.Placed, int) {
	b := newBoard(p)
	b.fill(b.inOrder(p, b.items), func(columns []int) []int { return columns })
	return b.plan()
}

// ByPriority takes what is most important first and gives it the slot in which
// it is worth most; what it follows comes before it.
func ByPriority(p *exact.Problem) ([]exact.Placed, int) {
	b := newBoard(p)
	b.important(p)
	return b.plan()
}

// important fills a board so, and returns the order.
func (b *board) important(p *exact.Problem) []string {
	priority := map[string]int{}
	for _, it := range p.Items {
		priority[it.ID] = it.Priority
	}
	items := slices.Clone(b.items)
	slices.SortStableFunc(items, func(x, y string) int { return priority[y] - priority[x] })
	items = b.inOrder(p, items)
	b.fill(items, b.byWorth)
	return items
}

// inOrder puts leaders before what follows them.
func (b *board) inOrder(p *exact.Problem, items []string) []string {
	leaders := map[string][]string{}
	for _, a := range p.After {
		leaders[a.Item] = append(leaders[a.Item], a.Leader)
	}
	seen := map[string]bool{}
	var order []string
	var visit func(id string)
	visit = func(id string) {
		if seen[id] {
			return
		}
		seen[id] = true
		for _, l := range leaders[id] {
			visit(l)
		}
		order = append(order, id)
	}
	for _, id := range items {
		visit(id)
	}
	return order
}

// fill places what fits, item by item, as long as that lets anything else in;
// then it gives up editions that stayed too small, and fills once more.
func (b *board) fill(items []string, sorted func([]int) []int) {
	for range 2 {
		for placed := true; placed; {
			placed = false
			for _, id := range items {
				if _, ok := b.at[id]; ok {
					continue
				}
				if slices.ContainsFunc(sorted(b.byItem[id]), b.try) {
					placed = true
				}
			}
		}
		b.settle()
	}
}
