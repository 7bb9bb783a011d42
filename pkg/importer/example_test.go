package importer_test

import (
	"context"
	"fmt"
	"testing/fstest"
	"time"

	"editorial/pkg/civil"
	"editorial/pkg/importer"
)

// A calendar in a spreadsheet becomes posts; what has no counterpart is named.
func ExampleRead() {
	fsys := fstest.MapFS{"plan.csv": {Data: []byte("Titre;Date;Plateforme;Budget\nLa rentrée;05/09/2027;blog;12 €\n")}}
	kind, err := importer.Recognise(fsys, "plan.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	batch, err := importer.Read(context.Background(), fsys, "plan.csv", kind, importer.Options{
		Zone: civil.UTC(), Lang: "fr", Now: time.Date(2027, time.June, 1, 0, 0, 0, 0, time.UTC), Platforms: map[string]string{"blog": "blog"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, post := range batch.Posts {
		fmt.Printf("%s, from %s\n%s", post.Path, post.At, post.Source)
	}
	for _, note := range batch.Notes {
		fmt.Println(note)
	}
	// Output:
	// la-rentree.md, from plan.csv:2
	// +++
	// title = "La rentrée"
	// date = "2027-09-05"
	// stage = "idea"
	// platforms = ["blog"]
	// +++
	// plan.csv:1: import-field n="1" what="Budget"
}
