package markdown

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Options say how a document becomes HTML.
type Options struct {
	// Resolve returns the address to write for one that stands in the source
	// (a link's, an image's, one of a srcset), to make relative addresses
	// absolute for feeds and mails. It also gets the fragments (#fn:1) of
	// footnotes and headings. "" means that the address leads nowhere: the text
	// of such a link stands alone. Nil leaves all as they are. What it returns is
	// held to the same rules as what authors write.
	Resolve func(dest string) string
	// Image returns the size of an image, by the address that stands in the
	// source, to be written as width and height. Nil or 0, 0: none.
	Image func(dest string) (width, height int)
	// Lazy lets browsers load images late (for pages, not for mails and feeds).
	Lazy bool
	// First makes the first image, which is often seen first, an exception: it
	// is loaded before others.
	First bool
	// IDPrefix stands before the ids of headings and footnotes, and in the
	// links to them, so that several bodies can share a page.
	IDPrefix string
	// HeadingShift makes h1 an h2 (1), or an h3 (2), and so on to h6.
	HeadingShift int
}

// HTML returns the document as HTML that is well-formed as XML too (but for
// entities of HTML, of which it has none) and in which nothing runs: no
// script, no event handler, no style, no form, no frame, no address but of
// known schemes. It may stand in a page, a feed or a mail as it is.
//
// The error is an *[Error].
func (d *Document) HTML(opts Options) (html string, err error) {
	defer func() {
		if r := recover(); r != nil {
			html, err = "", &Error{Code: CodeUnparsed, Cause: fmt.Errorf("%v", r)}
		}
	}()
	w := htmlWriter{doc: d, p: d.parser, opts: opts, out: make([]byte, 0, len(d.src)+len(d.src)/4)}
	w.blocks(d.root)
	w.closeAll()
	return string(w.out), nil
}

type htmlWriter struct {
	doc  *Document
	p    *Parser
	opts Options
	out  []byte
	// heading is the index of the next heading; shown reports that there was
	// an image.
	heading int
	shown   bool

	// For documents with raw HTML: what is open, how much of it is raw,
	// whether a raw link is.
	stack  []tag
	raws   int
	inLink bool
}

func (w *htmlWriter) str(s string) { w.out = append(w.out, s...) }

// text writes a text or the value of an attribute.
func (w *htmlWriter) text(s []byte) {
	from := 0
	for i, c := range s {
		var esc string
		switch c {
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		case '"':
			esc = "&quot;"
		default:
			continue
		}
		w.out = append(append(w.out, s[from:i]...), esc...)
		from = i + 1
	}
	w.out = append(w.out, s[from:]...)
}

// attr writes an attribute whose value is an address.
func (w *htmlWriter) attr(key, dest string) {
	w.str(" " + key + `="`)
	w.str(escapeURL(dest))
	w.str(`"`)
}

// href returns the address to write for a link, and whether one may be.
func (w *htmlWriter) href(dest string) (string, bool) {
	if !safeLink(dest) {
		return "", false
	}
	if fragment, ok := strings.CutPrefix(dest, "#"); ok && w.doc.ids[fragment] {
		dest = "#" + w.opts.IDPrefix + fragment
	}
	return w.resolve(dest, safeLink)
}

// source does the same for what is loaded.
func (w *htmlWriter) source(dest string) (string, bool) {
	if !safeSource(dest) {
		return "", false
	}
	return w.resolve(dest, safeSource)
}

func (w *htmlWriter) resolve(dest string, safe func(string) bool) (string, bool) {
	if w.opts.Resolve == nil || dest == "" {
		return dest, true
	}
	dest = w.opts.Resolve(dest)
	return dest, dest != "" && safe(dest)
}

// fragment returns the address of a place in the document.
func (w *htmlWriter) fragment(id string) string {
	dest, ok := w.resolve("#"+w.opts.IDPrefix+id, safeLink)
	if !ok {
		return "#" + w.opts.IDPrefix + id
	}
	return dest
}

func (w *htmlWriter) blocks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.block(c)
	}
}

func (w *htmlWriter) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		w.open("p", "<p>")
		w.inlines(n)
		w.close("</p>\n")
	case *ast.TextBlock:
		w.open("span", "")
		w.inlines(n)
		w.close("")
		if n.NextSibling() != nil && n.FirstChild() != nil {
			w.str("\n")
		}
	case *ast.Heading:
		w.headingBlock(n)
	case *ast.Blockquote:
		w.open("blockquote", "<blockquote>\n")
		w.blocks(n)
		w.close("</blockquote>\n")
	case *ast.CodeBlock:
		w.open("pre", "<pre><code>")
		w.lines(n)
		w.close("</code></pre>\n")
	case *ast.FencedCodeBlock:
		w.fenced(n)
	case *ast.List:
		w.list(n)
	case *ast.ThematicBreak:
		w.open("div", "<hr />\n")
		w.close("")
	case *ast.HTMLBlock:
		w.pieces(w.doc.raw[n])
	case *extast.Table:
		w.table(n)
	case *extast.FootnoteList:
		w.footnotes(n)
	case *ast.LinkReferenceDefinition:
	default:
		w.blocks(n)
	}
}

func (w *htmlWriter) headingBlock(n *ast.Heading) {
	name := shift("h"+strconv.Itoa(n.Level), w.opts.HeadingShift)
	w.open(name, "<"+name+` id="`)
	w.text([]byte(w.opts.IDPrefix + w.doc.headings[w.heading].ID))
	w.heading++
	w.str(`">`)
	w.inlines(n)
	w.close("</" + name + ">\n")
}

func (w *htmlWriter) lines(n ast.Node) {
	lines := n.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		w.text(value(w.doc.src, line))
	}
}

func (w *htmlWriter) fenced(n *ast.FencedCodeBlock) {
	w.open("pre", "<pre><code")
	if language := n.Language(w.doc.src); language != nil {
		w.str(` class="language-`)
		w.text(decode(language))
		w.str(`"`)
	}
	w.str(">")
	w.lines(n)
	w.close("</code></pre>\n")
}

func (w *htmlWriter) list(n *ast.List) {
	name := "ul"
	if n.IsOrdered() {
		name = "ol"
	}
	start := "<" + name + ">\n"
	if n.IsOrdered() && n.Start != 1 {
		start = `<ol start="` + strconv.Itoa(n.Start) + "\">\n"
	}
	w.open(name, start)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.open("li", "<li>")
		if fc := c.FirstChild(); fc != nil && fc.Kind() != ast.KindTextBlock {
			w.str("\n")
		}
		w.blocks(c)
		w.close("</li>\n")
	}
	w.close("</" + name + ">\n")
}

func (w *htmlWriter) table(n *extast.Table) {
	w.open("table", "<table>\n")
	body := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		cell := "td"
		if row.Kind() == extast.KindTableHeader {
			cell = "th"
			w.str("<thead>\n")
		} else if !body {
			body = true
			w.str("<tbody>\n")
		}
		w.str("<tr>\n")
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			start := "<" + cell + ">"
			// An attribute, not a style: mails and strict pages allow it.
			if align := c.(*extast.TableCell).Alignment; align != extast.AlignNone {
				start = "<" + cell + ` align="` + align.String() + `">`
			}
			w.open(cell, start)
			w.inlines(c)
			w.close("</" + cell + ">\n")
		}
		w.str("</tr>\n")
		if cell == "th" {
			w.str("</thead>\n")
		}
	}
	if body {
		w.str("</tbody>\n")
	}
	w.close("</table>\n")
}

func (w *htmlWriter) footnotes(n *extast.FootnoteList) {
	w.open("section", `<section class="footnotes" role="doc-endnotes">`+"\n<hr />\n<ol>\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.open("li", `<li id="`)
		w.text([]byte(w.opts.IDPrefix + "fn:" + strconv.Itoa(c.(*extast.Footnote).Index)))
		w.str("\">\n")
		w.blocks(c)
		w.close("</li>\n")
	}
	w.close("</ol>\n</section>\n")
}

// footnoteID returns the id of the n-th reference (from 0) to a footnote.
func footnoteID(index, n int) string {
	if n == 0 {
		return "fnref:" + strconv.Itoa(index)
	}
	return "fnref:" + strconv.Itoa(index) + "-" + strconv.Itoa(n+1)
}
