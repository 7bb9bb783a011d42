package publish

import (
	"reflect"
	"strings"
	"testing"

	"editorial/pkg/content"
)

// FuzzShortcuts: what a shortcut answers is what the long way answers.
func FuzzShortcuts(f *testing.F) {
	for _, s := range []string{
		"", " ", "a", "Et vous ?", "«\u00a0Non\u00a0»", "« Non »", "« : »", "«  »", "a : b", "a  b", "a\tb", "a\u00a0", "\u00a0 a", " a", "a ", "\ufffd", "\xff", "\u202e", "\u0085", "\u2003",
		"\ufffe", "fr/velo/", "../x", "./x", "a/./b", "a//b", "a/.b/", ".", "été/", "a b", "a%20b", "a:b", "*", "a/..", "x/", "freins.md", "a.png", "a.png/", "a/b.js", "/x",
	} {
		f.Add(s)
	}
	own := &content.Post{Path: "fr/freins.md"}
	links := NewLinks(Site{
		URL: "https://x.example/blog/", Entries: []Entry{{Post: own, Path: "velo/", URL: "https://x.example/blog/velo/"}},
		Assets: map[string]Asset{"fr/a.png": {Path: "a.png"}, "fr/a/b.js": {Path: "b.js", Active: true}, "x": {Path: "x"}},
	})
	spaces := strings.NewReplacer(
		" :", "\u00a0:", " »", "\u00a0»", "« ", "«\u00a0",
		" ;", "\u202f;", " !", "\u202f!", " ?", "\u202f?",
	)
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := Line(s), line(s); got != want {
			t.Errorf("Line(%q) = %q, want %q", s, got, want)
		}
		if got, want := Spaces("fr", s), spaces.Replace(s); got != want {
			t.Errorf("Spaces(%q) = %q, want %q", s, got, want)
		}
		if got, want := links.URL(s), links.resolve(s); got != want {
			t.Errorf("URL(%q) = %q, want %q", s, got, want)
		}
		if got, want := links.Target(own, s), links.target(own, s); !reflect.DeepEqual(got, want) {
			t.Errorf("Target(%q) = %v, want %v", s, got, want)
		}
		if got, want := Relative("a/", s), "../"+escaped(s); got != want {
			t.Errorf("Relative(%q) = %q, want %q", s, got, want)
		}
	})
}
