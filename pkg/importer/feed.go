package importer

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"html"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/json"

	"editorial/pkg/problem"
)

// feed reads RSS, Atom or JSON Feed. A feed names no drafts; where it holds
// only how posts begin, that is all there is.
func (b *builder) feed() error {
	src, err := b.file()
	if err != nil {
		return err
	}
	if src, err = utf8XML(src); err != nil {
		return fmt.Errorf("%s: %w: %w", b.name, ErrUnknown, err)
	}
	places := b.places(src)
	feed, err := parseFeed(src)
	if err != nil {
		if feed, err = b.mend(src, places); err != nil {
			return err
		}
	}
	r := &feedReader{builder: b, lang: knownLang(feed.Language)}
	if u, err := url.Parse(feed.Link); err == nil && u.IsAbs() {
		r.base = u
	}
	for i, item := range feed.Items {
		at := problem.Position{File: b.name}
		if len(places) == len(feed.Items) {
			at.Line = places[i].line
			if lang := xmlLang(places[i].src); lang != "" {
				if item.Custom == nil {
					item.Custom = map[string]string{}
				}
				item.Custom[itemLang] = lang
			}
			if !places[i].closed || decodeXML(places[i].src, &struct{}{}, false) != nil {
				r.note(at, CodeMended, "")
			}
		}
		if err := r.item(at, item); errors.Is(err, errFull) {
			break
		} else if err != nil {
			return err
		}
	}
	r.relink(nil)
	return nil
}

// Names of what one format alone says of an item, in its Custom fields.
const (
	itemText = "editorial:text" // the content is plain text
	itemLang = "editorial:lang"
	// itemTitle is a title that is plain text; elsewhere it may be HTML.
	itemTitle = "editorial:title"
)

// parseFeed reads a feed, and notes in its items what gofeed's common form
// does not say.
func parseFeed(src []byte) (*gofeed.Feed, error) {
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true
	p.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	feed, err := p.Parse(bytes.NewReader(src))
	if err != nil {
		return nil, err
	}
	say := func(i int, name, value string) {
		if value == "" {
			return
		}
		item := feed.Items[i]
		if item.Custom == nil {
			item.Custom = map[string]string{}
		}
		item.Custom[name] = value
	}
	switch original := feed.OriginalFeed().(type) {
	case *atom.Feed:
		for i, e := range original.Entries {
			if e.Content != nil && (e.Content.Type == "" || e.Content.Type == "text" || e.Content.Type == "text/plain") {
				say(i, itemText, e.Content.Value)
			}
		}
	case *json.Feed:
		for i, e := range original.Items {
			if e.ContentHTML == "" {
				say(i, itemText, e.ContentText)
			}
			say(i, itemLang, e.Language)
			say(i, itemTitle, e.Title)
		}
	}
	return feed, nil
}

// xmlLang is the language that an item, or its text, says in xml:lang, or "".
func xmlLang(src []byte) string {
	if !bytes.Contains(src, []byte("xml:lang")) {
		return ""
	}
	type lang struct {
		Lang string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	}
	var e struct {
		lang
		Content lang `xml:"content"`
	}
	_ = decodeXML(src, &e, true) // what is damaged says so elsewhere
	return cmp.Or(strings.TrimSpace(e.Content.Lang), strings.TrimSpace(e.Lang))
}

// asHTML is plain text as HTML, a paragraph for each between empty lines.
func asHTML(text string) string {
	var b strings.Builder
	for p := range strings.SplitSeq(clean(text), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(p), "\n", "<br>\n") + "</p>\n")
		}
	}
	return b.String()
}

// places are the items of a feed in XML, none of one in JSON.
func (b *builder) places(src []byte) []xmlElement {
	if bytes.HasPrefix(bytes.TrimSpace(src), []byte("{")) {
		return nil
	}
	_, places := elements(src, "item")
	if len(places) == 0 {
		_, places = elements(src, "entry")
	}
	return places
}

// mend reads a damaged feed without the items that cannot be read: each is
// tried with the feed's head alone.
func (b *builder) mend(src []byte, places []xmlElement) (*gofeed.Feed, error) {
	if len(places) == 0 {
		return nil, fmt.Errorf("%s: %w", b.name, ErrUnknown)
	}
	head, tail := src[:bytes.Index(src, places[0].src)], []byte("</channel></rss>")
	if bytes.HasPrefix(places[0].src, []byte("<entry")) {
		tail = []byte("</feed>")
	}
	var whole *gofeed.Feed
	for _, e := range places {
		if err := b.ctx.Err(); err != nil {
			return nil, err
		}
		end := ""
		if !e.closed {
			end = "</item>"
			if bytes.HasPrefix(e.src, []byte("<entry")) {
				end = "</entry>"
			}
		}
		one, err := parseFeed(bytes.Join([][]byte{head, e.src, []byte(end), tail}, nil))
		if err != nil || len(one.Items) != 1 {
			b.note(problem.Position{File: b.name, Line: e.line}, CodeDamaged, "")
			continue
		}
		if whole == nil {
			whole = one
		} else {
			whole.Items = append(whole.Items, one.Items...)
		}
	}
	if whole == nil {
		whole = &gofeed.Feed{}
	}
	return whole, nil
}

// feedReader makes posts of items.
type feedReader struct {
	*builder
	base *url.URL
	lang string
}

func (r *feedReader) item(at problem.Position, i *gofeed.Item) error {
	link := strings.TrimSpace(i.Link)
	if link == "" && len(i.Links) > 0 {
		link = strings.TrimSpace(i.Links[0])
	}
	base := r.base
	if u, err := url.Parse(link); err == nil {
		if r.base != nil {
			u = r.base.ResolveReference(u)
		}
		if u.IsAbs() {
			base, link = u, u.String()
		}
	}
	text := i.Content
	if strings.TrimSpace(text) == "" {
		text = i.Description
		if strings.TrimSpace(text) != "" && len(plainText(text)) < 600 {
			r.note(at, CodeTruncated, "")
		}
	}
	if plain := i.Custom[itemText]; plain != "" {
		text = asHTML(plain)
	}
	body, ok := r.markdown(at, text, base)
	if !ok {
		return nil
	}
	e := entry{
		Title: cmp.Or(line(i.Custom[itemTitle]), plainText(i.Title)), Slug: slugFromURL(link), Tags: lines(i.Categories), body: body,
		Date: feedDate(i.Published, i.PublishedParsed), Updated: feedDate(i.Updated, i.UpdatedParsed),
	}
	if e.Date == "" {
		e.Date, e.Updated = e.Updated, ""
	}
	if e.Updated == e.Date {
		e.Updated = ""
	}
	if e.Date == "" {
		r.note(at, CodeDate, cmp.Or(line(i.Published), "–"))
		e.Draft = true
	}
	if i.Content != "" {
		if summary := plainText(i.Description); summary != "" && len([]rune(summary)) <= 600 && !strings.HasPrefix(plainText(i.Content), strings.TrimSuffix(summary, "…")) {
			e.Summary = summary
		}
	}
	if e.Title == "" {
		e.Title = titleFrom(body, e.Slug)
		r.note(at, CodeUntitled, "")
	}
	for _, a := range i.Authors {
		if a != nil {
			e.Authors = append(e.Authors, r.person(line(cmp.Or(a.Name, a.Email))))
		}
	}
	e.Authors = lines(e.Authors)
	r.language(i, &e)
	r.files(at, i, base, &e)
	e.shrink()
	guid := line(i.GUID)
	if guid == "" {
		guid = link // what readers take in its place
	}
	p := Post{At: at, GUID: guid, Address: link, Key: "feed:" + cmp.Or(guid, e.Title+e.Date)}
	p.Path = pathFor("posts", e.Date, fileName(e.Slug, e.Title, "post"))
	var err error
	if p.Source, err = e.file(); err != nil {
		return err
	}
	return r.add(p)
}

// language is that of the item, or of the feed, where it is not the office's.
func (r *feedReader) language(i *gofeed.Item, e *entry) {
	lang := cmp.Or(knownLang(i.Custom[itemLang]), r.lang)
	if i.DublinCoreExt != nil && len(i.DublinCoreExt.Language) > 0 {
		lang = cmp.Or(knownLang(i.DublinCoreExt.Language[0]), lang)
	}
	if lang != r.Lang && !strings.HasPrefix(lang, r.Lang+"-") {
		e.Lang = lang
	}
}

// files are the item's picture, and links to what is enclosed and not in the
// text.
func (r *feedReader) files(at problem.Position, i *gofeed.Item, base *url.URL, e *entry) {
	absolute := func(s string) string { return (&prepare{b: r.builder, base: base}).absolute(s) }
	if i.Image != nil && i.Image.URL != "" {
		e.Image = &picture{absolute(i.Image.URL), line(i.Image.Title)}
	}
	for _, f := range i.Enclosures {
		if f == nil || f.URL == "" {
			continue
		}
		address := absolute(f.URL)
		r.keep(address)
		switch {
		case strings.Contains(e.body, address):
		case strings.HasPrefix(f.Type, "image/") && e.Image == nil:
			e.Image = &picture{Src: address}
		case strings.HasPrefix(f.Type, "audio/"), strings.HasPrefix(f.Type, "video/"):
			r.note(at, CodeEmbed, "<"+strings.SplitN(f.Type, "/", 2)[0]+">")
			e.body += "\n<" + address + ">\n"
		}
	}
	if e.Image != nil {
		r.keep(e.Image.Src)
	}
}

// slugFromURL is the last name in the path of an address, without an extension.
func slugFromURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	name := u.Path[strings.LastIndexByte(strings.TrimSuffix(u.Path, "/"), '/')+1:]
	name = strings.TrimSuffix(name, "/")
	for _, ext := range []string{".html", ".htm", ".php", ".aspx", ".xhtml"} {
		name = strings.TrimSuffix(name, ext)
	}
	if name == "index" {
		return ""
	}
	return slugOf(name)
}

// feedDate is a date with the offset that it was written with; failing that,
// in UTC.
func feedDate(text string, parsed *time.Time) string {
	text = strings.TrimSpace(text)
	const day = "2 Jan 2006 15:04:05 -0700"
	for _, layout := range []string{
		time.RFC3339, "Mon, " + day, day, "Mon, 2 Jan 2006 15:04 -0700", "2006-01-02T15:04:05-0700", "2006-01-02T15:04-07:00", "Monday, " + day,
	} {
		if t, err := time.Parse(layout, text); err == nil && t.Year() > 0 {
			return t.Format(time.RFC3339)
		}
	}
	if parsed != nil && parsed.Year() > 0 {
		return parsed.UTC().Format(time.RFC3339)
	}
	return ""
}
