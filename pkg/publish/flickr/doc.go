// Package flickr publishes photographs on Flickr by its API
// (flickr.com/services/api, as of November 2026; it has not moved for years).
//
// What it does: each photograph is uploaded as a private one with a machine tag
// that follows from the key of the placement, editorial:key=TOKEN. Committing
// makes them public, by their ids.
//
// What it guarantees: exactly once. Making public can be repeated, and each
// photograph says whether it is public. An upload whose answer was lost is
// searched for by its tag before another is made; the index of tags lags, so the
// search waits. At worst a second, private copy stays behind.
//
// Requests are signed with OAuth 1.0a (RFC 5849), whose tokens live for good. What
// needs no account (numbers, licences) is asked without a signature, for that
// needs no clock.
package flickr
