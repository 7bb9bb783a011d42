package newsletter

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/content/markdown"
	"editorial/pkg/publish"
	"editorial/pkg/words"
)

// setter sets one edition for one medium.
type setter struct {
	*press
	site   publish.Site
	bodies publish.Bodies
	links  *publish.Links
	medium medium
}

// set makes the letter of an edition.
func (t *setter) set(e Edition) (*letter, error) {
	lang := t.language(e)
	say := t.say(t.site, lang)
	line := func(s string) string { return publish.Spaces(t.site.Lang, publish.Line(s)) }
	l := &letter{
		Lang: lang, Dir: direction(lang), say: say,
		Name: line(cmp.Or(t.opts.Title, t.site.Title, t.site.URL)), Site: line(cmp.Or(t.site.Title, t.site.URL)),
		Home: t.links.URL(""), Unsubscribe: t.opts.UnsubscribeURL, Why: line(t.opts.Why), Postal: line(t.opts.PostalAddress),
	}
	l.Date = t.date(lang, e.At)
	if e.Number > 0 {
		l.Number = say("number", "n", strconv.Itoa(e.Number))
	}
	if first := t.languages()[0]; publish.Base(first) != publish.Base(lang) {
		l.TextLang = first
	}
	if t.opts.Archive {
		l.Archive = t.links.URL(t.opts.Folder)
		l.Online = t.links.URL(t.opts.Folder + e.ID + "/")
	}
	if err := t.sections(l, e); err != nil {
		return nil, err
	}
	if err := t.intro(l, e); err != nil {
		return nil, err
	}
	l.Title = cmp.Or(l.Title, first(l.Sections), l.Name)
	l.Summary = cmp.Or(l.Summary, titles(l.Sections))
	l.Subject = cmp.Or(publish.Line(strings.NewReplacer(
		":title", l.Title, ":date", t.speak(t.site, lang).Date(t.site.Zone.Date(e.At)), ":site", l.Site, ":n", strconv.Itoa(e.Number),
	).Replace(t.opts.Subject)), l.Name)
	return l, nil
}

func (t *setter) date(lang string, at time.Time) date {
	return date{
		Text: t.speak(t.site, lang).LongDate(t.site.Zone.Date(at)),
		ISO:  at.In(t.site.Zone.Location()).Format(time.RFC3339),
	}
}

// direction is that of a language, said even where it is the usual one: a
// letter may hold both.
func direction(lang string) string { return cmp.Or(publish.Direction(lang), "ltr") }

// languages returns those of an edition, never none.
func (t *setter) languages() []string {
	if len(t.opts.Languages) == 0 {
		return []string{cmp.Or(t.site.Lang, "en")}
	}
	return t.opts.Languages
}

// language returns the language of the edition's frame: the first of the
// newsletter's that is in it.
func (t *setter) language(e Edition) string {
	has := func(lang string) bool {
		return slices.ContainsFunc(e.wants(), func(x publish.Entry) bool { return publish.Base(x.Post.Lang) == publish.Base(lang) })
	}
	for _, lang := range t.languages() {
		if has(lang) {
			return lang
		}
	}
	if all := e.wants(); len(all) > 0 && all[0].Post.Lang != "" {
		return all[0].Post.Lang
	}
	return t.languages()[0]
}

// intro sets the introduction.
func (t *setter) intro(l *letter, e Edition) error {
	if e.Intro == nil {
		return nil
	}
	entry := publish.Entry{Post: e.Intro}
	doc, err := t.body(entry)
	if err != nil {
		return err
	}
	html, err := t.html(entry, doc, "intro-", 1)
	if err != nil {
		return err
	}
	l.Intro, l.introText = template.HTML(html), t.plain(entry, doc)
	if e.Intro.Lang != l.Lang {
		l.IntroLang = e.Intro.Lang
	}
	l.Title = publish.Spaces(e.Intro.Lang, publish.Line(e.Intro.Title))
	l.Summary = publish.Spaces(e.Intro.Lang, publish.Line(e.Intro.Summary))
	l.lead = l.Summary
	if l.Summary == "" && len(l.Sections) == 0 {
		l.Summary = doc.Excerpt(introRunes)
	}
	return nil
}

// sections groups the posts by language, in the order of the newsletter's.
func (t *setter) sections(l *letter, e Edition) error {
	order := t.languages()
	for _, x := range e.Posts {
		order = append(order[:len(order):len(order)], x.Post.Lang)
	}
	done := map[string]bool{}
	for _, lang := range order {
		if done[publish.Base(lang)] {
			continue
		}
		done[publish.Base(lang)] = true
		s := section{Lang: lang, Dir: direction(lang)}
		for _, x := range e.Posts {
			if publish.Base(x.Post.Lang) == publish.Base(lang) {
				s.Pieces = append(s.Pieces, piece{entry: x, variant: e.Variants[x.Post.ID]})
			}
		}
		if s.Pieces != nil {
			l.Sections = append(l.Sections, s)
		}
	}
	n := 0
	for i := range l.Sections {
		s := &l.Sections[i]
		for j := range s.Pieces {
			n++
			if err := t.piece(&s.Pieces[j], l.Level(), "p"+strconv.Itoa(n)+"-"); err != nil {
				return err
			}
			if s.Pieces[j].Lang == s.Lang {
				s.Pieces[j].Lang = ""
			}
		}
		if len(l.Sections) == 1 {
			continue
		}
		s.Heading = t.langName(s.Lang)
		if publish.Base(s.Lang) != publish.Base(l.Lang) {
			if _, ok := words.Parse(s.Lang); ok {
				say := t.say(t.site, s.Lang)
				l.Also = append(l.Also, note{s.Lang, s.Dir, say("also"), say("colon")})
				l.Leave = append(l.Leave, note{s.Lang, s.Dir, say("unsubscribe"), say("colon")})
			}
		}
	}
	return nil
}

// langName is the name of a language in that language, or its tag.
func (t *setter) langName(tag string) string {
	if _, ok := words.Parse(tag); ok {
		return t.say(t.site, tag)("lang")
	}
	return publish.Line(tag)
}

// piece sets a post.
func (t *setter) piece(p *piece, level int, prefix string) error {
	e := p.entry
	doc, err := t.body(e)
	if err != nil {
		return err
	}
	html, err := t.html(e, doc, prefix, level)
	if err != nil {
		return err
	}
	lang := e.Post.Lang
	say := t.say(t.site, lang)
	line := func(s string) string { return publish.Spaces(lang, publish.Line(s)) }
	excerpt := doc.Excerpt(summaryRunes)
	p.say, p.Lang, p.Dir = say, lang, direction(lang)
	p.Title = cmp.Or(line(p.variant.Title), publish.Spaces(lang, publish.Headline(e.Post, excerpt)))
	p.Question, p.Invite = line(e.Post.Question), line(e.Post.Invite)
	p.Authors = publish.Names(e.Authors, say("and"))
	key := "on-site"
	p.HTML, p.text = template.HTML(html), t.plain(e, doc)
	if own := line(p.variant.Text); own != "" || !t.whole(e, doc, html) {
		key, p.HTML, p.text = "read-on", "", ""
		p.Summary = cmp.Or(own, publish.Spaces(lang, publish.Summary(e.Post, excerpt, summaryRunes)))
	}
	p.Untitled = p.HTML != "" && publish.Line(e.Post.Title+p.variant.Title) == ""
	if e.Path != "" {
		p.Href, p.More, p.About = t.medium.page(e), say(key), say(key+"-about", "title", p.Title)
	}
	if to := t.reply(); to != "" && p.Question+p.Invite != "" {
		p.Reply = publish.MailTo(to, p.Title)
	}
	if p.HTML == "" || !slices.ContainsFunc(doc.Images(), func(i markdown.Image) bool { return t.links.Target(e.Post, i.Dest).URL == e.Image.Src }) {
		p.Figure = t.figure(e, say)
	}
	return nil
}

// whole reports whether a post is shown with all its text: a short one, without
// the headings of an article and without what mails do not play.
func (t *setter) whole(e publish.Entry, doc *markdown.Document, html string) bool {
	if e.Path == "" {
		return true
	}
	n := doc.Words()
	return n > 0 && n <= ShortWords && len(doc.Headings()) == 0 && !strings.Contains(html, "<video") && !strings.Contains(html, "<audio")
}

func (t *setter) figure(e publish.Entry, say sayer) *figure {
	if e.Image.Src == "" || !t.medium.shows(e.Image.Type) {
		return nil
	}
	src := e.Image.Src
	if x := t.links.Target(e.Post, src); x.Source != "" {
		src = t.medium.asset(x)
	}
	f := &figure{Src: src, Alt: publish.Line(e.Image.Alt)}
	f.Width, f.Height = t.fit(e.Image.Width, e.Image.Height)
	if credit := publish.Line(e.Image.Credit); credit != "" {
		f.Credit = say("photo", "credit", credit)
		if licence := publish.Line(e.Image.Licence); licence != "" {
			f.Credit += ", " + licence
		}
	}
	return f
}

// fit scales a size to the column.
func (t *setter) fit(w, h int) (width, height int) {
	if max := t.medium.width; max > 0 && w > max && h > 0 {
		return max, (h*max + w/2) / w
	}
	return w, h
}

func (t *setter) body(e publish.Entry) (*markdown.Document, error) {
	doc := t.bodies.Document(e.Post)
	if doc == nil {
		return nil, fmt.Errorf("%s: no body", e.Post.Path)
	}
	return doc, nil
}

// html renders a body whose headings stand below one of that level.
func (t *setter) html(e publish.Entry, doc *markdown.Document, prefix string, level int) (string, error) {
	shift := level - 1 // a body begins with h2
	if slices.ContainsFunc(doc.Headings(), func(h markdown.Heading) bool { return h.Level == 1 }) {
		shift = level
	}
	hidden, resolve := map[string]bool{}, t.resolve(e, prefix)
	html, err := doc.HTML(markdown.Options{
		IDPrefix: prefix, HeadingShift: shift,
		Resolve: func(dest string) string {
			to := resolve(dest)
			if x := t.links.Target(e.Post, dest); hides(x.Asset.Type, t.medium.shows) {
				hidden[to] = true
			}
			return to
		},
		Image: func(dest string) (int, int) {
			a := t.links.Target(e.Post, dest).Asset
			return t.fit(a.Width, a.Height)
		},
	})
	if err != nil {
		return "", fmt.Errorf("%s: %w", e.Post.Path, err)
	}
	if t.medium.proof {
		p := &proof{t.say(t.site, e.Post.Lang), hidden}
		html = p.body(html)
	}
	return html, nil
}

// resolve returns the function that gives the links and pictures of a body
// their addresses.
func (t *setter) resolve(e publish.Entry, prefix string) func(dest string) string {
	return func(dest string) string {
		if fragment, ok := strings.CutPrefix(dest, "#"); ok {
			if t.medium.inner || e.Path == "" {
				return dest
			}
			return t.medium.page(e) + "#" + strings.TrimPrefix(fragment, prefix)
		}
		switch x := t.links.Target(e.Post, dest); {
		case x.Entry != nil:
			return t.medium.page(*x.Entry) + x.Suffix
		case x.Source != "":
			return t.medium.asset(x)
		default:
			return x.URL
		}
	}
}

// plain renders a body as text, with absolute links, also of what the HTML of a
// mail leads to in place of showing it.
func (t *setter) plain(e publish.Entry, doc *markdown.Document) string {
	say := t.say(t.site, e.Post.Lang)
	return doc.TextWith(markdown.TextOptions{
		Width: textWidth, Resolve: t.links.Absolute(e.Post),
		Linked: func(dest string) bool {
			x := t.links.Target(e.Post, dest)
			return hides(x.Asset.Type, mailShows) || !shown(x.URL)
		},
		Picture: say("picture"), Film: say("film"), Sound: say("sound"),
	})
}

// hides reports whether a file is a picture of a type that is not seen.
func hides(mime string, shows func(mime string) bool) bool {
	return strings.HasPrefix(mime, "image/") && !shows(mime)
}

// first returns the title of the first post.
func first(sections []section) string {
	for _, s := range sections {
		return s.Pieces[0].Title
	}
	return ""
}

// titles returns the titles of all posts.
func titles(sections []section) string {
	var all []string
	for _, s := range sections {
		for _, p := range s.Pieces {
			all = append(all, p.Title)
		}
	}
	return strings.Join(all, " · ")
}
