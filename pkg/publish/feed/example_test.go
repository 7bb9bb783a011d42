package feed_test

import (
	"fmt"
	"time"

	"editorial/pkg/content"
	"editorial/pkg/publish"
	"editorial/pkg/publish/feed"
	"editorial/pkg/publish/internal/sample"
)

func Example() {
	site := publish.Site{
		Title: "Notes", URL: "https://notes.example/", Lang: "en", Langs: []string{"en"},
		Entries: []publish.Entry{{
			Post:      &content.Post{ID: "0192a1b0-0000-7000-8000-000000000001", Lang: "en", Title: "Hello"},
			Published: time.Date(2026, 10, 19, 8, 0, 0, 0, time.UTC),
			Path:      "hello/", URL: "https://notes.example/hello/",
		}},
	}
	feeds, err := feed.New(feed.Options{Formats: []feed.Format{feed.RSS, feed.JSON}, Count: 20})
	if err != nil {
		fmt.Println(err)
		return
	}
	files, err := publish.Files(feeds, site, sample.Bodies(site))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range files {
		fmt.Println(f.Path)
	}
	fmt.Println(feed.GUID(site.Entries[0].Post.ID))
	// Output:
	// feed-en.css
	// feed.json
	// feed.xml
	// urn:uuid:0192a1b0-0000-7000-8000-000000000001
}
