package site

import (
	"cmp"
	"slices"

	"editorial/pkg/publish"
)

const (
	archiveDir = "archive/"
	tagsDir    = "tags/"
	// archiveTitles is how many titles the archive lists itself; the years
	// beyond have pages of their own.
	archiveTitles = 500
)

// homePage is the body of a home.
type homePage struct {
	Intro string
	First *card
	Rest  []row
	All   string // address of the archive
}

// card is a post with its picture, row one in a list.
type card struct {
	row
	Figure *figure
}

type row struct {
	Href, Title, Summary string
	Date                 date
	// Lang and LangName are set where the post is in another language than
	// the page.
	Lang, LangName string
}

// listPage is the body of the archive, of a year and of a topic.
type listPage struct {
	Kicker, Title string
	Count         int
	Groups        []group
	// More are years that are not listed here.
	More []link
}

type group struct {
	Title, Href string
	Rows        []row
}

// homes makes the home and one for each language.
func (b *build) homes() error {
	langs := []string{""}
	var alternates []link
	if len(b.site.Langs) > 1 {
		langs = append(langs, b.site.Langs...)
		for _, l := range b.site.Langs {
			alternates = append(alternates, link{Href: b.links.URL(b.site.Home(l)), Lang: l})
		}
		alternates = append(alternates, link{Href: b.links.URL(""), Lang: "x-default"})
	}
	for _, lang := range langs {
		dir := b.site.Home(lang)
		p := b.frame(dir, cmp.Or(lang, b.site.Lang), "")
		p.alternates(alternates)
		home := homePage{Intro: p.Description, All: b.rel(dir, dir+archiveDir)}
		for i, e := range b.site.In(lang) {
			switch {
			case i == b.opts.Newest:
			case i == 0:
				home.First = &card{row: b.row(dir, p.Lang, e)}
				if src := b.image(dir, e); src != "" {
					home.First.Figure = &figure{Src: src, Alt: publish.Line(e.Image.Alt), Width: e.Image.Width, Height: e.Image.Height}
				}
			case i < b.opts.Newest:
				home.Rest = append(home.Rest, b.row(dir, p.Lang, e))
			}
		}
		p.Body = home
		p.share("website", publish.Image{})
		p.Data = b.blog(p)
		if err := b.write("home", dir, p); err != nil {
			return err
		}
	}
	return nil
}

func (b *build) row(dir, lang string, e publish.Entry) row {
	t := b.teasers[e.Post.ID]
	r := row{Href: b.rel(dir, t.Path), Title: t.Title, Summary: t.Summary, Date: b.date(lang, e.Published)}
	if t.entry.Post.Title == "" {
		r.Summary = "" // the title is its beginning
	}
	if t.Lang != lang {
		r.Lang = t.Lang
		if b.site.LangOf(t.Lang) != b.site.LangOf(lang) {
			r.LangName = b.langName(t.Lang, "lang")
		}
	}
	return r
}

// archives makes the archive and its years, for the site or for each of its
// languages. The site's own, of all languages, is there in any case.
func (b *build) archives() error {
	langs := []string{""}
	if len(b.site.Langs) > 1 {
		langs = append(langs, b.site.Langs...)
	}
	for _, lang := range langs {
		entries := b.site.In(lang)
		dir := b.site.Home(lang) + archiveDir
		p := b.frame(dir, cmp.Or(lang, b.site.Lang), b.say(cmp.Or(lang, b.site.Lang))("archive"))
		list := listPage{Title: p.Title, Count: len(entries)}
		for _, year := range b.byYear(entries) {
			name := itoa(b.teasers[year[0].Post.ID].Year)
			if list.titles()+len(year) <= archiveTitles {
				list.Groups = append(list.Groups, group{Title: name, Href: b.rel(dir, dir+name+"/"), Rows: b.rows(dir, p.Lang, year)})
			} else {
				list.More = append(list.More, link{Href: b.rel(dir, dir+name+"/"), Text: name, N: len(year)})
			}
			if err := b.year(dir+name+"/", p.Lang, name, year); err != nil {
				return err
			}
		}
		p.Body = list
		p.share("website", publish.Image{})
		if err := b.write("list", dir, p); err != nil {
			return err
		}
	}
	return nil
}

func (l listPage) titles() int {
	n := 0
	for _, g := range l.Groups {
		n += len(g.Rows)
	}
	return n
}

// year makes the page of a year, by month.
func (b *build) year(dir, lang, name string, entries []publish.Entry) error {
	p := b.frame(dir, lang, name)
	list := listPage{Kicker: p.say("archive"), Title: name, Count: len(entries)}
	for len(entries) > 0 {
		month := b.teasers[entries[0].Post.ID].Month
		n := slices.IndexFunc(entries, func(e publish.Entry) bool { return b.teasers[e.Post.ID].Month != month })
		if n < 0 {
			n = len(entries)
		}
		list.Groups = append(list.Groups, group{Title: p.say("month-" + itoa(month)), Rows: b.rows(dir, p.Lang, entries[:n])})
		entries = entries[n:]
	}
	p.Body = list
	p.share("website", publish.Image{})
	return b.write("list", dir, p)
}

// byYear cuts entries, newest first, into years.
func (b *build) byYear(entries []publish.Entry) [][]publish.Entry {
	var years [][]publish.Entry
	last := 0
	for i, e := range entries {
		if year := b.teasers[e.Post.ID].Year; i == 0 || year != last {
			years, last = append(years, nil), year
		}
		years[len(years)-1] = append(years[len(years)-1], e)
	}
	return years
}

func (b *build) rows(dir, lang string, entries []publish.Entry) []row {
	rows := make([]row, 0, len(entries))
	for _, e := range entries {
		rows = append(rows, b.row(dir, lang, e))
	}
	return rows
}

// topics makes the pages of tags and pillars, and the lists of tags.
func (b *build) topics() error {
	all := b.tags
	if b.opts.Pillars {
		all = slices.Concat(all, publish.Pillars(b.site))
	}
	for _, t := range all {
		p := b.frame(t.Path, cmp.Or(b.site.LangOf(t.Lang), b.site.Lang), t.Name)
		p.Body = listPage{
			Kicker: p.say("tag"), Title: t.Name, Count: len(t.Entries), Groups: b.years(t.Path, p.Lang, t.Entries),
		}
		p.Description = ""
		p.share("website", publish.Image{})
		if err := b.write("list", t.Path, p); err != nil {
			return err
		}
	}
	if len(b.tags) == 0 {
		return nil
	}
	langs := []string{""}
	if len(b.site.Langs) > 1 {
		langs = append(langs, b.site.Langs...)
	}
	for _, lang := range langs {
		if err := b.tagList(lang); err != nil {
			return err
		}
	}
	return nil
}

func (b *build) years(dir, lang string, entries []publish.Entry) []group {
	var groups []group
	for _, year := range b.byYear(entries) {
		groups = append(groups, group{Title: itoa(b.teasers[year[0].Post.ID].Year), Rows: b.rows(dir, lang, year)})
	}
	return groups
}

// tagList makes the list of the tags that posts of a language have; "" means
// of all.
func (b *build) tagList(lang string) error {
	dir := b.site.Home(lang) + tagsDir
	shown := cmp.Or(lang, b.site.Lang)
	p := b.frame(dir, shown, b.say(shown)("tags"))
	var tags []link
	for _, t := range b.tags {
		n := 0
		for _, e := range t.Entries {
			if lang == "" || b.site.LangOf(e.Post.Lang) == lang {
				n++
			}
		}
		if n > 0 {
			tags = append(tags, link{Href: b.rel(dir, t.Path), Text: t.Name, N: n})
		}
	}
	p.Body = tags
	p.share("website", publish.Image{})
	return b.write("tags", dir, p)
}
