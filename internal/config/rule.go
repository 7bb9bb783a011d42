package config

import (
	"slices"
	"strconv"
	"strings"

	"github.com/teambition/rrule-go"

	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// maxRuleTimes is how many times a day a recurrence rule may name.
const maxRuleTimes = 24

// ruleParts are the parts that a recurrence rule may have. COUNT is refused
// because slots would move with the anchor, BYSECOND because slots are whole
// minutes, BYEASTER because it is no part of RFC 5545.
func ruleParts() []string {
	return []string{
		"FREQ", "INTERVAL", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "BYHOUR", "BYMINUTE",
	}
}

// rhythm checks when a platform has slots.
func (c *checker) rhythm(key string, r Rhythm) {
	key += ".rhythm"
	if r.Every > 1 && r.Anchor.IsZero() {
		c.find(c.at(key+".every"), CodeNoAnchor, problem.Params{"anchor": key + ".anchor"})
	}
	if r.Every > 1 && len(r.Times) == 0 {
		c.find(c.at(key+".every"), CodeEvery, nil)
	}
	if p := r.PerWeek; p.N > 0 {
		if p.Between == p.And {
			c.find(c.at(key+".per_week.and"), CodeBackwards, problem.Params{"from": p.Between.String(), "to": p.And.String()})
		}
	}
	if r.RRule != "" {
		c.rule(key, r)
	}
}

// rule checks a recurrence rule: its parts, that the library takes it, that
// nothing it needs is missing, and that it names any day at all.
func (c *checker) rule(key string, r Rhythm) {
	s := c.at(key + ".rrule")
	parts, ok := c.ruleParts(s, r.RRule)
	if !ok {
		return
	}
	option, err := rrule.StrToROption(r.RRule)
	if err == nil {
		_, err = rrule.NewRRule(*option)
	}
	if err != nil {
		c.find(s, CodeBadRule, problem.Params{"value": r.RRule, "detail": err.Error()})
		return
	}
	if option.Freq > rrule.DAILY {
		c.find(s, CodeRulePart, problem.Params{"part": "FREQ=" + option.Freq.String()})
		return
	}
	if part, ok := sensible(option, parts); !ok {
		c.find(s, CodeRulePart, problem.Params{"part": part})
		return
	}
	if len(option.Byhour)*max(1, len(option.Byminute)) > maxRuleTimes {
		c.find(s, CodeRuleTooOften, problem.Params{"max": strconv.Itoa(maxRuleTimes)})
		return
	}
	if _, ok := c.origins[key+".at"]; !ok && !parts["BYHOUR"] {
		c.find(s, CodeRuleNoTime, problem.Params{"at": key + ".at"})
	}
	if r.Anchor.IsZero() && needsAnchor(option, parts) {
		c.find(s, CodeNoAnchor, problem.Params{"anchor": key + ".anchor"})
		return
	}
	if !parts["UNTIL"] && never(option, r) {
		c.find(s, CodeRuleNever, problem.Params{"value": r.RRule})
	}
}

// ruleParts reports the parts that a rule has, and each that it may not have.
func (c *checker) ruleParts(s spot, rule string) (parts map[string]bool, ok bool) {
	parts, ok = map[string]bool{}, true
	for part := range strings.SplitSeq(rule, ";") {
		name, text, _ := strings.Cut(part, "=")
		switch {
		case slices.Contains(ruleParts(), name) && !(name == "UNTIL" && strings.HasSuffix(text, "Z")) && !parts[name]:
			parts[name] = true
		case strings.ContainsAny(rule, "\r\n"), name == "", text == "":
			c.find(s, CodeBadRule, problem.Params{"value": rule, "detail": part})
			return parts, false
		default:
			c.find(s, CodeRulePart, problem.Params{"part": part})
			ok = false
		}
	}
	return parts, ok
}

// maxInterval is the greatest INTERVAL of a rule.
const maxInterval = 1000

// sensible returns the part that RFC 5545 does not allow next to the others,
// or that the library does not survive: it indexes days of a year with the
// number of a weekday (BYDAY=9MO in December) without a look at the length of
// the month, and adds intervals without a look at their size.
func sensible(o *rrule.ROption, parts map[string]bool) (part string, ok bool) {
	if parts["INTERVAL"] && (o.Interval < 1 || o.Interval > maxInterval) {
		return "INTERVAL=" + strconv.Itoa(o.Interval), false
	}
	most := 5
	switch {
	case o.Freq == rrule.YEARLY && !parts["BYMONTH"] && !parts["BYWEEKNO"]:
		most = 53
	case o.Freq > rrule.MONTHLY, parts["BYWEEKNO"]:
		most = 0
	}
	for _, d := range o.Byweekday {
		if n := d.N(); n > most || n < -most {
			return "BYDAY=" + d.String(), false
		}
	}
	return "", true
}

// needsAnchor reports whether the days of a rule depend on where it begins.
func needsAnchor(o *rrule.ROption, parts map[string]bool) bool {
	switch {
	case o.Interval > 1:
		return true
	case o.Freq == rrule.DAILY:
		return false
	case o.Freq == rrule.WEEKLY:
		return !parts["BYDAY"]
	case o.Freq == rrule.MONTHLY:
		return !parts["BYDAY"] && !parts["BYMONTHDAY"]
	}
	return !parts["BYDAY"] && !parts["BYYEARDAY"] && !(parts["BYMONTH"] && parts["BYMONTHDAY"])
}

// never reports whether a rule names no day in the thirty years from its
// anchor: the thirtieth of February.
func never(o *rrule.ROption, r Rhythm) bool {
	start := r.Start()
	option := *o
	option.Dtstart = civil.UTC().Instant(start)
	option.Until = civil.UTC().Instant(start.Date.AddDays(30 * 366).At(start.Clock))
	rule, err := rrule.NewRRule(option)
	if err != nil {
		return false
	}
	_, some := rule.Iterator()()
	return !some
}

// Start is the DTSTART of the recurrence rule, in wall-clock time.
func (r Rhythm) Start() civil.DateTime {
	day := r.Anchor
	if day.IsZero() {
		day = civil.Date{Year: 1970, Month: 1, Day: 5} // a Monday
	}
	return day.At(r.At)
}
