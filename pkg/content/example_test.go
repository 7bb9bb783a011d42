package content_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"editorial/pkg/civil"
	"editorial/pkg/content"
)

func ExampleLoad() {
	zone, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		fmt.Println(err)
		return
	}
	folder := fstest.MapFS{
		"2026-10-20-freins.md": {Data: []byte("---\ntitle: Régler ses freins\n---\nDeux vis.\n")},
		"pluie.md":             {Data: []byte("+++\ntitle = \"Pluie\"\nembrago = 2026-12-01\n+++\n")},
	}
	corpus, err := content.Load(context.Background(), folder, content.Defaults{Zone: zone, Lang: "fr"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range corpus.Posts {
		fmt.Println(p.Slug, p.Stage, p.HasErrors())
	}
	for _, p := range corpus.Problems() {
		fmt.Println(p)
	}
	// Output:
	// freins ready false
	// pluie idea true
	// pluie.md:3:1: misspelt-key key="embrago" near="embargo"
}

func ExampleSet() {
	post := []byte("---\ntitle:  Régler ses freins   # for now\ndraft: true\n---\nDeux vis.\n")
	post, err := content.Set(post, []string{"draft"}, content.Flag(false))
	if err != nil {
		fmt.Println(err)
		return
	}
	post, err = content.Set(post, []string{"id"}, content.Text("freins-1"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(string(post))
	// Output:
	// ---
	// title:  Régler ses freins   # for now
	// draft: false
	// id: freins-1
	// ---
	// Deux vis.
}
