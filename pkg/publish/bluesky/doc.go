// Package bluesky publishes on Bluesky, or on any server of the AT Protocol that
// holds an account's repository (a PDS).
//
// # Contract
//
// docs.bsky.app and atproto.com, read in April 2026, and what a PDS 0.5.35 did
// when the tests of this package ran against one in November 2026.
//
//   - A post is a record in the account's repository, under a name (rkey) that we
//     choose: a TID that follows from the key of the placement and its instant, so
//     that every attempt means the same record. Texts, facets, languages and the
//     time of creation are frozen before the first attempt.
//   - Pictures are uploaded while preparing (uploadBlob). The server names them by
//     their content: uploading one again gives the same name.
//   - The commit is putRecord with swapRecord null, "only where there is none yet",
//     once for every post of a thread; each that is out is journalled, since the
//     next one answers it by the hash of its content. The same record a second time
//     is answered 200 and changes nothing; another one under the name is refused as
//     InvalidSwap. (createRecord and applyWrites answer a name that is taken with
//     500, and are not used.)
//
// # Guarantee
//
// Exactly once, without condition: a commit can be repeated, and whether a record
// is there is asked of the repository itself (getRecord), which knows at once. What
// readers see comes from an index that may lag (the AppView); nothing but metrics
// and answers is asked there.
//
// # Credentials
//
// An account is proved by an app password, which buys a session of two tokens that
// live hours and weeks. In a [platform.Token] a password alone is Access; once
// there is a session the password is Secret, and Access and Refresh are the
// session's. Sessions are few (300 a day), so they are renewed and kept.
package bluesky
