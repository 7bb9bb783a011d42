// Package calendar decides when posts go out. It is pure: the same input
// always gives the same plan, and there is no clock and no file in it; chance
// comes from a fixed seed.
//
// [Expand] makes an [Instance] of posts, platforms and the present: slots,
// items and rules as plain integers, complete enough that a stranger could
// plan from it. [Make] turns an Instance into a [Plan]; it is the seam behind
// which planners are exchanged; [Again] does so after a small change.
//
// A plan explains itself: an [Explainer] says of every slot what an item would
// find there, who stands in the way and who yields, package advice finds what
// would let in an item that is left out, [Clashes] names what is wrong between
// placements that people fixed, [Load] sums up the work. [Instance.Export]
// writes problem and plan as numbers; package verify checks them and shares no
// code with this one.
//
// docs/planning.md states the problem exactly.
package calendar
