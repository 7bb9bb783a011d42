package value

import (
	"strings"
	"unicode/utf8"

	"editorial/pkg/problem"
)

// Most front matter is a few lines of "key: value". The quick readers take
// such documents and refuse every other, with or without a mistake in it, so
// that the libraries alone decide what is valid and what an error is. What they
// take, they read as the libraries do, to the last place (quick_test.go).

// maxQuick is the size in bytes up to which a document is read quickly. It
// keeps the number of values below [MaxNodes].
const maxQuick = 64 << 10

// maxQuickKeys is how many keys a document may have to be read quickly.
const maxQuickKeys = 100

// quick walks over the lines of a document. Places are asked for in the order
// of the source.
type quick struct {
	file string
	text string
	off  int // of the next byte to read

	line      int // of the file, from 1
	col, from int // column of the byte at from, both on this line
}

// newQuick takes a document in. It reports false for one that is large or has
// characters that YAML or TOML treat in ways of their own: tabs and other
// controls, line ends that are neither LF nor CRLF, byte order marks.
func newQuick(s *source) (quick, bool) {
	q := quick{file: s.file, line: s.first, col: 1}
	q.text = s.text
	if len(q.text) > maxQuick {
		return q, false
	}
	for i := range len(q.text) {
		switch c := q.text[i]; {
		case c >= ' ' && c < 0x7f || c == '\n':
		case c == '\r' && i+1 < len(q.text) && q.text[i+1] == '\n':
		case c < 0x80, c == 0xc2 && q.text[i+1] < 0xa0: // controls of ASCII; U+0080 to U+009F
			return q, false
		case c == 0xe2 && q.text[i+1] == 0x80 && (q.text[i+2] == 0xa8 || q.text[i+2] == 0xa9): // U+2028 and U+2029
			return q, false
		case c == 0xef && (q.text[i+1] == 0xbb && q.text[i+2] == 0xbf || q.text[i+1] == 0xbf && q.text[i+2] >= 0xbe): // U+FEFF, U+FFFE and U+FFFF
			return q, false
		}
	}
	return q, true
}

// at is the place of a byte of the line on which the last one was, or the
// first of a line that [quick.newLine] began.
func (q *quick) at(off int) problem.Position {
	q.col += utf8.RuneCountInString(q.text[q.from:off])
	q.from = off
	return problem.Position{File: q.file, Line: q.line, Col: q.col}
}

// newLine says that a line begins at off.
func (q *quick) newLine(off int) { q.line, q.col, q.from = q.line+1, 1, off }

// lineEnd is the offset behind the text of the line that holds off: of its
// line end, or of the spaces that stand before it.
func (q *quick) lineEnd(off int) int {
	end := len(q.text)
	if i := strings.IndexByte(q.text[off:], '\n'); i >= 0 {
		end = off + i
	}
	if end > off && q.text[end-1] == '\r' {
		end--
	}
	for end > off && q.text[end-1] == ' ' {
		end--
	}
	return end
}

// nextLine goes to the line after the one whose text ends at end.
func (q *quick) nextLine(end int) {
	i := strings.IndexByte(q.text[end:], '\n')
	if i < 0 {
		q.off = len(q.text)
		return
	}
	q.off = end + i + 1
	q.newLine(q.off)
}

// spaces returns the offset of the first byte from off that is no space.
func (q *quick) spaces(off int) int {
	for off < len(q.text) && q.text[off] == ' ' {
		off++
	}
	return off
}

// key returns the offset behind a key that begins at off: a letter, then
// letters, digits, hyphens and underscores. It is off where none does.
func (q *quick) key(off int) int {
	if off >= len(q.text) || !isLetter(q.text[off]) {
		return off
	}
	end := off + 1
	for end < len(q.text) && (isLetter(q.text[end]) || isDigit(q.text[end]) || q.text[end] == '-' || q.text[end] == '_') {
		end++
	}
	return end
}

// double reads a text between double quotes, the first of which stands at off,
// and returns the offset behind it. Of escapes it knows \" and \\, which YAML
// and TOML share.
func (q *quick) double(off int) (s string, next int, ok bool) {
	escaped := false
	for i := off + 1; i < len(q.text); i++ {
		switch c := q.text[i]; {
		case c == '\n' || c == '\r':
			return "", 0, false
		case c == '\\':
			if i++; i >= len(q.text) || q.text[i] != '"' && q.text[i] != '\\' {
				return "", 0, false
			}
			escaped = true
		case c == '"':
			s = q.text[off+1 : i]
			if escaped {
				s = unescape(s)
			}
			return s, i + 1, true
		}
	}
	return "", 0, false
}

// unescape drops each backslash and keeps what stands behind it.
func unescape(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		b.WriteByte(s[i+1])
		s = s[i+2:]
	}
}

// single reads a text between single quotes on one line, the first of which
// stands at off, and returns the offset behind it.
func (q *quick) single(off int) (s string, next int, ok bool) {
	i := strings.IndexAny(q.text[off+1:], "'\r\n")
	if i < 0 || q.text[off+1+i] != '\'' {
		return "", 0, false
	}
	return q.text[off+1 : off+1+i], off + i + 2, true
}

// takes reports whether a table may have one more key, and that one.
func takes(members []Member, key string) bool {
	for i := range members {
		if members[i].Key == key {
			return false
		}
	}
	return len(members) < maxQuickKeys
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
