package article

import (
	"html"
	"strings"

	parse "golang.org/x/net/html"

	"editorial/pkg/publish"
	"editorial/pkg/publish/platform"
)

// HTML returns what a post says as HTML: the words of the variant as paragraphs,
// where it has words of its own, else the whole text. There are no comments in
// it: several servers obey them.
func HTML(p platform.Post) string {
	own := strings.TrimSpace(publish.Clean(p.Text))
	if own == "" {
		return plain(p.HTML)
	}
	var b strings.Builder
	for _, par := range strings.Split(own, "\n\n") {
		if par = strings.TrimSpace(par); par != "" {
			b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(par), "\n", "<br>\n") + "</p>\n")
		}
	}
	return b.String()
}

// plain takes the comments out.
func plain(text string) string {
	if !strings.Contains(text, "<!") && !strings.Contains(text, "<?") {
		return text
	}
	z := parse.NewTokenizer(strings.NewReader(text))
	var b strings.Builder
	for {
		switch z.Next() {
		case parse.ErrorToken:
			return b.String()
		case parse.CommentToken, parse.DoctypeToken:
		default:
			b.Write(z.Raw())
		}
	}
}

// Plain returns the same as text alone.
func Plain(p platform.Post) string {
	if own := strings.TrimSpace(publish.Clean(p.Text)); own != "" {
		return own
	}
	return strings.TrimSpace(publish.Clean(p.Plain))
}

// Lead returns HTML in which the sources of pictures, films and sounds, and links
// to them, are those that "to" gives for them; the other sources of a picture
// whose own was changed go, as they would still show the old one. All else keeps
// its bytes.
func Lead(text string, to map[string]string) string {
	if len(to) == 0 {
		return text
	}
	z := parse.NewTokenizer(strings.NewReader(text))
	var b strings.Builder
	done := 0 // bytes of the text
	for {
		kind := z.Next()
		if kind == parse.ErrorToken {
			return b.String() + text[done:] // a tag that does not end
		}
		raw := string(z.Raw())
		done += len(raw)
		if kind == parse.StartTagToken || kind == parse.SelfClosingTagToken {
			if tok := z.Token(); led(&tok, to) {
				raw = tok.String()
			}
		}
		b.WriteString(raw)
	}
}

// led changes the addresses of a tag, and reports whether there was any to
// change.
func led(tok *parse.Token, to map[string]string) bool {
	changed := false
	for i, a := range tok.Attr {
		if a.Key != "src" && a.Key != "href" && a.Key != "poster" {
			continue
		}
		if new, ok := to[a.Val]; ok {
			tok.Attr[i].Val, changed = new, true
		}
	}
	if !changed {
		return false
	}
	kept := tok.Attr[:0]
	for _, a := range tok.Attr {
		if a.Key != "srcset" && a.Key != "sizes" {
			kept = append(kept, a)
		}
	}
	tok.Attr = kept
	return true
}

// Shows reports whether HTML shows a file or links to it.
func Shows(text, address string) bool {
	return address != "" && Lead(text, map[string]string{address: "x:"}) != text
}

// Words returns the words of HTML that somebody else wrote, on one line.
func Words(text string) string {
	z := parse.NewTokenizer(strings.NewReader(text))
	var b strings.Builder
	for {
		switch z.Next() {
		case parse.ErrorToken:
			return strings.Join(strings.Fields(publish.Clean(b.String())), " ")
		case parse.TextToken:
			b.WriteString(html.UnescapeString(string(z.Text())))
		default:
			b.WriteString(" ")
		}
	}
}
