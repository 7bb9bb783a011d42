package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Characters that make emoji of several (Unicode Technical Standard 51).
const (
	joiner    = '\u200d'
	asPicture = '\ufe0f'
	keycap    = '\u20e3'
	blackFlag = '\U0001f3f4'
	tagFirst  = '\U000e0020'
	tagLast   = '\U000e007e'
	tagEnd    = '\U000e007f'
)

// emoji returns how many bytes an emoji of several characters takes at the
// beginning of s: a flag, a key, a picture with a colour of skin, pictures that
// are joined. It is 0 for everything else, a picture of one character too.
func emoji(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	switch {
	case regional(r):
		if regional(second) && flag(r, second) {
			return 2 * size
		}
		return 0
	case r == '#' || r == '*' || r >= '0' && r <= '9':
		end := size
		if second == asPicture {
			end += len(string(asPicture))
		}
		if strings.HasPrefix(s[end:], string(keycap)) {
			return end + len(string(keycap))
		}
		return 0
	}
	end := picture(s)
	for end > 0 && strings.HasPrefix(s[end:], string(joiner)) {
		next := picture(s[end+len(string(joiner)):])
		if next == 0 {
			break
		}
		end += len(string(joiner)) + next
	}
	if end <= size {
		return 0
	}
	return end
}

// picture returns the bytes of a picture with what belongs to it: a colour of
// skin, the sign that it is to be shown as a picture, the tags of a region.
func picture(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	if !pictograph(r) {
		return 0
	}
	next, n := utf8.DecodeRuneInString(s[size:])
	switch {
	case next >= 0x1f3fb && next <= 0x1f3ff && unicode.Is(coloured(), r):
		return size + n
	case next == asPicture:
		return size + n
	case r == blackFlag && next >= tagFirst && next <= tagLast:
		for i, t := range s[size:] {
			if t == tagEnd {
				return size + i + utf8.RuneLen(t)
			}
			if t < tagFirst || t > tagLast {
				break
			}
		}
	}
	return size
}

// pictograph reports whether a character is a picture that others can be joined
// to: then two of them with a joiner between are one to the eye (Unicode Annex
// 29, rule GB11).
func pictograph(r rune) bool {
	if r != 0xa9 && r != 0xae && (r < 0x203c || r > 0x3299) && (r < 0x1f000 || r > 0x1faff) {
		return false
	}
	return Graphemes(string([]rune{r, joiner, r})) == 1
}

func regional(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// flag reports whether two letters are a region with a flag.
func flag(a, b rune) bool {
	code := string([]rune{a - 0x1f1e6 + 'A', b - 0x1f1e6 + 'A'})
	for i := 0; i < len(regions); i += 3 {
		if regions[i:i+2] == code {
			return true
		}
	}
	return false
}
