package facebook

import (
	"strconv"
	"time"

	"editorial/pkg/publish/platform"
)

// Kind is the name of the platform in configurations.
const Kind = "facebook"

// Names of options.
const (
	// OptVersion is that of the interface, such as "v26.0".
	OptVersion = "version"
	// OptCharacters and OptPhotos take the place of limits that the platform does
	// not state.
	OptCharacters = "characters"
	OptPhotos     = "photos"
	// OptCard set to "true" sends posts as cards of their link, without pictures.
	OptCard = "card"
	// OptDirect set to "true" publishes in one call, without an unpublished post
	// before: for Pages where that cannot be published.
	OptDirect = "direct"
)

const (
	// home is where the interface is.
	home = "https://graph.facebook.com"
	// version is the one that this package was written for. Versions live about
	// two years. Source: public code of 2026 uses v23.0 to v26.0; November 2026.
	version = "v25.0"

	// maxCharacters is the most of a text. Source: code of other schedulers,
	// August 2026; the platform states no number.
	maxCharacters = 63_206
	// maxPhotos is the most of one post: our own choice, for no number is stated.
	maxPhotos = 10
	// maxPhoto is the most bytes of a photo. Source: the same code, for the error
	// 1366046, November 2026.
	maxPhoto = 4 << 20

	// maxFilm is the most bytes of a film that is uploaded in one request. Source:
	// developers.facebook.com/docs/graph-api/reference/page/videos, November 2026,
	// and code that uses it; in pieces it would be 10 GB.
	maxFilm = 1 << 30
	// pollFilm is when to ask again for a film that is being worked on. Our own
	// choice.
	pollFilm = 20 * time.Second

	// nativeMin and nativeMax are the bounds of a scheduled post, with some
	// minutes to spare. Sources for the latter disagree (30 days, 75 days, 6
	// months): the least of them counts. November 2026.
	nativeMin = 12 * time.Minute
	nativeMax = 30*24*time.Hour - time.Hour
	// patience is how long after its instant a scheduled post may still come out
	// by itself. Our own choice.
	patience = 5 * time.Minute

	// keptUnattached is how long a photo that hangs on no post is taken for good.
	// The platform states no number: our own choice.
	keptUnattached = 12 * time.Hour
	// ahead is how long before its instant a post is made: shortly, for its card
	// shows the page of the link as it is then. Our own choice.
	ahead = 3 * time.Minute
	// settle is how long a request whose answer was lost may still be at work. Our
	// own choice; to publish one post twice does no harm.
	settle = 30 * time.Second
	// settleDirect is that of a call that makes the post: it must be in the list of
	// the Page's posts by then. Our own choice.
	settleDirect = 3 * time.Minute
	// spacing is kind to people's pages. Our own choice.
	spacing = 2 * time.Minute
	// perPage is how many entries of a list are read at once. Source:
	// developers.facebook.com/docs/graph-api/reference/page/feed, November 2026.
	perPage = 100
)

// needed are the scopes that publishing needs. Source:
// developers.facebook.com/docs/pages-api/posts, November 2026.
func needed() []string { return []string{"pages_manage_posts", "pages_read_engagement"} }

func caps(photos int, direct bool) platform.Caps {
	c := platform.Caps{
		Kind: Kind, Guarantee: platform.ExactlyOnce, Settle: settle, Ahead: ahead, Spacing: spacing,
		Media: photos, NativeMin: nativeMin, NativeMax: nativeMax,
	}
	if direct {
		c.Settle, c.NativeMin, c.NativeMax = settleDirect, 0, 0
	}
	return c
}

// number reads a positive number, or takes what there is without.
func number(s string, without int) int {
	if n, err := strconv.Atoi(s); err == nil && n > 0 {
		return n
	}
	return without
}
