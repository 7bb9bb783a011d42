// Package facebook publishes on Pages of Facebook.
//
// # Contract
//
// developers.facebook.com/docs/graph-api/reference/page/feed, …/page/photos,
// …/page/published_posts, …/page/scheduled_posts, …/page-post, …/batch-requests and
// …/debug_token, and the field lists that the platform makes its own libraries of
// (April 2026), read in November 2026. Nothing here was run against the platform.
//
//   - Preparing uploads each picture as an unpublished photo with its alternative
//     text (POST /PAGE/photos) and makes the post, unpublished (POST /PAGE/feed
//     with published=false). Its id is kept. What an answer was lost of is made
//     once more: it is seen by nobody, and stays behind.
//   - A film is uploaded as an unpublished film with its text (POST /PAGE/videos) and
//     asked for until it is ready (status.video_status); the commit is POST /FILM
//     published=true, by its id.
//   - The commit is POST /POST is_published=true. It names one post, so that it
//     can be repeated without harm.
//   - With the option "direct" the commit is POST /PAGE/feed itself, and a lost answer
//     is looked for by text and link.
//   - A post with pictures has its link in the text, for there is no card then;
//     one without has it as a card.
//   - The token is that of the Page. It goes in a header; where the platform wants
//     a token as a parameter, in a body.
//
// # Guarantee
//
// Exactly once. A commit of which nothing is known is looked up by the id that was
// kept before it. Where that is lost (a restored backup), the Page's published and
// scheduled posts since the first attempt are read, and the post is known by its
// text and its link; one with the same text and another link is for a person to
// judge, and so is a post that was there and is gone.
package facebook
