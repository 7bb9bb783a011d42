package site

import (
	"crypto/sha256"
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

// place is an address of a text, as written and as the page has it.
type place struct {
	dest, href    string
	width, height int
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
			at, source := b.place(e, m.Dest)
			if source.Source != "" {
				b.use(source)
			}
			t.places = append(t.places, at)
		}
	}
	return t
}

// place returns where an address in the text of an entry leads.
func (b *build) place(e *publish.Entry, dest string) (place, publish.Target) {
	if strings.HasPrefix(dest, "#") {
		return place{dest: dest, href: dest}, publish.Target{}
	}
	t := b.links.Target(e.Post, dest)
	at := place{dest: dest, href: t.URL, width: t.Asset.Width, height: t.Asset.Height}
	switch {
	case t.Entry != nil:
		at.href = b.rel(e.Path, t.Entry.Path) + t.Suffix
	case t.Source != "":
		at.href = b.rel(e.Path, t.Asset.Path) + t.Suffix
	}
	return at, t
}

// options are those of the HTML of a text.
func (b *build) options(t text, e *publish.Entry) markdown.Options {
	known := make(map[string]place, len(t.places))
	for _, p := range t.places {
		known[p.dest] = p
	}
	find := func(dest string) place {
		p, ok := known[dest]
		if !ok {
			p, _ = b.place(e, dest)
		}
		return p
	}
	return markdown.Options{
		Resolve: func(dest string) string { return find(dest).href },
		Image: func(dest string) (int, int) {
			p := find(dest)
			return p.width, p.height
		},
		Lazy: true, HeadingShift: t.shift,
	}
}

// shows reports whether a picture of that address is in the text.
func (t text) shows(href string) bool {
	for _, p := range t.places[:t.images] {
		if p.href == href {
			return true
		}
	}
	return false
}

func (t text) add(h *hasher) {
	h.sum(t.sum)
	h.num(t.at)
	h.text(t.lang)
	h.num(t.shift)
	h.num(len(t.places))
	for _, p := range t.places {
		h.text(p.href)
		h.num(p.width)
		h.num(p.height)
	}
}
