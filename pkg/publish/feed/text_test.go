package feed

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"editorial/pkg/publish/internal/sample"
)

// FuzzRSSText: who reads it as HTML, as RSS says, sees the text and no markup.
func FuzzRSSText(f *testing.F) {
	for _, s := range []string{sample.Hostile, "R&B", "a < b & c", "&lt;", "&#60;b>", "&amp", "<", "a<", "</b", "<!--", "<?x", "<<b>", "&copy", "&NotEqualTilde;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ReplaceAll(line(s), "\n", " ")
		doc, err := html.Parse(strings.NewReader("<div>" + rssText(s) + "</div>"))
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for n := range doc.Descendants() {
			switch {
			case n.Type == html.TextNode:
				got.WriteString(n.Data)
			case n.Type == html.CommentNode, n.Type == html.ElementNode && !strings.Contains("html head body div", n.Data):
				t.Errorf("%q: markup %q", s, n.Data)
			}
		}
		if got.String() != s {
			t.Errorf("%q: read as %q", s, got.String())
		}
	})
}
