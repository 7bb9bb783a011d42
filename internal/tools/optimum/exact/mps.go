package exact

import (
	"bufio"
	"fmt"
	"io"
)

// WriteMPS writes the model as a free MPS file, the least of the negated
// worth. Columns are called C and rows R, with their index. If plan is not
// nil, its pairs are 1 and all others 0.
func (m *Model) WriteMPS(out io.Writer, plan []Placed) error {
	w := bufio.NewWriter(out)
	fmt.Fprint(w, "NAME plan FREE\nROWS\n N WORTH\n")
	byColumn := make([][]Term, len(m.Columns)) // of each column its rows
	for r, row := range m.Rows {
		fmt.Fprintf(w, " L R%d\n", r)
		for _, t := range row.Terms {
			byColumn[t.Column] = append(byColumn[t.Column], Term{r, t.Times})
		}
	}
	fmt.Fprint(w, "COLUMNS\n")
	for c, column := range m.Columns {
		fmt.Fprintf(w, " C%d WORTH %d\n", c, -column.Worth)
		for k := 0; k < len(byColumn[c]); k++ {
			t := byColumn[c][k]
			for ; k+1 < len(byColumn[c]) && byColumn[c][k+1].Column == t.Column; k++ {
				t.Times += byColumn[c][k+1].Times
			}
			fmt.Fprintf(w, " C%d R%d %d\n", c, t.Column, t.Times)
		}
	}
	fmt.Fprint(w, "RHS\n")
	for r, row := range m.Rows {
		if row.Max != 0 {
			fmt.Fprintf(w, " RHS R%d %d\n", r, row.Max)
		}
	}
	fmt.Fprint(w, "BOUNDS\n")
	chosen := map[int]bool{}
	for _, p := range plan {
		if c, ok := m.pairs[p]; ok {
			chosen[c] = true
		}
	}
	for c, column := range m.Columns {
		switch {
		case chosen[c]:
			fmt.Fprintf(w, " FX BOUND C%d 1\n", c)
		case column.Shut != "" || plan != nil && c < len(m.pairs):
			fmt.Fprintf(w, " FX BOUND C%d 0\n", c)
		case column.Most == 1:
			fmt.Fprintf(w, " BV BOUND C%d\n", c)
		default:
			fmt.Fprintf(w, " UI BOUND C%d %d\n", c, column.Most)
		}
	}
	fmt.Fprint(w, "ENDATA\n")
	return w.Flush()
}
