package importer

import (
	"bytes"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"editorial/pkg/content"
)

// decode returns text as UTF-8 without a byte order mark. What is not UTF-8
// and has no mark of UTF-16 is taken for Windows-1252, which has a character
// for nearly every byte.
func decode(src []byte) []byte {
	switch {
	case bytes.HasPrefix(src, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(src, []byte("\x00\x00\xfe\xff")):
		if out, err := utf32.UTF32(utf32.BigEndian, utf32.UseBOM).NewDecoder().Bytes(src); err == nil {
			return out
		}
	case bytes.HasPrefix(src, []byte("\xff\xfe")), bytes.HasPrefix(src, []byte("\xfe\xff")):
		if out, err := xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM).NewDecoder().Bytes(src); err == nil {
			return out
		}
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if utf8.Valid(trimPartial(src)) {
		return src
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(src)
	if err != nil {
		return bytes.ToValidUTF8(src, []byte("\ufffd"))
	}
	return out
}

// trimPartial leaves out the beginning of a character at the end of text that
// was cut.
func trimPartial(src []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(src); i++ {
		if c := src[len(src)-i]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(src[len(src)-i:]) {
				return src[:len(src)-i]
			}
			break
		}
	}
	return src
}

// printable reports a character that can stand in XML, in a file and on a line
// of text.
func printable(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r != 0x7f && !(r >= 0x80 && r < 0xa0) &&
		r != utf8.RuneError && r != '\ufffe' && r != '\uffff'
}

// clean leaves out characters that cannot stand in a text, and writes line ends
// as one character.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "")
	if strings.ContainsFunc(s, func(r rune) bool { return !printable(r) }) {
		s = strings.Map(func(r rune) rune {
			if !printable(r) {
				return -1
			}
			return r
		}, s)
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// line is a text as one line, without marks that turn its direction.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '\u2028' || r == '\u2029' || unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' {
			return ' '
		}
		if r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, clean(s))
	return strings.Join(strings.Split(strings.TrimSpace(s), " "), " ")
}

// lines are names as one line each, without empty ones and repetitions.
func lines(all []string) []string {
	var kept []string
	seen := map[string]bool{"": true}
	for _, s := range all {
		if s = strings.TrimSpace(line(s)); !seen[s] {
			seen[s] = true
			kept = append(kept, s)
		}
	}
	return kept
}

// slugOf makes a slug of one that another program had: its characters where
// they can name a folder everywhere, a hyphen for others. It may be "".
func slugOf(s string) string {
	if plain, err := url.PathUnescape(s); err == nil && utf8.ValidString(plain) {
		s = plain
	}
	var b strings.Builder
	for i, r := range clean(s) {
		ok := unicode.IsLetter(r) || unicode.IsDigit(r) || i > 0 && unicode.IsMark(r) || r == '-' || r == '_' || r == '~' || r == '.'
		switch {
		case b.Len()+utf8.RuneLen(r) > 100:
		case ok:
			b.WriteRune(r)
		case !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	slug := strings.Trim(b.String(), "-.")
	for strings.Contains(slug, "..") {
		slug = strings.ReplaceAll(slug, "..", ".")
	}
	return slug
}

// fileName is a name for the file of a post: of its slug, else of its title,
// else of what tells it from the others.
func fileName(slug, title, key string) string {
	for _, s := range []string{slug, title, key} {
		if name := content.NameFor(s); name != "" {
			return name
		}
	}
	return "post"
}
