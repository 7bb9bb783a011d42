package rhythm

import (
	"errors"
	"strconv"
	"time"

	"github.com/teambition/rrule-go"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// errStart is the cause where a rule has no start: the library would take the
// present instant of the host.
var errStart = errors.New("no start date")

// rule expands a recurrence rule as floating wall-clock time, as if the wall
// were in UTC, and only then makes instants of it: the library's own zones
// follow time.Date, which goes backwards in some gaps.
func (e *expansion) rule(r Rule) {
	option, err := rrule.StrToROption(r.Text)
	switch {
	case err != nil:
	case r.Start.IsZero() || !r.Start.Date.Valid() || !r.Start.Clock.Valid():
		err = errStart
	case option.Freq > rrule.DAILY:
		e.find(CodeRuleOften, problem.Params{"value": r.Text, "max": strconv.Itoa(MaxOccurrences)}, nil)
		return
	}
	var rule *rrule.RRule
	if err == nil {
		option.Dtstart = wall(r.Start)
		last := wall(e.end.At(civil.Clock{})).Add(-time.Second)
		if option.Until.IsZero() || option.Until.After(last) {
			option.Until = last
		}
		rule, err = rrule.NewRRule(*option)
	}
	if err != nil {
		e.find(CodeRule, problem.Params{"value": r.Text, "detail": err.Error()}, err)
		return
	}
	from, n := wall(e.first.At(civil.Clock{})), 0
	for next := rule.Iterator(); ; {
		t, ok := next()
		if !ok {
			return
		}
		if t.Before(from) {
			continue
		}
		if n++; n > MaxOccurrences {
			e.find(CodeRuleOften, problem.Params{"value": r.Text, "max": strconv.Itoa(MaxOccurrences)}, nil)
			return
		}
		e.add(e.zone.Instant(civil.UTC().DateTime(t)), r.Weight)
	}
}

func wall(t civil.DateTime) time.Time { return civil.UTC().Instant(t) }
