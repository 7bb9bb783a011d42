package bluesky

import (
	"time"

	"editorial/pkg/publish/platform"
)

// What a post may be. Source: the lexicons app.bsky.feed.post and
// app.bsky.embed.images as a PDS 0.5.35 enforces them, November 2026. Facets are
// checked by nobody but us.
const (
	maxGraphemes = 300
	maxBytes     = 3000
	maxImages    = 4
	maxImage     = 2_000_000
	maxTag       = 64 // graphemes
)

// What a film may be. Source: the lexicon app.bsky.embed.video and Bluesky's own app
// (src/lib/constants.ts), November 2026. A server of accounts that is set to take
// less says so while preparing. Descriptions have had no bound since September 2026;
// servers that were built before take 1,000 characters.
const (
	filmType       = "video/mp4"
	maxFilm        = 300_000_000
	maxFilmSeconds = 10 * 60
	maxFilmAlt     = 1000 // graphemes
)

const (
	// keptBlob is how long a picture that belongs to no record is kept for sure.
	// Source: atproto.com/guides/data-repos says no more than that it goes some
	// time later; an hour is our own choice, November 2026.
	keptBlob = time.Hour
	// spacing keeps far below 5,000 points an hour, of which a post costs 3.
	// Source: docs.bsky.app/docs/advanced-guides/rate-limits, April 2026.
	spacing = time.Minute
	// maxThread is how many posts may answer each other. Our own choice.
	maxThread = 25
	// eager is how long before its end a session is renewed.
	eager = 2 * time.Minute
)

// Addresses, unless the account names others.
const (
	defaultServer  = "https://bsky.social"
	defaultAppView = "https://public.api.bsky.app"
	defaultWeb     = "https://bsky.app"
)

// Names of options.
const (
	OptAppView = "appview" // where numbers and answers are read
	OptWeb     = "web"     // where readers read
)

func caps() platform.Caps {
	return platform.Caps{
		Kind: Kind, Guarantee: platform.ExactlyOnce, Ahead: 10 * time.Minute, Fresh: keptBlob * 3 / 4, Spacing: spacing,
		Threads: true, Media: maxImages,
	}
}
