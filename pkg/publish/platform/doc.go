// Package platform is the seam of publishers: how one placement goes out on one
// remote, once.
//
// A publisher has two halves. Its [Format] is pure and needs no account: it
// says what a post is on the platform, whether that may stand there, and freezes
// the exact bytes. Assisted platforms need nothing else. The [Publisher] speaks
// for an account: Prepare does all that may be repeated or abandoned, Commit is
// the one call that cannot be taken back, Lookup says whether a commit of which
// nothing is known took place.
//
// No method waits, repeats itself or reads a clock: who calls does, and knows
// from the class of an [Error] what may be tried again. What a publisher can do
// besides are small interfaces of their own: [Checker], [Renewer], [Meter], [Commenter],
// [Follower], [Scheduler].
//
// Every publisher passes the suite of package publishtest.
package platform
