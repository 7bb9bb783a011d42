package markdown

import (
	"bytes"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

// Raw HTML is sanitised twice: by bluemonday, which knows elements, attributes
// and what a browser makes of broken tags, then by the rules of element.go,
// which know values too. Addresses are judged in one place for Markdown and
// raw HTML alike (dest.go). The writer closes what was left open and leaves
// out what closes nothing (balance.go).

type pieceKind uint8

const (
	pieceText pieceKind = iota
	pieceStart
	pieceEnd
)

// piece is a tag or a text of raw HTML that may stay.
type piece struct {
	kind  pieceKind
	name  string
	text  string
	attrs []attr
}

type attr struct{ key, value string }

// get returns the value of an attribute.
func (p piece) get(key string) string {
	for _, a := range p.attrs {
		if a.key == key {
			return a.value
		}
	}
	return ""
}

// newPolicy returns bluemonday's side of the rules.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	for name := range elements() {
		p.AllowNoAttrs().OnElements(name)
		p.AllowAttrs(strings.Fields(attributes(name))...).OnElements(name)
	}
	p.AllowAttrs("src", "title").OnElements("iframe") // becomes a link
	p.SkipElementsContent("svg", "math", "template", "select", "textarea", "xmp", "plaintext", "applet", "embed")
	return p
}

// sanitize returns what may stay of a piece of raw HTML: a block, or a single
// tag in a line. Of declarations, instructions and CDATA nothing does.
func (p *Parser) sanitize(src []byte, inline bool) []piece {
	if bytes.HasPrefix(src, []byte("<?")) || bytes.HasPrefix(src, []byte("<!")) && !bytes.HasPrefix(src, []byte("<!--")) {
		return nil
	}
	if inline {
		if name, end, ok := bareTag(src); ok && p.elements[name] != removed {
			if end {
				return []piece{{kind: pieceEnd, name: name}}
			}
			return []piece{{kind: pieceStart, name: name}}
		}
		if shown(src) {
			return []piece{{text: string(src)}}
		}
	}
	z := html.NewTokenizer(bytes.NewReader(p.policy().SanitizeBytes(src)))
	var pieces []piece
	for {
		switch z.Next() {
		case html.ErrorToken:
			return pieces
		case html.TextToken:
			pieces = append(pieces, piece{text: cleanString(z.Token().Data)})
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.Data == "iframe" {
				pieces = append(pieces, frame(t)...)
			} else if p.elements[t.Data] != removed {
				pieces = append(pieces, start(t))
			}
		case html.EndTagToken:
			if t := z.Token(); p.elements[t.Data] != removed && p.elements[t.Data] != void {
				pieces = append(pieces, piece{kind: pieceEnd, name: t.Data})
			}
		}
	}
}

// cleanString makes the characters fit that entities of raw HTML stand for.
func cleanString(s string) string { return strings.Map(printable, strings.ReplaceAll(s, "\r", "\n")) }

// bareTag returns the name in <name> or </name>, the most common raw HTML.
func bareTag(src []byte) (name string, end, ok bool) {
	if len(src) < 3 || src[0] != '<' || src[len(src)-1] != '>' {
		return "", false, false
	}
	src = src[1 : len(src)-1]
	if end = src[0] == '/'; end {
		src = src[1:]
	}
	for _, c := range src {
		if c < '0' || c > '9' && c < 'a' || c > 'z' {
			return "", false, false
		}
	}
	return string(src), end, len(src) > 0
}

// shown reports whether a tag in a line is shown as it was typed: those that
// GitHub's extension "Disallowed Raw HTML" shows, since people write about
// them without a thought of quoting.
func shown(src []byte) bool {
	name := strings.ToLower(string(bytes.TrimLeft(src, "</")))
	if i := strings.IndexFunc(name, func(r rune) bool { return r < 'a' || r > 'z' }); i >= 0 {
		name = name[:i]
	}
	return one(name, "title textarea style xmp noembed noframes script plaintext")
}

// start returns a start tag with the attributes that may stay.
func start(t html.Token) piece {
	p := piece{kind: pieceStart, name: t.Data}
	allowed := attributes(t.Data)
	for _, a := range t.Attr {
		if a.Namespace != "" || !one(a.Key, allowed) || p.get(a.Key) != "" {
			continue
		}
		if value, ok := valid(t.Data, a.Key, cleanString(a.Val)); ok {
			p.attrs = append(p.attrs, attr{a.Key, value})
		}
	}
	return p
}

// frame returns a link to what an iframe would have shown.
func frame(t html.Token) []piece {
	link, title := "", ""
	for _, a := range t.Attr {
		switch a.Key {
		case "src":
			link = cleanString(strings.TrimSpace(a.Val))
		case "title":
			title = cleanString(a.Val)
		}
	}
	if strings.HasPrefix(link, "//") {
		link = "https:" + link
	}
	if s := scheme(link); s != "http" && s != "https" {
		return nil
	}
	if title == "" {
		title = link
	}
	return []piece{
		{kind: pieceStart, name: "p"},
		{kind: pieceStart, name: "a", attrs: []attr{{"href", link}}}, {text: title}, {kind: pieceEnd, name: "a"},
		{kind: pieceEnd, name: "p"},
	}
}

// srcset rewrites the addresses of a srcset attribute and leaves out those
// that may not be loaded.
func srcset(value string, rewrite func(dest string) (string, bool)) string {
	var kept []string
	for len(value) > 0 {
		value = strings.TrimLeft(value, " \t\n,")
		end := strings.IndexAny(value, " \t\n")
		if end < 0 {
			end = len(value)
		}
		dest := value[:end]
		value = value[end:]
		descriptor := ""
		if trimmed := strings.TrimRight(dest, ","); trimmed != dest {
			dest = trimmed
		} else if comma := strings.IndexByte(value, ','); comma >= 0 {
			descriptor, value = value[:comma], value[comma+1:]
		} else {
			descriptor, value = value, ""
		}
		if dest == "" {
			continue
		}
		descriptor = strings.TrimSpace(descriptor)
		if !only(descriptor, "0123456789.wxh ") {
			continue
		}
		if dest, ok := rewrite(dest); ok {
			kept = append(kept, strings.TrimSpace(strings.ReplaceAll(plainURL(dest), ",", "%2C")+" "+descriptor))
		}
	}
	return strings.Join(kept, ", ")
}
