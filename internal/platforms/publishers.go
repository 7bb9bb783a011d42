package platforms

import (
	"strings"

	"editorial/internal/config"
	"editorial/pkg/publish/bluesky"
	"editorial/pkg/publish/discord"
	"editorial/pkg/publish/facebook"
	"editorial/pkg/publish/flickr"
	"editorial/pkg/publish/ghost"
	"editorial/pkg/publish/instagram"
	"editorial/pkg/publish/linkedin"
	"editorial/pkg/publish/mastodon"
	"editorial/pkg/publish/micropub"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/slack"
	"editorial/pkg/publish/telegram"
	"editorial/pkg/publish/threads"
	"editorial/pkg/publish/wire"
	"editorial/pkg/publish/wordpress"
	"editorial/pkg/publish/x"
	"editorial/pkg/publish/youtube"
)

// Maker makes the publisher of an account.
type Maker func(platform.Account, wire.Doer) platform.Publisher

// Publishers are the kinds for which a publisher speaks by HTTP. A new one is one
// line: `"mastodon": of(mastodon.New),`.
func Publishers() map[config.Kind]Maker {
	return map[config.Kind]Maker{
		bluesky.Kind:   of(bluesky.New),
		discord.Kind:   of(discord.New),
		facebook.Kind:  of(facebook.New),
		flickr.Kind:    of(flickr.New),
		ghost.Kind:     of(ghost.New),
		instagram.Kind: of(instagram.New),
		linkedin.Kind:  of(linkedin.New),
		mastodon.Kind:  of(mastodon.New),
		micropub.Kind:  of(micropub.New),
		slack.Kind:     of(slack.New),
		telegram.Kind:  of(telegram.New),
		threads.Kind:   of(threads.New),
		wordpress.Kind: of(wordpress.New),
		x.Kind:         of(x.New),
		youtube.Kind:   of(youtube.New),
	}
}

// of lets a constructor return its own type.
func of[P platform.Publisher](make func(platform.Account, wire.Doer) P) Maker {
	return func(a platform.Account, via wire.Doer) platform.Publisher { return make(a, via) }
}

// Of returns what posts are on a platform of the configuration: as its account
// sends them, by its options, or as a person is given them; false where the site
// makes them itself. It asks nobody, and for no secret.
func Of(p config.Platform) (platform.Format, bool) {
	format, ok := Formats()[p.Kind]
	if !ok {
		return nil, false
	}
	if make, known := Publishers()[p.Kind]; known && !p.Connection.IsZero() {
		c := p.Connection
		return make(platform.Account{Server: strings.TrimSuffix(c.Server, "/"), Name: c.Account, Options: c.Options}, nil), true
	}
	return ByHand(p.Kind, format), true
}
