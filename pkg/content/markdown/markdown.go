// Package markdown turns the body of a post into what outputs need. Goldmark
// does the parsing; what reaches a reader from there is this package's care.
package markdown

import (
	"bytes"
	"fmt"

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

// Parse parses src, which must not change afterwards. A panic of the parser
// is returned as an error.
func (p *Parser) Parse(src []byte) (doc *Document, err error) {
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
