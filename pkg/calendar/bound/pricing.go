package bound

import "math"

// scale is how many units of price make a unit of value.
const scale = 1 << 16

// mostPrice bounds what one row can take from one choice or give to it, in
// units of price: far above what anything is worth, and so far below the
// largest integer that no sum of them overflows.
const mostPrice = 1 << 38

// enough is a bound that is of no use to anybody; sums stop there.
const enough = math.MaxInt64 / 8

// row is a rule with a price: a sum over what is chosen is at most limit.
type row struct {
	price, limit int64
	// most is the greatest price it may have: 0 where nothing could break it.
	most int64
	// over is how much the choice takes above the limit.
	over int64
	// unit says how large the factors of the sum are.
	unit float64
}

// pricing evaluates prices. The rows are the bands, then the hours by person
// and week, then the links, one for each pair of the follower: up to there it
// is placed no more often than its leader is placed early enough for that.
type pricing struct {
	*model
	groups *groups
	bands  []band
	// slotBands is how many of the first bands are what a slot takes.
	slotBands int
	rows      []row
	// hours is the first row of the hours, ties the first of each link.
	hours int
	ties  []int
	choice
}

func newPricing(m *model) *pricing {
	p := &pricing{model: m, groups: m.groups()}
	p.bands, p.slotBands = m.bands(p.groups)
	for _, b := range p.bands {
		largest := 1
		for _, x := range b.parts {
			largest = max(largest, x.factor, -x.factor)
		}
		p.rows = append(p.rows, row{limit: int64(b.limit), most: int64(mostPrice / largest), unit: float64(largest)})
	}
	p.hours = len(p.rows)
	p.rows = append(p.rows, p.hourRows()...)
	for _, l := range m.links {
		p.ties = append(p.ties, len(p.rows))
		n := len(m.pairs[l.item])
		for range n {
			p.rows = append(p.rows, row{most: int64(mostPrice / n), unit: 1})
		}
	}
	p.choice = newChoice(p)
	return p
}

// size is how many looks one evaluation takes.
func (p *pricing) size() int { return len(p.worth) + len(p.rows) }

// evaluate lets every post choose under the prices, and notes what the choice
// takes above the limits. It returns what the posts earn and the limits cost,
// in units of price: no plan is worth more. It is not ok where that is too
// large to be of use.
func (p *pricing) evaluate() (bound int64, ok bool) {
	for i := range p.rows {
		r := &p.rows[i]
		r.over = -r.limit
		if r.price == 0 {
			continue
		}
		if r.limit > enough/r.price {
			return 0, false
		}
		if bound += r.price * r.limit; bound > enough {
			return 0, false
		}
	}
	p.appraise()
	for i := range p.trees {
		if bound += p.choose(&p.trees[i]); bound > enough {
			return 0, false
		}
	}
	p.spend()
	return bound, true
}
