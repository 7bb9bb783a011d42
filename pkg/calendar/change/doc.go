// Package change holds single changes to what a calendar is made from, as
// data: a post dropped, three hours more for Awa, YouTube every two weeks.
//
// A [Change] says one thing that a person could do; [Apply] does it to a copy
// of a [calendar.Input]. Whoever looks for a remedy makes changes, applies
// each, plans again and sees what it gives. A Change has no words: the screens
// word it by its [Kind]. It goes into JSON and comes back the same.
package change
