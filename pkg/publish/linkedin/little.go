package linkedin

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// reserved are the characters that mean something in "little text". Source:
// learn.microsoft.com/…/shares/little-text-format, 2026-11.
const reserved = `\<>#~_|[]*(){}@`

// escape writes a text as "little text", in which nothing means anything but a
// hashtag. An unescaped parenthesis is known to cut a post short without a word.
func escape(s string) string {
	var b strings.Builder
	before := ' '
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[i+size:])
		tag := r == '#' && !wordRune(before) && !strings.ContainsRune("#&/", before) && wordRune(next)
		if strings.ContainsRune(reserved, r) && !tag {
			b.WriteByte('\\')
		}
		b.WriteString(s[i : i+size])
		before = r
		i += size
	}
	return b.String()
}

func wordRune(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// unescape is the text that readers see, as far as we can write it: a hashtag may
// come back as {hashtag|\#|name}.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if rest, ok := strings.CutPrefix(s[i:], `{hashtag|\#|`); ok {
			if end := strings.IndexByte(rest, '}'); end >= 0 {
				b.WriteString("#" + unescape(rest[:end]))
				i += len(s[i:]) - len(rest) + end + 1
				continue
			}
		}
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		b.WriteString(s[i : i+size])
		i += size
	}
	return b.String()
}

// count is the length of a text in LinkedIn's units: those of UTF-16, escapes
// included.
func count(s string) int {
	n := 0
	for _, r := range escape(s) {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// same compares what two texts say, but for space.
func same(a, b string) bool {
	return strings.Join(strings.Fields(unescape(a)), " ") == strings.Join(strings.Fields(unescape(b)), " ")
}
