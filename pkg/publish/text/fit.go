package text

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Cut shortens a text until it fits, and ends it with "…": at the end of a word
// where there is one, never inside what people see as one character, nor inside
// a link, a mention or a tag. It is "" where nothing fits.
//
// A shorter text must fit wherever a longer one does.
func Cut(s string, fits func(string) bool) string {
	if fits(s) {
		return s
	}
	c := newCutter(s)
	n := sort.Search(len(c.ends), func(i int) bool { return !fits(c.cut(i)) })
	for n--; n >= 0; n-- {
		cut := c.cut(c.word(n))
		if cut == ellipsis { // and so is what is shorter
			return ""
		}
		if fits(cut) {
			return cut
		}
	}
	return ""
}

const ellipsis = "…"

// cutter knows where a text may be cut.
type cutter struct {
	s    string
	ends []int // the bytes after which it may be, in order
	link []bool
	// last is, for each end, the last one up to it after which a cut text may
	// end; -1 if there is none.
	last []int
}

func newCutter(s string) cutter {
	c := cutter{s: s}
	spans := Spans(s)
	at := 0
	for it := graphemes.FromString(s); it.Next(); {
		at += len(it.Value())
		for len(spans) > 0 && spans[0].End < at {
			spans = spans[1:]
		}
		if len(spans) > 0 && at > spans[0].Start && at < spans[0].End {
			continue
		}
		c.ends = append(c.ends, at)
		last := len(c.ends) - 1
		if strings.Trim(c.unit(last), loose) == "" {
			if last--; last >= 0 {
				last = c.last[last]
			}
		}
		c.last = append(c.last, last)
		c.link = append(c.link, len(spans) > 0 && at == spans[0].End && spans[0].Kind == Link)
	}
	return c
}

// unit is the text between the end before and the i-th.
func (c cutter) unit(i int) string {
	if i == 0 {
		return c.s[:c.ends[0]]
	}
	return c.s[c.ends[i-1]:c.ends[i]]
}

// cut returns the text up to the i-th end, without what nobody ends with, and
// with the sign that something is missing.
func (c cutter) cut(i int) string {
	i = c.last[i]
	switch {
	case i < 0:
		return ellipsis
	case c.link[i]:
		return c.s[:c.ends[i]] + " " + ellipsis
	}
	return c.s[:c.ends[i]] + ellipsis
}

// loose is what a cut text does not end with.
const loose = " \t\n\u00a0\u202f,;:.…-–—«“‘(["

// word returns the end of the last word that is whole up to the i-th end, or i
// where that would leave less than half. A space that does not break ends none.
func (c cutter) word(i int) int {
	end := c.ends[i]
	if end == len(c.s) || breaks(c.s[end:]) {
		return i
	}
	at := strings.LastIndexAny(c.s[:end], " \n\t")
	if at <= end/2 {
		return i
	}
	return sort.SearchInts(c.ends, at)
}

// breaks reports whether a text begins with a space at which a line may end.
func breaks(s string) bool { return s != "" && strings.IndexByte(" \n\t", s[0]) >= 0 }

// Hashtag makes "#veloCargo" of "velo cargo": letters and digits of any script.
// It is "" of what has no letter: no platform takes that for a tag.
func Hashtag(tag string) string {
	var b strings.Builder
	letters := false
	for i, word := range strings.FieldsFunc(tag, func(r rune) bool { return !wordRune(r) }) {
		if i > 0 {
			first, size := utf8.DecodeRuneInString(word)
			word = string(unicode.ToUpper(first)) + word[size:]
		}
		letters = letters || strings.ContainsFunc(word, unicode.IsLetter)
		b.WriteString(word)
	}
	if !letters {
		return ""
	}
	return "#" + b.String()
}
