// Package platforms knows what a post is on each kind of platform.
package platforms

import (
	"editorial/internal/config"
	"editorial/internal/gitsite"
	"editorial/pkg/publish/assisted"
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
	"editorial/pkg/publish/wordpress"
	"editorial/pkg/publish/x"
	"editorial/pkg/publish/youtube"
)

// Formats returns the format of every kind of platform that posts go to one by
// one. Those that the site makes itself (the blog, feeds, newsletters) have none.
//
// A platform with a publisher is one line in own.
func Formats() map[config.Kind]platform.Format {
	all := map[config.Kind]platform.Format{}
	for _, kind := range config.Kind("").Known() {
		all[config.Kind(kind)] = assisted.New(kind)
	}
	for kind, format := range own() {
		all[kind] = format
	}
	for _, kind := range []config.Kind{config.KindBlog, config.KindRSS, config.KindNewsletter} {
		delete(all, kind)
	}
	return all
}

// Plain is what a post is on a kind of platform for a person who posts it: it
// shows what a publisher's format refuses.
func Plain(kind config.Kind) platform.Format { return assisted.New(string(kind)) }

// own are the formats of the platforms with a publisher.
func own() map[config.Kind]platform.Format {
	return map[config.Kind]platform.Format{
		bluesky.Kind:   bluesky.Format{},
		discord.Kind:   discord.FormatOf(nil),
		facebook.Kind:  facebook.FormatOf(nil),
		slack.Kind:     slack.FormatOf(nil),
		telegram.Kind:  telegram.FormatOf(nil),
		mastodon.Kind:  mastodon.FormatOf(nil),
		wordpress.Kind: wordpress.Format(),
		ghost.Kind:     ghost.Format(),
		micropub.Kind:  micropub.Format(),
		gitsite.Kind:   gitsite.Format(),
		flickr.Kind:    flickr.Format{},
		linkedin.Kind:  linkedin.Format{},
		x.Kind:         x.Format{},
		youtube.Kind:   youtube.Format{},
		instagram.Kind: instagram.Format{},
		threads.Kind:   threads.FormatOf(nil),
	}
}
