package content

import (
	"bytes"
	"regexp"

	"editorial/pkg/problem"
)

// Codes of what other generators put into the text of a post, and what stands
// in ours as it was written.
const (
	CodeForeignLiquid     problem.Code = "foreign-liquid"
	CodeForeignShortcode  problem.Code = "foreign-shortcode"
	CodeForeignAdmonition problem.Code = "foreign-admonition"
	CodeForeignComponent  problem.Code = "foreign-component"
)

// Foreign is syntax of another generator in a body.
type Foreign struct {
	Code problem.Code
	Line int    // of the file, where it first stands
	Text string // how it stands there
	N    int    // on how many lines
}

// ForeignFinder finds syntax of other generators. It may be used by several
// goroutines.
type ForeignFinder struct {
	kinds []foreignKind
	code  *regexp.Regexp // within a line
}

// foreignKind is a syntax; the group of the expression is what is shown of it.
type foreignKind struct {
	code problem.Code
	re   *regexp.Regexp
}

// NewForeignFinder returns a finder.
func NewForeignFinder() *ForeignFinder {
	return &ForeignFinder{
		kinds: []foreignKind{
			{CodeForeignAdmonition, regexp.MustCompile(`^\s*(:::+ *[A-Za-z].*|(?:!!!|\?\?\?\+?) [a-z].*)`)},                                // Docusaurus, MkDocs
			{CodeForeignComponent, regexp.MustCompile(`(^\s*(?:</?[A-Z]\w*[a-z]\w*(?:\s[^>]*)?/?>|import .* from ['"].*)|<\w+ [^>]*=\{)`)}, // MDX
			{CodeForeignLiquid, regexp.MustCompile(`(?:^|[^={])(\{%-? ?\w.*?%\}|\{\{-? ?[\w"'.].*?\}\})`)},                                 // Jekyll, Eleventy, MkDocs macros
			{CodeForeignShortcode, regexp.MustCompile(`(\{\{[<%].*?[>%]\}\})`)},                                                            // Hugo
		},
		code: regexp.MustCompile("`[^`]+`"),
	}
}

// Find returns the syntaxes of other generators in a post's body, each once,
// in the order of their codes; the body's first line is the given one of the
// file. What stands in code means itself.
func (f *ForeignFinder) Find(body []byte, line int) []Foreign {
	// Most lines have none of it.
	marks := func(line []byte) bool {
		return bytes.ContainsAny(line, "{<") || bytes.Contains(line, []byte(":::")) || bytes.Contains(line, []byte("!!!")) ||
			bytes.Contains(line, []byte("???")) || bytes.Contains(line, []byte("import "))
	}
	found := make([]Foreign, len(f.kinds))
	fence := []byte(nil)
	number := line - 1
	for line := range bytes.Lines(body) {
		number++
		text := bytes.TrimSpace(line)
		if fence != nil || bytes.HasPrefix(text, []byte("```")) || bytes.HasPrefix(text, []byte("~~~")) {
			switch {
			case fence == nil:
				fence = text[:3]
			case bytes.HasPrefix(text, fence):
				fence = nil
			}
			continue
		}
		if !marks(line) {
			continue
		}
		line = f.code.ReplaceAll(line, nil)
		for i, k := range f.kinds {
			if m := k.re.FindSubmatch(line); m != nil {
				if found[i].N++; found[i].N == 1 {
					found[i] = Foreign{k.code, number, shorten(string(bytes.TrimSpace(m[1]))), 1}
				}
			}
		}
	}
	kept := found[:0]
	for _, x := range found {
		if x.N > 0 {
			kept = append(kept, x)
		}
	}
	return kept
}
