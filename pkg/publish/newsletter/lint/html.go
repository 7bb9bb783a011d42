package lint

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"editorial/pkg/problem"
)

// HTML returns what is found in a mail, or in a template whose actions are
// blank, in its order.
func HTML(src string) []Finding {
	l := &linter{}
	z := html.NewTokenizer(strings.NewReader(src))
	style := false // what comes is the text of a style element
	for {
		kind := z.Next()
		raw := string(z.Raw())
		switch kind {
		case html.ErrorToken:
			return l.found
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			l.element(t, raw)
			style = t.Data == "style"
		case html.TextToken:
			if style {
				l.sheet(raw)
			}
		case html.EndTagToken:
			style = false
		}
		l.at += len(raw)
	}
}

// linter goes through a source; at is where it is.
type linter struct {
	at    int
	found []Finding
}

// find notes a finding at an offset from where the linter is.
func (l *linter) find(code problem.Code, at int, what, where string) {
	f := Finding{code, l.at + max(0, at), strings.Join(strings.Fields(what), " "), where}
	if !slices.Contains(l.found, f) {
		l.found = append(l.found, f)
	}
}

// element looks at a start tag.
func (l *linter) element(t html.Token, raw string) {
	tag := "<" + t.Data + ">"
	switch t.Data {
	case "script":
		l.find(CodeScript, 0, tag, everywhere)
	case "form", "input", "button", "select", "textarea":
		l.find(CodeForm, 0, tag, "Gmail, Outlook")
	case "iframe", "object", "embed", "applet", "canvas", "svg", "math", "dialog", "template":
		l.find(CodeElement, 0, tag, most)
	case "video", "audio":
		l.find(CodeElement, 0, tag, most)
	case "base":
		l.find(CodeElement, 0, tag, gmail)
	case "link":
		if rel, _ := attr(t, "rel"); strings.Contains(strings.ToLower(rel), "stylesheet") {
			l.find(CodeSheet, 0, tag, most)
		}
	case "img":
		l.picture(t, raw)
	}
	for _, a := range t.Attr {
		at := offset(raw, a.Key)
		switch {
		case strings.HasPrefix(a.Key, "on"):
			l.find(CodeScript, at, a.Key, everywhere)
		case a.Key == "background":
			l.find(CodeBackground, at, a.Key, windows)
		case a.Key == "srcset":
			l.find(CodeElement, at, a.Key, "Outlook, Yahoo")
		case a.Key == "href":
			l.address(t, a, at)
		case a.Key == "style":
			l.inline(a.Val, raw, at)
		}
	}
}

// unsafe is what html/template writes in place of an address that could run.
const unsafe = "#ZgotmplZ"

// address looks at where a link leads: nothing is beside a mail.
func (l *linter) address(t html.Token, a html.Attribute, at int) {
	dest := strings.TrimSpace(a.Val)
	u, err := url.Parse(dest)
	switch {
	case dest == unsafe:
		l.find(CodeAddress, at, dest, everywhere)
	case dest == "", strings.HasPrefix(dest, "#"), t.Data == "link":
	case err != nil, !u.IsAbs():
		l.find(CodeAddress, at, dest, everywhere)
	case strings.EqualFold(u.Scheme, "javascript"), strings.EqualFold(u.Scheme, "data"):
		l.find(CodeScript, at, u.Scheme+":", everywhere)
	}
}

// picture looks at an img element: without its size the text jumps, and
// without words it is nothing to most people at first.
func (l *linter) picture(t html.Token, raw string) {
	var lacks []string
	for _, key := range []string{"width", "height", "alt"} {
		if value, ok := attr(t, key); !ok || key != "alt" && value == "" {
			lacks = append(lacks, key)
		}
	}
	if lacks != nil {
		l.find(CodePicture, 0, strings.Join(lacks, ", "), most)
	}
	src, _ := attr(t, "src")
	if src = strings.TrimSpace(src); src == "" {
		return
	}
	at := offset(raw, "src")
	u, err := url.Parse(src)
	switch {
	case err == nil && strings.EqualFold(u.Scheme, "data"):
		l.find(CodePictureAs, at, "data:", "Gmail, Outlook, Yahoo")
	case err != nil, !u.IsAbs():
		l.find(CodeAddress, at, src, everywhere)
	default:
		if ext := strings.ToLower(path.Ext(u.Path)); !Shows(ext) {
			l.find(CodePictureAs, at, ext, cmp.Or(map[string]string{".svg": "Gmail, Outlook, Yahoo"}[ext], windows))
		}
	}
}

// Shows reports whether all big mail programs show pictures whose name ends so
// (".jpg"). Of an ending that says nothing they most likely do.
func Shows(ext string) bool {
	switch ext {
	case ".svg", ".svgz", ".webp", ".avif", ".heic", ".heif", ".jxl", ".tif", ".tiff", ".bmp", ".ico":
		return false
	}
	return true
}

func attr(t html.Token, key string) (string, bool) {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// offset is where a tag has an attribute.
func offset(raw, key string) int { return before(raw, key, "=") }

// before is where a name stands before a mark, in bytes, or 0; upper and lower
// case count as the same.
func before(raw, name, mark string) int {
	lower := asciiLower(raw)
	for from := 0; ; {
		i := strings.Index(lower[from:], name)
		if i < 0 {
			return 0
		}
		i += from
		begins := i > 0 && strings.ContainsRune(" \t\n\r\f/\"';", rune(lower[i-1]))
		if begins && strings.HasPrefix(strings.TrimLeft(lower[i+len(name):], " \t\n\r\f"), mark) {
			return i
		}
		from = i + len(name)
	}
}

// asciiLower lowers A to Z alone, so that offsets stay what they are.
func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
