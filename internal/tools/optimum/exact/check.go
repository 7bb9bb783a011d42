package exact

import "fmt"

// Check holds a plan against the model. It returns what the plan is worth and
// what it breaks: names of rows, pairs that are none or that are shut.
func (m *Model) Check(plan []Placed) (value int, broken []string) {
	x := make([]int, len(m.Columns))
	for _, p := range plan {
		c, ok := m.pairs[p]
		switch {
		case !ok:
			broken = append(broken, fmt.Sprintf("%s@%d: no pair", p.Item, p.Slot))
			continue
		case m.Columns[c].Shut != "":
			broken = append(broken, m.Columns[c].Name+": "+m.Columns[c].Shut)
		}
		x[c]++
		value += m.Columns[c].Worth
	}
	for c := range m.Columns {
		for _, sum := range m.Columns[c].over {
			n := 0
			for _, other := range sum {
				n += x[other]
			}
			x[c] = max(x[c], n)
		}
	}
	for _, r := range m.Rows {
		sum := 0
		for _, t := range r.Terms {
			sum += t.Times * x[t.Column]
		}
		if sum > r.Max {
			broken = append(broken, fmt.Sprintf("%s: %d, at most %d", r.Name, sum, r.Max))
		}
	}
	return value, broken
}
