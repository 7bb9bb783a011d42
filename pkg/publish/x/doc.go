// Package x publishes on X by its API v2 (docs.x.com, as of 2026-08-22, OpenAPI
// 2.167).
//
// What it does: POST /2/tweets; pictures, animations and films by the three-step
// upload of /2/media/upload; descriptions of pictures by /2/media/metadata; the
// account's own timeline to look.
//
// What it guarantees: exactly once. X has no idempotency key, but it shows the
// account's posts with their links unfolded, and refuses the same text twice. A
// post whose answer was lost is looked for by its text; a refusal as duplicate is
// looked into before anything is said of it. What is there with the same link
// and other words is a person's to judge.
//
// Threads answer oneself, and whether self-serve access may do that is written
// nowhere (2026): they are off unless the option "threads" is "true".
//
// A post costs money, and one with a link thirteen times as much: see
// [platform.Message.Cost].
package x
