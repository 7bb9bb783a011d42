// Package capacity says whether a team has the hours that its strategy asks
// for, and what would mend it.
//
// The planner never breaks capacity: what nobody has time for is left out.
// So its plan cannot say how much is missing. This package asks another
// question: what would it take to do everything that was promised? [Wished] is
// the calendar that there would be if hours were no matter, and in every slot
// that nothing fills the work of what usually fills it. [Wish.Balance] holds
// the hours needed by the end of each week against those there are; work may be
// done ahead, never late. [Mend] looks for the changes that close what is
// missing at the least loss, each tried by planning again.
//
// docs/capacity.md states all of it, with an example to follow by hand.
package capacity
