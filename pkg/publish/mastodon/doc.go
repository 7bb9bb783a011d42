// Package mastodon publishes on servers that speak the client API of Mastodon:
// Mastodon itself, its forks, GoToSocial and others.
//
// # Contract
//
// docs.joinmastodon.org/methods/statuses, /methods/media, /methods/instance,
// /methods/scheduled_statuses and /api/rate-limits, read in July 2026; what
// GoToSocial 0.20 does otherwise was seen on a running server in 2026.
//
//   - Files are uploaded while preparing (POST /api/v2/media, answered 200, or 202
//     until they are ready) with their alternative text, and belong to nothing yet.
//   - The commit is POST /api/v1/statuses, once for every post of a thread; each
//     one that is out is journalled before the next is sent.
//   - The Idempotency-Key follows from the key of the placement. It is sent and
//     never relied on: GoToSocial ignores it, Mastodon forgets it after an hour,
//     does not obey it for scheduled statuses, and some versions answer a repeat
//     with 500.
//
// # Guarantee
//
// Exactly once. After a commit of which nothing is known, the account's own
// statuses are read back to before the first attempt, and the post is known by the
// ids of the files that were uploaded for it, else by its text and what it
// answers. A file hangs on one status for good: one that can be found no more
// though it was uploaded just now is evidence of a status that somebody took away
// again, and then a person decides.
package mastodon
