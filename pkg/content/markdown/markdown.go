package markdown

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Parser parses bodies. It may be used by several goroutines. Making one
// costs more than parsing a post: make one and keep it.
type Parser struct {
	grammar  parser.Parser
	special  [256]bool
	elements map[string]elementKind
	// policy says what of raw HTML may stay. Most posts have none.
	policy func() *bluemonday.Policy
}

// New returns a Parser of GitHub-flavoured Markdown with footnotes.
func New() *Parser {
	return &Parser{newGrammar(), specialBytes(), elements(), sync.OnceValue(newPolicy)}
}

// Document is a parsed body. It is not changed by its methods, which several
// goroutines may call.
type Document struct {
	parser *Parser
	// src is the source, made clean, and after it the texts in which escapes,
	// entities and typography are done.
	src  []byte
	root ast.Node
	// raw holds what was kept of each piece of raw HTML; nil: there is none.
	raw      map[ast.Node][]piece
	links    []Link
	images   []Image
	sources  []Source
	headings []Heading
	ids      map[string]bool // of headings
}

// Link is a link of the body, automatic ones and those of raw HTML included.
type Link struct {
	// Dest is the address as the author wrote it, escapes undone. An e-mail
	// address has its mailto:. It can be one that is never written out, such
	// as javascript:alert(1).
	Dest string
	// Text is the plain text of the link.
	Text string
	// Line is the line of the body, from 1.
	Line int
}

// Image is an image of the body, those of raw HTML included.
type Image struct {
	// Dest is the address as the author wrote it, escapes undone.
	Dest string
	// Alt is the text that stands for the image.
	Alt string
	// Line is the line of the body, from 1.
	Line int
}

// Source is what raw HTML names that is no [Image] and no [Link]: a video, a
// sound, the picture before a video, an image of another size; where a quotation
// or a change comes from.
type Source struct {
	// Dest is the address, as written.
	Dest string
	// Line is the line of the body, from 1.
	Line int
}

// Heading is a heading of the body; those of raw HTML do not count.
type Heading struct {
	// Level is 1 to 6, as written.
	Level int
	// ID is the fragment that leads to it, unique in the document, without
	// the prefix of [Options].
	ID string
	// Text is the plain text of the heading.
	Text string
	// Line is the line of the body, from 1.
	Line int
}

// Parse parses a body. lang is the BCP 47 tag of its language: French ("fr",
// "fr-CA") gets French typography, every other language English quotation
// marks and dashes, "zxx" (no language) nothing. src may be changed afterwards.
//
// The error is an *[Error]: the body is too long, too complex
// ([ErrTooComplex]), or the parser broke down.
func (p *Parser) Parse(src []byte, lang string) (doc *Document, err error) {
	if len(src) > MaxBytes {
		return nil, &Error{Code: CodeTooLong}
	}
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, &Error{Code: CodeUnparsed, Cause: fmt.Errorf("%v", r)}
		}
	}()
	w := newWork(clean(src))
	root := p.grammar.Parse(text.NewReader(w.src), parser.WithContext(w))
	if w.err != nil {
		return nil, w.err
	}
	return p.finish(w, root, lang)
}

// Links returns the links in the order of the text; those of footnotes come
// last.
func (d *Document) Links() []Link { return d.links }

// Images returns the images in the order of the text.
func (d *Document) Images() []Image { return d.images }

// Sources returns what raw HTML loads besides the images, in the order of the
// text.
func (d *Document) Sources() []Source { return d.sources }

// Headings returns the headings in the order of the text.
func (d *Document) Headings() []Heading { return d.headings }

// text returns the text of a node that [Parser.Parse] has finished.
func (d *Document) text(n *ast.Text) []byte { return value(d.src, n.Segment) }

// plain appends the text below a node, without marks.
func (d *Document) plain(b []byte, n ast.Node) []byte {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b = d.plainNode(b, c)
	}
	return b
}

func (d *Document) plainNode(b []byte, n ast.Node) []byte {
	switch n := n.(type) {
	case *ast.Text:
		b = append(b, d.text(n)...)
		if n.SoftLineBreak() || n.HardLineBreak() {
			b = append(b, ' ')
		}
		return b
	case *ast.AutoLink:
		return append(b, n.Label(d.src)...)
	case *ast.RawHTML:
		for _, p := range d.raw[n] {
			b = append(b, p.text...)
		}
		return b
	}
	return d.plain(b, n)
}

func (d *Document) plainText(n ast.Node) string {
	return string(bytes.TrimSpace(d.plain(nil, n)))
}
