package content

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"strings"

	"editorial/pkg/problem"
)

// Codes of files in which other programs have posts or pages, and which are
// not read here.
const (
	CodeForeignPost     problem.Code = "foreign-post"
	CodeForeignTemplate problem.Code = "foreign-template"
)

// foreignFile returns what a file of another program is, by its name, and
// whether people write posts in it. The kind is "" for a file that is none.
func foreignFile(base string) (kind string, post bool) {
	lower := strings.ToLower(base)
	if strings.HasPrefix(lower, "_") {
		return "", false // a part that others include
	}
	switch path.Ext(lower) {
	case ".mdx":
		return "MDX", true
	case ".rst":
		return "reStructuredText", true
	case ".adoc", ".asciidoc":
		return "AsciiDoc", true
	case ".org":
		return "Org", true
	case ".textile":
		return "Textile", true
	case ".rmd", ".qmd":
		return "R Markdown", true
	case ".njk":
		return "Nunjucks", false
	case ".liquid":
		return "Liquid", false
	case ".webc":
		return "WebC", false
	case ".hbs":
		return "Handlebars", false
	case ".mustache":
		return "Mustache", false
	case ".ejs":
		return "EJS", false
	case ".pug":
		return "Pug", false
	case ".haml":
		return "Haml", false
	case ".j2", ".jinja", ".jinja2":
		return "Jinja", false
	}
	for _, ext := range []string{".11ty.js", ".11ty.cjs", ".11ty.mjs", ".11ty.ts"} {
		if strings.HasSuffix(lower, ext) {
			return "11ty.js", false
		}
	}
	return "", false
}

// isHTML reports a name of HTML, which is a template if it has front matter.
func isHTML(base string) bool {
	ext := strings.ToLower(path.Ext(base))
	return ext == ".html" || ext == ".htm" || ext == ".xhtml"
}

// refuse notes a file of another program as a problem, and reports whether it
// is one: a post that nobody reads holds back the office's check, a template
// does not.
func (c *Corpus) refuse(fsys fs.FS, name string) bool {
	kind, post := foreignFile(path.Base(name))
	if kind == "" && isHTML(name) && hasFence(fsys, name) {
		kind = "HTML"
	}
	switch {
	case kind == "":
		return false
	case post:
		c.found(problem.Error, name, CodeForeignPost, problem.Params{"format": kind}, nil)
	default:
		c.found(problem.Warning, name, CodeForeignTemplate, problem.Params{"format": kind}, nil)
	}
	return true
}

// hasFence reports whether a regular file begins with front matter of YAML or
// TOML. One that cannot be read is found out by whoever reads it.
func hasFence(fsys fs.FS, name string) bool {
	f, err := fsys.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return false
	}
	begin := make([]byte, 8)
	n, _ := io.ReadFull(f, begin)
	line, _, _ := cutLine(bytes.TrimPrefix(begin[:n], []byte("\ufeff")), 0)
	switch string(bytes.TrimRight(line, " \t\r")) {
	case "---", "+++":
		return true
	}
	return false
}

// passedOver reports folders that hold no posts: what other programs keep
// their templates and their output in.
func passedOver(base string) bool {
	switch base {
	case "_layouts", "_includes", "_data", "_sass", "_plugins", "_site", "node_modules":
		return true
	}
	return false
}
