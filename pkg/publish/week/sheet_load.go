package week

import (
	"strings"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// weekLoad is the work of one week alone. What the calendar has are sums from
// its first week on.
func (b *sheetBuilder) weekLoad(who string, week civil.Week) load {
	before := week.Add(-1)
	due, had, over, ok := 0, 0, 0, false
	for _, l := range b.Calendar.Load {
		switch {
		case l.Who != who:
		case l.Week == week:
			due, had, over, ok = due+l.Needed, had+l.Had, max(0, l.Needed-l.Had), true
		case l.Week == before:
			due, had = due-l.Needed, had-l.Had
		}
	}
	if !ok {
		return load{}
	}
	out := load{Text: b.word("plan.load", problem.Params{"needed": b.hours(due), "had": b.hours(had)})}
	if over > 0 {
		out.Over = b.word("plan.load-over", problem.Params{"hours": b.hours(over)})
	}
	return out
}

// hours are minutes of work that no end of a line parts.
func (b *sheetBuilder) hours(minutes int) string {
	return strings.ReplaceAll(b.words.Hours(minutes), " ", "\u00a0")
}
