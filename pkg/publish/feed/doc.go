// Package feed makes the feeds that readers subscribe to: RSS 2.0, Atom 1.0
// (RFC 4287) and JSON Feed 1.1, with the full content of the newest posts and
// absolute links.
//
//	feeds, err := feed.New(feed.Options{Count: 20, Tags: true})
//	site.Feeds = feeds.Links(site)     // so that pages point at them
//	files, err := publish.Files(feeds, site, bodies)
//
// # Which feeds
//
// The whole site in every format (feed.xml, atom.xml, feed.json); each
// language the same below its home (fr/feed.xml) where there are several; on
// request RSS for each tag and pillar (tags/velo/feed.xml). feed-fr.css and
// feed-en.css show the XML to a person who opens it in a browser: not XSLT, of
// which Chromium says in red above the page that it goes away.
//
// # What never changes
//
// An item's id is [GUID] of the post's id alone: a new title, slug, file name
// or domain brings no item back as unread. Dates come from the posts, the
// feed's own from its newest entry; no clock is asked. Bytes change only when
// a reader would see something else.
//
// # How they are made
//
// In the order of the site, posts are rendered on all processors, a few ahead
// of what is written; each item is encoded once a format and goes to every
// feed that shows it. So memory holds a few posts, however many there are. The
// encoders append to a buffer and write the same bytes as encoding/xml and
// encoding/json; tests hold them against these.
//
// # Hostile text
//
// Characters that XML does not know are left out, also in JSON, and so is what
// stands for broken ones. Bodies come sanitised from package markdown. JSON
// gives titles as plain text, and so does Atom where they do not read like
// HTML. RSS never said whether a title is text or HTML and readers differ, so
// in RSS a "<" that could begin a tag is escaped once more: no reader takes it
// for one.
package feed
