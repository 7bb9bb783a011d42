package bluesky

import (
	"encoding/json"

	"editorial/pkg/publish/platform"
)

// Names of the lexicons.
const (
	collection  = "app.bsky.feed.post"
	embedImages = "app.bsky.embed.images"
	embedFilm   = "app.bsky.embed.video"
	embedLink   = "app.bsky.embed.external"
	facetLink   = "app.bsky.richtext.facet#link"
	facetTag    = "app.bsky.richtext.facet#tag"
)

// record is a post: app.bsky.feed.post.
type record struct {
	Type      string   `json:"$type"`
	Text      string   `json:"text"`
	CreatedAt string   `json:"createdAt"`
	Langs     []string `json:"langs,omitempty"`
	Facets    []facet  `json:"facets,omitempty"`
	Embed     *embed   `json:"embed,omitempty"`
	Reply     *reply   `json:"reply,omitempty"`
}

// facet is a part of the text that leads somewhere. Its index counts bytes of
// UTF-8.
type facet struct {
	Index    byteSlice `json:"index"`
	Features []feature `json:"features"`
}

type byteSlice struct {
	Start int `json:"byteStart"`
	End   int `json:"byteEnd"`
}

type feature struct {
	Type string `json:"$type"`
	URI  string `json:"uri,omitempty"`
	Tag  string `json:"tag,omitempty"`
}

// embed is what hangs on a post: pictures, a film, or a card that leads to a page.
type embed struct {
	Type     string  `json:"$type"`
	Images   []image `json:"images,omitempty"`
	External *card   `json:"external,omitempty"`
	// Film is the reference to a film, Alt its description.
	Film  json.RawMessage `json:"video,omitempty"`
	Alt   string          `json:"alt,omitempty"`
	Ratio *ratio          `json:"aspectRatio,omitempty"`
}

type image struct {
	Alt string `json:"alt"`
	// Blob is the reference that the server gave when the picture was uploaded.
	Blob  json.RawMessage `json:"image"`
	Ratio *ratio          `json:"aspectRatio,omitempty"`
}

type ratio struct {
	Width  int `json:"width"`
	Height int `json:"height"`
}

// ratioOf is that of a file, nil where its size is not known.
func ratioOf(m platform.Media) *ratio {
	if m.Width <= 0 || m.Height <= 0 {
		return nil
	}
	return &ratio{Width: m.Width, Height: m.Height}
}

type card struct {
	URI         string `json:"uri"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

// reply says what a post answers: the first of the thread, and the one before.
type reply struct {
	Root   ref `json:"root"`
	Parent ref `json:"parent"`
}

// ref is a record by address and content.
type ref struct {
	URI string `json:"uri"`
	CID string `json:"cid"`
}
