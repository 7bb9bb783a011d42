package x

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/unicode/norm"
)

// weightLink is what any link weighs. Source: twitter-text 3.1.0, configuration
// v3.
const weightLink = 23

// counter measures texts as X does (twitter-text 3.1.0, configuration v3).
type counter struct{ link *regexp.Regexp }

func newCounter() counter {
	const label = `[\pL\pN](?:[\pL\pN\pM_-]*[\pL\pN])?`
	return counter{link: regexp.MustCompile(`(?i)(?:https?://)?` + label + `(?:\.` + label + `)+(?::\d+)?(?:[/?][^\s<>"“”«»]*)?`)}
}

// links returns where links begin and end. A bare name counts if its last part is
// a top-level domain: "readme.md" does.
func (c counter) links(s string) [][2]int {
	var all [][2]int
	for from := 0; from < len(s); {
		word := s[from:]
		if i := strings.IndexFunc(word, unicode.IsSpace); i >= 0 {
			word = word[:i]
		}
		if strings.Contains(word, ".") {
			for _, at := range c.within(word) {
				all = append(all, [2]int{from + at[0], from + at[1]})
			}
		}
		from += len(word)
		_, size := utf8.DecodeRuneInString(s[from:])
		from += size
	}
	return all
}

// within finds the links of what stands between spaces.
func (c counter) within(s string) [][2]int {
	var all [][2]int
	for _, at := range c.link.FindAllStringIndex(s, -1) {
		from, to := at[0], at[1]
		found := strings.TrimRight(s[from:to], ".,:;!?'\"")
		for strings.HasSuffix(found, ")") && !strings.Contains(found, "(") {
			found = strings.TrimRight(found[:len(found)-1], ".,:;!?'\"")
		}
		if before, _ := utf8.DecodeLastRuneInString(s[:from]); from > 0 && (strings.ContainsRune("@＠$#＃-_./", before) || unicode.IsLetter(before) || unicode.IsDigit(before)) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(s[from+len(found):]); next == '@' || !topLevel(found) {
			continue
		}
		all = append(all, [2]int{from, from + len(found)})
	}
	return all
}

// topLevel reports whether the host of a link ends in a domain that exists.
func topLevel(link string) bool {
	host := strings.ToLower(link)
	host = strings.TrimPrefix(strings.TrimPrefix(host, "https://"), "http://")
	if i := strings.IndexAny(host, ":/?"); i >= 0 {
		host = host[:i]
	}
	last, err := idna.ToASCII(host[strings.LastIndexByte(host, '.')+1:])
	if err != nil {
		return false
	}
	_, known := publicsuffix.PublicSuffix(last)
	return known
}

// weight measures a text.
func (c counter) weight(s string) int {
	s = norm.NFC.String(s)
	n, from := 0, 0
	for _, at := range c.links(s) {
		n += plain(s[from:at[0]]) + weightLink
		from = at[1]
	}
	return n + plain(s[from:])
}

// plain measures a text without links: an emoji weighs two, whatever it is made
// of.
func plain(s string) int {
	n := 0
	for it := graphemes.FromString(s); it.Next(); {
		cluster := it.Value()
		if emoji(cluster) {
			n += 2
			continue
		}
		for _, r := range cluster {
			if light(r) {
				n++
			} else {
				n += 2
			}
		}
	}
	return n
}

func light(r rune) bool {
	return r <= 0x10FF || r >= 0x2000 && r <= 0x200D || r >= 0x2010 && r <= 0x201F || r >= 0x2032 && r <= 0x2037
}

// emoji reports whether what people see as one character is one: a pictograph, a
// flag or a keycap.
func emoji(cluster string) bool {
	for _, r := range cluster {
		if r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2600 && r <= 0x27BF || r == 0x20E3 || r == 0xFE0F {
			return true
		}
	}
	return false
}
