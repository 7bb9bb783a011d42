package markdown

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// textLine gathers the text of a leaf block. A \n in it is a line that the
// author ended.
type textLine struct {
	w   *textWriter
	b   strings.Builder
	raw []rawLink
	// inLink: the text is that of a link of Markdown.
	inLink bool
}

// rawLink is a link of raw HTML that is open, and where its text begins.
type rawLink struct {
	dest string
	from int
}

func (w *textWriter) inlines(n ast.Node) string {
	l := textLine{w: w}
	l.children(n)
	l.closeRaw()
	return l.b.String()
}

// flow writes text in which white space is only space.
func (l *textLine) flow(s []byte) {
	for _, c := range s {
		if c == '\n' || c == '\t' {
			c = ' '
		}
		l.b.WriteByte(c)
	}
}

func (l *textLine) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		l.inline(c)
	}
}

func (l *textLine) inline(n ast.Node) {
	d := l.w.doc
	switch n := n.(type) {
	case *ast.Text:
		l.flow(d.text(n))
		if n.HardLineBreak() {
			l.b.WriteByte('\n')
		} else if n.SoftLineBreak() {
			l.b.WriteByte(' ')
		}
	case *extast.Strikethrough:
		l.b.WriteByte('~')
		l.children(n)
		l.b.WriteByte('~')
	case *ast.Link:
		l.link(n)
	case *ast.AutoLink:
		label := string(n.Label(d.src))
		l.b.WriteString(label)
		l.address(d.autoLink(n), label)
	case *ast.Image:
		l.image(string(n.Destination), d.plainText(n))
	case *ast.RawHTML:
		l.pieces(d.raw[n])
	case *extast.TaskCheckBox:
		if n.IsChecked {
			l.b.WriteString("[x] ")
		} else {
			l.b.WriteString("[ ] ")
		}
	case *extast.FootnoteLink:
		l.b.WriteString("[" + strconv.Itoa(n.Index) + "]")
	default:
		l.children(n)
	}
}

func (l *textLine) link(n *ast.Link) {
	from, outer := l.b.Len(), l.inLink
	if _, ok := l.w.links.href(string(n.Destination)); ok {
		l.inLink = true
	}
	l.children(n)
	l.inLink = outer
	l.address(string(n.Destination), l.b.String()[from:])
}

// image writes an image as its alt text, and its address if it is linked to.
func (l *textLine) image(src, alt string) {
	_, ok := l.w.links.source(src)
	linked := ok && l.w.opts.Linked != nil && l.w.opts.Linked(src)
	if linked {
		alt = cmp.Or(strings.Trim(alt, " \t\n"), l.w.opts.Picture)
	}
	if alt != "" {
		l.flow([]byte("[" + alt + "]"))
	}
	if linked && !l.inLink && len(l.raw) == 0 {
		l.address(src, alt)
	}
}

// media writes a video or a sound, whose address may stand in a source of it.
func (l *textLine) media(p piece) {
	label := l.w.opts.Film
	if p.name == "audio" {
		label = l.w.opts.Sound
	}
	if label != "" {
		label = "[" + cmp.Or(strings.Trim(p.get("title"), " \t\n"), label) + "]"
		l.flow([]byte(label))
	}
	if src := p.get("src"); src != "" {
		l.address(src, label)
	}
}

// address writes where a link leads, unless its text says so already.
func (l *textLine) address(dest, text string) {
	dest, ok := l.w.links.href(dest)
	if !ok || dest == "" || dest[0] == '#' {
		return
	}
	url := strings.NewReplacer("<", "%3C", ">", "%3E").Replace(plainURL(dest))
	text = strings.Trim(text, " \n")
	switch {
	case text == url || text == dest && !strings.ContainsAny(dest, " \t\n") || "mailto:"+text == url:
	case text == "":
		l.b.WriteString("<" + url + ">")
	default:
		l.b.WriteString(" <" + url + ">")
	}
}

// pieces writes the tags of raw HTML that stand in a line.
func (l *textLine) pieces(ps []piece) {
	for _, p := range ps {
		switch {
		case p.kind == pieceText:
			l.flow([]byte(p.text))
		case p.kind == pieceEnd && p.name == "a":
			l.endRaw()
		case p.kind == pieceEnd:
		case p.name == "a":
			l.raw = append(l.raw, rawLink{p.get("href"), l.b.Len()})
		case p.name == "br":
			l.b.WriteByte('\n')
		case p.name == "img":
			l.image(p.get("src"), p.get("alt"))
		case p.name == "video", p.name == "audio":
			l.media(p)
		case p.name == "source" && p.get("src") != "":
			l.b.WriteByte(' ')
			l.address(p.get("src"), "")
			l.b.WriteByte(' ')
		}
	}
}

// endRaw writes the address of the innermost open link of raw HTML.
func (l *textLine) endRaw() {
	if n := len(l.raw); n > 0 {
		link := l.raw[n-1]
		l.raw = l.raw[:n-1]
		l.address(link.dest, l.b.String()[link.from:])
	}
}

// closeRaw writes the addresses of links that were not closed.
func (l *textLine) closeRaw() {
	for len(l.raw) > 0 {
		l.endRaw()
	}
}

// rawBlock writes a block of raw HTML as paragraphs.
func (w *textWriter) rawBlock(ps []piece) {
	l := textLine{w: w}
	from := 0
	flush := func() {
		w.paragraph(l.b.String()[from:])
		from = l.b.Len()
	}
	for _, p := range ps {
		kind := w.doc.parser.elements[p.name]
		switch {
		case p.kind != pieceText && (kind == block || p.name == "hr"):
			flush()
		default:
			l.pieces([]piece{p})
		}
	}
	l.closeRaw()
	flush()
}
