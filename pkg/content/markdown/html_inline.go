package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

func (w *htmlWriter) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.inline(c)
	}
}

func (w *htmlWriter) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.text(w.doc.text(n))
		if n.HardLineBreak() {
			w.str("<br />\n")
		} else if n.SoftLineBreak() {
			w.str("\n")
		}
	case *ast.Emphasis:
		name := "em"
		if n.Level == 2 {
			name = "strong"
		}
		w.wrap(name, n)
	case *extast.Strikethrough:
		w.wrap("del", n)
	case *ast.CodeSpan:
		w.str("<code>")
		w.codeSpan(n)
		w.str("</code>")
	case *ast.Link:
		w.link(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image:
		w.image(string(n.Destination), w.doc.plainText(n), string(n.Title), nil)
	case *ast.RawHTML:
		w.pieces(w.doc.raw[n])
	case *extast.TaskCheckBox:
		w.taskBox(n)
	case *extast.FootnoteLink:
		w.reference(n)
	case *extast.FootnoteBacklink:
		w.backReference(n)
	default:
		w.inlines(n)
	}
}

// taskBox writes the box of a task, with the name that a field must have: the
// text beside it.
func (w *htmlWriter) taskBox(n *extast.TaskCheckBox) {
	w.str("<input")
	if n.IsChecked {
		w.str(` checked=""`)
	}
	if name := w.doc.plainText(n.Parent()); name != "" {
		w.str(` aria-label="`)
		w.text([]byte(name))
		w.str(`"`)
	} else {
		w.str(` aria-hidden="true"`)
	}
	w.str(` disabled="" type="checkbox" /> `)
}

func (w *htmlWriter) wrap(name string, n ast.Node) {
	w.open(name, "<"+name+">")
	w.inlines(n)
	w.close("</" + name + ">")
}

func (w *htmlWriter) codeSpan(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		s := value(w.doc.src, c.(*ast.Text).Segment)
		if k := len(s) - 1; k >= 0 && s[k] == '\n' {
			w.text(s[:k])
			w.str(" ")
		} else {
			w.text(s)
		}
	}
}

func (w *htmlWriter) link(n *ast.Link) {
	dest, ok := w.href(string(n.Destination))
	if !ok || w.inLink {
		w.inlines(n)
		return
	}
	w.open("a", "<a")
	w.attr("href", dest)
	w.title(n.Title)
	w.str(">")
	w.inLink = true
	w.inlines(n)
	w.inLink = false
	w.close("</a>")
}

func (w *htmlWriter) title(title []byte) {
	if title != nil {
		w.str(` title="`)
		w.text(title)
		w.str(`"`)
	}
}

func (w *htmlWriter) autoLink(n *ast.AutoLink) {
	dest, ok := w.doc.autoLink(n), true
	if n.AutoLinkType == ast.AutoLinkURL {
		dest, ok = w.href(dest)
	}
	if !ok || w.inLink {
		w.text(n.Label(w.doc.src))
		return
	}
	w.str("<a")
	w.attr("href", dest)
	w.str(">")
	w.text(n.Label(w.doc.src))
	w.str("</a>")
}

// image writes an image; raw are the attributes it has in raw HTML. One that
// may not be loaded is written as its text.
func (w *htmlWriter) image(src, alt, title string, raw []attr) {
	dest, ok := w.source(src)
	if !ok {
		w.text([]byte(alt))
		return
	}
	w.str("<img")
	w.attr("src", dest)
	w.str(` alt="`)
	w.text([]byte(alt))
	w.str(`"`)
	if title != "" {
		w.title([]byte(title))
	}
	sized := false
	for _, a := range raw {
		switch a.key {
		case "src", "alt", "title":
			continue
		case "width", "height":
			sized = true
		}
		w.rawAttr(a)
	}
	if w.opts.Image != nil && !sized {
		if width, height := w.opts.Image(src); width > 0 && height > 0 {
			w.str(` width="` + strconv.Itoa(width) + `" height="` + strconv.Itoa(height) + `"`)
		}
	}
	switch {
	case w.opts.Lazy && w.opts.First && !w.shown:
		w.str(` decoding="async" fetchpriority="high"`)
	case w.opts.Lazy:
		w.str(` loading="lazy" decoding="async"`)
	}
	w.shown = true
	w.str(" />")
}

func (w *htmlWriter) reference(n *extast.FootnoteLink) {
	index := strconv.Itoa(n.Index)
	w.str(`<sup id="`)
	w.text([]byte(w.opts.IDPrefix + footnoteID(n.Index, n.RefIndex)))
	w.str(`">`)
	if !w.inLink {
		w.str("<a")
		w.attr("href", w.fragment("fn:"+index))
		w.str(` class="footnote-ref" role="doc-noteref">`)
	}
	w.str(index)
	if !w.inLink {
		w.str("</a>")
	}
	w.str("</sup>")
}

func (w *htmlWriter) backReference(n *extast.FootnoteBacklink) {
	if w.inLink {
		return
	}
	w.str("\u00a0<a")
	w.attr("href", w.fragment(footnoteID(n.Index, n.RefIndex)))
	w.str(` class="footnote-backref" role="doc-backlink">` + "↩\ufe0e</a>")
}
