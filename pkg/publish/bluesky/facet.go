package bluesky

import (
	"strings"

	"editorial/pkg/publish/text"
)

// facets are the links and the tags of a text. A mention stays what it reads as:
// naming somebody wants an identifier that only the network knows.
func facets(s string) []facet {
	var all []facet
	for _, span := range text.Spans(s) {
		f := feature{Type: facetLink, URI: span.Target}
		switch {
		case span.Kind == text.Tag && text.Graphemes(span.Target) <= maxTag:
			f = feature{Type: facetTag, Tag: span.Target}
		case span.Kind != text.Link, strings.ContainsAny(span.Target, " \n"):
			continue
		}
		all = append(all, facet{Index: byteSlice{Start: span.Start, End: span.End}, Features: []feature{f}})
	}
	return all
}
