package site

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/publish"
)

// postPage is the body of a post's page.
type postPage struct {
	Title, Lede   string
	Date, Updated date
	Authors       string
	Minutes       string
	Figure        *figure
	HTML          template.HTML
	Question      string
	Invite        string
	Reply         string // address to answer to, or ""
	Series        *series
	Tags          []link
	Translations  []link
	Original      string // address of the original of a copy
	Retired       bool
	Newer, Older  *link
}

type figure struct {
	Src, Alt, Credit, Licence string
	Width, Height             int
}

type series struct {
	Name  string
	Parts []link
	// Start is the number of the first part shown, or 0 where that is the
	// first of all.
	Start int
}

// seriesParts is how many parts of a series a page shows, those around its own.
const seriesParts = 25

func itoa(n int) string { return strconv.Itoa(n) }

// posts makes the page of every entry, on all processors.
func (b *build) posts() error {
	families := b.families()
	newer, older := b.neighbours()
	return publish.Each(len(b.teasers), func(i int) error {
		t := &b.teasers[i]
		name := publish.PageFile(t.entry.Path)
		if b.unwanted(name) {
			return nil
		}
		facts, ok := b.bodies.Facts(t.entry.Post)
		if !ok {
			return noBody(t.entry)
		}
		m := b.matter(t, facts)
		m.series, m.start = window(t, families[familyOf(t.entry)])
		m.newer, m.older = newer[i], older[i]
		return b.put("post", name, m, func() (any, error) { return b.post(m) })
	})
}

func noBody(e *publish.Entry) error { return fmt.Errorf("%s: no body", e.Post.Path) }

// matter is all that the page of a post is made of, so that whoever has the page
// need not have it made to know that it is the same. What pages of a frame
// share is in their frame.
type matter struct {
	*teaser
	build *build
	frame *frame
	facts publish.Facts
	// updated is empty where the post is as it was published.
	updated date
	cover   place
	tags    []*publish.Topic
	// newer and older are its neighbours, series the parts of its series that
	// it shows, the first of them part number start.
	newer, older *teaser
	series       []*teaser
	start        int
}

func (b *build) matter(t *teaser, facts publish.Facts) *matter {
	e := t.entry
	m := &matter{teaser: t, build: b, frame: b.frameOf(e), facts: facts, tags: b.tagsOf(e)}
	if !e.Updated.Equal(e.Published) {
		m.updated = b.date(e.Post.Lang, e.Updated)
	}
	if e.Image.Src != "" {
		m.cover = b.place(e, e.Image.Src)
	}
	return m
}

// post makes the page of a post.
func (b *build) post(m *matter) (*page, error) {
	t, e, facts := m.teaser, m.entry, m.facts
	v := b.voice(e.Post.Lang)
	p := b.inFrame(m.frame, e.Path, t.Title)
	p.Description, p.NoIndex = t.summary(facts), p.NoIndex || e.Retired
	line := func(s string) string { return publish.Spaces(e.Post.Lang, publish.Line(s)) }
	body := &postPage{
		Title: t.Title, Lede: line(e.Post.Summary), Date: t.Date, Authors: publish.Names(e.Authors, v.say("and")), Retired: e.Retired,
		Question: line(e.Post.Question), Invite: line(e.Post.Invite), Series: b.series(m), Newer: to(b, t, m.newer), Older: to(b, t, m.older),
	}
	if e.Post.Title == "" {
		body.Lede = "" // it is the title already
	}
	if m.updated.ISO != "" && b.site.Zone.Date(e.Updated).Compare(b.site.Zone.Date(e.Published)) > 0 {
		body.Updated = m.updated
	}
	if n := publish.Minutes(facts.Words); n > 1 {
		body.Minutes = v.say("minutes", "n", itoa(n))
	}
	if b.site.Email != "" && (body.Question != "" || body.Invite != "") {
		body.Reply = publish.MailTo(b.site.Email, t.Title)
	}
	if src := b.cover(m); src != "" && !b.shows(m, src) {
		i := e.Image
		body.Figure = &figure{src, publish.Line(i.Alt), publish.Line(i.Credit), publish.Line(i.Licence), i.Width, i.Height}
	}
	if c := web(e.Post.Canonical); c != "" && c != e.URL {
		p.Canonical, body.Original = c, c
	}
	for _, tag := range m.tags {
		body.Tags = append(body.Tags, link{Href: b.rel(e.Path, tag.Path), Text: tag.Name})
	}
	b.translations(e, p, body)
	p.share("article", e.Image)
	p.OG = append(p.OG, meta{"article:published_time", t.Date.ISO})
	if body.Updated.ISO != "" {
		p.OG = append(p.OG, meta{"article:modified_time", body.Updated.ISO})
	}
	for _, author := range e.Authors {
		p.Names = append(p.Names, meta{"author", publish.Line(author)})
	}
	p.data = b.posting(t, p)
	p.Body = body
	doc := b.bodies.Document(e.Post)
	if doc == nil {
		return nil, noBody(e)
	}
	html, err := doc.HTML(b.options(m, body.Figure == nil))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.Post.Path, err)
	}
	body.HTML = template.HTML(scrollTables(html, v.say("table")))
	return p, nil
}

// cover is the address of a post's picture as its page sees it, or "".
func (b *build) cover(m *matter) string {
	if m.cover.to.Source == "" {
		return m.entry.Image.Src
	}
	return b.href(m.entry, m.cover)
}

// scrollTables lets wide tables scroll by themselves, with the keyboard too.
// The engine's HTML has "<table" nowhere but at the beginning of a table.
func scrollTables(body, label string) string {
	if !strings.Contains(body, "<table") {
		return body
	}
	open := `<div class="scroll" role="group" tabindex="0" aria-label="` + template.HTMLEscapeString(label) + `">`
	return strings.NewReplacer("<table", open+"<table", "</table>", "</table></div>").Replace(body)
}

// tagsOf returns the tags of an entry that have a page.
func (b *build) tagsOf(e *publish.Entry) []*publish.Topic {
	all := make([]*publish.Topic, 0, len(e.Post.Tags))
	for _, name := range e.Post.Tags {
		if t := b.tagBy[name]; t != nil && !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	return all
}

// translations says where the post is in other languages. The links to the
// languages of the site lead there too, in a frame of the page's own.
func (b *build) translations(e *publish.Entry, p *page, body *postPage) {
	if len(e.Translations) == 0 {
		return
	}
	own := *p.frame
	own.Langs = slices.Clone(own.Langs)
	all := []link{{Href: e.URL, Lang: e.Post.Lang}}
	main := b.mainOf(e)
	for _, t := range e.Translations {
		for i := range own.Langs {
			if own.Langs[i].Lang == b.site.LangOf(t.Post.Lang) {
				own.Langs[i].Href = b.rel(e.Path, t.Path)
			}
		}
		all = append(all, link{Href: t.URL, Lang: t.Post.Lang})
		body.Translations = append(body.Translations, link{
			Href: b.rel(e.Path, t.Path), Text: b.voice(t.Post.Lang).say("read-here", "lang", b.langName(t.Post.Lang, "lang-in")), Lang: t.Post.Lang,
		})
	}
	if main != "" {
		all = append(all, link{Href: main, Lang: "x-default"})
	}
	b.seal(&own)
	p.frame = &own
	p.alternates(all)
}

// mainOf is the address of a text with translations in the site's main
// language: for readers of none of its languages. It is "" where there is none.
func (b *build) mainOf(e *publish.Entry) string {
	for _, t := range append([]*publish.Entry{e}, e.Translations...) {
		if b.site.LangOf(t.Post.Lang) == b.site.Lang {
			return t.URL
		}
	}
	return ""
}

// familyOf names the series of an entry, apart for each language.
func familyOf(e *publish.Entry) string {
	if e.Post.Series == "" {
		return ""
	}
	return e.Post.Lang + "\x00" + e.Post.Series
}

// families are the current posts of each series, in the order of their parts,
// then of their publication.
func (b *build) families() map[string][]*teaser {
	all := map[string][]*teaser{}
	for i := range b.teasers {
		t := &b.teasers[i]
		if key := familyOf(t.entry); key != "" && !t.entry.Retired {
			all[key] = append(all[key], t)
		}
	}
	for _, family := range all {
		slices.Reverse(family) // oldest first
		slices.SortStableFunc(family, func(x, y *teaser) int { return cmp.Compare(x.entry.Post.Part, y.entry.Post.Part) })
	}
	return all
}

// window are the parts of a series that the page of one of them shows, the
// first of them part number start, or 0 where that is the first of all.
func window(t *teaser, family []*teaser) (shown []*teaser, start int) {
	if len(family) < 2 {
		return nil, 0
	}
	from := max(0, min(slices.Index(family, t)-seriesParts/2, len(family)-seriesParts))
	if from > 0 {
		start = from + 1
	}
	return family[from:min(len(family), from+seriesParts)], start
}

func (b *build) series(m *matter) *series {
	if m.series == nil {
		return nil
	}
	s := &series{Name: publish.Line(m.entry.Post.Series), Parts: make([]link, 0, len(m.series)), Start: m.start}
	for _, part := range m.series {
		s.Parts = append(s.Parts, link{Href: b.rel(m.entry.Path, part.entry.Path), Text: part.Title, Current: part == m.teaser})
	}
	return s
}

// neighbours are the posts published next and before, in the same language, by
// the place of the entry; nil where there is none.
func (b *build) neighbours() (newer, older []*teaser) {
	newer, older = make([]*teaser, len(b.teasers)), make([]*teaser, len(b.teasers))
	last := map[string]int{}
	for i := range b.teasers {
		t := &b.teasers[i]
		if t.entry.Retired {
			continue
		}
		if n, ok := last[t.entry.Post.Lang]; ok {
			newer[i], older[n] = &b.teasers[n], t
		}
		last[t.entry.Post.Lang] = i
	}
	return newer, older
}

// to is the link from the page of a post to another.
func to(b *build, from, t *teaser) *link {
	if t == nil {
		return nil
	}
	return &link{Href: b.rel(from.entry.Path, t.entry.Path), Text: t.Title}
}
