// Package ghost publishes on a Ghost by its Admin API (docs.ghost.org/admin-api,
// read 2026-11; behaviours measured on 6.65.0).
//
// Account: Server is the address of the site; the access token is the key of a
// custom integration, "ID:SECRET". Of that a token of five minutes is made for
// each request (JWT, HS256), by the clock of the job. Options: "newsletter", the
// slug of a newsletter to which the post is mailed as it goes out; "segment", to
// which of its members.
//
// Guarantee: exactly once. A post is a draft first, whose id is kept; publishing
// is a change of its status, which names the version that it changes: another
// change in between is refused (409), and a repetition of ours finds the post
// published. A draft whose id was lost is found by a mark in
// its text, an empty element that shows nothing.
//
// What Ghost does of itself and is met here: two posts never share an address,
// the later gets "-2"; a post that was planned keeps its date when it is
// published early, so that the date is always sent; a mail goes out only with
// the change from draft to published, and is not sent again by another.
package ghost
