// Package instagram publishes on professional accounts of Instagram.
//
// # Contract
//
// developers.facebook.com/docs/instagram-platform (content publishing, IG
// Container, content_publishing_limit, insights, comments, error codes), read in
// November 2026. Nothing here was run against the platform.
//
//   - Preparing makes a container (POST /ME/media), one more for each picture of
//     several, and asks until the platform has filled it, once a minute. It fetches
//     pictures itself, so that they must stand where everybody can fetch them, in
//     JPEG. A container is good for a day.
//   - The commit is POST /ME/media_publish with the container's id.
//   - By login with Instagram (graph.instagram.com) a token lives 60 days and is
//     extended while preparing; by login with Facebook, Account.Server is
//     graph.facebook.com, and Account.Name the number of the Instagram account.
//   - Films and stories are not made.
//
// # Guarantee
//
// Exactly once. A container is published once, and says whether it was; the
// account's posts since the first attempt are read besides, for publishing was
// seen to fail with an error (2207051) though the post went live.
package instagram
