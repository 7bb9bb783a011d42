package importer

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"editorial/pkg/problem"
)

// htmlReader turns HTML into Markdown.
type htmlReader struct{ conv *converter.Converter }

func newHTMLReader() *htmlReader {
	return &htmlReader{converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(), strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin(table.WithNewlineBehavior(table.NewlineBehaviorPreserve), table.WithHeaderPromotion(true),
			table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal)),
	))}
}

// markdown turns the HTML of a post into Markdown. Addresses become absolute
// where base is not nil. It notes what Markdown cannot say, and pictures that
// stay where they are; ok is false where the HTML is beyond all bounds, which
// it has said then.
func (b *builder) markdown(at problem.Position, text string, base *url.URL) (md string, ok bool) {
	if b.html == nil {
		b.html = newHTMLReader()
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(clean(text)), body)
	if err != nil {
		b.fail(at, CodeTooDeep, nil)
		return "", false
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	p := &prepare{b: b, at: at, base: base, spans: maxSpans}
	p.children(body)
	if p.deepest > maxNested {
		b.fail(at, CodeTooDeep, nil)
		return "", false
	}
	out, err := b.html.conv.ConvertNode(body)
	if err != nil {
		b.fail(at, CodeTooDeep, nil)
		return "", false
	}
	return b.tidy(strings.NewReplacer(ampersand, `\&`, bracket, `\[`, done, "[x]", undone, "[ ]").Replace(string(out))), true
}

// Characters of private use that stand for those of a text that would begin an
// entity, or a link. The converter looks for the end of each bracket through
// the whole line: of many that is too much.
const (
	ampersand = "\ue000"
	bracket   = "\ue001"
	done      = "\ue002" // boxes of lists of tasks
	undone    = "\ue003"
)

// maxNested is how deep lists and quotations may be nested: each line of them
// is indented anew at each level.
const maxNested = 40

// maxSpans is how many cells further cells of a post's tables may reach.
const maxSpans = 10_000

// tidy writes links whose text is their address as such, leaves out spaces on
// empty lines, and ends a text with one line end.
func (b *builder) tidy(md string) string {
	if md = strings.TrimSpace(md); md == "" {
		return ""
	}
	blank := b.re(`(?m)^[ \t]+$`)
	md = outsideFences(md, 1, func(part string, _ int) string { return blank.ReplaceAllString(part, "") })
	if strings.Contains(md, "](http") {
		link := b.re(`\[(https?://[^\]\s]+)\]\((https?://[^)\s<>]+)\)`)
		md = outsideCode(md, 1, func(part string, line int) string {
			return replace(link, part, line, func(g []string, _ int) string {
				if strings.ReplaceAll(g[1], `\`, "") == g[2] {
					return "<" + g[2] + ">"
				}
				return g[0]
			})
		})
	}
	return md + "\n"
}

// prepare makes a tree of HTML ready for the conversion.
type prepare struct {
	b    *builder
	at   problem.Position
	base *url.URL
	// spans is how many cells further cells may still reach.
	spans int
	code  int // how deep in code, where nothing is an entity
	// nested is how deep in lists and quotations, and deepest how deep ever.
	nested, deepest int
}

func (p *prepare) children(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		p.node(c)
		c = next
	}
}

// node prepares a node and what is below it. It may take it out, or put another
// in its place.
func (p *prepare) node(n *html.Node) {
	if n.Type == html.CommentNode {
		n.Parent.RemoveChild(n)
		return
	}
	if n.Type == html.TextNode {
		p.text(n)
	}
	if n.Type != html.ElementNode {
		return
	}
	if box := checkbox(n); box != "" {
		n.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: box + " "}, n)
		n.Parent.RemoveChild(n)
		return
	}
	switch n.DataAtom {
	case atom.Pre, atom.Code:
		p.code++
		defer func() { p.code-- }()
	case atom.Ul, atom.Ol, atom.Blockquote:
		p.nested++
		p.deepest = max(p.deepest, p.nested)
		defer func() { p.nested-- }()
	case atom.Td, atom.Th:
		p.cell(n)
	case atom.Script, atom.Form, atom.Button, atom.Select, atom.Canvas, atom.Svg, atom.Math, atom.Template, atom.Frameset, atom.Input, atom.Textarea:
		p.b.note(p.at, CodeElement, "<"+n.Data+">")
		n.Parent.RemoveChild(n)
		return
	case atom.Style, atom.Link, atom.Meta:
		n.Parent.RemoveChild(n)
		return
	case atom.Iframe, atom.Embed, atom.Object, atom.Video, atom.Audio:
		p.embedded(n)
		return
	case atom.Img:
		p.image(n)
		return
	case atom.A:
		if href := attr(n, "href"); href != "" {
			href = p.absolute(href)
			setAttr(n, "href", href)
			p.linked(href)
		}
	case atom.Figcaption:
		emphasise(n)
	case atom.Div, atom.P:
		p.bareAddress(n)
	}
	p.children(n)
}

// checkbox is the mark of a task, "" for what is no box at the beginning of an
// item of a list.
func checkbox(n *html.Node) string {
	item := n.Parent
	if item != nil && (item.DataAtom == atom.P || item.DataAtom == atom.Label) {
		item = item.Parent
	}
	if n.DataAtom != atom.Input || attr(n, "type") != "checkbox" || item == nil || item.DataAtom != atom.Li {
		return ""
	}
	for before := n.PrevSibling; before != nil; before = before.PrevSibling {
		if before.Type != html.TextNode || strings.TrimSpace(before.Data) != "" {
			return ""
		}
	}
	if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "checked" }) {
		return done
	}
	return undone
}

// text marks the ampersands of a text that would begin an entity in Markdown.
func (p *prepare) text(n *html.Node) {
	n.Data = strings.NewReplacer(ampersand, "", bracket, "", done, "", undone, "").Replace(n.Data)
	if p.code > 0 {
		return
	}
	if strings.Contains(n.Data, "&") {
		n.Data = p.b.re(`&(#?[0-9A-Za-z]+;)`).ReplaceAllString(n.Data, ampersand+"$1")
	}
	n.Data = strings.ReplaceAll(n.Data, "[", bracket)
}

// cell bounds how far a cell reaches, and keeps its text apart from the next
// cell's where the table is none that Markdown can say.
func (p *prepare) cell(n *html.Node) {
	reach := 1
	for _, name := range []string{"colspan", "rowspan"} {
		if s := attr(n, name); s != "" {
			span, err := strconv.Atoi(s)
			if err != nil || span < 1 || span > 1000 {
				span = 1
				setAttr(n, name, "1")
			}
			reach *= span
		}
	}
	if p.spans -= reach - 1; p.spans < 0 {
		n.Attr = nil
	}
	n.AppendChild(&html.Node{Type: html.TextNode, Data: " "})
}

// absolute is an address as it is without its page. A place within the page
// stays one.
func (p *prepare) absolute(address string) string {
	address = strings.TrimSpace(address)
	u, err := url.Parse(address)
	if err != nil || p.base == nil || u.IsAbs() || strings.HasPrefix(address, "#") {
		return address
	}
	return p.base.ResolveReference(u).String()
}

// image gives a picture its address, where a script would have put it later.
func (p *prepare) image(n *html.Node) {
	src := attr(n, "src")
	if src == "" || strings.HasPrefix(src, "data:") {
		for _, late := range []string{"data-src", "data-lazy-src", "data-orig-file", "data-original"} {
			if s := attr(n, late); s != "" {
				src = s
				break
			}
		}
	}
	switch {
	case src == "":
		n.Parent.RemoveChild(n)
		return
	case strings.HasPrefix(src, "data:"):
		p.b.note(p.at, CodeInlined, "")
		n.Parent.RemoveChild(n)
		return
	}
	src = p.absolute(src)
	setAttr(n, "src", src)
	p.b.keep(src)
}

// embedded puts a link in the place of what is shown from elsewhere.
func (p *prepare) embedded(n *html.Node) {
	src := attr(n, "src")
	if src == "" {
		src = attr(n, "data")
	}
	for c := n.FirstChild; c != nil && src == ""; c = c.NextSibling {
		if c.Type == html.ElementNode && (c.DataAtom == atom.Source || c.DataAtom == atom.Embed) {
			src = attr(c, "src")
		}
	}
	if src == "" || strings.HasPrefix(src, "data:") {
		p.b.note(p.at, CodeElement, "<"+n.Data+">")
		n.Parent.RemoveChild(n)
		return
	}
	src = p.absolute(src)
	if strings.HasPrefix(src, "//") {
		src = "https:" + src
	}
	u, err := url.Parse(src)
	if err != nil {
		n.Parent.RemoveChild(n)
		return
	}
	what, text := u.Host, src
	if n.DataAtom == atom.Video || n.DataAtom == atom.Audio {
		what, text = "<"+n.Data+">", path.Base(u.Path)
		p.b.keep(src)
	}
	p.b.note(p.at, CodeEmbed, what)
	if title := attr(n, "title"); title != "" {
		text = title
	}
	link := linkTo(src, text)
	switch n.Parent.DataAtom {
	case atom.P, atom.Span, atom.A, atom.Em, atom.Strong, atom.Li, atom.Td:
	default:
		link = element(atom.P, link)
	}
	n.Parent.InsertBefore(link, n)
	n.Parent.RemoveChild(n)
}

// linked keeps the address of a file of the old site that a text links.
func (p *prepare) linked(address string) {
	u, err := url.Parse(address)
	if err == nil && p.base != nil && isFile(u.Path) && strings.EqualFold(strings.TrimPrefix(u.Host, "www."), strings.TrimPrefix(p.base.Host, "www.")) {
		p.b.keep(address)
	}
}

// bareAddress makes a link of an address that stands alone in a paragraph:
// other programs show what it leads to.
func (p *prepare) bareAddress(n *html.Node) {
	if n.FirstChild == nil || n.FirstChild != n.LastChild || n.FirstChild.Type != html.TextNode {
		return
	}
	text := strings.TrimSpace(n.FirstChild.Data)
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(text, " \n\t") {
		return
	}
	n.RemoveChild(n.FirstChild)
	n.AppendChild(linkTo(text, text))
}

// emphasise puts what is in a caption between marks of emphasis.
func emphasise(n *html.Node) {
	if strings.TrimSpace(textOf(n)) == "" {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && !isInline(c.DataAtom) {
			return // it has paragraphs of its own
		}
	}
	em := element(atom.Em)
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		em.AppendChild(c)
	}
	n.Data, n.DataAtom = "p", atom.P
	n.AppendChild(em)
}

func isInline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Strong, atom.B, atom.Span, atom.Code, atom.Br, atom.Img, atom.Small, atom.Sup, atom.Sub, atom.Cite:
		return true
	}
	return false
}

func linkTo(address, text string) *html.Node {
	a := element(atom.A, &html.Node{Type: html.TextNode, Data: text})
	setAttr(a, "href", address)
	return a
}

func element(a atom.Atom, children ...*html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: a.String(), DataAtom: a}
	for _, c := range children {
		n.AppendChild(c)
	}
	return n
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func setAttr(n *html.Node, name, value string) {
	for i, a := range n.Attr {
		if a.Key == name {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
}

// textOf is the text below a node.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// plainText is HTML as the text of one line, for titles and summaries.
func plainText(text string) string {
	if !strings.ContainsAny(text, "<&") {
		return line(text)
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(clean(text)), body)
	if err != nil {
		return line(text)
	}
	var b bytes.Buffer
	for _, n := range nodes {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			continue
		}
		if n.Type == html.ElementNode && (n.DataAtom == atom.Script || n.DataAtom == atom.Style) {
			continue
		}
		if b.Len() > 0 && n.Type == html.ElementNode && !isInline(n.DataAtom) && n.DataAtom != atom.Em && n.DataAtom != atom.I {
			b.WriteByte(' ')
		}
		b.WriteString(textOf(n))
	}
	return line(b.String())
}
