package importer

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"editorial/pkg/problem"
)

// wpItem is an item of an export of WordPress (WXR 1.0 to 1.2). Its namespaces
// are told apart by the prefixes that every export uses.
type wpItem struct {
	Title    string `xml:"title"`
	Link     string `xml:"link"`
	Creator  string `xml:"dc creator"`
	GUID     string `xml:"guid"`
	Content  string `xml:"content encoded"`
	Excerpt  string `xml:"excerpt encoded"`
	ID       string `xml:"wp post_id"`
	Date     string `xml:"wp post_date"`
	DateGMT  string `xml:"wp post_date_gmt"`
	Changed  string `xml:"wp post_modified"`
	ChangedG string `xml:"wp post_modified_gmt"`
	Name     string `xml:"wp post_name"`
	Status   string `xml:"wp status"`
	Parent   string `xml:"wp post_parent"`
	Type     string `xml:"wp post_type"`
	Password string `xml:"wp post_password"`
	Sticky   string `xml:"wp is_sticky"`
	File     string `xml:"wp attachment_url"`
	Terms    []struct {
		Domain string `xml:"domain,attr"`
		Slug   string `xml:"nicename,attr"`
		Name   string `xml:",chardata"`
	} `xml:"category"`
	Meta []struct {
		Key   string `xml:"wp meta_key"`
		Value string `xml:"wp meta_value"`
	} `xml:"wp postmeta"`
	Comments []struct{} `xml:"wp comment"`

	at problem.Position
}

// meta is a field of the item, "" if it has none of that name.
func (i *wpItem) meta(key string) string {
	for _, m := range i.Meta {
		if m.Key == key {
			return m.Value
		}
	}
	return ""
}

// wpAttachment is a file of the site.
type wpAttachment struct{ url, alt, caption, parent string }

// wpExport is what items refer to.
type wpExport struct {
	*builder
	base        *url.URL
	lang        string
	authors     map[string]string // login → name to show
	attachments map[string]wpAttachment
	order       []string // ids of attachments
	// short are the addresses by number of what was out, with the keys of their
	// posts.
	short map[string]string
}

// wordpress reads an export. Attachments may stand after the posts that show
// them: the file is gone through twice.
func (b *builder) wordpress() error {
	src, err := b.file()
	if err != nil {
		return err
	}
	if src, err = utf8XML(src); err != nil {
		return fmt.Errorf("%s: %w: %w", b.name, ErrUnknown, err)
	}
	head, items := elements(src, "item")
	if !bytes.Contains(head, []byte("wordpress.org/export/")) && !bytes.Contains(head, []byte("<wp:wxr_version")) {
		return fmt.Errorf("%s: %w", b.name, ErrUnknown)
	}
	w := &wpExport{builder: b, authors: map[string]string{}, attachments: map[string]wpAttachment{}, short: map[string]string{}}
	w.head(head)
	for _, e := range items {
		if bytes.Contains(e.src, []byte("attachment_url>")) {
			if i, ok := w.decode(e, false); ok && i.Type == "attachment" {
				w.attachment(i)
			}
		}
	}
	for _, e := range items {
		i, ok := w.decode(e, true)
		if !ok {
			continue
		}
		if err := w.item(i); errors.Is(err, errFull) {
			break
		} else if err != nil {
			return err
		}
	}
	w.relink(w.short)
	return nil
}

// head reads what stands before the items: the site and its authors.
func (w *wpExport) head(src []byte) {
	text := func(src []byte, names ...string) string {
		for _, name := range names {
			if _, all := elements(src, name); len(all) > 0 {
				var s string
				if decodeXML(all[0].src, &s, true) == nil && strings.TrimSpace(s) != "" {
					return strings.TrimSpace(s)
				}
			}
		}
		return ""
	}
	if u, err := url.Parse(text(src, "wp:base_blog_url", "wp:base_site_url", "link")); err == nil && u.Host != "" {
		u.Path = strings.TrimSuffix(u.Path, "/") + "/"
		w.base = u
	}
	w.lang = knownLang(strings.ReplaceAll(text(src, "language"), "_", "-"))
	_, authors := elements(src, "wp:author")
	for _, a := range authors {
		if login := text(a.src, "wp:author_login"); login != "" {
			w.authors[login] = cmp.Or(line(text(a.src, "wp:author_display_name")), line(login))
		}
	}
}

// decode reads an item. What is damaged in it is noted once, if tell is set.
func (w *wpExport) decode(e xmlElement, tell bool) (*wpItem, bool) {
	i := &wpItem{at: problem.Position{File: w.name, Line: e.line}}
	src := e.src
	if !e.closed {
		src = append(slices.Clip(src), "</item>"...)
	}
	err := decodeXML(src, i, false)
	if err == nil && e.closed {
		return i, true
	}
	if err != nil {
		*i = wpItem{at: i.at}
		err = decodeXML(loose(src), i, true)
	}
	code := CodeMended
	if err != nil {
		code = CodeDamaged
	}
	if tell {
		w.note(i.at, code, "")
	}
	return i, err == nil
}

func (w *wpExport) attachment(i *wpItem) {
	a := wpAttachment{strings.TrimSpace(i.File), line(i.meta("_wp_attachment_image_alt")), plainText(i.Excerpt), i.Parent}
	if _, ok := w.attachments[i.ID]; !ok && a.url != "" {
		w.attachments[i.ID] = a
		w.order = append(w.order, i.ID)
	}
}

// item takes a post, and notes what is none.
func (w *wpExport) item(i *wpItem) error {
	w.noteN(i.at, CodeComments, "", len(i.Comments))
	folder := "posts"
	switch i.Type {
	case "post", "":
	case "page":
		if !w.Pages {
			w.note(i.at, CodePage, "")
			return nil
		}
		folder = "pages"
	default:
		w.note(i.at, CodeType, line(i.Type))
		return nil
	}
	switch i.Status {
	case "trash", "auto-draft", "inherit":
		w.note(i.at, CodeStatus, i.Status)
		return nil
	}
	e, ok := w.entry(i)
	if !ok {
		return nil
	}
	p := Post{At: i.at, GUID: line(i.GUID), Key: "wordpress:" + cmp.Or(i.ID, e.Title+e.Date)}
	if i.Status == "publish" || i.Status == "future" {
		p.Address = strings.TrimSpace(i.Link)
		e.Aliases = oldSlugs(i)
		w.shorten(i, p.Key, e.Aliases)
	}
	day := e.Date
	if folder == "pages" {
		day = ""
	}
	p.Path = pathFor(folder, day, fileName(e.Slug, e.Title, "post-"+i.ID))
	var err error
	if p.Source, err = e.file(); err != nil {
		return err
	}
	return w.add(p)
}

// shorten notes the addresses that led to a post besides its own.
func (w *wpExport) shorten(i *wpItem, key string, aliases []string) {
	if w.base == nil {
		return
	}
	if i.ID != "" {
		for _, query := range []string{"p=", "page_id="} {
			w.short[w.base.String()+"?"+query+url.QueryEscape(i.ID)] = key
		}
	}
	for _, alias := range aliases {
		w.short[w.base.ResolveReference(&url.URL{Path: alias}).String()] = key
	}
}

// entry is the post that an item becomes.
func (w *wpExport) entry(i *wpItem) (entry, bool) {
	body, ok := w.body(i)
	if !ok {
		return entry{}, false
	}
	e := entry{
		Title: plainText(i.Title), Slug: slugOf(i.Name), Summary: plainText(i.Excerpt), body: body,
		Date: wpDate(i.Date, i.DateGMT), Updated: wpDate(i.Changed, i.ChangedG),
	}
	if e.Summary == "" {
		e.Summary = plainText(cmp.Or(i.meta("_yoast_wpseo_metadesc"), i.meta("rank_math_description"), i.meta("_aioseop_description")))
	}
	if e.Title == "" {
		e.Title = titleFrom(body, i.Name)
		w.note(i.at, CodeUntitled, "")
	}
	if name := strings.TrimSpace(i.Creator); name != "" {
		e.Authors = []string{w.person(cmp.Or(w.authors[name], line(name)))}
	}
	w.stage(i, &e)
	w.terms(i, &e)
	if e.Lang == "" && w.lang != "" && w.lang != w.Lang && !strings.HasPrefix(w.lang, w.Lang+"-") {
		e.Lang = w.lang
	}
	if a, ok := w.attachments[i.meta("_thumbnail_id")]; ok {
		e.Image = &picture{a.url, a.alt}
		w.keep(a.url)
	} else if id := strings.TrimSpace(i.meta("_thumbnail_id")); id != "" && id != "0" && id != "-1" {
		w.note(i.at, CodeMissing, "attachment "+line(id))
	}
	if i.Sticky == "1" {
		w.note(i.at, CodeField, "is_sticky")
	}
	for _, m := range i.Meta {
		if !strings.HasPrefix(m.Key, "_") && strings.TrimSpace(m.Value) != "" && m.Key != "rank_math_description" {
			w.note(i.at, CodeField, line(m.Key))
		}
	}
	if e.Updated == e.Date {
		e.Updated = ""
	}
	e.shrink()
	return e, true
}

// stage says how far an item is. Dates of drafts are those of their last change.
func (w *wpExport) stage(i *wpItem, e *entry) {
	protected := i.Password != "" || i.Status == "private"
	switch {
	case protected:
		e.Draft = true
		w.note(i.at, CodeProtected, "")
	case i.Status == "publish", i.Status == "future":
		if e.Date == "" {
			w.note(i.at, CodeDate, cmp.Or(line(i.Date), "–"))
			e.Draft = true
		}
		return
	case i.Status == "pending":
		e.Stage = "review"
	default:
		e.Draft = true
		if i.Status != "draft" && i.Status != "" {
			w.note(i.at, CodeStatus, line(i.Status))
		}
	}
	if !protected {
		e.Date, e.Updated = "", ""
	}
}

// oldSlugs are the addresses that a post had under earlier slugs, which
// WordPress redirects.
func oldSlugs(i *wpItem) []string {
	u, err := url.Parse(strings.TrimSpace(i.Link))
	if err != nil || u.RawQuery != "" || !strings.HasSuffix(u.Path, "/"+i.Name+"/") && !strings.HasSuffix(u.Path, "/"+i.Name) {
		return nil
	}
	var all []string
	for _, m := range i.Meta {
		if old := slugOf(m.Value); m.Key == "_wp_old_slug" && old != "" && old != i.Name {
			all = append(all, strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), i.Name)+old+"/")
		}
	}
	return lines(all)
}

// terms reads tags, categories, and the languages of Polylang.
func (w *wpExport) terms(i *wpItem, e *entry) {
	for _, t := range i.Terms {
		name := plainText(t.Name)
		switch t.Domain {
		case "category":
			if t.Slug != "uncategorized" && t.Slug != "non-classe" {
				e.Categories = append(e.Categories, name)
			}
		case "post_tag", "tag":
			e.Tags = append(e.Tags, name)
		case "language":
			e.Lang = knownLang(t.Slug)
		case "post_translations":
			e.Translation = line(t.Slug)
		default:
			w.note(i.at, CodeTaxonomy, line(t.Domain))
		}
	}
	e.Tags, e.Categories = lines(e.Tags), lines(e.Categories)
}

// wpDate is an instant with the offset that the site had then: WordPress keeps
// the time on its wall and the time in UTC, and the offset is their difference.
// It is "" where there is none.
func wpDate(local, gmt string) string {
	at, err := time.Parse(time.DateTime, strings.TrimSpace(local))
	if err != nil || at.Year() < 1 {
		return ""
	}
	utc, err := time.Parse(time.DateTime, strings.TrimSpace(gmt))
	if err != nil || utc.Year() < 1 {
		return at.Format("2006-01-02T15:04:05")
	}
	offset := at.Sub(utc).Round(time.Minute)
	if offset < -16*time.Hour || offset > 16*time.Hour {
		return utc.Format("2006-01-02T15:04:05Z")
	}
	sign := '+'
	if offset < 0 {
		sign, offset = '-', -offset
	}
	return fmt.Sprintf("%s%c%02d:%02d", at.Format("2006-01-02T15:04:05"), sign, int(offset.Hours()), int(offset.Minutes())%60)
}

// titleFrom makes a title of how a text begins, or of its slug.
func titleFrom(body, slug string) string {
	for l := range strings.Lines(body) {
		text := strings.Trim(line(l), "#*_> -")
		if text == "" || strings.HasPrefix(text, "!") || strings.HasPrefix(text, "[") || strings.HasPrefix(text, "<") {
			continue
		}
		words := strings.Fields(text)
		if len(words) > 10 {
			return strings.Join(words[:10], " ") + "…"
		}
		return text
	}
	if name := path.Base(strings.TrimSuffix(slug, "/")); name != "." && name != "/" {
		return strings.ReplaceAll(name, "-", " ")
	}
	return "…"
}
