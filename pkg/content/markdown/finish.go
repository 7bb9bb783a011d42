package markdown

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// finisher goes once through what Goldmark parsed: texts are written in their
// final form, addresses decoded, raw HTML sanitised, and all that the
// document can tell about itself is gathered.
type finisher struct {
	p      *Parser
	w      *work
	doc    *Document
	typist *typist
	ids    *ids
	lines  []int      // offsets of the lines' ends, made when first needed
	found  []ast.Node // links, images and raw HTML
}

func (p *Parser) finish(w *work, root ast.Node, lang string) (*Document, error) {
	f := &finisher{p: p, w: w, doc: &Document{parser: p, root: root}, typist: newTypist(&p.special, lang, w.src)}
	f.ids = newIDs()
	f.blocks(root)
	if w.err != nil {
		return nil, w.err
	}
	f.doc.src = f.typist.buf
	f.doc.ids = f.ids.used
	f.gather()
	return f.doc, nil
}

// blocks goes through the blocks below n; [maxDepth] bounds its recursion.
func (f *finisher) blocks(n ast.Node) {
	for c := n.FirstChild(); c != nil && f.w.err == nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.HTMLBlock:
			f.sanitize(c)
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.ThematicBreak, *ast.LinkReferenceDefinition:
		case *ast.Heading:
			id := f.cutID(c)
			f.leaf(c)
			f.heading(c, id)
		case *ast.Paragraph, *ast.TextBlock, *extast.TableCell:
			f.leaf(c)
		default:
			f.blocks(c)
		}
	}
}

func (f *finisher) leaf(n ast.Node) {
	f.inlines(n, 0, false)
	f.typist.block()
}

// inlines lists the runs below n for the typist.
func (f *finisher) inlines(n ast.Node, depth int, literal bool) {
	if depth > maxDepth {
		f.w.refuse(n.Pos(), "*_[")
		return
	}
	t := f.typist
	for c := n.FirstChild(); c != nil && f.w.err == nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			t.runs = append(t.runs, run{text: c, literal: literal || c.IsRaw()})
		case *ast.CodeSpan, *ast.AutoLink:
			t.runs = append(t.runs, run{})
			if c.Kind() == ast.KindAutoLink {
				f.found = append(f.found, c)
			}
		case *ast.Link:
			c.Destination, c.Title = decode(c.Destination), decode(c.Title)
			f.found = append(f.found, c)
			f.inlines(c, depth+1, literal || f.isAddress(c))
		case *ast.Image:
			c.Destination, c.Title = decode(c.Destination), decode(c.Title)
			f.found = append(f.found, c)
			f.inlines(c, depth+1, literal)
		case *ast.RawHTML:
			f.sanitize(c)
		default:
			f.inlines(c, depth+1, literal)
		}
	}
}

// isAddress reports whether the text of a link is an address, in which
// nothing may be made beautiful.
func (f *finisher) isAddress(l *ast.Link) bool {
	t, ok := l.FirstChild().(*ast.Text)
	if !ok {
		return false
	}
	s := value(f.w.src, t.Segment)
	return bytes.Contains(s, []byte("//")) || bytes.HasPrefix(s, []byte("www."))
}

// cutID takes {#id} off the end of a heading.
func (f *finisher) cutID(h *ast.Heading) string {
	lines := h.Lines()
	if lines.Len() == 0 {
		return ""
	}
	line := lines.At(lines.Len() - 1)
	s := bytes.TrimRight(f.w.src[line.Start:line.Stop], " \n")
	open := bytes.LastIndex(s, []byte("{#"))
	if open < 0 || !bytes.HasSuffix(s, []byte{'}'}) {
		return ""
	}
	id := string(s[open+2 : len(s)-1])
	if id == "" || len(id) > maxID || !only(id, letters+"0123456789-_") {
		return ""
	}
	// The texts that it was parsed as, which an _ in it parts.
	cut := line.Start + len(bytes.TrimRight(s[:open], " "))
	var over []*ast.Text
	for c := h.LastChild(); c != nil; c = c.PreviousSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			return ""
		}
		over = append(over, t)
		if t.Segment.Start <= cut {
			break
		}
	}
	for _, t := range over {
		t.Segment.Start, t.Segment.Stop = min(t.Segment.Start, cut), min(t.Segment.Stop, cut)
	}
	return id
}

func (f *finisher) heading(h *ast.Heading, id string) {
	f.doc.src = f.typist.buf
	text := f.doc.plainText(h)
	if id == "" {
		id = slug(text, f.typist.french)
	}
	f.doc.headings = append(f.doc.headings, Heading{Level: h.Level, ID: f.ids.take(id), Text: text, Line: f.line(h.Pos())})
}

// line returns the line of an offset.
func (f *finisher) line(at int) int {
	if f.lines == nil {
		f.lines = []int{}
		for i, c := range f.w.src {
			if c == '\n' {
				f.lines = append(f.lines, i)
			}
		}
	}
	return 1 + sort.SearchInts(f.lines, at)
}

// sanitize keeps what may stay of a piece of raw HTML.
func (f *finisher) sanitize(n ast.Node) {
	var src []byte
	inline := false
	switch n := n.(type) {
	case *ast.RawHTML:
		inline = true
		src = n.Segments.Value(f.w.src)
	case *ast.HTMLBlock:
		src = bytes.TrimLeft(n.Lines().Value(f.w.src), " ")
		if n.HasClosure() {
			src = append(slices.Clip(src), value(f.w.src, n.ClosureLine)...)
		}
	}
	if f.doc.raw == nil {
		f.doc.raw = map[ast.Node][]piece{}
	}
	f.doc.raw[n] = f.p.sanitize(src, inline)
	f.found = append(f.found, n)
}

// gather lists links and images, now that all texts are final.
func (f *finisher) gather() {
	for _, n := range f.found {
		switch n := n.(type) {
		case *ast.AutoLink:
			f.doc.links = append(f.doc.links, Link{f.doc.autoLink(n), string(n.Label(f.doc.src)), f.line(n.Pos())})
		case *ast.Link:
			f.doc.links = append(f.doc.links, Link{string(n.Destination), f.doc.plainText(n), f.line(n.Pos())})
		case *ast.Image:
			f.doc.images = append(f.doc.images, Image{string(n.Destination), f.doc.plainText(n), f.line(n.Pos())})
		default:
			f.gatherRaw(n)
		}
	}
}

// gatherRaw does the same for a piece of raw HTML. The text of a link inside
// a paragraph is outside the piece and stays unknown.
func (f *finisher) gatherRaw(n ast.Node) {
	open := -1
	var text strings.Builder
	end := func() {
		if open >= 0 {
			f.doc.links[open].Text = collapse(text.String())
		}
		open = -1
		text.Reset()
	}
	for _, p := range f.doc.raw[n] {
		switch {
		case p.kind == pieceText && open >= 0:
			text.WriteString(p.text)
		case p.kind == pieceEnd && p.name == "a":
			end()
		case p.kind != pieceStart:
		case p.name == "img":
			f.doc.images = append(f.doc.images, Image{p.get("src"), p.get("alt"), f.line(n.Pos())})
		case p.name == "a" && p.get("href") != "":
			end()
			open = len(f.doc.links)
			f.doc.links = append(f.doc.links, Link{p.get("href"), "", f.line(n.Pos())})
		}
		if p.kind == pieceStart {
			f.gatherSources(p, n)
		}
	}
	end()
}

// gatherSources lists what a raw tag loads, but for the src of an image, and
// what it cites.
func (f *finisher) gatherSources(p piece, n ast.Node) {
	add := func(dest string) (string, bool) {
		f.doc.sources = append(f.doc.sources, Source{dest, f.line(n.Pos())})
		return dest, false
	}
	for _, a := range p.attrs {
		switch {
		case a.key == "srcset":
			srcset(a.value, add)
		case a.key == "poster", a.key == "cite", a.key == "src" && p.name != "img":
			add(a.value)
		}
	}
}

// autoLink returns the address of an automatic link.
func (d *Document) autoLink(n *ast.AutoLink) string {
	url := string(n.URL(d.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		return "mailto:" + url
	}
	return url
}
