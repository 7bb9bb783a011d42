package discord

import (
	"time"
	"unicode/utf16"

	"editorial/pkg/publish/platform"
)

// Kind is the name of the platform in configurations.
const Kind = "discord"

// Names of options.
const (
	// OptName is the name that messages stand under, in the place of the
	// webhook's.
	OptName = "name"
	// OptThread is the id of a thread of the channel.
	OptThread = "thread"
	// OptPreview set to "false" shows no preview of links.
	OptPreview = "preview"
	// OptMarkdown set to "true" takes what looks like markup for markup.
	OptMarkdown = "markdown"
)

// Source of all: discord.com/developers/docs, November 2026.
const (
	home = "https://discord.com"
	api  = "/api/v10"
	// maxText is the most of a message, in characters, with what is escaped. They
	// are counted in units of UTF-16, which are never fewer.
	maxText = 2_000
	// maxFiles is the most of one message, maxFile the most bytes of a file, be it
	// a picture or a film, without boosts, maxAlt the most characters of an alternative text, maxName
	// of a name.
	maxFiles = 10
	maxFile  = 10 << 20
	maxAlt   = 1_024
	maxName  = 80
	// quiet is the flag of messages that show no preview of links.
	quiet = 1 << 2
)

// spacing keeps far from the limit of a webhook, which is told with each answer.
// Our own choice.
const spacing = 5 * time.Second

func caps() platform.Caps {
	return platform.Caps{Kind: Kind, Guarantee: platform.AskAfterLoss, Ahead: 5 * time.Minute, Spacing: spacing, Media: maxFiles}
}

// units counts in UTF-16.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
