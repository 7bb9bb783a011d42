package site

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/content/markdown"
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
	Start int // the number of the first of the parts
	Parts []link
}

// teaser is a post in a list.
type teaser struct {
	Title, Summary, Path string
	Lang                 string
	Date                 date
	Year, Month          int
	entry                publish.Entry
}

func itoa(n int) string { return strconv.Itoa(n) }

// posts makes the page of every entry, on all processors: first what lists and
// neighbours show of it, then the page.
func (b *build) posts() error {
	entries := b.site.Entries
	teasers := make([]teaser, len(entries))
	if err := publish.Each(len(entries), func(i int) (err error) {
		teasers[i], err = b.teaser(entries[i])
		return err
	}); err != nil {
		return err
	}
	for i, e := range entries {
		b.teasers[e.Post.ID] = teasers[i]
	}
	families := b.families()
	newer, older := b.neighbours()
	pages := make([]publish.File, len(entries))
	if err := publish.Each(len(entries), func(i int) error {
		e := entries[i]
		doc, err := b.body(e)
		if err != nil {
			return err
		}
		p, body, err := b.post(e, doc)
		if err != nil {
			return err
		}
		body.Series = b.series(e, families[familyOf(e)])
		body.Newer, body.Older = b.to(e, newer[e.Post.ID]), b.to(e, older[e.Post.ID])
		p.Body = body
		pages[i], err = b.render("post", e.Path+"index.html", p)
		return err
	}); err != nil {
		return err
	}
	b.files = append(b.files, pages...)
	return nil
}

func (b *build) teaser(e publish.Entry) (teaser, error) {
	doc, err := b.body(e)
	if err != nil {
		return teaser{}, err
	}
	text := doc.Excerpt(publish.SummaryRunes)
	d := b.site.Zone.Date(e.Published)
	return teaser{
		Title:   publish.Spaces(e.Post.Lang, publish.Headline(e.Post, text)),
		Summary: publish.Spaces(e.Post.Lang, publish.Summary(e.Post, text, publish.SummaryRunes)),
		Path:    e.Path, Lang: e.Post.Lang, Date: b.date(e.Post.Lang, e.Published), Year: d.Year, Month: int(d.Month), entry: e,
	}, nil
}

func (b *build) post(e publish.Entry, doc *markdown.Document) (*page, *postPage, error) {
	if e.Path == "" || !strings.HasSuffix(e.Path, "/") {
		return nil, nil, fmt.Errorf("%w %q of %s: no folder", publish.ErrPath, e.Path, e.Post.Path)
	}
	shown := map[string]bool{} // addresses of the pictures in the text
	resolve := b.resolve(e)
	opts := markdown.Options{Resolve: resolve, Image: b.links.Size(e.Post), Lazy: true}
	if slices.ContainsFunc(doc.Headings(), func(h markdown.Heading) bool { return h.Level == 1 }) {
		opts.HeadingShift = 1 // the page has an h1 of its own
	}
	html, err := doc.HTML(opts)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", e.Post.Path, err)
	}
	for _, img := range doc.Images() {
		shown[resolve(img.Dest)] = true
	}
	t := b.teasers[e.Post.ID]
	p := b.frame(e.Path, e.Post.Lang, t.Title)
	p.Description, p.NoIndex = t.Summary, e.Retired
	say := b.say(e.Post.Lang)
	line := func(s string) string { return publish.Spaces(e.Post.Lang, publish.Line(s)) }
	body := &postPage{
		Title: t.Title, Lede: line(e.Post.Summary), Date: t.Date, Authors: publish.Names(e.Authors, say("and")),
		HTML: template.HTML(scrollTables(html, say("table"))), Retired: e.Retired,
		Question: line(e.Post.Question), Invite: line(e.Post.Invite),
	}
	if e.Post.Title == "" {
		body.Lede = "" // it is the title already
	}
	if b.site.Zone.Date(e.Updated).Compare(b.site.Zone.Date(e.Published)) > 0 {
		body.Updated = b.date(e.Post.Lang, e.Updated)
	}
	if n := publish.Minutes(doc.Words()); n > 1 {
		body.Minutes = say("minutes", "n", itoa(n))
	}
	if b.site.Email != "" && (body.Question != "" || body.Invite != "") {
		body.Reply = publish.MailTo(b.site.Email, t.Title)
	}
	if src := b.image(e.Path, e); src != "" && !shown[src] {
		i := e.Image
		body.Figure = &figure{src, publish.Line(i.Alt), publish.Line(i.Credit), publish.Line(i.Licence), i.Width, i.Height}
	}
	if c := web(e.Post.Canonical); c != "" && c != e.URL {
		p.Canonical, body.Original = c, c
	}
	b.tagsOf(e, body)
	b.translations(e, p, body)
	p.share("article", e.Image)
	p.OG = append(p.OG, meta{"article:published_time", t.Date.ISO})
	if body.Updated.ISO != "" {
		p.OG = append(p.OG, meta{"article:modified_time", body.Updated.ISO})
	}
	for _, author := range e.Authors {
		p.Names = append(p.Names, meta{"author", publish.Line(author)})
	}
	p.Data = b.posting(e, p, t)
	return p, body, nil
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

func (b *build) tagsOf(e publish.Entry, body *postPage) {
	seen := map[string]bool{}
	for _, name := range e.Post.Tags {
		t, ok := b.tagPath[tagsDir+publish.Slug(name)+"/"]
		if ok && !seen[t.Path] {
			seen[t.Path] = true
			body.Tags = append(body.Tags, link{Href: b.rel(e.Path, t.Path), Text: t.Name})
		}
	}
}

func (b *build) translations(e publish.Entry, p *page, body *postPage) {
	all := []link{{Href: e.URL, Lang: e.Post.Lang}}
	for _, t := range e.Translations {
		for i := range p.Langs {
			if p.Langs[i].Lang == b.site.LangOf(t.Post.Lang) {
				p.Langs[i].Href = b.rel(e.Path, t.Path)
			}
		}
		all = append(all, link{Href: t.URL, Lang: t.Post.Lang})
		body.Translations = append(body.Translations, link{
			Href: b.rel(e.Path, t.Path), Text: b.say(t.Post.Lang)("read-here", "lang", b.langName(t.Post.Lang, "lang-in")), Lang: t.Post.Lang,
		})
	}
	p.alternates(all)
}

// familyOf names the series of an entry, apart for each language.
func familyOf(e publish.Entry) string {
	if e.Post.Series == "" {
		return ""
	}
	return e.Post.Lang + "\x00" + e.Post.Series
}

// families are the current entries of each series, in the order of their
// parts, then of their publication.
func (b *build) families() map[string][]publish.Entry {
	all := map[string][]publish.Entry{}
	for _, e := range b.site.Current() {
		if key := familyOf(e); key != "" {
			all[key] = append(all[key], e)
		}
	}
	for _, family := range all {
		slices.Reverse(family) // oldest first
		slices.SortStableFunc(family, func(x, y publish.Entry) int { return cmp.Compare(x.Post.Part, y.Post.Part) })
	}
	return all
}

// seriesMax is how many parts of a series a page lists.
const seriesMax = 100

func (b *build) series(e publish.Entry, family []publish.Entry) *series {
	if len(family) < 2 {
		return nil
	}
	// Of a long series the parts around this one, so that a thousand pages do
	// not hold a million links.
	at := slices.IndexFunc(family, func(x publish.Entry) bool { return x.Post.ID == e.Post.ID })
	first := max(0, min(at-seriesMax/2, len(family)-seriesMax))
	s := &series{Name: publish.Line(e.Post.Series), Start: first + 1}
	for _, part := range family[first:min(first+seriesMax, len(family))] {
		s.Parts = append(s.Parts, link{
			Href: b.rel(e.Path, part.Path), Text: b.teasers[part.Post.ID].Title, Current: part.Post.ID == e.Post.ID,
		})
	}
	return s
}

// neighbours are the posts published next and before, in the same language.
func (b *build) neighbours() (newer, older map[string]publish.Entry) {
	newer, older = map[string]publish.Entry{}, map[string]publish.Entry{}
	last := map[string]publish.Entry{}
	for _, e := range b.site.Current() {
		if n, ok := last[e.Post.Lang]; ok {
			newer[e.Post.ID], older[n.Post.ID] = n, e
		}
		last[e.Post.Lang] = e
	}
	return newer, older
}

func (b *build) to(from, e publish.Entry) *link {
	if e.Post == nil {
		return nil
	}
	return &link{Href: b.rel(from.Path, e.Path), Text: b.teasers[e.Post.ID].Title}
}
