package newsletter

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"editorial/pkg/publish"
)

// showsPictures reports whether the pictures of the mail may be public: it may
// be sent, and nothing in it is under embargo any more. Mail programs load them
// from the site, where no page may show them yet, or ever.
func (e Edition) showsPictures() bool {
	held := func(x publish.Entry) bool { return !e.Now.IsZero() && x.Post.Embargo.Instant.After(e.Now) }
	return len(e.Unready()) == 0 && !slices.ContainsFunc(e.wants(), held)
}

// pictures returns copies of the pictures that the HTML shows, or leads to in
// place of those that mail programs do not show.
func (s *sent) pictures() []publish.File {
	doc, err := html.Parse(bytes.NewReader(s.html))
	if err != nil {
		return nil
	}
	copies := map[string]publish.File{} // by path: one picture may have several addresses
	for n := range doc.Descendants() {
		for _, key := range []string{"src", "href", "background"} {
			to, _ := find(n, key)
			if x := s.used[to]; x.Source != "" && isPicture(x.Asset) {
				copies[x.Asset.Path] = publish.File{Path: x.Asset.Path, Source: x.Source}
			}
		}
	}
	var files []publish.File
	for _, name := range slices.Sorted(maps.Keys(copies)) {
		files = append(files, copies[name])
	}
	return files
}

func isPicture(a publish.Asset) bool { return strings.HasPrefix(a.Type, "image/") }
