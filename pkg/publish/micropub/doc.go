// Package micropub publishes on any site that takes Micropub (W3C Recommendation
// of 23 May 2017, www.w3.org/TR/micropub, read 2026-11): Indiekit, micro.blog,
// WordPress and Known with a plug-in, and homes that people make themselves.
//
// Account: Server is the address of the endpoint, the access token one with the
// scopes "create" and, for files, "media". Options: "media", the endpoint for
// files, where the site does not tell it; "drafts", "yes" where the site keeps a
// post with "post-status" "draft" to itself, changes that by an update, and lists
// its posts ("q=source" without an address): extensions that many have and none
// need have, so that a person says so.
//
// Guarantee: the protocol has no key, and a server need not tell what it has. So
// a post whose answer is lost is asked about by a person, unless it is found in
// the site's list by its "uid". With "drafts" it is exactly once: a draft whose
// address is kept, and an update that may be repeated.
//
// An answer of 202 says where the post will be: it is looked for there until it
// is, and never sent again meanwhile.
package micropub
