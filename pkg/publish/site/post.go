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

	text text
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
		name := t.entry.Path + "index.html"
		if b.unwanted(name) {
			return nil
		}
		facts, ok := b.bodies.Facts(t.entry.Post)
		if !ok {
			return noBody(t.entry)
		}
		p, body := b.post(t, facts)
		body.Series = b.series(t, families[familyOf(t.entry)])
		body.Newer, body.Older = to(b, t, newer[i]), to(b, t, older[i])
		return b.put("post", name, p, func() error { return b.fill(body, t.entry) })
	})
}

func noBody(e *publish.Entry) error { return fmt.Errorf("%s: no body", e.Post.Path) }

// fill gives a post's page its text.
func (b *build) fill(body *postPage, e *publish.Entry) error {
	doc := b.bodies.Document(e.Post)
	if doc == nil {
		return noBody(e)
	}
	html, err := doc.HTML(b.options(body.text, e))
	if err != nil {
		return fmt.Errorf("%s: %w", e.Post.Path, err)
	}
	body.HTML = template.HTML(scrollTables(html, b.voice(e.Post.Lang).say("table")))
	return nil
}

func (b *build) post(t *teaser, facts publish.Facts) (*page, *postPage) {
	e := t.entry
	v := b.voice(e.Post.Lang)
	p := b.inFrame(b.frameOf(e), e.Path, t.Title)
	p.Description, p.NoIndex = t.summary(facts), e.Retired
	line := func(s string) string { return publish.Spaces(e.Post.Lang, publish.Line(s)) }
	body := &postPage{
		Title: t.Title, Lede: line(e.Post.Summary), Date: t.Date, Authors: publish.Names(e.Authors, v.say("and")), Retired: e.Retired,
		Question: line(e.Post.Question), Invite: line(e.Post.Invite), text: b.textOf(e, facts),
	}
	if e.Post.Title == "" {
		body.Lede = "" // it is the title already
	}
	if b.site.Zone.Date(e.Updated).Compare(b.site.Zone.Date(e.Published)) > 0 {
		body.Updated = b.date(e.Post.Lang, e.Updated)
	}
	if n := publish.Minutes(facts.Words); n > 1 {
		body.Minutes = v.say("minutes", "n", itoa(n))
	}
	if b.site.Email != "" && (body.Question != "" || body.Invite != "") {
		body.Reply = publish.MailTo(b.site.Email, t.Title)
	}
	if src := b.image(e.Path, e); src != "" && !body.text.shows(src) {
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
	p.data = b.posting(t, p)
	p.Body = body
	return p, body
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

func (b *build) tagsOf(e *publish.Entry, body *postPage) {
	for i, name := range e.Post.Tags {
		t := b.tagPath[tagsDir+b.slugs[name]+"/"]
		again := slices.ContainsFunc(e.Post.Tags[:i], func(other string) bool { return b.slugs[other] == b.slugs[name] })
		if t != nil && !again {
			body.Tags = append(body.Tags, link{Href: b.rel(e.Path, t.Path), Text: t.Name})
		}
	}
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
	b.seal(&own)
	p.frame = &own
	p.alternates(all)
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

func (b *build) series(t *teaser, family []*teaser) *series {
	if len(family) < 2 {
		return nil
	}
	from := max(0, min(slices.Index(family, t)-seriesParts/2, len(family)-seriesParts))
	shown := family[from:min(len(family), from+seriesParts)]
	s := &series{Name: publish.Line(t.entry.Post.Series), Parts: make([]link, 0, len(shown))}
	if from > 0 {
		s.Start = from + 1
	}
	for _, part := range shown {
		s.Parts = append(s.Parts, link{Href: b.rel(t.entry.Path, part.entry.Path), Text: part.Title, Current: part == t})
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
