package mastodon

import (
	"strconv"
	"time"

	"editorial/pkg/publish/media"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/text"
)

// What a server takes unless it says otherwise: the values of Mastodon itself.
// Source: docs.joinmastodon.org/entities/Instance and Mastodon 4.x, July 2026.
const (
	maxAttachments = 4
	maxImage       = 16 << 20
	maxVideo       = 99 << 20
	// maxAlt is the most characters of an alternative text. Source: Mastodon
	// 4.x, July 2026.
	maxAlt = 1500
)

const (
	// keptUnattached is how long a server keeps a file that hangs on nothing: a
	// day. Source: docs.joinmastodon.org/admin/tootctl, July 2026.
	keptUnattached = 24 * time.Hour
	// settle is how long a request whose answer was lost may still be at work:
	// the usual time-out of the server and of what stands before it is a minute.
	// Our own choice, November 2026.
	settle = 90 * time.Second
	// nativeMin is the least time ahead that a server schedules for, with a
	// minute to spare: with less, GoToSocial publishes at once. nativeMax is our
	// own: the documentation names none. Sources: github.com/mastodon/mastodon
	// pull 9706, 2019; GoToSocial 0.20 as seen in 2026.
	nativeMin = 6 * time.Minute
	nativeMax = 365 * 24 * time.Hour
	// spacing keeps well within 300 requests in five minutes, and is kind to
	// people's timelines. Our own choice, November 2026.
	spacing = time.Minute
	// maxThread is how many posts may answer each other. Our own choice.
	maxThread = 25
	// pollFile is when to ask again for a file that is being worked on, pollFilm
	// for a film, which takes minutes. Our own choice.
	pollFile = 5 * time.Second
	pollFilm = 15 * time.Second
)

// poll is when to ask again for a file.
func poll(m platform.Media) time.Duration {
	if media.Film(m.Type) {
		return pollFilm
	}
	return pollFile
}

// Names of options: those of the server's own configuration, and what every post
// of the account is published with.
const (
	OptCharacters  = "max_characters"
	OptPerURL      = "characters_reserved_per_url"
	OptAttachments = "max_media_attachments"
	OptImage       = "image_size_limit"
	OptVideo       = "video_size_limit"

	OptVisibility = "visibility"   // "public" (as it is unless said), "unlisted" or "private"
	OptSpoiler    = "spoiler_text" // a content warning on every post
	OptSensitive  = "sensitive"    // "true": files are hidden until somebody asks
)

// limits are what one server takes.
type limits struct {
	characters, perURL, attachments int
	image, video                    int64
}

func limitsOf(options map[string]string) limits {
	return limits{
		characters:  number(options[OptCharacters], text.FederatedLimit),
		perURL:      number(options[OptPerURL], text.FederatedLink),
		attachments: number(options[OptAttachments], maxAttachments),
		image:       int64(number(options[OptImage], maxImage)),
		video:       int64(number(options[OptVideo], maxVideo)),
	}
}

// number reads a positive number, or takes what there is without.
func number(s string, without int) int {
	if n, err := strconv.Atoi(s); err == nil && n > 0 {
		return n
	}
	return without
}

func caps(l limits) platform.Caps {
	return platform.Caps{
		Kind: Kind, Guarantee: platform.ExactlyOnce, Settle: settle,
		Ahead: 10 * time.Minute, Fresh: keptUnattached / 2, Spacing: spacing,
		Threads: true, Media: l.attachments, NativeMin: nativeMin, NativeMax: nativeMax,
	}
}
