package telegram

import (
	"time"
	"unicode/utf16"

	"editorial/pkg/publish/platform"
)

// Kind is the name of the platform in configurations.
const Kind = "telegram"

// Names of options.
const (
	// OptSilent set to "true" notifies nobody with a sound.
	OptSilent = "silent"
	// OptTopic is the number of a topic in a group that has some.
	OptTopic = "topic"
	// OptPictures set to "false" sends texts alone, which may be longer.
	OptPictures = "pictures"
)

// Source of all: core.telegram.org/bots/api, November 2026.
const (
	home = "https://api.telegram.org"
	// maxText and maxCaption are the most of a text, in characters. They are
	// counted in units of UTF-16, which are never fewer.
	maxText    = 4_096
	maxCaption = 1_024
	// maxPhotos is the most of an album, maxPhoto the most bytes of a picture.
	maxPhotos = 10
	maxPhoto  = 10 << 20
	// maxFilm is the most bytes of a film, which stands alone.
	maxFilm = 50_000_000
)

// spacing keeps far from 20 messages a minute in a group. Source:
// core.telegram.org/bots/faq, November 2026; the value is our own choice.
const spacing = 5 * time.Second

func caps() platform.Caps {
	return platform.Caps{Kind: Kind, Guarantee: platform.AskAfterLoss, Ahead: time.Minute, Spacing: spacing, Media: maxPhotos}
}

// units counts as Telegram counts positions in a text.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
