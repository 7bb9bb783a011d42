package text

import (
	"fmt"
	"sort"
	"strings"

	"editorial/pkg/publish"
	"editorial/pkg/publish/platform"
)

// number is what the i-th of n posts ends with.
func number(i, n int) string { return fmt.Sprintf(" %d/%d", i+1, n) }

// thread splits the whole text of a post: at paragraphs, then at sentences, then
// at words. It returns nil, and how many posts it would have taken (0: a link is
// longer than any post), where the platform does not take it.
func thread(p platform.Post, r Rule) (texts []string, n int) {
	for digits := 1; digits < 4; digits++ {
		texts, ok := packed(p, r, digits)
		n = len(texts)
		switch {
		case !ok:
			return nil, 0
		case n > r.Threads:
			return nil, n
		case n < 2 || !r.Numbered:
			return texts, n
		case len(fmt.Sprint(n)) <= digits:
			for i := range texts {
				texts[i] += number(i, n)
			}
			return texts, n
		}
	}
	return nil, n
}

// packed fills as few posts as it can, with room for a number of so many digits.
func packed(p platform.Post, r Rule, digits int) ([]string, bool) {
	room := ""
	if r.Numbered {
		nine := strings.Repeat("9", digits)
		room = " " + nine + "/" + nine
	}
	k := packer{fits: func(s string) bool { return r.fits(s + room) }}
	said := newSaying(p, r)
	first, last := "", said.link
	if r.LinkFirst {
		first, last = said.link, ""
	}
	k.put(said.title, "\n\n")
	k.put(first, "\n\n")
	for block := range strings.SplitSeq(publish.Clean(p.Plain), "\n\n") {
		k.put(strings.Trim(block, " \t\n"), "\n\n")
	}
	k.put(said.question, "\n\n")
	k.put(said.invite, "\n\n")
	k.put(last, "\n\n")
	for i, tag := range said.tags {
		gap := " "
		if i == 0 {
			gap = "\n\n"
		}
		if len(k.parts) == 0 || !k.fits(k.parts[len(k.parts)-1]+gap+tag) {
			break
		}
		k.parts[len(k.parts)-1] += gap + tag
	}
	return k.parts, !k.stuck
}

// packer fills posts one after the other.
type packer struct {
	fits  func(string) bool
	parts []string
	// stuck reports that something fits into no post and must not be cut.
	stuck bool
}

// put adds a text to the last post, after a gap, or begins a new one; what is too
// long for a post is split.
func (k *packer) put(s, gap string) {
	if s == "" || k.add(s, gap) {
		return
	}
	if k.fits(s) {
		k.parts = append(k.parts, s)
		return
	}
	all := sentencesOf(s)
	if len(all) < 2 {
		k.words(s, gap)
		return
	}
	for _, sentence := range all {
		trimmed := strings.Trim(sentence, " \t\n")
		switch {
		case trimmed == "" || k.add(trimmed, gap):
		case k.fits(trimmed):
			k.parts = append(k.parts, trimmed)
		default:
			k.words(trimmed, gap)
		}
		gap = " "
		if rest := strings.TrimRight(sentence, " \t\n"); strings.Contains(sentence[len(rest):], "\n") {
			gap = "\n"
		}
	}
}

// add puts a text after the last post's, if it fits there.
func (k *packer) add(s, gap string) bool {
	if len(k.parts) == 0 {
		return false
	}
	last := &k.parts[len(k.parts)-1]
	if !k.fits(*last + gap + s) {
		return false
	}
	*last += gap + s
	return true
}

// words splits what is too long for a post at its spaces, and a word too long
// for one between the characters that people see.
func (k *packer) words(s, gap string) {
	c := newCutter(s)
	for at := 0; at < len(s); {
		before := ""
		if n := len(k.parts); n > 0 && gap != "" {
			before = k.parts[n-1] + gap
		}
		end := k.most(c, at, before)
		if end == at && before != "" {
			gap = ""
			continue
		}
		if end == at {
			k.stuck = true
			return
		}
		if said := strings.TrimRight(s[at:end], " \t\n"); before == "" {
			k.parts = append(k.parts, said)
		} else {
			k.parts[len(k.parts)-1] = before + said
		}
		gap = ""
		for at = end; at < len(s) && breaks(s[at:]); at++ {
		}
	}
}

// most returns up to where a text fits that begins at a byte of c and stands
// after another: the end of a word or, where it begins a post and not one word
// fits, of anything that may be cut.
func (k *packer) most(c cutter, at int, before string) int {
	first := sort.SearchInts(c.ends, at+1)
	fits := func(i int) bool { return k.fits(before + c.s[at:c.ends[first+i]]) }
	left, n := len(c.ends)-first, 1
	for n < left && fits(n) { // near what fits: the rest may be long
		n = min(2*n, left)
	}
	n = sort.Search(n, func(i int) bool { return !fits(i) })
	for i := n - 1; i >= 0; i-- {
		if end := c.ends[first+i]; end == len(c.s) || breaks(c.s[end:]) {
			return end
		}
	}
	if n == 0 || before != "" {
		return at
	}
	return c.ends[first+n-1]
}
