package media

import (
	"slices"
	"strings"

	"editorial/pkg/publish/platform"
)

// Film reports whether a type is that of a film.
func Film(mime string) bool { return strings.HasPrefix(mime, "video/") }

// Lead returns the files in the order in which a platform takes them on which a
// film stands alone: the first film that takes wants comes first where at most one
// picture stands before it, since a post with a film has a picture of its own for
// the page; else the order stays, and the pictures go.
func Lead(files []platform.Media, takes func(mime string) bool) []platform.Media {
	film := slices.IndexFunc(files, func(m platform.Media) bool { return Film(m.Type) && takes(m.Type) })
	if film < 1 {
		return files
	}
	pictures := 0
	for _, m := range files[:film] {
		if !Film(m.Type) {
			pictures++
		}
	}
	if pictures > 1 {
		return files
	}
	led := append([]platform.Media{files[film]}, files[:film]...)
	return append(led, files[film+1:]...)
}
