package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// link is an address in a text, in bytes. Scheme reports that it is written with
// http:// or https://; one without is a domain alone, or "readme.md".
type link struct {
	start, end int
	scheme     bool
}

// grammar is what a platform takes for a part of an address after its domain.
type grammar struct {
	// anyHost takes every host after http://, known to DNS or not.
	anyHost                        bool
	path, pathEnd, query, queryEnd func(rune) bool
}

// maxDomain is the most bytes that are looked at as one domain: names of DNS
// have at most 253 (RFC 1035), and texts may be long.
const maxDomain = 256

// maxLabel is the most characters between two dots of a domain (RFC 1035).
const maxLabel = 63

// longestTop is the most letters of a top-level domain that are not ASCII.
const longestTop = 24

// candidate is what looks like an address.
type candidate struct {
	before     rune // what stands before it; 0 at the beginning
	start, end int
	scheme     bool
	// domain and tail are where its domain begins and ends.
	domain, tail int
	// path reports that something with a slash follows the domain.
	path bool
}

// candidates finds what looks like an address, from left to right, each as long
// as can be. Whether it is one is for the platform to say.
func candidates(s string, g grammar, take func(candidate)) {
	if !strings.Contains(s, ".") && (!g.anyHost || !strings.Contains(s, "://")) {
		return
	}
	f := finder{s, g, map[int]int{}}
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		c, ok := candidate{}, false
		if r > 0xffff { // libraries that see it as two characters let one stand before the other
			c, ok = f.address(at)
		}
		if !ok && mayPrecede(r) {
			c, ok = f.address(at + size)
		}
		if ok {
			c.before = r
		} else if at == 0 {
			c, ok = f.address(0)
		}
		if !ok {
			at += size
			continue
		}
		take(c)
		at = c.end
	}
}

func mayPrecede(r rune) bool {
	switch {
	case asciiAlnum(r), r == '@', r == '＠', r == '$', r == '#', r == '＃', r == 0xfffe, r == 0xfeff, r == 0xffff:
		return false
	}
	return true
}

// finder reads addresses.
type finder struct {
	s string
	g grammar
	// tops are the ends of names of top-level domains, by where they begin; 0 is
	// none. What looks like a domain is read from many places.
	tops map[int]int
}

// address reads an address that begins at a byte of the text.
func (f finder) address(at int) (candidate, bool) {
	s, g := f.s, f.g
	c := candidate{start: at, domain: at + schemeOf(s[at:])}
	c.scheme = c.domain > at
	end, ok := 0, false
	if c.scheme && g.anyHost {
		end = hostAt(s, c.domain)
		ok = end > c.domain
	} else {
		end, ok = f.domain(c.domain)
	}
	if !ok {
		return c, false
	}
	c.tail, c.end = end, end
	c.end = port(s, c.end)
	if next := pathAt(s, c.end, g); next > c.end {
		c.end, c.path = next, true
	}
	c.end = queryAt(s, c.end, g)
	return c, true
}

// schemeOf is the length of http:// or https:// at the beginning of s, or 0.
func schemeOf(s string) int {
	for _, scheme := range []string{"https://", "http://"} {
		if len(s) >= len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
			return len(scheme)
		}
	}
	return 0
}

// hostAt returns the end of what looks like a host.
func hostAt(s string, at int) int {
	end := at
	for i, r := range s[at:] {
		switch {
		case wordRune(r) && r != utf8.RuneError:
			end = at + i + utf8.RuneLen(r)
		case r != '.' && r != '-' && r != '_':
			return end
		}
	}
	return end
}

// domain returns the end of the longest domain that begins at a byte of the text:
// labels and dots, and a name that the root of DNS knows.
func (f finder) domain(from int) (end int, ok bool) {
	for at := from; at-from < maxDomain; {
		dot, name := label(f.s, at)
		if dot < 0 {
			break
		}
		if name {
			e, known := f.tops[dot]
			if !known {
				e = topLevelAt(f.s, dot+1)
				f.tops[dot] = e
			}
			if e > 0 {
				end, ok = e, true
			}
		}
		at = dot + 1
	}
	return end, ok
}

// label returns where the dot after a label stands, -1 if there is none; name
// reports that the label may be the last before the top.
func label(s string, at int) (dot int, name bool) {
	name = true
	last := rune('-') // a label neither begins nor ends with these
	for i, r := range s[at:] {
		switch {
		case i > maxDomain:
			return -1, false
		case r == '.':
			if last == '-' || last == '_' {
				return -1, false
			}
			return at + i, name
		case r == '_' || r == '-':
			if i == 0 {
				return -1, false
			}
			name = name && r == '-'
		case !domainRune(r):
			return -1, false
		}
		last = r
	}
	return -1, false
}

func domainRune(r rune) bool {
	switch {
	case r < 0x80:
		return r > ' ' && !strings.ContainsRune(`!'#%&()*+,\-./:;<=>?@[]^_{|}~$`, r)
	case r == 0x85, r == 0xa0, r == 0x1680, r == 0x180e, r >= 0x2000 && r <= 0x200a, r == 0x2028, r == 0x2029, r == 0x202f, r == 0x205f, r == 0x3000:
		return false
	case r == 0xfffe, r == 0xfeff, r == 0xffff, r >= 0x202a && r <= 0x202e, r == 0x61c, r == 0x200e, r == 0x200f, r >= 0x2066 && r <= 0x2069:
		return false
	}
	return true
}

// topLevelAt returns the end of the name of a top-level domain that begins at a
// byte of s, 0 if there is none.
func topLevelAt(s string, at int) int {
	end := at
	for end < len(s) && asciiAlnum(rune(s[end])) {
		end++
	}
	if end > at {
		if mayFollow(s[end:]) && topLevel(strings.ToLower(s[at:end])) {
			return end
		}
		return punycodeAt(s, at)
	}
	var ends []int
	for len(ends) < longestTop && end < len(s) && s[end] >= utf8.RuneSelf {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
		ends = append(ends, end)
	}
	for i := len(ends) - 1; i >= 0; i-- {
		if name, err := idna.Punycode.ToASCII(strings.ToLower(s[at:ends[i]])); err == nil && mayFollow(s[ends[i]:]) && topLevel(name) {
			return ends[i]
		}
	}
	return 0
}

func punycodeAt(s string, at int) int {
	const prefix = "xn--"
	if len(s)-at <= len(prefix) || !strings.EqualFold(s[at:at+len(prefix)], prefix) {
		return 0
	}
	end := at + len(prefix)
	for end < len(s) && (asciiAlnum(rune(s[end])) || s[end] == '-') {
		end++
	}
	if end == at+len(prefix) {
		return 0
	}
	return end
}

// mayFollow reports whether a name may end before s.
func mayFollow(s string) bool {
	return s == "" || !asciiAlnum(rune(s[0])) && strings.IndexByte("@+-", s[0]) < 0
}

// topLevel reports whether the root of DNS has a name, in lower case and ASCII.
func topLevel(name string) bool {
	_, known := publicsuffix.PublicSuffix("a." + name)
	return known
}

func port(s string, at int) int {
	end := at + 1
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	if at < len(s) && s[at] == ':' && end > at+1 {
		return end
	}
	return at
}

// pathAt returns the end of the path that begins at a byte of s: it has what the
// grammar allows, pairs of brackets within one another at most once, and ends
// with what may end it.
func pathAt(s string, at int, g grammar) int {
	if at >= len(s) || s[at] != '/' {
		return at
	}
	last := at + 1
	for i := last; i < len(s); {
		if end := balanced(s, i, g); end > 0 {
			i, last = end, end
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !g.path(r) {
			break
		}
		if i += size; g.pathEnd(r) {
			last = i
		}
	}
	return last
}

// balanced returns the end of a pair of brackets that is not empty, 0 if none
// begins at a byte of s.
func balanced(s string, at int, g grammar) int {
	if s[at] != '(' {
		return 0
	}
	inner := 0 // where an inner pair began; -1 after it
	for i := at + 1; i < len(s); {
		switch r, size := utf8.DecodeRuneInString(s[i:]); {
		case r == ')' && inner > 0:
			if i == inner+1 {
				return 0
			}
			inner = -1
			i++
		case r == ')':
			if i == at+1 {
				return 0
			}
			return i + 1
		case r == '(' && inner == 0:
			inner = i
			i++
		case g.path(r):
			i += size
		default:
			return 0
		}
	}
	return 0
}

func queryAt(s string, at int, g grammar) int {
	if at >= len(s) || s[at] != '?' {
		return at
	}
	last := at
	for i := at + 1; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !g.query(r) {
			break
		}
		if i += size; g.queryEnd(r) {
			last = i
		}
	}
	return last
}

// goodLabels reports whether every label of a domain has a length that DNS
// allows. Whether a label says something in Punycode is not asked.
func goodLabels(domain string) bool {
	for l := range strings.SplitSeq(domain, ".") {
		if !isASCII(l) {
			name, err := idna.Punycode.ToASCII(strings.ReplaceAll(l, "-", "x")) // as long, and not taken for Punycode
			if err != nil {
				return false
			}
			l = name
		}
		if l == "" || len(l) > maxLabel {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

func asciiAlnum(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9' }
