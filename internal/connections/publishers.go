package connections

import (
	"path/filepath"

	"editorial/internal/config"
	"editorial/internal/gitsite"
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
	"editorial/internal/platforms"
)

// Maker makes the publisher of an account.
type Maker = platforms.Maker

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

// git is the publisher of an account of git, which keeps a repository of its own
// below the office. It is nil where the machine has no git, or the account no
// address.
func (b *Book) git(name string, a platform.Account) platform.Publisher {
	p, err := gitsite.New(a, repository(filepath.Join(b.Dir, ".editorial"), name), b.environ)
	if err != nil {
		return nil
	}
	return p
}

// repository is the folder, below that of the program's own files, in which an
// account of git keeps its repository, whatever characters its name has.
func repository(state, name string) string {
	return filepath.Join(state, "git", platform.Key(name).Token(16))
}
// Publishers are the kinds for which a publisher speaks by HTTP.
func Publishers() map[config.Kind]Maker { return platforms.Publishers() }
