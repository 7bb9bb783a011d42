package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What X counts (docs.x.com/fundamentals/counting-characters, read 2026-11; the
// rules are those of its library twitter-text 3.1.0, configuration 3).
const (
	WeightedLimit  = 280
	weightedLink   = 23   // any address
	weightedOther  = 2    // emoji, and what is in none of the light ranges
	longestAddress = 4096 // what is longer is no address
	longestShort   = 40   // of a name on t.co
)

// Weighted counts as X does: 1 for what most alphabets need, 2 for all else and
// for an emoji of however many parts, 23 for an address of any length. A domain
// without http:// is an address, and so is "readme.md".
func Weighted(s string) int {
	s = norm.NFC.String(s)
	n, all := 0, weightedLinks(s)
	for i := 0; i < len(s); {
		if len(all) > 0 && all[0].start == i {
			n, i, all = n+weightedLink, all[0].end, all[1:]
			continue
		}
		if size := emoji(s[i:]); size > 0 {
			n, i = n+weightedOther, i+size
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		n, i = n+weight(r), i+size
	}
	return n
}

func weight(r rune) int {
	if r <= 0x10ff || r >= 0x2000 && r <= 0x200d || r >= 0x2010 && r <= 0x201f || r >= 0x2032 && r <= 0x2037 {
		return 1
	}
	return weightedOther
}

// weightedLinks are the addresses that X shortens, in order.
func weightedLinks(s string) []link {
	var all []link
	candidates(s, xGrammar(), func(c candidate) {
		switch domain := s[c.domain:c.tail]; {
		case !goodLabels(domain) || strings.HasPrefix(domain, "xn--") && len(latinDomains(domain)) == 0:
		case units(s[c.start:c.end])+max(len("https://"), c.domain-c.start) > longestAddress:
		case c.scheme:
			if end, ok := short(s, c); ok {
				all = append(all, link{c.start, end, true})
			}
		case strings.ContainsRune("-_./", c.before) && c.before != 0:
		default:
			first := len(all)
			for _, d := range latinDomains(domain) {
				all = append(all, link{c.domain + d.start, c.domain + d.end, false})
			}
			if c.path && len(all) > first {
				all[len(all)-1].end = c.end
			}
		}
	})
	return all
}

// units is the length in UTF-16.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// short cuts an address of X's own shortener after its name; false if the name
// is too long to be one.
func short(s string, c candidate) (int, bool) {
	const host = "t.co/"
	if len(s)-c.domain < len(host) || !strings.EqualFold(s[c.domain:c.domain+len(host)], host) {
		return c.end, true
	}
	end := c.domain + len(host)
	for end < c.end && asciiAlnum(rune(s[end])) {
		end++
	}
	switch n := end - c.domain - len(host); {
	case n == 0:
		return c.end, true
	case n > longestShort:
		return 0, false
	}
	return queryAt(s[:c.end], end, xGrammar()), true
}

// latinDomains are the parts of a domain that are one in Latin letters: without
// http:// X sees no others.
func latinDomains(domain string) []link {
	var all []link
	for at := 0; at < len(domain); {
		if end := latinDomain(domain, at); end > 0 {
			all = append(all, link{start: at, end: end})
			at = end
			continue
		}
		_, size := utf8.DecodeRuneInString(domain[at:])
		at += size
	}
	return all
}

func latinDomain(s string, at int) (end int) {
	empty := true
	for i, r := range s[at:] {
		switch {
		case r == '.' && !empty:
			if e := topLevelAt(s, at+i+1); e > 0 {
				end = e
			}
			empty = true
		case r == '-' || asciiAlnum(r) || latinAccent(r):
			empty = false
		default:
			return end
		}
	}
	return end
}

func latinAccent(r rune) bool {
	switch {
	case r < 0xc0, r == 0xd7, r == 0xf7:
		return false
	case r <= 0x24f, r >= 0x300 && r <= 0x36f, r >= 0x1e00 && r <= 0x1eff:
		return true
	}
	return strings.ContainsRune("\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb", r)
}

// xGrammar is what X takes for a part of an address.
func xGrammar() grammar {
	letter := func(r rune) bool { return asciiAlnum(r) || r >= 0x400 && r <= 0x4ff || latinAccent(r) }
	among := func(list string) func(rune) bool {
		return func(r rune) bool { return asciiAlnum(r) || strings.ContainsRune(list, r) }
	}
	return grammar{
		path:    func(r rune) bool { return letter(r) || strings.ContainsRune("!*';:=+,.$/%#[]-\u2013_~@|&", r) },
		pathEnd: func(r rune) bool { return letter(r) || strings.ContainsRune("+-=_#/", r) },
		query:   among("!?*'@();:&=+$/%#[]-_.,~|"), queryEnd: among("-_&=#/"),
	}
}
