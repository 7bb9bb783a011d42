package content

import (
	"bytes"
	"regexp"
	"strings"
)

// titleFromHeading takes the title from the heading of the first level with
// which the text begins, as MkDocs and Docusaurus do, and the heading out of
// the body: pages and mails show the title themselves.
func (p *Post) titleFromHeading() {
	at := 0
	for at < len(p.Body) {
		line, _, next := cutLine(p.Body, at)
		text := strings.TrimSpace(string(line))
		switch {
		case text == "", strings.HasPrefix(text, "<!--") && strings.HasSuffix(text, "-->"):
			at = next
			continue
		case strings.HasPrefix(text, "# "):
			text = strings.TrimRight(strings.TrimSpace(text[2:]), "#")
		default:
			under, _, after := cutLine(p.Body, next)
			under = bytes.TrimRight(under, " \t")
			if len(under) == 0 || len(bytes.Trim(under, "=")) > 0 || len(line)-len(bytes.TrimLeft(line, " \t")) > 3 {
				return
			}
			next = after
		}
		if p.Title = plainHeading(text); p.Title != "" {
			p.BodyLine += countLines(p.Body[:next])
			p.Body = p.Body[next:]
		}
		return
	}
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
