// Package linkedin publishes on LinkedIn by its Posts API (learn.microsoft.com/
// linkedin/marketing/community-management/shares/posts-api, version 2026-05, read
// 2026-11): in the name of an organisation, or of a member.
//
// What it does: POST /rest/posts, with pictures that were uploaded before, or
// with the post's page as an article.
//
// What it guarantees depends on whose name it is. The posts of an organisation
// can be listed: exactly once. Those of a member cannot (r_member_social is given
// to nobody new): at most once, and if an answer is lost a person is asked.
// LinkedIn refuses a text that it has just had, which is looked into for
// organisations; what it says of members proves nothing, for it has named posts
// that were never to be seen.
package linkedin
