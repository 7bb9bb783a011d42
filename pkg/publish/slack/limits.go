package slack

import (
	"strings"
	"time"
	"unicode/utf8"

	"editorial/pkg/publish/platform"
)

// Kind is the name of the platform in configurations.
const Kind = "slack"

// Names of options.
const (
	// OptPreview set to "false" shows no preview of links.
	OptPreview = "preview"
	// OptMarkup set to "true" takes *bold* and _italic_ for markup.
	OptMarkup = "markup"
)

// Source of all: docs.slack.dev, November 2026, or our own choice.
const (
	api   = "https://slack.com"
	hooks = "https://hooks.slack.com"
	// maxText is the most of a message, in characters with what is escaped: more
	// is cut by Slack, silently.
	maxText = 40_000
	// event is the type of our metadata, and name that of the key in it.
	event = "editorial_placement"
	name  = "key"
	// perPage is how many messages are read at once, maxPages how often.
	perPage  = 100
	maxPages = 20
	// settle is how long a request whose answer was lost may still be at work.
	settle = 30 * time.Second
	// spacing keeps far from a message a second.
	spacing = 5 * time.Second
)

// needed are the scopes that publishing needs; historied are those of which one
// lets a bot read its channel.
func needed() []string    { return []string{"chat:write"} }
func historied() []string { return []string{"channels:history", "groups:history"} }

func caps(bot bool) platform.Caps {
	c := platform.Caps{Kind: Kind, Guarantee: platform.AskAfterLoss, Ahead: 5 * time.Minute, Spacing: spacing}
	if bot {
		c.Guarantee, c.Settle = platform.ExactlyOnce, settle
	}
	return c
}

// escape takes the meaning from what Slack treats as its own.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

func count(s string) int { return utf8.RuneCountInString(escape(s)) }
