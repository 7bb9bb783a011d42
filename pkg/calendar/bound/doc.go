// Package bound says what no plan of an office is worth more than: how good
// the best of all plans can be at most. With it a plan can tell how far from
// the best it is at worst. It shares no code with the planner.
//
// Method: Lagrangian relaxation. The rules that tie posts to each other
// (slots, editions, caps, gaps, spreads, shares, hours, series) get prices;
// what is left falls apart into posts, each of which chooses the places of its
// items alone: exactly, with its chains and with the first week in which its
// own work is due. What the posts then earn after prices, plus what the prices
// make of the limits, is never below the worth of any plan, whatever the
// prices are: a plan keeps the limits, so it pays no more for them than that.
// Good prices make it small; the volume algorithm looks for them (Barahona and
// Anbil, "The volume algorithm", Mathematical Programming 87, 2000).
//
// Prices are whole numbers of 2^-16 of a unit of value, and everything that
// the bound is summed up from is in whole numbers: nothing is rounded before
// the end, and then it is rounded down, as plans are worth whole numbers.
// Floating point decides only where to look for prices, so an error of
// rounding there can make the bound weaker, never wrong. Products are rounded
// one by one (by conversion, which forbids the compiler to fuse them with a
// sum): every machine goes the same way.
package bound
