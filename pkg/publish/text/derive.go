package text

import (
	"slices"
	"sort"
	"strings"

	"github.com/clipperhouse/uax29/v2/sentences"

	"editorial/pkg/publish"
	"editorial/pkg/publish/platform"
)

// saying is what a derived text says, in the order of reading.
type saying struct {
	title, summary, question, invite, link string
	tags                                   []string
}

// newSaying takes from a post what it can say under a rule.
func newSaying(p platform.Post, r Rule) saying {
	line := func(s string) string { return publish.Spaces(p.Lang, publish.Line(s)) }
	s := saying{title: line(p.Title), summary: line(p.Summary), question: line(p.Question), invite: line(p.Invite)}
	if s.summary == s.title {
		s.summary = ""
	}
	if !r.NoLink {
		s.link = p.Link
	}
	if !r.NoTags {
		s.tags = hashtags(p.Tags, r.Tags)
	}
	return s
}

// hashtags are at most n tags, each once.
func hashtags(tags []string, n int) []string {
	var all []string
	for _, tag := range tags {
		t := Hashtag(tag)
		if len(all) < n && t != "" && !slices.ContainsFunc(all, func(a string) bool { return strings.EqualFold(a, t) }) {
			all = append(all, t)
		}
	}
	return all
}

// String is a paragraph of each.
func (s saying) String() string {
	return paragraphs(s.title, s.summary, s.question, s.invite, s.link, strings.Join(s.tags, " "))
}

func paragraphs(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), "\n\n")
}

// derive makes the text of a post. The link is in it, and the title, cut where it
// must be; then comes what there is room for: the question, the summary or its
// first sentences, the invitation, and the tags one by one. Where there is no
// title the next of them takes its place.
func derive(p platform.Post, r Rule) string {
	all := newSaying(p, r)
	said := saying{link: all.link}
	if !r.fits(said.String()) {
		said.link = ""
	}
	first := true
	take := func(to *string, s string, shorter func(string, func(string) bool) string) {
		if s == "" {
			return
		}
		if first {
			first, shorter = false, Cut
		}
		*to = shorter(s, func(s string) bool {
			*to = s
			return r.fits(said.String())
		})
	}
	take(&said.title, all.title, whole)
	take(&said.question, all.question, whole)
	take(&said.summary, all.summary, firstSentences)
	take(&said.invite, all.invite, whole)
	for _, tag := range all.tags {
		if said.tags = append(said.tags, tag); !r.fits(said.String()) {
			said.tags = said.tags[:len(said.tags)-1]
			break
		}
	}
	return said.String()
}

// whole is a text if it fits, else nothing.
func whole(s string, fits func(string) bool) string {
	if fits(s) {
		return s
	}
	return ""
}

// firstSentences are as many as fit.
func firstSentences(s string, fits func(string) bool) string {
	var ends []int
	end := 0
	for _, sentence := range sentencesOf(s) {
		end += len(sentence)
		ends = append(ends, end)
	}
	said := func(n int) string { return strings.TrimSpace(s[:ends[n-1]]) }
	n := sort.Search(len(ends), func(i int) bool { return !fits(said(i + 1)) })
	for ; n > 0; n-- {
		if fits(said(n)) {
			return said(n)
		}
	}
	return ""
}

// sentencesOf are the sentences of a text with the spaces after them. None ends
// inside a link, a mention or a tag.
func sentencesOf(s string) []string {
	var all []string
	spans := Spans(s)
	at, begun := 0, 0
	for it := sentences.FromString(s); it.Next(); {
		at += len(it.Value())
		for len(spans) > 0 && spans[0].End <= at {
			spans = spans[1:]
		}
		if len(spans) == 0 || at <= spans[0].Start {
			all, begun = append(all, s[begun:at]), at
		}
	}
	return all
}
