package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// clean returns a copy of a source with room behind it for its text, in which
// lines end in \n and every character may stand in XML 1.0 (section 2.2) and
// in a mail: control characters and what is not UTF-8 become U+FFFD.
func clean(src []byte) []byte {
	out := make([]byte, 0, 2*len(src)+64)
	for i := 0; i < len(src); {
		j := i
		for j < len(src) && src[j] < 0x7f && (src[j] >= ' ' || src[j] == '\n' || src[j] == '\t') {
			j++
		}
		out = append(out, src[i:j]...)
		if i = j; i == len(src) {
			break
		}
		if src[i] == '\r' {
			out = append(out, '\n')
			if i++; i < len(src) && src[i] == '\n' {
				i++
			}
			continue
		}
		r, size := utf8.DecodeRune(src[i:])
		out = utf8.AppendRune(out, printable(r))
		i += size
	}
	return out
}

// value returns the bytes of a segment. Goldmark's own method may write a line
// end behind them, into what is not the segment's.
func value(src []byte, s text.Segment) []byte { return s.Value(src[:s.Stop:s.Stop]) }

// printable returns r, or U+FFFD for a control character and for what XML
// does not allow.
func printable(r rune) rune {
	switch {
	case r == '\t' || r == '\n':
		return r
	case r < ' ', r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff, !utf8.ValidRune(r):
		return utf8.RuneError
	}
	return r
}

// decode undoes the backslash escapes and entities of Markdown.
func decode(s []byte) []byte {
	if bytes.IndexByte(s, '\\') < 0 && bytes.IndexByte(s, '&') < 0 {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		var n int
		if out, n = appendDecoded(out, s[i:]); n == 0 {
			out, n = append(out, s[i]), 1
		}
		i += n
	}
	return out
}

// appendDecoded appends what the escape or the entity at the beginning of s
// stands for and returns its length, 0 if there is none.
func appendDecoded(out, s []byte) ([]byte, int) {
	switch {
	case len(s) < 2:
	case s[0] == '\\' && util.IsPunct(s[1]):
		return append(out, s[1]), 2
	case s[0] == '&' && s[1] == '#':
		return appendReference(out, s)
	case s[0] == '&':
		// The longest name has 31 letters.
		end := bytes.IndexByte(s[:min(len(s), 40)], ';')
		if end < 0 {
			break
		}
		if e, ok := util.LookUpHTML5EntityByName(string(s[1:end])); ok {
			return append(out, e.Characters...), end + 1
		}
	}
	return out, 0
}

// appendReference is appendDecoded for &#8239; and &#x202f;.
func appendReference(out, s []byte) ([]byte, int) {
	i, base, most := 2, rune(10), 7
	if len(s) > 2 && s[2]|0x20 == 'x' {
		i, base, most = 3, 16, 6
	}
	r, start := rune(0), i
	for ; i < len(s) && i-start < most; i++ {
		digit := rune(-1)
		switch c := rune(s[i]); {
		case c >= '0' && c <= '9':
			digit = c - '0'
		case base == 16 && c|0x20 >= 'a' && c|0x20 <= 'f':
			digit = c | 0x20 - 'a' + 10
		}
		if digit < 0 {
			break
		}
		r = r*base + digit
	}
	if i == start || i == len(s) || s[i] != ';' {
		return out, 0
	}
	if r == 0 {
		r = utf8.RuneError
	}
	return utf8.AppendRune(out, printable(r)), i + 1
}
