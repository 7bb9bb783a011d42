package exact

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// modelVersion counts the models that were written: what an earlier one
// proved is not taken for proven.
const modelVersion = "1"

// Model is a problem as a mixed-integer program: the greatest sum of the
// columns' worth such that every row is at most its limit.
type Model struct {
	Columns []Column
	Rows    []Row
	problem *Problem
	// pairs is the column of each pair.
	pairs map[Placed]int
}

// Column is an unknown whole number between 0 and Most. Those that are no pair
// follow from the pairs; they are whole so that the solver can divide by cases.
type Column struct {
	Name  string
	Worth int
	Most  int
	// Shut says why it is 0: what is fixed closes the pair. Empty: it is not.
	Shut string
	// over are the columns that it is the greatest, or one of the sums, of.
	over [][]int
}

// Row bounds a sum of columns.
type Row struct {
	Name  string
	Terms []Term
	Max   int
}

// Term is a column some times.
type Term struct{ Column, Times int }

// Model states the problem as a mixed-integer program.
func (p *Problem) Model() *Model {
	m := &Model{problem: p, pairs: map[Placed]int{}}
	b := newBuilder(m)
	b.columns()
	b.slots()
	b.caps()
	b.gaps()
	b.spreads()
	b.chains()
	b.mixes()
	b.capacity()
	return m
}

// builder is what the parts of the model look up.
type builder struct {
	*Model
	*Problem
	item   map[string]item
	fixed  map[string]fixed
	byItem map[string][]int // columns, by the instant of their slot
	bySlot map[int][]int
	slot   []slot // of each column that is a pair
	of     []item // of each column that is a pair
	due    []int  // the week of each column that is a pair
	// used stands for whether a slot is used by free items, if what is fixed
	// does not use it already: columns whose sum is 0 or 1.
	used map[int][]int
}

func newBuilder(m *Model) *builder {
	b := &builder{
		Model: m, Problem: m.problem, item: map[string]item{}, fixed: map[string]fixed{},
		byItem: map[string][]int{}, bySlot: map[int][]int{}, used: map[int][]int{},
	}
	for _, it := range b.Items {
		b.item[it.ID] = it
	}
	for _, f := range b.Problem.Fixed {
		b.fixed[f.Item] = f
	}
	return b
}

// column adds one that follows from others: the greatest of some sums of them.
func (b *builder) column(name string, over [][]int) int {
	b.Columns = append(b.Columns, Column{Name: name, Most: 1, over: over})
	at := len(b.Columns) - 1
	for k, sum := range over {
		row := Row{Name: fmt.Sprintf("%s>%d", name, k), Terms: []Term{{at, -1}}}
		for _, c := range sum {
			row.Terms = append(row.Terms, Term{c, 1})
		}
		b.row(row)
	}
	return at
}

// row adds one, unless it holds whatever is chosen.
func (b *builder) row(r Row) {
	most := 0
	for _, t := range r.Terms {
		most += max(0, t.Times) * b.Columns[t.Column].Most
	}
	if most > r.Max {
		b.Rows = append(b.Rows, r)
	}
}

// sum adds the row that some columns make at most so much.
func (b *builder) sum(name string, columns []int, limit int) {
	r := Row{Name: name, Max: limit}
	for _, c := range columns {
		r.Terms = append(r.Terms, Term{c, 1})
	}
	b.row(r)
}

func (b *builder) shut(column int, why string) {
	if b.Columns[column].Shut == "" {
		b.Columns[column].Shut = why
	}
}

// columns makes one for each pair: whether the item stands in the slot.
func (b *builder) columns() {
	pairs := slices.Clone(b.Pairs)
	slices.SortFunc(pairs, func(x, y pair) int { return cmp.Or(cmp.Compare(x.Item, y.Item), b.Slots[x.Slot].At-b.Slots[y.Slot].At) })
	for _, x := range pairs {
		at := len(b.Columns)
		b.Columns = append(b.Columns, Column{Name: fmt.Sprintf("%s@%d", x.Item, x.Slot), Worth: x.Value, Most: 1})
		b.pairs[Placed{x.Item, x.Slot}] = at
		b.byItem[x.Item] = append(b.byItem[x.Item], at)
		b.bySlot[x.Slot] = append(b.bySlot[x.Slot], at)
		b.slot = append(b.slot, b.Slots[x.Slot])
		b.of = append(b.of, b.item[x.Item])
		b.due = append(b.due, x.DueWeek)
	}
	for _, it := range b.Items {
		b.sum("once "+it.ID, b.byItem[it.ID], 1)
	}
}

// slots: rule 1. A slot for one is used as often as it holds something; of an
// edition a column says whether it is used.
func (b *builder) slots() {
	for _, s := range b.Slots {
		in := b.bySlot[s.ID]
		if len(in) == 0 {
			continue
		}
		name := fmt.Sprintf("slot %d", s.ID)
		switch {
		case s.Fixed > 0:
			room := max(s.Max, s.Fixed) - s.Fixed
			if room == 0 {
				for _, c := range in {
					b.shut(c, "the slot is full")
				}
			}
			b.sum(name, in, room)
		case s.Max == 1:
			b.sum(name, in, 1)
			b.used[s.ID] = in
		default:
			var each [][]int
			full, least := Row{Name: name}, Row{Name: name + " least", Terms: nil}
			for _, c := range in {
				each = append(each, []int{c})
				full.Terms = append(full.Terms, Term{c, 1})
				least.Terms = append(least.Terms, Term{c, -1})
			}
			y := b.column("used "+name, each)
			full.Terms = append(full.Terms, Term{y, -s.Max})
			least.Terms = append(least.Terms, Term{y, s.Min})
			b.Rows = append(b.Rows, full)
			b.row(least)
			b.used[s.ID] = []int{y}
		}
	}
}

// caps: rule 2. What is fixed has used its part already.
func (b *builder) caps() {
	for k, r := range b.Caps {
		var in []int
		for _, s := range b.Slots {
			if s.Platform == r.Platform && s.Fixed == 0 && (r.Day != nil && *r.Day == s.Day || r.Week != nil && *r.Week == s.Week) {
				in = append(in, b.used[s.ID]...)
			}
		}
		b.sum(fmt.Sprintf("cap %d", k), in, max(r.Limit, r.Used)-r.Used)
	}
}

// gaps: rule 3. What is fixed shuts the slots near it.
func (b *builder) gaps() {
	for _, g := range b.Gaps {
		uses := map[int][]int{}
		for _, s := range b.Slots {
			if s.Platform != g.Platform || s.Fixed > 0 {
				continue
			}
			if f, ok := b.near(g, s.At, ""); ok {
				for _, c := range b.bySlot[s.ID] {
					b.shut(c, "the gap to "+f)
				}
				continue
			}
			uses[s.At] = b.used[s.ID]
		}
		b.windows("gap "+g.Platform, uses, g.Minutes)
	}
}

// near is a fixed placement that is closer to an instant than the distance, of
// a pillar if one is named.
func (b *builder) near(g distance, at int, pillar string) (string, bool) {
	for _, f := range b.Problem.Fixed {
		if f.Platform == g.Platform && (pillar == "" || f.Pillar == pillar) && max(at-f.At, f.At-at) < g.Minutes {
			return f.Item, true
		}
	}
	return "", false
}

// spreads: rule 4, for each pillar. Where a fixed placement of the pillar
// stands in the slot, another one comes no nearer to anything.
func (b *builder) spreads() {
	for _, g := range b.Spreads {
		byPillar := map[string]map[int][]int{} // columns by slot
		for c := range b.slot {
			if pillar := b.of[c].Pillar; b.slot[c].Platform == g.Platform && pillar != "" {
				if byPillar[pillar] == nil {
					byPillar[pillar] = map[int][]int{}
				}
				byPillar[pillar][b.slot[c].ID] = append(byPillar[pillar][b.slot[c].ID], c)
			}
		}
		for _, pillar := range slices.Sorted(maps.Keys(byPillar)) {
			b.spread(g, pillar, byPillar[pillar])
		}
	}
}

func (b *builder) spread(g distance, pillar string, bySlot map[int][]int) {
	uses := map[int][]int{}
	for _, id := range slices.Sorted(maps.Keys(bySlot)) {
		s, in := b.Slots[id], bySlot[id]
		if slices.ContainsFunc(b.Problem.Fixed, func(f fixed) bool {
			return f.Platform == g.Platform && f.At == s.At && f.Pillar == pillar
		}) {
			continue
		}
		if f, ok := b.near(g, s.At, pillar); ok {
			for _, c := range in {
				b.shut(c, "the spread to "+f)
			}
			continue
		}
		if s.Max > 1 && len(in) > 1 {
			var each [][]int
			for _, c := range in {
				each = append(each, []int{c})
			}
			in = []int{b.column(fmt.Sprintf("%s in slot %d", pillar, id), each)}
		}
		uses[s.At] = in
	}
	b.windows("spread "+g.Platform+" "+pillar, uses, g.Minutes)
}

// windows: of uses that are all closer to each other than the distance there
// is one. The largest such sets are enough: those that begin at one instant
// and reach further than the one before.
func (b *builder) windows(name string, uses map[int][]int, minutes int) {
	instants := slices.Sorted(maps.Keys(uses))
	reached := 0
	for i, from := range instants {
		end := i
		for end < len(instants) && instants[end]-from < minutes {
			end++
		}
		if end-i < 2 || end <= reached {
			continue
		}
		reached = end
		var in []int
		for _, at := range instants[i:end] {
			in = append(in, uses[at]...)
		}
		b.sum(fmt.Sprintf("%s %d", name, from), in, 1)
	}
}

// chains: rule 5. Until an instant a follower stands at most as often as its
// leader stands early enough for that instant.
func (b *builder) chains() {
	for _, a := range b.After {
		_, free := b.item[a.Leader]
		f, bound := b.fixed[a.Item]
		for _, c := range b.byItem[a.Item] {
			if !free && (a.Fixed == nil || b.slot[c].At < *a.Fixed) {
				b.shut(c, "it follows "+a.Leader)
			}
		}
		for _, c := range b.byItem[a.Leader] {
			if first, ok := a.Release[b.slot[c].ID]; bound && (!ok || first > f.At) {
				b.shut(c, "it leads "+a.Item)
			}
		}
		if free && !bound {
			b.chain(a)
		}
	}
}

func (b *builder) chain(a after) {
	type lead struct{ column, first int }
	var leads []lead
	for _, c := range b.byItem[a.Leader] {
		if first, ok := a.Release[b.slot[c].ID]; ok {
			leads = append(leads, lead{c, first})
		}
	}
	slices.SortFunc(leads, func(x, y lead) int { return cmp.Or(x.first-y.first, x.column-y.column) })
	followers := b.byItem[a.Item]
	r := Row{Name: "after " + a.Item + " " + a.Leader}
	next := 0
	for k, c := range followers {
		for ; next < len(leads) && leads[next].first <= b.slot[c].At; next++ {
			r.Terms = append(r.Terms, Term{leads[next].column, -1})
		}
		r.Terms = append(r.Terms, Term{c, 1})
		// The last row of those with the same leaders says what all of them say.
		if k+1 == len(followers) || next < len(leads) && leads[next].first <= b.slot[followers[k+1]].At {
			b.row(Row{Name: fmt.Sprintf("%s %d", r.Name, b.slot[c].At), Terms: slices.Clone(r.Terms)})
		}
	}
}

// mixes: rule 6, of two counts: what stands in the block, and what of it
// matches.
func (b *builder) mixes() {
	all := map[string]int{} // the count of a platform and a block
	for k, r := range b.Mix {
		var in, hits []int
		for c, s := range b.slot {
			if s.Platform != r.Platform || s.Block != r.Block {
				continue
			}
			in = append(in, c)
			if it := b.of[c]; (r.Intent == nil || it.Intent == *r.Intent) && (r.Pillar == nil || it.Pillar == *r.Pillar) {
				hits = append(hits, c)
			}
		}
		if len(in) == 0 {
			continue
		}
		name := fmt.Sprintf("in %s block %d", r.Platform, r.Block)
		if _, ok := all[name]; !ok {
			all[name] = b.count(name, in)
		}
		n, c := all[name], b.count(fmt.Sprintf("hits of mix %d", k), hits)
		b.row(Row{
			Name: fmt.Sprintf("mix %d most", k), Terms: []Term{{c, 1000}, {n, -r.Max}},
			Max: r.Max*r.N + max(999, 1000*r.C-r.Max*r.N) - 1000*r.C,
		})
		b.row(Row{
			Name: fmt.Sprintf("mix %d least", k), Terms: []Term{{n, r.Min}, {c, -1000}},
			Max: 1000*r.C - r.Min*r.N + max(999, r.Min*r.N-1000*r.C),
		})
	}
}

// count adds a column that is the sum of others.
func (b *builder) count(name string, of []int) int {
	b.Columns = append(b.Columns, Column{Name: name, Most: len(of), over: [][]int{of}})
	at := len(b.Columns) - 1
	least, most := Row{Name: name + " least", Terms: []Term{{at, -1}}}, Row{Name: name + " most", Terms: []Term{{at, 1}}}
	for _, c := range of {
		least.Terms = append(least.Terms, Term{c, 1})
		most.Terms = append(most.Terms, Term{c, -1})
	}
	b.Rows = append(b.Rows, least, most)
	return at
}
