// Package threads publishes on Threads.
//
// # Contract
//
// developers.facebook.com/docs/threads (posts, reading, insights, replies,
// long-lived tokens, troubleshooting), read in November 2026. Nothing here was run
// against the platform.
//
//   - Preparing makes a container (POST /ME/threads), one more for each picture of
//     several, and asks until the platform has filled it. It fetches pictures
//     itself, so that they must stand where everybody can fetch them. A container
//     is good for a day.
//   - The commit is POST /ME/threads_publish with the container's id.
//   - A token lives 60 days; it is extended while preparing, two weeks before its
//     end.
//   - Several posts that answer each other are not made.
//
// # Guarantee
//
// Exactly once. A container is published once, and says whether it was; where its
// id is lost, too, the account's posts since the first attempt are read, and the
// post is known by its words.
package threads
