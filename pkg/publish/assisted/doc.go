// Package assisted is what a post is on platforms that a person posts to: the
// text within the platform's limits, the title where its posts have one, the
// files in their order. It needs no account and sends nothing.
//
// The limits are those that each platform states or that were met in 2026; the
// table in limits.go gives the source of each. Where a platform has a publisher
// of its own, that one's format says more.
package assisted
