package feed_test

import (
	"slices"
	"testing"

	"editorial/pkg/publish/feed"
)

// TestItems_areWhatAReaderFinds, and nothing else is taken for a feed.
func TestItems_areWhatAReaderFinds(t *testing.T) {
	t.Parallel()
	const open, end = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><link>https://v.example/</link>`, `</channel></rss>`
	for src, want := range map[string][]string{
		open + `<item><link> https://v.example/a/ </link><atom:link href="x">y</atom:link></item><item><guid>g</guid></item><item><link>https://v.example/b/?x=1&amp;y</link></item>` + end: {"https://v.example/a/", "https://v.example/b/?x=1&y"},
		`<?xml version="1.0"?>` + open + end + "\n": {},
	} {
		if got, err := feed.Items([]byte(src)); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", src, got, err)
		}
	}
	for _, src := range []string{
		"", "<html><body>404</body></html>", "<rss/>", open + "<item>" + end, open, open + end + "<p>", open + "&nbsp;" + end, open + "<item>\x00</item>" + end, "{}",
		`<feed xmlns="http://www.w3.org/2005/Atom"></feed>`,
	} {
		if got, err := feed.Items([]byte(src)); err == nil {
			t.Errorf("%s: %q", src, got)
		}
	}
}
