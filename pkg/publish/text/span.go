package text

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what a part of a text is.
type Kind string

const (
	Link    Kind = "link"
	Mention Kind = "mention"
	Tag     Kind = "tag"
)

// Span is a part of a text that leads somewhere: s[Start:End], in bytes of
// UTF-8.
type Span struct {
	Start, End int
	Kind       Kind
	// Target is an absolute address; a name without the first "@", with that of
	// its server if it has one; a tag without "#".
	Target string
}

// Spans finds the links, the mentions and the tags of a text, in order; none
// overlaps another. A link is an address with http:// or https://, or a domain
// that stands free and is no name of a file.
func Spans(s string) []Span {
	g := webGrammar()
	g.anyHost = true
	return spans(s, g)
}

func spans(s string, g grammar) []Span {
	all := webLinks(s, g)
	links := all
	var more []Span
	free := true // what stands before lets a name begin
	for i := 0; i < len(s); {
		for len(links) > 0 && links[0].End <= i {
			links = links[1:]
		}
		next := len(s)
		if len(links) > 0 {
			next = links[0].Start
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if free && (r == '@' || r == '#' || r == '＃') && i < next {
			if sp, ok := named(s[:next], i, size, r == '@'); ok {
				more = append(more, sp)
				i, free = sp.End, false
				continue
			}
		}
		free = !wordRune(r) && r != '@' && r != '#' && r != '＃' && r != '_' && r != '/' && r != '&' && r != '.' && r != '-'
		i += size
	}
	all = append(all, more...)
	slices.SortFunc(all, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	return all
}

// named reads the name after a sign of size bytes.
func named(s string, at, size int, mention bool) (Span, bool) {
	if mention {
		end := handle(s, at+size)
		if after, _ := utf8.DecodeRuneInString(s[end:]); end == at+size || end < len(s) && wordRune(after) {
			return Span{}, false // nothing, or "@léo"
		}
		if end < len(s) && s[end] == '@' {
			if server := handle(s, end+1); server > end+1 && strings.Contains(s[end+1:server], ".") {
				end = server
			}
		}
		return Span{at, end, Mention, s[at+size : end]}, true
	}
	end, letters := at+size, false
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if !wordRune(r) && r != '_' && (r != joiner && r != '\u200c' || end == at+size) {
			break
		}
		letters = letters || unicode.IsLetter(r)
		end += n
	}
	if !letters {
		return Span{}, false
	}
	return Span{at, end, Tag, s[at+size : end]}, true
}

// handle returns the end of a name of an account or a server.
func handle(s string, at int) int {
	end := at
	for i := at; i < len(s); i++ {
		switch c := rune(s[i]); {
		case asciiAlnum(c) || c == '_':
			end = i + 1
		case c == '.' || c == '-':
			if i == at {
				return at
			}
		default:
			return end
		}
	}
	return end
}

// webLinks are the links of a text.
func webLinks(s string, g grammar) []Span {
	var all []Span
	candidates(s, g, func(c candidate) {
		domain := s[c.domain:c.tail]
		if !goodLabels(domain) {
			return
		}
		if c.scheme {
			all = append(all, Span{c.start, c.end, Link, s[c.start:c.end]})
			return
		}
		if c.before != 0 && strings.ContainsRune("-_./:\\", c.before) {
			return
		}
		for _, d := range latinDomains(domain) {
			start, end := c.domain+d.start, c.domain+d.end
			if d.end == len(domain) && c.path {
				end = c.end
			}
			if !strings.ContainsFunc(domain[:d.start], wordRune) && (end > c.domain+d.end || !fileName(domain[d.start:d.end])) {
				all = append(all, Span{start, end, Link, "https://" + s[start:end]})
			}
		}
	})
	return all
}

// fileName reports whether a domain looks like a name of a file: two parts, of
// which the last is both a country's and an ending that programs write.
func fileName(domain string) bool {
	name, ending, _ := strings.Cut(strings.ToLower(domain), ".")
	return name != "" && slices.Contains([]string{"md", "rs", "py", "sh", "zip", "mov"}, ending)
}
