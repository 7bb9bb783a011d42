package instagram

import (
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
)

// Kind is the name of the platform in configurations.
const Kind = "instagram"

// Names of options.
const (
	// OptVersion is that of the interface.
	OptVersion = "version"
)

// Source of all that is not said otherwise:
// developers.facebook.com/docs/instagram-platform, November 2026.
const (
	home    = "https://graph.instagram.com"
	version = "v25.0"
	// maxCaption is the most of a caption, in characters, maxTags the most
	// hashtags in it.
	maxCaption = 2_200
	maxTags    = 30
	// shownTags is as many as a caption ends with before it looks like one of
	// tags. Our own choice.
	shownTags = 10
	// maxPictures is the most of one post, maxPicture the most bytes of one,
	// maxAlt the most characters of an alternative text.
	maxPictures = 10
	maxPicture  = 8 << 20
	maxAlt      = 1_000
	// maxFilm is the most bytes of a film, which is published as a reel, and
	// minSeconds and maxSeconds bound how long it lasts. Sources disagree on the
	// size (300 MB, 1 GB): the less counts. November 2026.
	maxFilm    = 300_000_000
	minSeconds = 3
	maxSeconds = 15 * 60
	// narrowest and widest are the shapes that are taken: width by height.
	narrowest = 0.8
	widest    = 1.91
	// fresh is a day, with time to spare.
	fresh = 22 * time.Hour
	// poll: no more than once a minute.
	poll = time.Minute
	// settle is how long a request whose answer was lost may still be at work,
	// and spacing kind to readers. Our own choice.
	settle  = time.Minute
	spacing = 5 * time.Minute
)

func caps() platform.Caps {
	return platform.Caps{
		Kind: Kind, Guarantee: platform.ExactlyOnce, Settle: settle, Ahead: 10 * time.Minute, Fresh: fresh, Spacing: spacing, Media: maxPictures,
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
