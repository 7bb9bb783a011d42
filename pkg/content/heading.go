package content

import (
	"bytes"
	"regexp"
	"strings"
)

// heading is a heading of the first level with which a text begins: what it
// says, where the text goes on below it, and where it stands itself, in bytes
// and lines of the file.
type heading struct {
	text             string
	below, belowLine int
	at, line         int
}

// titleFromHeading takes the title from the heading with which the text
// begins, as MkDocs and Docusaurus do, and the heading out of the body: pages
// and mails show the title themselves.
func (p *Post) titleFromHeading() {
	if h := p.heading; h != nil {
		if p.Title = plainHeading(h.text); p.Title != "" {
			p.BodyAt, p.BodyLine = h.below, h.belowLine
		}
	}
}

// headingOf returns the heading of the first level with which a text begins,
// and where it ends; "" for none.
func headingOf(body []byte) (title string, end int) {
	for at := 0; at < len(body); {
		line, _, next := cutLine(body, at)
		text := bytes.TrimSpace(line)
		switch {
		case len(text) == 0, bytes.HasPrefix(text, []byte("<!--")) && bytes.HasSuffix(text, []byte("-->")):
			at = next
			continue
		case bytes.HasPrefix(text, []byte("# ")):
			text = bytes.TrimRight(bytes.TrimSpace(text[2:]), "#")
		default:
			under, _, after := cutLine(body, next)
			under = bytes.TrimRight(under, " \t")
			if len(under) == 0 || len(bytes.Trim(under, "=")) > 0 || len(line)-len(bytes.TrimLeft(line, " \t")) > 3 {
				return "", 0
			}
			next = after
		}
		return string(bytes.TrimSpace(text)), next
	}
	return "", 0
}

// plainHeading is a heading without its marks: emphasis, code, links, and an
// id in braces.
func plainHeading(s string) string {
	for _, x := range []struct{ find, put string }{
		{`\s*\{:?\s*[#.][^}]*\}\s*$`, ""}, {`!?\[([^\]]*)\]\([^)]*\)`, "$1"}, {"[*`]+", ""}, {`(^|\s)_+|_+(\s|$)`, "$1$2"},
	} {
		s = regexp.MustCompile(x.find).ReplaceAllString(s, x.put)
	}
	return strings.TrimSpace(s)
}
