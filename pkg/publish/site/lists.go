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

// group is a part of a list, on the page of the folder dir, in the language
// lang.
type group struct {
	Title, Href string

	build     *build
	dir, lang string
	posts     []*teaser
}

// Rows is for templates: the posts of the group.
func (g group) Rows() []row {
	rows := make([]row, 0, len(g.posts))
	for _, t := range g.posts {
		rows = append(rows, g.build.row(g.dir, g.lang, t))
	}
	return rows
}

// homes makes the home and one for each language.
func (b *build) homes() error {
	var alternates []link
	for _, s := range b.sections[1:] {
		alternates = append(alternates, link{Href: b.links.URL(s.home), Lang: s.lang})
	}
	if alternates != nil {
		alternates = append(alternates, link{Href: b.links.URL(""), Lang: "x-default"})
	}
	return publish.Each(len(b.sections), func(i int) error { return b.home(b.sections[i], alternates) })
}

func (b *build) home(s section, alternates []link) error {
	dir, name := s.home, s.home+"index.html"
	if b.unwanted(name) {
		return nil
	}
	p := b.page(dir, cmp.Or(s.lang, b.site.Lang), "")
	p.alternates(alternates)
	home := &homePage{Intro: p.Description, All: b.rel(dir, dir+archiveDir)}
	for i, t := range s.posts[:min(len(s.posts), b.opts.Newest)] {
		r, err := b.summed(dir, p.Lang, t)
		if err != nil {
			return err
		}
		if i > 0 {
			home.Rest = append(home.Rest, r)
			continue
		}
		home.First = &card{row: r}
		if src, image := b.image(dir, t.entry), t.entry.Image; src != "" {
			home.First.Figure = &figure{Src: src, Alt: publish.Line(image.Alt), Width: image.Width, Height: image.Height}
		}
	}
	p.Body = home
	p.share("website", publish.Image{})
	p.data = b.blog(p)
	return b.putPage("home", name, p)
}

func (b *build) row(dir, lang string, t *teaser) row {
	own := t.entry.Post.Lang
	r := row{Href: b.rel(dir, t.entry.Path), Title: t.Title, Date: t.Date}
	if own != lang {
		r.Date.Text = b.date(lang, t.entry.Published).Text
		r.Lang = own
		if t.section != b.site.LangOf(lang) {
			r.LangName = b.langName(own, "lang")
		}
	}
	return r
}

// summed is a row with the summary of its post.
func (b *build) summed(dir, lang string, t *teaser) (row, error) {
	r := b.row(dir, lang, t)
	if t.entry.Post.Title == "" {
		return r, nil // the title is its beginning
	}
	facts, ok := b.bodies.Facts(t.entry.Post)
	if !ok {
		return r, noBody(t.entry)
	}
	r.Summary = t.summary(facts)
	return r, nil
}

// archives makes the archive and its years, for the site or for each of its
// languages. The site's own, of all languages, is there in any case.
func (b *build) archives() error {
	for _, s := range b.sections {
		lang := cmp.Or(s.lang, b.site.Lang)
		dir := s.home + archiveDir
		years := byYear(s.posts)
		p := b.page(dir, lang, b.voice(lang).say("archive"))
		list := &listPage{Title: p.Title, Count: len(s.posts)}
		titles := 0
		for _, year := range years {
			name := itoa(year[0].Year)
			href := b.rel(dir, dir+name+"/")
			if titles+len(year) <= archiveTitles {
				titles += len(year)
				list.Groups = append(list.Groups, group{Title: name, Href: href, build: b, dir: dir, lang: p.Lang, posts: year})
			} else {
				list.More = append(list.More, link{Href: href, Text: name, N: len(year)})
			}
		}
		p.Body = list
		p.share("website", publish.Image{})
		if err := publish.Each(len(years), func(i int) error { return b.year(dir, lang, years[i]) }); err != nil {
			return err
		}
		if err := b.putPage("list", dir+"index.html", p); err != nil {
			return err
		}
	}
	return nil
}

// year makes the page of a year of an archive, by month.
func (b *build) year(archive, lang string, posts []*teaser) error {
	name := itoa(posts[0].Year)
	dir := archive + name + "/"
	p := b.page(dir, lang, name)
	list := &listPage{Kicker: p.Say("archive"), Title: name, Count: len(posts)}
	for _, month := range cut(posts, func(t *teaser) int { return t.Month }) {
		list.Groups = append(list.Groups, group{Title: p.Say("month-" + itoa(month[0].Month)), build: b, dir: dir, lang: p.Lang, posts: month})
	}
	p.Body = list
	p.share("website", publish.Image{})
	return b.putPage("list", dir+"index.html", p)
}

// byYear cuts posts, newest first, into years.
func byYear(posts []*teaser) [][]*teaser {
	return cut(posts, func(t *teaser) int { return t.Year })
}

// cut cuts posts where what they have in common changes.
func cut(posts []*teaser, of func(*teaser) int) [][]*teaser {
	var parts [][]*teaser
	for len(posts) > 0 {
		n := slices.IndexFunc(posts, func(t *teaser) bool { return of(t) != of(posts[0]) })
		if n < 0 {
			n = len(posts)
		}
		parts = append(parts, posts[:n])
		posts = posts[n:]
	}
	return parts
}

// topics makes the pages of tags and pillars, and the lists of tags.
func (b *build) topics() error {
	all := slices.Concat(b.tags, b.pillars)
	if err := publish.Each(len(all), func(i int) error { return b.topic(all[i]) }); err != nil {
		return err
	}
	if len(b.tags) == 0 {
		return nil
	}
	for _, s := range b.sections {
		if err := b.tagList(s); err != nil {
			return err
		}
	}
	return nil
}

func (b *build) topic(t publish.Topic) error {
	p := b.page(t.Path, cmp.Or(b.site.LangOf(t.Lang), b.site.Lang), t.Name)
	list := &listPage{Kicker: p.Say("tag"), Title: t.Name, Count: len(t.Entries)}
	for _, year := range byYear(b.teasersOf(t.Entries)) {
		list.Groups = append(list.Groups, group{Title: itoa(year[0].Year), build: b, dir: t.Path, lang: p.Lang, posts: year})
	}
	p.Body, p.Description = list, ""
	p.share("website", publish.Image{})
	return b.putPage("list", t.Path+"index.html", p)
}

// tagList makes the list of the tags that posts of a section have.
func (b *build) tagList(s section) error {
	dir := s.home + tagsDir
	lang := cmp.Or(s.lang, b.site.Lang)
	p := b.page(dir, lang, b.voice(lang).say("tags"))
	tags := links{}
	for _, t := range b.tags {
		n := len(t.Entries)
		if s.lang != "" {
			n = 0
			for _, e := range t.Entries {
				if b.of[e.Post].section == s.lang {
					n++
				}
			}
		}
		if n > 0 {
			tags = append(tags, link{Href: b.rel(dir, t.Path), Text: t.Name, N: n})
		}
	}
	p.Body = tags
	p.share("website", publish.Image{})
	return b.putPage("tags", dir+"index.html", p)
}
