package site

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"html/template"
	"net/url"
	"strings"
	"sync"

	"editorial/pkg/publish"
)

// page is a page as the templates see it.
type page struct {
	*frame
	Title       string // of the page; "" on a home
	Description string
	Canonical   string // absolute
	NoIndex     bool
	Alternates  []link // the same in other languages, absolute
	OG, Names   []meta
	// Body is what the kind of page shows; it is keyed but on the page of a post.
	Body any

	// data is what the page is to machines, or nil.
	data keyed
}

// Data is for templates: what the page is to machines, as JSON-LD, or "".
func (p *page) Data() (template.JS, error) {
	if p.data == nil {
		return "", nil
	}
	data, err := json.Marshal(p.data)
	return template.JS(data), err
}

// frame is what stands around pages: those of one language, as deep below the
// site's address as each other, share theirs, and what is rendered of it.
type frame struct {
	Lang, Dir   string
	Site        string       // title of the site
	Style, Icon string       // addresses
	Inline      template.CSS // in place of Style
	Home        string
	Nav, Langs  []link
	Feeds       []feedLink
	Feed        string // address of the feed to show, or ""
	Licence     link
	Author      string
	// Front marks a home: the site's title is that of the page.
	Front bool

	voice *voice
	sum   [sha256.Size]byte
	parts *parts
}

// parts are what is rendered of a frame.
type parts struct {
	render func(name string, f *frame) (template.HTML, error)
	mu     sync.Mutex
	done   map[string]template.HTML
}

// Say is for templates: words of the page's language.
func (f *frame) Say(key string, params ...string) string { return f.voice.say(key, params...) }

// Shared is for templates: what the template of that name makes of the frame,
// made once for all the pages that share it.
func (f *frame) Shared(name string) (template.HTML, error) {
	f.parts.mu.Lock()
	defer f.parts.mu.Unlock()
	if part, ok := f.parts.done[name]; ok {
		return part, nil
	}
	part, err := f.parts.render(name, f)
	if err == nil {
		f.parts.done[name] = part
	}
	return part, err
}

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

// page makes the page at the folder dir, in a language of the page, with the
// navigation of one of the site's languages.
func (b *build) page(dir, lang, title string) *page {
	return b.inFrame(b.frame(dir, lang, title == ""), dir, title)
}

func (b *build) inFrame(f *frame, dir, title string) *page {
	return &page{
		frame: f, Title: title, Canonical: b.links.URL(dir),
		Description: b.about, NoIndex: b.opts.Robots == NoRobots,
	}
}

// frameKey is what the frame of a post's page depends on.
type frameKey struct {
	lang  string
	depth int
}

// frameOf returns the frame of an entry's page. No link in it leads to the page
// itself, so that it is the same for all pages as deep.
func (b *build) frameOf(e *publish.Entry) *frame {
	key := frameKey{e.Post.Lang, strings.Count(e.Path, "/")}
	b.making.Lock()
	defer b.making.Unlock()
	f := b.frames[key]
	if f == nil {
		f = b.frame(strings.Repeat("./", key.depth), key.lang, false)
		b.frames[key] = f
	}
	return f
}

func (b *build) frame(dir, lang string, front bool) *frame {
	s := b.site
	section := s.LangOf(lang)
	home := s.Home(section)
	f := &frame{
		Lang: b.langTag(lang), Dir: publish.Direction(lang), Site: publish.Line(cmp.Or(s.Title, s.URL)), Front: front,
		Style: b.rel(dir, styleName) + "?v=" + b.style, Icon: b.rel(dir, iconName), Home: b.rel(dir, home),
		Author: publish.Line(s.Author), Licence: link{Text: publish.Line(s.Licence), Href: web(s.LicenceURL)}, voice: b.voice(lang),
	}
	f.Nav = append(f.Nav, link{Href: b.rel(dir, home+archiveDir), Text: f.Say("archive"), Current: dir == home+archiveDir})
	if len(b.tags) > 0 {
		f.Nav = append(f.Nav, link{Href: b.rel(dir, home+tagsDir), Text: f.Say("tags"), Current: dir == home+tagsDir})
	}
	if letters := s.LettersIn(lang); letters != "" {
		f.Nav = append(f.Nav, link{Href: b.rel(dir, letters), Text: f.Say("letters")})
	}
	if len(s.Langs) > 1 {
		for _, l := range s.Langs {
			f.Langs = append(f.Langs, link{Href: b.rel(dir, s.Home(l)), Text: b.langName(l, "lang"), Lang: l, Current: dir == s.Home(l), Here: l == section && dir != ""})
		}
	}
	b.feeds(f, dir, section)
	b.seal(f)
	return f
}

// langTag is the language of a page, which must have one.
func (b *build) langTag(lang string) string { return cmp.Or(lang, "en") }

// seal ends the making of a frame.
func (b *build) seal(f *frame) {
	h := hasher{make([]byte, 0, 4096)}
	h.text(b.site.Lang)
	h.num(len(b.site.Langs))
	h.text(b.site.Langs...)
	f.add(&h)
	f.sum = sha256.Sum256(h.buf)
	f.parts = &parts{render: b.part, done: map[string]template.HTML{}}
}

// feeds points at the feeds that a reader of the page may want, the nearest
// first: of its topic, of its language, of the site.
func (b *build) feeds(to *frame, dir, section string) {
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
			to.Feeds = append(to.Feeds, feedLink{href, typeOf(f.Type), publish.Line(f.Title)})
			if to.Feed == "" && f.Type == "application/rss+xml" {
				to.Feed = href
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

// links are the body of a page that is nothing else.
type links []link

// web returns s if it is an absolute address of the web, else "".
func web(s string) string {
	if s == "" {
		return ""
	}
	u, err := url.Parse(publish.Clean(s))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return u.String()
}
