package site

import (
	"fmt"
	"strings"

	"editorial/pkg/publish"
)

// teaser is a post as lists and neighbours show it.
type teaser struct {
	Title       string
	Date        date // in the post's language
	Year, Month int
	// section is the language of the site that the post's belongs to.
	section string
	entry   *publish.Entry
}

// read makes the teasers of all entries, and sorts them into sections. No body
// is asked for but where a post has neither title nor summary.
func (b *build) read() error {
	entries := b.site.Entries
	b.teasers = make([]teaser, len(entries))
	if err := publish.Each(len(entries), func(i int) (err error) {
		b.teasers[i], err = b.teaser(&entries[i])
		return err
	}); err != nil {
		return err
	}
	b.sections = []section{{}}
	if len(b.site.Langs) > 1 {
		for _, l := range b.site.Langs {
			b.sections = append(b.sections, section{lang: l, home: b.site.Home(l)})
		}
	}
	for i := range b.teasers {
		t := &b.teasers[i]
		b.of[t.entry.Post] = t
		if t.entry.Retired {
			continue
		}
		for j := range b.sections {
			if s := &b.sections[j]; s.lang == "" || s.lang == t.section {
				s.posts = append(s.posts, t)
			}
		}
	}
	return nil
}

func (b *build) teaser(e *publish.Entry) (teaser, error) {
	if e.Path == "" || !strings.HasSuffix(e.Path, "/") {
		return teaser{}, fmt.Errorf("%w %q of %s: no folder", publish.ErrPath, e.Path, e.Post.Path)
	}
	text := ""
	if publish.Line(e.Post.Title) == "" && publish.Line(e.Post.Summary) == "" {
		facts, ok := b.bodies.Facts(e.Post)
		if !ok {
			return teaser{}, noBody(e)
		}
		text = facts.Teaser
	}
	d := b.site.Zone.Date(e.Published)
	return teaser{
		Title: publish.Spaces(e.Post.Lang, publish.Headline(e.Post, text)), Date: date{b.voice(e.Post.Lang).day(d), b.iso(e.Published)},
		Year: d.Year, Month: int(d.Month), section: b.site.LangOf(e.Post.Lang), entry: e,
	}, nil
}

// summary is the post's own, or the beginning of its text.
func (t *teaser) summary(facts publish.Facts) string {
	p := t.entry.Post
	return publish.Spaces(p.Lang, publish.Summary(p, facts.Teaser, publish.SummaryRunes))
}

// posts returns the teasers of entries.
func (b *build) teasersOf(entries []publish.Entry) []*teaser {
	all := make([]*teaser, len(entries))
	for i, e := range entries {
		all[i] = b.of[e.Post]
	}
	return all
}
