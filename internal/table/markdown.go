package table

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"editorial/internal/term"
	"editorial/pkg/words"
)

// alignedWidth is up to which width the cells of a column are filled up, so that
// the columns stand below each other where the text is read as it is.
const alignedWidth = 40

// Markdown returns the table as GitHub's Markdown has it.
func (t Table) Markdown() string {
	rows := [][]string{}
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = Escape(cell)
		}
		rows = append(rows, cells)
	}
	widths := make([]int, len(t.Head))
	for i := range widths {
		widths[i] = 3 // of the line below the head
		for _, row := range rows {
			if w := term.Width(row[i]); w <= alignedWidth {
				widths[i] = max(widths[i], w)
			}
		}
	}
	var b strings.Builder
	for n, row := range rows {
		for i, cell := range row {
			b.WriteString("| " + cell + strings.Repeat(" ", max(0, widths[i]-term.Width(cell))) + " ")
		}
		b.WriteString("|\n")
		if n == 0 {
			for _, w := range widths {
				b.WriteString("| " + strings.Repeat("-", w) + " ")
			}
			b.WriteString("|\n")
		}
	}
	return b.String()
}

// markup are the characters that mean something to Markdown wherever they stand
// in a line.
const markup = "\\`*_[]<#|~$"

// joiner is a word joiner: it has no width, and keeps what follows "@" and "#"
// from being taken for the name of a person or the number of an issue.
const joiner = "\u2060"

// Escape returns a text as Markdown that shows it and does nothing, on one line.
func Escape(text string) string {
	text = words.Inert(text)
	var b strings.Builder
	for i, r := range text {
		before, after := text[:i], text[i+utf8.RuneLen(r):]
		next, _ := utf8.DecodeRuneInString(after)
		if strings.ContainsRune(markup, r) || speaks(r, before, next, after) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		if (r == '@' || r == '#') && (unicode.IsLetter(next) || unicode.IsDigit(next)) {
			b.WriteString(joiner)
		}
	}
	return b.String()
}

// speaks reports whether a character means something to Markdown where it
// stands: the start of an address, a name for a picture (":smile:"), the code of
// a character.
func speaks(r rune, before string, next rune, after string) bool {
	switch r {
	case ':':
		return next == '/' || next == '+' || next == '-' || unicode.IsLetter(next)
	case '.':
		return len(before) >= 3 && strings.EqualFold(before[len(before)-3:], "www")
	case '&':
		return strings.Contains(after, ";")
	}
	return false
}
