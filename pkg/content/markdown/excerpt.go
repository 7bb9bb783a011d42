package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Excerpt returns how the text begins, on one line, without headings, code,
// tables and images: at most max characters (grapheme clusters, as readers
// count them). It ends with a whole sentence where one fits that is not too
// short, else with a whole word, and with … if anything was left out.
func (d *Document) Excerpt(max int) string {
	if max <= 0 {
		return ""
	}
	s, more := d.beginning(max)
	if !more && count(s, max+1) <= max {
		return s
	}
	if cut := wholeSentences(s, max-2); cut != "" {
		return cut + " …"
	}
	if more {
		s += " …"
	}
	return clip(s, max)
}

// beginning returns as much of the running text as an excerpt of max characters
// may depend on, and whether there is more. Characters have one byte or two,
// seldom more: a little is asked for first. Those of more than 64 bytes are
// left out of the reckoning.
func (d *Document) beginning(max int) (string, bool) {
	// Where a sentence ends depends on what follows.
	enough := max + 200
	s, more := d.prose(2 * enough)
	if more && count(s, enough) < enough {
		return d.prose(64 * (max + 1))
	}
	return s, more
}

// prose returns the running text, at least n bytes of it if there are so
// many, and whether there is more.
func (d *Document) prose(n int) (string, bool) {
	var b []byte
	more := false
	var walk func(ast.Node)
	walk = func(parent ast.Node) {
		for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
			if len(b) > n {
				more = true
				return
			}
			switch c := c.(type) {
			case *ast.Paragraph, *ast.TextBlock:
				b = append(d.plainProse(b, c), ' ')
			case *ast.Heading, *ast.CodeBlock, *ast.FencedCodeBlock, *ast.LinkReferenceDefinition, *extast.Table, *extast.FootnoteList:
			case *ast.HTMLBlock:
				for _, p := range d.raw[c] {
					b = append(b, p.text...)
					if d.parser.elements[p.name] == block {
						b = append(b, ' ')
					}
				}
			default:
				walk(c)
			}
		}
	}
	walk(d.root)
	return collapse(string(b)), more
}

// plainProse is plain without the texts of images.
func (d *Document) plainProse(b []byte, n ast.Node) []byte {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Image:
		case *ast.Emphasis, *ast.Link, *extast.Strikethrough:
			b = d.plainProse(b, c)
		default:
			b = d.plainNode(b, c)
		}
	}
	return b
}

// collapse makes one space of each run of white space that may break.
func collapse(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c != ' ' && c != '\n' && c != '\t':
			b = append(b, c)
		case len(b) > 0 && b[len(b)-1] != ' ':
			b = append(b, ' ')
		}
	}
	return strings.TrimSuffix(string(b), " ")
}

// count counts characters, up to most.
func count(s string, most int) int {
	n := 0
	for it := graphemes.FromString(s); n < most && it.Next(); {
		n++
	}
	return n
}

// wholeSentences returns as many sentences as fit into max characters, or ""
// if they are less than a third of it.
func wholeSentences(s string, max int) string {
	end, used := 0, 0
	for it := sentences.FromString(s); it.Next(); {
		n := count(it.Value(), max+2)
		trimmed := count(strings.TrimRight(it.Value(), " "), max+2)
		if used+trimmed > max {
			break
		}
		used += n
		end += len(it.Value())
	}
	if used*3 < max {
		return ""
	}
	return strings.TrimRight(s[:end], " ")
}

// clip returns s, or as many of its words as fit into max characters with a …
// after them.
func clip(s string, max int) string {
	end, space, n := 0, 0, 0
	it := graphemes.FromString(s)
	for ; it.Next(); n++ {
		if n == max-1 {
			break
		}
		if it.Value() == " " {
			space = end
		}
		end += len(it.Value())
	}
	if n < max-1 || n == max-1 && end+len(it.Value()) >= len(s) {
		return s
	}
	if strings.HasPrefix(s[end:], " ") {
		space = end
	}
	if space*2 > end {
		end = space
	}
	return strings.TrimRightFunc(s[:end], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-«“‘([", r)
	}) + "…"
}

// Words counts the words that a reader reads: what stands between spaces and
// has a letter or a digit. Blocks of code do not count.
func (d *Document) Words() int {
	n := 0
	var text []byte
	var walk func(ast.Node)
	walk = func(parent ast.Node) {
		for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
			switch c := c.(type) {
			case *ast.Paragraph, *ast.TextBlock, *ast.Heading, *extast.TableCell:
				text = d.plain(text[:0], c)
				n += words(text)
			case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.LinkReferenceDefinition:
			case *ast.HTMLBlock:
				for _, p := range d.raw[c] {
					n += words([]byte(p.text))
				}
			default:
				walk(c)
			}
		}
	}
	walk(d.root)
	return n
}

func words(s []byte) int {
	n, in := 0, false
	for len(s) > 0 {
		r, size := rune(s[0]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(s)
		}
		s = s[size:]
		switch {
		case r == ' ', unicode.IsSpace(r):
			in = false
		case in:
		case unicode.IsLetter(r), unicode.IsDigit(r):
			in = true
			n++
		}
	}
	return n
}
