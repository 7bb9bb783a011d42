package threads

import (
	"strconv"
	"time"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"editorial/pkg/publish/platform"
)

// Kind is the name of the platform in configurations.
const Kind = "threads"

// Names of options.
const (
	// OptVersion is that of the interface.
	OptVersion = "version"
	// OptPictures is the most of one post.
	OptPictures = "pictures"
)

// Source of all that is not said otherwise: developers.facebook.com/docs/threads,
// November 2026.
const (
	home    = "https://graph.threads.net"
	version = "v1.0"
	// maxText is the most of a text, in characters.
	maxText = 500
	// maxPictures is the most of one post: 10 in older documents, 20 in other code
	// of 2026.
	maxPictures = 10
	// maxPicture is the most bytes of a picture, maxAlt the most characters of an
	// alternative text.
	maxPicture = 8 << 20
	maxAlt     = 1_000
	// maxFilm is the most bytes of a film, maxSeconds the longest. Source:
	// developers.facebook.com/docs/threads/overview, as others quote it, November
	// 2026.
	maxFilm    = 1 << 30
	maxSeconds = 5 * 60
	// fresh is a day, with time to spare.
	fresh = 22 * time.Hour
	// poll is how long the platform takes as a rule.
	poll = 30 * time.Second
	// settle is how long a request whose answer was lost may still be at work,
	// and spacing kind to readers. Our own choice.
	settle  = time.Minute
	spacing = 2 * time.Minute
)

func caps(pictures int) platform.Caps {
	return platform.Caps{
		Kind: Kind, Guarantee: platform.ExactlyOnce, Settle: settle, Ahead: 10 * time.Minute, Fresh: fresh, Spacing: spacing, Media: pictures,
	}
}

// number reads a positive number, or takes what there is without.
func number(s string, without int) int {
	if n, err := strconv.Atoi(s); err == nil && n > 0 {
		return n
	}
	return without
}

// characters counts an emoji as its bytes and anything else that people see as a
// character as one. Sources disagree: by others an emoji is one, too. This is
// never less.
func characters(s string) int {
	n := 0
	for it := graphemes.FromString(s); it.Next(); {
		if emoji(it.Value()) {
			n += len(it.Value())
			continue
		}
		n++
	}
	return n
}

// emoji reports whether what people see as a character may be one: it takes in
// some signs that are none.
func emoji(s string) bool {
	for _, r := range s {
		if r >= 0x1F000 && r <= 0x1FFFF || r >= 0x2190 && r <= 0x2BFF || r == 0xFE0F || r == 0x20E3 || r >= 0xE0000 {
			return true
		}
	}
	return false
}
