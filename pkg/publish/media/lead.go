package media

import (
	"slices"
	"strings"

	"editorial/pkg/publish/platform"
)

// Film reports whether a type is that of a film.
func Film(mime string) bool { return strings.HasPrefix(mime, "video/") }

// Lead returns the files in the order in which a platform takes them on which a
// film stands alone. Where at most one picture stands before the first film that
// takes wants, the film comes first, in the place of that picture, which is not
// among the files any more: a post with a film has it for its page. Else the order
// stays, and the pictures go.
func Lead(files []platform.Media, takes func(mime string) bool) []platform.Media {
	film := slices.IndexFunc(files, func(m platform.Media) bool { return Film(m.Type) && takes(m.Type) })
	if film < 1 {
		return files
	}
	led := []platform.Media{files[film]}
	for _, m := range files[:film] {
		if Film(m.Type) {
			led = append(led, m)
		}
	}
	if film+1-len(led) > 1 { // so many are no films
		return files
	}
	return append(led, files[film+1:]...)
}
