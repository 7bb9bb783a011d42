package reader

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/mmcdole/gofeed"
)

// goFeed reads feeds with gofeed (https://github.com/mmcdole/gofeed), which
// knows all three formats.
func goFeed(t testing.TB, dir string, feeds []Feed) []Feed {
	var read []Feed
	for _, f := range feeds {
		got := Feed{Path: f.Path}
		doc, err := parseFile(filepath.Join(dir, filepath.FromSlash(f.Path)))
		if err != nil {
			got.Bad = err.Error()
			read = append(read, got)
			continue
		}
		got.Title, got.Self = doc.Title, doc.FeedLink
		for _, it := range doc.Items {
			item := Item{ID: it.GUID, Title: it.Title, Link: it.Link, Content: it.Content}
			if it.PublishedParsed != nil {
				item.Published = it.PublishedParsed.Unix()
			}
			got.Items = append(got.Items, item)
		}
		whole(&got)
		read = append(read, got)
	}
	return read
}

func parseFile(name string) (*gofeed.Feed, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return gofeed.NewParser().Parse(f)
}
