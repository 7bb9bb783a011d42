package markdown

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// Parser parses bodies. It may be used by several goroutines.
type Parser struct{ md goldmark.Markdown }

// New returns a Parser of GitHub-flavoured Markdown with footnotes.
func New() *Parser {
	return &Parser{goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote))}
}

// Document is a parsed body.
type Document struct {
	md   goldmark.Markdown
	src  []byte
	root ast.Node
}

// Link is a link of the body, an automatic one included.
type Link struct {
	// Dest is the address as the author wrote it.
	Dest string
	// Text is the plain text of the link.
	Text string
	// Line is the line of the body, from 1.
	Line int
}

// Image is an image of the body.
type Image struct {
	// Dest is the address as the author wrote it.
	Dest string
	// Alt is the text that stands for the image.
	Alt string
	// Line is the line of the body, from 1.
	Line int
}

// Heading is a heading of the body.
type Heading struct {
	// Level is 1 to 6, as written.
	Level int
	// ID is the fragment that leads to it, unique in the document.
	ID string
	// Text is the plain text of the heading.
	Text string
	// Line is the line of the body, from 1.
	Line int
}

// Parse parses src, which must not change afterwards. lang is the BCP 47 tag
// of the language: French ("fr", "fr-CA") gets French typography, every other
// language English quotation marks and dashes. A panic of the parser is
// returned as an error.
func (p *Parser) Parse(src []byte, lang string) (doc *Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("parse Markdown: %v", r)
		}
	}()
	return &Document{p.md, src, p.md.Parser().Parse(text.NewReader(src))}, nil
}

// Options say how a document becomes HTML.
type Options struct {
	// Resolve returns the address to write for one that stands in the source
	// (a link's or an image's). Nil leaves all as they are.
	Resolve func(dest string) string
	// Image returns the size of an image, by the address that stands in the
	// source, to be written as width and height. Nil or 0, 0: none.
	Image func(dest string) (width, height int)
	// Lazy lets browsers load images late (for pages, not for mails and feeds).
	Lazy bool
	// IDPrefix stands before the ids of headings and footnotes, so that
	// several bodies can share a page.
	IDPrefix string
	// HeadingShift makes h1 an h2 (1), or an h3 (2), and so on to h6.
	HeadingShift int
}

// HTML renders the document.
func (d *Document) HTML(_ Options) (html string, err error) {
	defer func() {
		if r := recover(); r != nil {
			html, err = "", fmt.Errorf("render Markdown: %v", r)
		}
	}()
	var b bytes.Buffer
	if err := d.md.Renderer().Render(&b, d.src, d.root); err != nil {
		return "", fmt.Errorf("render Markdown: %w", err)
	}
	return b.String(), nil
}

// Text returns the document as plain text in lines of at most width
// characters where words allow. resolve is as in [Options].
func (d *Document) Text(width int, resolve func(dest string) string) string { return string(d.src) }

// Excerpt returns the beginning as plain text on one line, at most max
// characters.
func (d *Document) Excerpt(max int) string {
	s := strings.Join(strings.Fields(string(d.src)), " ")
	if r := []rune(s); len(r) > max {
		return string(r[:max-1]) + "…"
	}
	return s
}

// Links returns the links in the order of the text.
func (d *Document) Links() []Link { return nil }

// Images returns the images in the order of the text.
func (d *Document) Images() []Image { return nil }

// Headings returns the headings in the order of the text.
func (d *Document) Headings() []Heading { return nil }

// Words counts the words that a reader reads.
func (d *Document) Words() int { return len(bytes.Fields(d.src)) }
