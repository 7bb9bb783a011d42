package site

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// hasher gathers what the bytes of a page depend on, so that the sum of it is
// a key: see [publish.Sink]. No two lists of values look the same to it.
type hasher struct{ buf []byte }

func (h *hasher) text(all ...string) {
	for _, s := range all {
		h.num(len(s))
		h.buf = append(h.buf, s...)
	}
}

func (h *hasher) num(n int) {
	u := uint64(n)
	for u >= 0x80 {
		h.buf = append(h.buf, byte(u)|0x80)
		u >>= 7
	}
	h.buf = append(h.buf, byte(u))
}

func (h *hasher) flags(all ...bool) {
	for _, f := range all {
		n := 0
		if f {
			n = 1
		}
		h.num(n)
	}
}

func (h *hasher) sum(s [sha256.Size]byte) { h.buf = append(h.buf, s[:]...) }

// key is the sum of all, as text.
func (h *hasher) key() string {
	sum := sha256.Sum256(h.buf)
	return hex.EncodeToString(sum[:])
}

// keyed is what can say all that it shows.
type keyed interface{ add(h *hasher) }

// each adds how many there are, and each of them.
func each[T keyed](h *hasher, all []T) {
	h.num(len(all))
	for _, x := range all {
		x.add(h)
	}
}

// maybe adds what may not be there.
func maybe[T any, P interface {
	*T
	keyed
}](h *hasher, x P) {
	h.flags(x != nil)
	if x != nil {
		x.add(h)
	}
}

func (p *page) add(h *hasher) {
	h.sum(p.frame.sum)
	h.text(p.Title, p.Description, p.Canonical)
	h.flags(p.NoIndex)
	each(h, p.Alternates)
	each(h, p.OG)
	each(h, p.Names)
	h.flags(p.data != nil)
	if p.data != nil {
		p.data.add(h)
	}
	if body, ok := p.Body.(keyed); ok {
		body.add(h)
	}
}

func (f *frame) add(h *hasher) {
	h.text(f.Lang, f.Dir, f.Site, f.Style, f.Icon, string(f.Inline), f.Home, f.Feed, f.Author)
	h.flags(f.Front)
	each(h, f.Nav)
	each(h, f.Langs)
	each(h, f.Feeds)
	f.Licence.add(h)
}

func (l link) add(h *hasher) {
	h.text(l.Href, l.Text, l.Lang)
	h.flags(l.Current, l.Here)
	h.num(l.N)
}

func (f feedLink) add(h *hasher) { h.text(f.Href, string(f.Type), f.Title) }
func (m meta) add(h *hasher)     { h.text(m.Key, m.Content) }
func (d date) add(h *hasher)     { h.text(d.Text, d.ISO) }

// add says what the page of a post is made of: as it is written, and of other
// posts no more than the page shows of them.
func (m *matter) add(h *hasher) {
	h.sum(m.build.common)
	h.sum(m.frame.sum)
	e, p := m.entry, m.entry.Post
	h.text(e.Path, e.URL, p.Path, p.Lang, p.Title, p.Summary, p.Question, p.Invite, p.Canonical, p.Series)
	h.text(m.Title, m.section, m.facts.Teaser, m.facts.Summary)
	h.num(m.facts.Words)
	m.Date.add(h)
	m.updated.add(h)
	h.flags(e.Retired)
	h.num(len(e.Authors))
	h.text(e.Authors...)
	h.num(len(p.Tags))
	h.text(p.Tags...)
	h.num(len(m.tags))
	for _, t := range m.tags {
		h.text(t.Path, t.Name)
	}
	i := e.Image
	h.text(i.Src, i.Alt, i.Credit, i.Licence)
	h.num(i.Width)
	h.num(i.Height)
	m.cover.add(h)
	h.num(len(e.Translations))
	for _, t := range e.Translations {
		h.text(t.Path, t.URL, t.Post.Lang)
	}
	m.newer.add(h)
	m.older.add(h)
	h.num(m.start)
	h.num(slices.Index(m.series, m.teaser))
	each(h, m.series)
	m.addText(h)
}

// add says what others show of a post, if there is one: where its page is, and
// its title.
func (t *teaser) add(h *hasher) {
	h.flags(t != nil)
	if t != nil {
		h.text(t.entry.Path, t.Title)
	}
}

func (f *figure) add(h *hasher) {
	h.text(f.Src, f.Alt, f.Credit, f.Licence)
	h.num(f.Width)
	h.num(f.Height)
}

func (p *homePage) add(h *hasher) {
	h.text(p.Intro, p.All)
	maybe(h, p.First)
	each(h, p.Rest)
}

func (c *card) add(h *hasher) {
	c.row.add(h)
	maybe(h, c.Figure)
}

func (r row) add(h *hasher) {
	h.text(r.Href, r.Title, r.Summary, r.Lang, r.LangName)
	r.Date.add(h)
}

func (l *listPage) add(h *hasher) {
	h.text(l.Kicker, l.Title)
	h.num(l.Count)
	each(h, l.Groups)
	each(h, l.More)
}

// add leaves the rows unmade: they are made of this, for the page's folder and
// language.
func (g group) add(h *hasher) {
	h.text(g.Title, g.Href, g.dir, g.lang)
	h.num(len(g.posts))
	for _, t := range g.posts {
		h.text(t.Title, t.entry.Path, t.entry.Post.Lang, t.section, t.Date.ISO, t.Date.Text)
	}
}

func (l links) add(h *hasher) { each(h, l) }

func (l *ldPosting) add(h *hasher) {
	h.text(l.Context, l.Type, l.ID, l.Headline, l.Summary, l.Published, l.Modified, l.Lang, l.Licence)
	each(h, l.Authors)
	maybe(h, l.Publisher)
	maybe(h, l.Image)
	h.num(len(l.Keywords))
	h.text(l.Keywords...)
	maybe(h, l.Part)
}

func (l ldThing) add(h *hasher) { h.text(l.Type, l.Name, l.URL) }

func (l *ldImage) add(h *hasher) {
	h.text(l.Type, l.URL, l.Credit)
	h.num(l.Width)
	h.num(l.Height)
}

func (l *ldBlog) add(h *hasher) {
	h.text(l.Context, l.Type, l.Name, l.URL, l.Summary, l.Lang)
	maybe(h, l.Author)
}

func (s *urlSet) add(h *hasher) {
	h.text(s.NS, s.XHTML)
	each(h, s.URLs)
}

func (u sitemapURL) add(h *hasher) {
	h.text(u.Loc, u.LastMod)
	h.num(len(u.Alternates))
	for _, l := range u.Alternates {
		h.text(l.Rel, l.Lang, l.Href)
	}
}
