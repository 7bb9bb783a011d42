// Package rival plans as others do: the next free slot, the most important
// first, a simple local search. They keep every rule of the model, and are
// what the planner is compared with.
package rival

import (
	"cmp"
	"slices"

	"editorial/internal/tools/optimum/exact"
)

// board is a plan under construction: the columns of a model and what its rows
// sum up to.
type board struct {
	*exact.Model
	x    []int
	sums []int          // of each row
	rows [][]exact.Term // by column: rows, and how often they count it
	// totals are the sums that a column is the greatest of, feeds those that a
	// column is a part of.
	totals [][]int
	feeds  [][]feed
	broken int // rows
	small  int // rows that may be broken on the way, and are
	items  []string
	byItem map[string][]int // columns that are not shut
	bySlot map[int][]int
	at     map[string]int // the column that is chosen
}

// feed is a sum of a column.
type feed struct{ column, sum int }

func newBoard(p *exact.Problem) *board {
	m := p.Model()
	b := &board{
		Model: m, x: make([]int, len(m.Columns)), sums: make([]int, len(m.Rows)), rows: make([][]exact.Term, len(m.Columns)),
		totals: make([][]int, len(m.Columns)), feeds: make([][]feed, len(m.Columns)),
		byItem: map[string][]int{}, bySlot: map[int][]int{}, at: map[string]int{},
	}
	for r, row := range m.Rows {
		for _, t := range row.Terms {
			b.rows[t.Column] = append(b.rows[t.Column], exact.Term{Column: r, Times: t.Times})
		}
	}
	for c, column := range m.Columns {
		b.totals[c] = make([]int, len(column.Over))
		for k, sum := range column.Over {
			for _, of := range sum {
				b.feeds[of] = append(b.feeds[of], feed{c, k})
			}
		}
	}
	for _, it := range p.Items {
		b.items = append(b.items, it.ID)
	}
	for c, pair := range m.Pairs {
		if m.Columns[c].Shut == "" {
			b.byItem[pair.Item] = append(b.byItem[pair.Item], c)
			b.bySlot[pair.Slot] = append(b.bySlot[pair.Slot], c)
		}
	}
	return b
}

// add changes a column, and what follows from it.
func (b *board) add(column, delta int) {
	b.x[column] += delta
	for _, t := range b.rows[column] {
		row := &b.Rows[t.Column]
		count := &b.broken
		if row.Later {
			count = &b.small
		}
		if b.sums[t.Column] > row.Max {
			*count--
		}
		if b.sums[t.Column] += t.Times * delta; b.sums[t.Column] > row.Max {
			*count++
		}
	}
	for _, f := range b.feeds[column] {
		b.totals[f.column][f.sum] += delta
		if change := slices.Max(b.totals[f.column]) - b.x[f.column]; change != 0 {
			b.add(f.column, change)
		}
	}
}

func (b *board) put(column int) {
	b.add(column, 1)
	b.at[b.Pairs[column].Item] = column
}

func (b *board) take(column int) {
	b.add(column, -1)
	delete(b.at, b.Pairs[column].Item)
}

// try puts a pair if no rule is against it; an edition may stay too small.
func (b *board) try(column int) bool {
	b.put(column)
	if b.broken > 0 {
		b.take(column)
		return false
	}
	return true
}

func (b *board) worth(column int) int { return b.Columns[column].Worth }

// byWorth is a copy of pairs with what is worth most first.
func (b *board) byWorth(columns []int) []int {
	columns = slices.Clone(columns)
	slices.SortStableFunc(columns, func(x, y int) int { return cmp.Compare(b.worth(y), b.worth(x)) })
	return columns
}

// settle takes out editions that stayed too small, and then what has no
// ground any more.
func (b *board) settle() {
	for b.small > 0 {
		for r := range b.Rows {
			if row := &b.Rows[r]; row.Later && b.sums[r] > row.Max {
				for _, t := range row.Terms {
					if t.Times < 0 && b.x[t.Column] > 0 {
						b.take(t.Column)
					}
				}
			}
		}
		b.mend(-1)
	}
}

// mend takes out of each broken row the pair worth least that makes it hold
// rather, but not the one to keep, if there is another one.
func (b *board) mend(keep int) {
	for r := 0; b.broken > 0; r = (r + 1) % len(b.Rows) {
		for !b.Rows[r].Later && b.sums[r] > b.Rows[r].Max {
			least := keep
			for _, c := range b.at {
				before := b.sums[r]
				b.add(c, -1)
				mends := b.sums[r] < before
				b.add(c, 1)
				if mends && c != keep && (least == keep || cmp.Or(cmp.Compare(b.worth(c), b.worth(least)), c-least) < 0) {
					least = c
				}
			}
			b.take(least)
		}
	}
}

// plan is what is placed, in the order of the items, and its value.
func (b *board) plan() (plan []exact.Placed, value int) {
	for _, id := range b.items {
		if c, ok := b.at[id]; ok {
			plan = append(plan, b.Pairs[c])
			value += b.worth(c)
		}
	}
	return plan, value
}
