package week

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"

	"editorial/pkg/publish"
	"editorial/pkg/words"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed week.css
var styleSheet []byte

// Dir is the private folder of the pages.
const Dir = "plan/"

const (
	indexName = "index.html"
	styleName = "week.css"
)

// Pages makes the pages. It may be used by several goroutines.
type Pages struct {
	template *template.Template
	words    map[words.Lang]*words.Words
}

// New parses the templates.
func New() (*Pages, error) {
	t, err := template.ParseFS(templateFiles, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse templates: %w", err)
	}
	p := &Pages{template: t.Option("missingkey=error"), words: map[words.Lang]*words.Words{}}
	for _, lang := range words.Langs() {
		p.words[lang] = words.New(lang)
	}
	return p, nil
}

// Files makes the front page, a page a week ("plan/2026-W43.html"), their style
// sheet and the calendar to print. The same calendar gives the same files.
func (p *Pages) Files(c Calendar) ([]publish.File, error) {
	w := p.words[c.Lang]
	if w == nil {
		w = p.words[words.English]
	}
	b := &builder{Calendar: c, words: w}
	files := []publish.File{{Path: Dir + styleName, Private: true, Data: bytes.Clone(styleSheet)}}
	add := func(name string, pg page) error {
		var buf bytes.Buffer
		if err := p.template.ExecuteTemplate(&buf, "page", pg); err != nil {
			return fmt.Errorf("render %s: %w", name, err)
		}
		files = append(files, publish.File{Path: Dir + name, Private: true, Data: buf.Bytes()})
		return nil
	}
	if err := add(indexName, b.front()); err != nil {
		return nil, err
	}
	for i := range max(c.Weeks, 1) {
		if err := add(fileOf(c.First.Add(i)), b.page(i)); err != nil {
			return nil, err
		}
	}
	sheet, err := p.Sheet(c, c.Whole())
	if err != nil {
		return nil, err
	}
	return append(files, publish.File{Path: SheetPath, Private: true, Data: sheet}), nil
}
