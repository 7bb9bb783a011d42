// Package table writes tables for other programs: CSV for spreadsheets, and
// Markdown for GitHub and for people who read it as it is.
//
// Cells are anybody's text. What a spreadsheet would compute, and what Markdown
// would take for markup, stands in both as the letters that it is.
package table

import (
	"bytes"
	"encoding/csv"
	"strings"

	"editorial/pkg/words"
)

// Table is a head and rows of as many cells.
type Table struct {
	Head []string
	Rows [][]string
}

// BOM is the byte order mark, with which a CSV file begins: without it Excel
// does not take it for UTF-8, and shows "Ã©" for "é".
const BOM = "\uFEFF"

// CSV returns the table by RFC 4180, in UTF-8 with a byte order mark.
func (t Table) CSV() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(BOM)
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = Cell(cell)
		}
		if len(cells) == 1 && cells[0] == "" {
			cells[0] = " " // a line with nothing on it is no row
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// formula are the characters with which spreadsheets begin a formula, those of
// Chinese, Japanese and Korean keyboards among them.
const formula = "=+-@＝＋－＠"

// Cell returns a text as a cell that no spreadsheet computes, on one line: an
// apostrophe stands in front of what would be a formula. That holds at the
// beginning of the cell, and after a semicolon, where a spreadsheet parts cells
// that was made for a language with decimal commas. Spaces and quotation marks
// in front of a formula do not hide it.
func Cell(text string) string {
	text = words.Inert(text)
	var b strings.Builder
	for {
		before, after, more := strings.Cut(text, ";")
		if rest := strings.TrimLeft(before, " \u00a0\u202f\u3000\"'"); rest != "" && strings.ContainsRune(formula, []rune(rest)[0]) {
			b.WriteByte('\'')
		}
		b.WriteString(before)
		if !more {
			return b.String()
		}
		b.WriteByte(';')
		text = after
	}
}
