// Package text makes of a post what a short platform says: within its length, as
// the platform counts, and never cut inside a character that people see as one,
// nor inside a link, a mention or a tag.
//
// [Compose] does it under a [Rule]. A platform counts [Graphemes], [Characters],
// [Bytes], as X does ([Weighted]) or as servers of Mastodon do ([Federated]).
// [Spans] finds what leads somewhere, in bytes, as facets want it.
//
// docs/platform-text.md says what goes first and what is left out.
package text
