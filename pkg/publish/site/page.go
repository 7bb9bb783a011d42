package site

import (
	"cmp"
	"html/template"
	"net/url"
	"strings"

	"editorial/pkg/publish"
)

// page is what the frame of every page needs.
type page struct {
	Lang, Dir   string
	Title       string // of the page; "" on a home
	Site        string // title of the site
	Description string
	Canonical   string // absolute
	NoIndex     bool
	Alternates  []link // the same in other languages, absolute
	Feeds       []feedLink
	OG, Names   []meta
	Data        any // JSON-LD

	Style, Icon string       // addresses
	Inline      template.CSS // in place of Style
	Home        string
	Nav, Langs  []link
	Feed        string // address of the feed to show, or ""
	Licence     link
	Author      string
	// Body is what the kind of page shows.
	Body any

	say func(key string, params ...string) string
}

// Say is for templates: words of the page's language.
func (p *page) Say(key string, params ...string) string { return p.say(key, params...) }

type link struct {
	Href, Text, Lang string
	// Current marks the page itself, Here where the page belongs.
	Current, Here bool
	// N is how many posts are behind it.
	N int
}

type feedLink struct {
	Href  string
	Type  template.HTMLAttr
	Title string
}

type meta struct{ Key, Content string }

// frame makes the page at the folder dir, in a language of the page, with the
// navigation of one of the site's languages.
func (b *build) frame(dir, lang, title string) *page {
	s := b.site
	section := s.LangOf(lang)
	home := s.Home(section)
	p := &page{
		Lang: cmp.Or(lang, "en"), Dir: publish.Direction(lang), Title: title, Site: publish.Line(cmp.Or(s.Title, s.URL)),
		Description: publish.Spaces(s.Lang, publish.Line(s.Description)), Canonical: b.links.URL(dir),
		Style: b.rel(dir, styleName) + "?v=" + b.style, Icon: b.rel(dir, iconName), Home: b.rel(dir, home),
		Author: publish.Line(s.Author), Licence: link{Text: publish.Line(s.Licence), Href: web(s.LicenceURL)},
		say: b.say(lang),
	}
	p.Nav = append(p.Nav, link{Href: b.rel(dir, home+archiveDir), Text: p.say("archive"), Current: dir == home+archiveDir})
	if len(b.tags) > 0 {
		p.Nav = append(p.Nav, link{Href: b.rel(dir, home+tagsDir), Text: p.say("tags"), Current: dir == home+tagsDir})
	}
	if s.Letters != "" {
		p.Nav = append(p.Nav, link{Href: b.rel(dir, s.Letters), Text: p.say("letters")})
	}
	if len(s.Langs) > 1 {
		for _, l := range s.Langs {
			p.Langs = append(p.Langs, link{Href: b.rel(dir, s.Home(l)), Text: b.langName(l, "lang"), Lang: l, Current: dir == s.Home(l), Here: l == section && dir != ""})
		}
	}
	b.feeds(p, dir, section)
	return p
}

// feeds points at the feeds that a reader of the page may want, the nearest
// first: of its topic, of its language, of the site.
func (b *build) feeds(p *page, dir, section string) {
	near := func(f publish.FeedLink) int {
		switch {
		case f.Topic != "" && f.Topic == dir:
			return 0
		case f.Topic == "" && f.Lang != "" && f.Lang == section && dir != "":
			return 1
		case f.Topic == "" && f.Lang == "":
			return 2
		}
		return -1
	}
	for rank := range 3 {
		for _, f := range b.site.Feeds {
			if near(f) != rank {
				continue
			}
			href := b.rel(dir, f.Path)
			p.Feeds = append(p.Feeds, feedLink{href, typeOf(f.Type), publish.Line(f.Title)})
			if p.Feed == "" && f.Type == "application/rss+xml" {
				p.Feed = href
			}
		}
	}
}

// typeOf is the type attribute of a feed's link. html/template would write the
// plus sign as a reference, which is right and which some feed finders that
// look at the text of a page do not understand.
func typeOf(mime string) template.HTMLAttr {
	switch mime {
	case "application/rss+xml":
		return `type="application/rss+xml"`
	case "application/atom+xml":
		return `type="application/atom+xml"`
	}
	return `type="application/feed+json"`
}

// alternates says where the same is in other languages; the languages of
// entries that are translations, or the homes of the site.
func (p *page) alternates(all []link) {
	if len(all) > 1 {
		p.Alternates = all
	}
}

// share fills in what other sites show when somebody links to the page.
func (p *page) share(kind string, image publish.Image) {
	title := cmp.Or(p.Title, p.Site)
	p.OG = []meta{{"og:type", kind}, {"og:title", title}, {"og:url", p.Canonical}, {"og:site_name", p.Site}}
	if p.Description != "" {
		p.OG = append(p.OG, meta{"og:description", p.Description})
	}
	if region, ok := strings.CutPrefix(p.Lang, p.Lang[:min(2, len(p.Lang))]+"-"); ok && len(region) == 2 {
		p.OG = append(p.OG, meta{"og:locale", p.Lang[:2] + "_" + strings.ToUpper(region)})
	}
	card := "summary"
	if src := web(image.Src); src != "" {
		card = "summary_large_image"
		p.OG = append(p.OG, meta{"og:image", src})
		if image.Width > 0 && image.Height > 0 {
			p.OG = append(p.OG, meta{"og:image:width", itoa(image.Width)}, meta{"og:image:height", itoa(image.Height)})
		}
		if image.Alt != "" {
			p.OG = append(p.OG, meta{"og:image:alt", publish.Line(image.Alt)})
		}
	}
	p.Names = append(p.Names, meta{"twitter:card", card})
}

// web returns s if it is an absolute address of the web, else "".
func web(s string) string {
	u, err := url.Parse(publish.Clean(s))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return u.String()
}
