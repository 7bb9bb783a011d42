package markdown_test

import (
	"testing"

	"editorial/pkg/content/markdown"
)

func TestHTML_showsTheTextOfALinkThatLeadsNowhere(t *testing.T) {
	t.Parallel()
	out := html(t, markdown.New(), "[a *b*](secret.md) ![c](d.png) [e]()\n", "en",
		markdown.Options{Resolve: func(string) string { return "" }})
	if want := "<p>a <em>b</em> c <a href=\"\">e</a></p>\n"; out != want {
		t.Errorf("got %q, want %q", out, want)
	}
}
