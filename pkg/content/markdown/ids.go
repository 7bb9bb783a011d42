package markdown

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxID is the length of the longest id made from a heading, in bytes.
const maxID = 80

// ids gives out ids, each once.
type ids struct {
	used map[string]bool
	next map[string]int
}

func newIDs() *ids { return &ids{map[string]bool{}, map[string]int{}} }

// take returns id, or id-1, id-2 and so on if it is taken.
func (s *ids) take(id string) string {
	unique := id
	for s.used[unique] {
		s.next[id]++
		unique = id + "-" + strconv.Itoa(s.next[id])
	}
	s.used[unique] = true
	return unique
}

// slug makes an id of a heading: letters and digits in lower case without
// their accents, hyphens for all between them. An apostrophe parts French
// words (l'été: l-ete) and is left out of others (don't: dont).
func slug(heading string, french bool) string {
	var b strings.Builder
	hyphen := false
	for _, r := range norm.NFKD.String(heading) {
		switch {
		case unicode.Is(unicode.Mn, r) && r < 0x370: // accents of Latin letters
			continue
		case !french && (r == '’' || r == '\''):
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			hyphen = b.Len() > 0
			continue
		}
		s := unligated(unicode.ToLower(r))
		if b.Len()+len(s)+1 > maxID {
			return wholeWords(b.String(), hyphen)
		}
		if hyphen {
			b.WriteByte('-')
			hyphen = false
		}
		b.WriteString(s)
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

// wholeWords takes a word that was cut off the end of an id.
func wholeWords(id string, whole bool) string {
	if i := strings.LastIndexByte(id, '-'); i > 0 && !whole {
		return id[:i]
	}
	return id
}

// unligated spells Latin letters that have no decomposition in Unicode.
func unligated(r rune) string {
	switch r {
	case 'œ':
		return "oe"
	case 'æ':
		return "ae"
	case 'ß':
		return "ss"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	}
	if r == utf8.RuneError {
		return ""
	}
	return string(r)
}
