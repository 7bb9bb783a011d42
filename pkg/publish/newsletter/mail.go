package newsletter

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"editorial/pkg/publish"
)

const (
	// columnWidth is the column of a mail in pixels, textColumn without its
	// padding: what pictures may take.
	columnWidth = 600
	textColumn  = 552
)

// sent is an edition as mail.
type sent struct {
	letter     *letter
	html, text []byte
	// left are the posts that html leaves to the page of the edition.
	left []piece
	// used are the files of the site that the posts name, by their addresses;
	// html need not show all of them.
	used map[string]publish.Target
}

// mail makes the HTML and the text of an edition.
func (p *press) mail(s publish.Site, bodies publish.Bodies, e Edition) (*sent, error) {
	links, used := publish.NewLinks(s), map[string]publish.Target{}
	t := &setter{p, s, bodies, links, medium{
		page: func(e publish.Entry) string { return e.URL },
		asset: func(x publish.Target) string {
			used[x.URL] = x
			return x.URL
		},
		width: textColumn,
		shows: mailShows,
		proof: true,
	}}
	l, err := t.set(e)
	if err != nil {
		return nil, err
	}
	page, left, err := p.shorten(l)
	if err != nil {
		return nil, fmt.Errorf("mail of %s: %w", e.ID, err)
	}
	return &sent{l, page, p.text(l), left, used}, nil
}

// mailShows reports whether mail programs show pictures of a type. Of an
// unknown type most are.
func mailShows(mime string) bool {
	switch mime {
	case "", "image/jpeg", "image/png", "image/gif":
		return true
	}
	return false
}

// mailData is what the template of a mail needs besides the letter.
type mailData struct {
	*letter
	Rest template.CSS // of the style sheet
	// Outlook is what Rest says of a dark screen, for Outlook. It stands in a
	// style element of its own: a program that cannot read it drops no more.
	Outlook template.CSS
	Column  int
	// Fill keeps the text out of the line that an inbox shows.
	Fill string
}

// Only writes a comment that Outlook for Windows reads as HTML and nobody else
// does. html/template would drop a comment.
func (mailData) Only(what string) template.HTML {
	switch what {
	case "settings":
		return `<!--[if mso]><xml><o:OfficeDocumentSettings xmlns:o="urn:schemas-microsoft-com:office:office"><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->`
	case "open":
		return template.HTML(fmt.Sprintf(`<!--[if mso]><table role="presentation" align="center" width="%d" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->`, columnWidth))
	}
	return `<!--[if mso]></td></tr></table><![endif]-->`
}

func (p *press) mailHTML(l *letter) ([]byte, error) {
	rest := p.sheet.Rest()
	data := mailData{l, template.CSS(rest), template.CSS(outlookDark(rest)), columnWidth, strings.Repeat("\u00a0\u200c", 60)}
	made, err := p.kinds["mail"].Execute("mail", data)
	if err != nil {
		return nil, err
	}
	doc, err := html.Parse(bytes.NewReader(made))
	if err != nil {
		return nil, err
	}
	p.sheet.Apply(doc)
	dropClasses(doc, p.named)
	var b bytes.Buffer
	if err := html.Render(&b, doc); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// dropClasses takes away classes that have done their work when the style is
// in the elements: those that no rule of the head names would only be weight.
func dropClasses(doc *html.Node, named map[string]bool) {
	for n := range doc.Descendants() {
		i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "class" })
		if i < 0 {
			continue
		}
		kept := slices.DeleteFunc(strings.Fields(n.Attr[i].Val), func(name string) bool { return !named[name] })
		if len(kept) == 0 {
			n.Attr = slices.Delete(n.Attr, i, i+1)
		} else {
			n.Attr[i].Val = strings.Join(kept, " ")
		}
	}
}

// classes returns the names of the classes in a style sheet.
func classes(sheet string) map[string]bool {
	named := map[string]bool{}
	for _, m := range regexp.MustCompile(`\.([A-Za-z_][\w-]*)`).FindAllStringSubmatch(sheet, -1) {
		named[m[1]] = true
	}
	return named
}
