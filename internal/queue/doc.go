// Package queue wakes workers: now, at an instant, or after a program that was
// at work died. It is River, on the database of package store.
//
// A wake-up is a key and nothing else. The truth is in the tables of the store:
// a wake-up that is lost, or comes twice, does no harm, because who is woken
// reads there what is to be done. It is written in the same transaction as the
// change that it belongs to ([Queue.WakeTx]), so that neither is there without
// the other.
//
// What follows a publication (a first comment, a ping, figures) is another kind
// of wake-up with a worker of its own ([Queue.FollowTx]): it is given to
// Options.Follow and can never become the other kind.
//
// Of all programs on one database one leads at a time. It alone does what is done
// every so often ([Tick]); if it dies, another leads within about 20 seconds.
// Ticks are intervals, no times of day, so that no zone and no daylight saving
// time moves them.
//
// The versions of River are pinned (go.mod; TestVersions) and guarded by the
// suite of this package, since its driver for SQLite is newer than the rest.
package queue
