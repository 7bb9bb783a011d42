// Package reader lets programs that people read feeds with read ours, in
// tests: each must understand every feed, find nothing wrong with it, and see
// the same items as the others.
package reader

import (
	"encoding/json"
	"encoding/xml"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Feed is what a reader saw of a feed, or what its bytes say.
type Feed struct {
	// Path is below the folder of the site, with slashes.
	Path string
	// Bad is what the reader found wrong, or "".
	Bad   string
	Title string
	Self  string
	Items []Item
}

// Item is what a reader saw of an item. Published is in seconds of Unix time.
type Item struct {
	ID, Title, Link, Content string
	Published                int64
}

// Feeds returns the feeds below the folder of a site, as their bytes say, in
// the order of their paths.
func Feeds(t testing.TB, dir string) []Feed {
	t.Helper()
	var feeds []Feed
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		switch e.Name() {
		case "feed.xml", "atom.xml", "feed.json":
			feeds = append(feeds, plain(t, dir, filepath.ToSlash(rel)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(feeds) == 0 {
		t.Fatalf("no feed in %s", dir)
	}
	return feeds
}

// plain reads a feed as a document and no more: how many items, which ids.
func plain(t testing.TB, dir, name string) Feed {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	f := Feed{Path: name}
	if path.Ext(name) == ".json" {
		var doc struct{ Items []struct{ ID string } }
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, it := range doc.Items {
			f.Items = append(f.Items, Item{ID: it.ID})
		}
		return f
	}
	var doc struct {
		GUIDs []string `xml:"channel>item>guid"`
		IDs   []string `xml:"entry>id"`
	}
	if err := xml.Unmarshal(data, &doc); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, id := range slices.Concat(doc.GUIDs, doc.IDs) {
		f.Items = append(f.Items, Item{ID: id})
	}
	return f
}

// Check lets every reader read all feeds below the folder of a site.
func Check(t *testing.T, dir string) {
	t.Helper()
	feeds := Feeds(t, dir)
	for _, f := range feeds {
		ids := map[string]bool{}
		for _, it := range f.Items {
			if it.ID == "" || ids[it.ID] {
				t.Errorf("%s: id %q is empty or twice there", f.Path, it.ID)
			}
			ids[it.ID] = true
		}
	}
	for name, read := range map[string]func(testing.TB, string, []Feed) []Feed{
		"feedparser": feedparser, "gofeed": goFeed,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compare(t, feeds, read(t, dir, feeds))
		})
	}
	t.Run("newsboat", func(t *testing.T) {
		t.Parallel()
		compare(t, all(feeds), newsboat(t, dir, feeds))
	})
	t.Run("xmllint", func(t *testing.T) {
		t.Parallel()
		xmllint(t, dir, feeds)
	})
}

// all are the feeds as one, of every item once: so newsboat keeps them.
func all(feeds []Feed) []Feed {
	one, seen := Feed{}, map[string]bool{}
	for _, f := range feeds {
		for _, it := range f.Items {
			if !seen[it.ID] {
				one.Items = append(one.Items, it)
			}
			seen[it.ID] = true
		}
	}
	return []Feed{one}
}

// compare holds what a reader saw against what is there. Readers that tell
// less leave fields empty.
func compare(t testing.TB, want, got []Feed) {
	t.Helper()
	seen := map[string]Feed{}
	for _, f := range got {
		seen[f.Path] = f
		if f.Bad != "" {
			t.Errorf("%s: %s", f.Path, f.Bad)
		}
	}
	for _, f := range want {
		g, ok := seen[f.Path]
		switch {
		case !ok:
			continue // of a format that the reader does not know
		case len(g.Items) != len(f.Items):
			t.Errorf("%s: %d items seen, %d are there", f.Path, len(g.Items), len(f.Items))
			continue
		}
		if seen, there := ids(g), ids(f); !slices.Equal(seen, there) {
			t.Errorf("%s: ids seen %q, are %q", f.Path, seen, there)
		}
	}
	if len(got) == 0 {
		t.Error("no feed was read")
	}
}

// ids returns the ids of the items, sorted: newsboat sorts as it likes.
func ids(f Feed) []string {
	var all []string
	for _, it := range f.Items {
		all = append(all, it.ID)
	}
	slices.Sort(all)
	return all
}

// whole finds what every item of a feed must have for people to read it.
func whole(f *Feed) {
	var bad []string
	if f.Title == "" {
		bad = append(bad, "no title")
	}
	for _, it := range f.Items {
		if it.Title == "" || it.Published == 0 || !strings.HasPrefix(it.Link, "http") {
			bad = append(bad, it.ID+" lacks its title, link or date")
		}
	}
	f.Bad = strings.TrimSpace(f.Bad + " " + strings.Join(bad, "; "))
}
