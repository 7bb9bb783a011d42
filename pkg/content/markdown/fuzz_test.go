package markdown_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/clipperhouse/uax29/v2/graphemes"
	nethtml "golang.org/x/net/html"

	"editorial/pkg/content/markdown"
)

func graphemeCount(s string) int {
	n := 0
	for it := graphemes.FromString(s); it.Next(); {
		n++
	}
	return n
}

// FuzzDocument: whatever is parsed gives HTML that is safe and well-formed,
// the same each time, and a text that leads wherever the HTML does.
func FuzzDocument(f *testing.F) {
	for _, src := range hostile() {
		f.Add(src, "fr")
	}
	for _, e := range specification(f) {
		f.Add(e.Markdown, "en")
	}
	for _, c := range frenchCases() {
		f.Add(c[0], "fr")
	}
	p := markdown.New()
	f.Fuzz(func(t *testing.T, src, lang string) {
		doc, err := p.Parse([]byte(src), lang)
		if err != nil {
			if !errors.Is(err, markdown.ErrTooComplex) {
				t.Fatalf("%v", err)
			}
			return
		}
		opts := markdown.Options{IDPrefix: "x-", HeadingShift: 1, Lazy: true}
		out, err := doc.HTML(opts)
		if err != nil {
			t.Fatal(err)
		}
		checkSafe(t, out)
		if again, _ := doc.HTML(opts); again != out {
			t.Errorf("rendered twice, not the same")
		}
		checkText(t, doc)
		checkLinks(t, out, doc.Text(72, nil))
		for _, h := range doc.Headings() {
			if h.ID == "" || h.Line < 1 {
				t.Errorf("heading %+v", h)
			}
		}
	})
}

// checkLinks asserts that every address of the HTML stands in the text.
func checkLinks(t testing.TB, out, text string) {
	t.Helper()
	// Where the address is the text of the link, it stands there as written.
	text = unescaped(text)
	z := nethtml.NewTokenizer(strings.NewReader(out))
	for z.Next() != nethtml.ErrorToken {
		tok := z.Token()
		if tok.Type != nethtml.StartTagToken || tok.Data != "a" {
			continue
		}
		for _, a := range tok.Attr {
			if a.Key != "href" || a.Val == "" || a.Val[0] == '#' {
				continue
			}
			if dest := unescaped(strings.TrimPrefix(a.Val, "mailto:")); !strings.Contains(text, dest) {
				t.Errorf("the text lacks %q\nHTML %.300q\ntext %.300q", a.Val, out, text)
			}
		}
	}
}

func unescaped(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		if r, err := url.PathUnescape(s[:min(3, len(s))]); err == nil && s[0] == '%' {
			b.WriteString(r)
			s = s[3:]
			continue
		}
		b.WriteByte(s[0])
		s = s[1:]
	}
	return b.String()
}
