package site

import (
	"crypto/sha256"
	"slices"
	"strings"

	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
)

// text is what the HTML of a post's text depends on.
type text struct {
	sum   [sha256.Size]byte
	at    int
	lang  string
	shift int
	// places are where its links lead and what it loads, images the first of
	// them: how many pictures it shows.
	places []place
	images int
}

// place is an address of a text, as written, and where it leads.
type place struct {
	dest string
	to   publish.Target
}

// textOf says what the text of an entry depends on, and notes the assets that
// it uses.
func (b *build) textOf(e *publish.Entry, facts publish.Facts) text {
	t := text{
		sum: e.Post.Sum, at: e.Post.BodyAt, lang: e.Post.Lang, images: len(facts.Images),
		places: make([]place, 0, len(facts.Images)+len(facts.Links)+len(facts.Sources)),
	}
	if facts.Title {
		t.shift = 1 // the page has an h1 of its own
	}
	for _, mentions := range [][]publish.Mention{facts.Images, facts.Links, facts.Sources} {
		for _, m := range mentions {
			t.places = append(t.places, b.place(e, m.Dest))
		}
	}
	return t
}

// place returns where an address in the text of an entry leads, and notes the
// asset that it uses.
func (b *build) place(e *publish.Entry, dest string) place {
	if strings.HasPrefix(dest, "#") {
		return place{dest: dest, to: publish.Target{URL: dest}}
	}
	t := b.links.Target(e.Post, dest)
	if t.Source != "" {
		b.use(t)
	}
	return place{dest, t}
}

// href is the address of a place as the page of an entry has it.
func (b *build) href(e *publish.Entry, p place) string {
	switch {
	case p.to.Entry != nil:
		return b.rel(e.Path, p.to.Entry.Path) + p.to.Suffix
	case p.to.Source != "":
		return b.rel(e.Path, p.to.Asset.Path) + p.to.Suffix
	}
	return p.to.URL
}

// options are those of the HTML of a text; first makes its first picture the
// first to be loaded.
func (b *build) options(t text, e *publish.Entry, first bool) markdown.Options {
	known := make(map[string]place, len(t.places))
	for _, p := range t.places {
		known[p.dest] = p
	}
	find := func(dest string) place {
		p, ok := known[dest]
		if !ok {
			p = b.place(e, dest)
		}
		return p
	}
	return markdown.Options{
		Resolve: func(dest string) string { return b.href(e, find(dest)) },
		Image: func(dest string) (int, int) {
			p := find(dest)
			return p.to.Asset.Width, p.to.Asset.Height
		},
		Lazy: true, First: first, HeadingShift: t.shift,
	}
}

// shows reports whether a picture of that address is in the text.
func (b *build) shows(m *matter, href string) bool {
	return slices.ContainsFunc(m.text.places[:m.text.images], func(p place) bool { return b.href(m.entry, p) == href })
}

func (t text) add(h *hasher) {
	h.sum(t.sum)
	h.num(t.at)
	h.text(t.lang)
	h.num(t.shift)
	each(h, t.places)
}

func (p place) add(h *hasher) {
	h.text(p.to.URL, p.to.Source, p.to.Asset.Path, p.to.Suffix)
	h.num(p.to.Asset.Width)
	h.num(p.to.Asset.Height)
	h.flags(p.to.Entry != nil)
	if p.to.Entry != nil {
		h.text(p.to.Entry.Path)
	}
}
