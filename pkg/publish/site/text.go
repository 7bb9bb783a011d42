package site

import (
	"slices"
	"strings"

	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
)

// place is an address of a text, as written, and where it leads.
type place struct {
	dest string
	to   publish.Target
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

// options are those of the HTML of a post's text; first makes its first picture
// the first to be loaded.
func (b *build) options(m *matter, first bool) markdown.Options {
	shift := 0
	if m.facts.Title {
		shift = 1 // the page has an h1 of its own
	}
	return markdown.Options{
		Resolve: func(dest string) string { return b.href(m.entry, b.place(m.entry, dest)) },
		Image: func(dest string) (int, int) {
			to := b.place(m.entry, dest).to
			return to.Asset.Width, to.Asset.Height
		},
		Lazy: true, First: first, HeadingShift: shift,
	}
}

// shows reports whether a picture of that address is in the text of a post.
func (b *build) shows(m *matter, href string) bool {
	return slices.ContainsFunc(m.facts.Images, func(x publish.Mention) bool { return b.href(m.entry, b.place(m.entry, x.Dest)) == href })
}

// addText says what the HTML of a post's text depends on: its bytes, where its
// links lead and what it loads. It notes the assets that the text uses.
func (m *matter) addText(h *hasher) {
	p := m.entry.Post
	h.sum(p.Sum)
	h.num(p.BodyAt)
	h.flags(m.facts.Title)
	for _, mentions := range [...][]publish.Mention{m.facts.Images, m.facts.Links, m.facts.Sources} {
		h.num(len(mentions))
		for _, x := range mentions {
			m.build.place(m.entry, x.Dest).add(h)
		}
	}
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
