package assisted

import "editorial/pkg/publish/text"

// Limits of texts, in the unit of the rule beside them, and of files of a post.
const (
	facebookText  = 63_206 // code of other schedulers, 2026-08
	instagramText = 2_200  // developers.facebook.com/docs/instagram-platform, content publishing, 2026-11
	instagramTags = 30     // the same
	threadsText   = 500    // developers.facebook.com/docs/threads/overview, 2026-11
	xMedia        = 4      // docs.x.com/x-api/posts/create-post, 2026-08
	blueskyText   = 300    // lexicon app.bsky.feed.post, measured 2026-11
	blueskyBytes  = 3_000  // the same
	fediMedia     = 4      // docs.joinmastodon.org, GET /api/v2/instance, 2026-07
	linkedinText  = 3_000  // learn.microsoft.com, posts API, 2026-11
	telegramText  = 4_096  // core.telegram.org/bots/api#sendmessage, 2026-11
	discordText   = 2_000  // discord.com/developers, execute webhook, 2026-11
	slackText     = 40_000 // docs.slack.dev, chat.postMessage, 2026-11
	youtubeTitle  = 100    // developers.google.com/youtube/v3/docs/videos, 2026-10
	youtubeBytes  = 5_000  // the same, of the description
	tiktokText    = 2_200  // developers.tiktok.com, content posting, not read again
	pinterestName = 100    // developers.pinterest.com, create pin, not read again
	pinterestText = 800    // the same
	peertubeTitle = 120    // docs.joinpeertube.org/api-rest-reference, not read again
	peertubeText  = 10_000 // the same
	flickrTitle   = 255    // met in practice, not stated
	shownTags     = 5      // as many as a text ends with before it looks like one of tags
	noThreads     = 0
	someThreads   = 25 // more than anybody reads
)

// limit is what a platform takes.
type limit struct {
	rule text.Rule
	// titled platforms have a title of at most titles characters; 0: any.
	titled bool
	titles int
	// media is the most files of a post; 0: not known.
	media int
	// whole platforms take the text of the post itself.
	whole bool
}

// limits are those of a kind of platform; one that is not known has none.
func limits(kind string) limit {
	plain := func(most, tags, threads int) text.Rule {
		return text.Rule{Kind: kind, Limit: most, Unit: "characters", Count: text.Characters, Tags: tags, Threads: threads}
	}
	titled := func(most, titles int) limit {
		return limit{rule: plain(most, shownTags, noThreads), titled: true, titles: titles}
	}
	switch kind {
	case "facebook":
		return limit{rule: plain(facebookText, shownTags, noThreads), media: 10}
	case "instagram":
		r := plain(instagramText, instagramTags, noThreads)
		r.NoLink = true // it is text there that nobody can follow
		return limit{rule: r, media: 10}
	case "threads":
		return limit{rule: plain(threadsText, 1, someThreads), media: 10}
	case "x":
		return limit{rule: text.Rule{
			Kind: kind, Limit: text.WeightedLimit, Unit: "weighted", Count: text.Weighted, Tags: 2, Threads: someThreads,
		}, media: xMedia}
	case "bluesky":
		return limit{rule: text.Rule{
			Kind: kind, Limit: blueskyText, Bytes: blueskyBytes, Unit: "graphemes", Count: text.Graphemes, Tags: 3, Threads: someThreads,
		}, media: 4}
	case "mastodon", "pixelfed":
		return limit{rule: text.Rule{
			Kind: kind, Limit: text.FederatedLimit, Unit: "graphemes", Count: text.Federated(text.FederatedLink), Tags: shownTags, Threads: someThreads,
		}, media: fediMedia}
	case "linkedin":
		return limit{rule: plain(linkedinText, shownTags, noThreads), media: 20}
	case "telegram":
		return limit{rule: plain(telegramText, shownTags, noThreads), media: 10}
	case "discord":
		return limit{rule: plain(discordText, 0, noThreads), media: 10}
	case "slack":
		return limit{rule: plain(slackText, 0, noThreads)}
	case "tiktok":
		return limit{rule: plain(tiktokText, shownTags, noThreads), media: 35}
	case "youtube":
		l := titled(youtubeBytes, youtubeTitle)
		l.rule.Unit, l.rule.Count, l.media = "bytes", text.Bytes, 1
		return l
	case "pinterest":
		l := titled(pinterestText, pinterestName)
		l.media = 5
		return l
	case "peertube":
		l := titled(peertubeText, peertubeTitle)
		l.media = 1
		return l
	case "flickr":
		return titled(0, flickrTitle)
	case "wordpress", "ghost", "micropub":
		l := titled(0, 0)
		l.whole, l.rule.NoTags, l.rule.NoLink = true, true, true
		return l
	}
	return limit{rule: plain(0, shownTags, noThreads)}
}
