package calendar

import (
	"time"

	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
	"editorial/pkg/problem"
)

// Codes of the problems of pins.
const (
	CodePinTooEarly  problem.Code = "pin-too-early" // title, platform, date, bound
	CodePinTooLate   problem.Code = "pin-too-late"  // the same
	CodePinNoEdition problem.Code = "pin-no-edition"
	CodePinPast      problem.Code = "pin-past"
	CodePinNoSlot    problem.Code = "pin-no-slot"
)

// pins turns dates that people want, and agreed placements in the lock window,
// into fixed placements; a day without a time narrows the item instead. What
// people want counts in this order: the mark in the agreed calendar, the date
// in the post, what was agreed.
func (x *expander) pins() {
	lock := x.minute(x.in.Zone.Add(x.in.Now, x.in.Lock))
	kept := x.free[:0]
	for _, it := range x.free {
		if !x.pinned(&it) && !x.locked(&it, lock) {
			kept = append(kept, it)
		}
	}
	x.free = kept
}

// pinned fixes an item that somebody wants at an instant. Embargo, deadline
// and expiry beat the pin, and an edition must be there: where not, the item
// stays free and has no slot at all.
func (x *expander) pinned(it *freeItem) bool {
	wish, source, ok := x.wanted(it)
	if !ok {
		return false
	}
	at := x.minute(wish.Instant)
	var code problem.Code
	switch last := x.minute(x.endOf(wish)); {
	case !wish.HasClock && last >= it.From && at <= it.Until:
		it.First, it.Until = max(it.First, at), min(it.Until, last)
		it.Limits = append(it.Limits, Limit{LimitDay, at})
		if at < x.inst.Horizon && !x.open(it) {
			x.find(it, CodePinNoSlot, problem.Warning, wish, source)
		}
		return false
	case !wish.HasClock && last < it.From:
		code = CodePinTooEarly
	case !wish.HasClock:
		code = CodePinTooLate
	case at < it.From:
		code = CodePinTooEarly
	case at > it.Until:
		code = CodePinTooLate
	case !x.meets(it.Platform, at):
		code = CodePinNoEdition
	default:
		x.fix(it.post, it.Platform, it.Key, at, WhyPinned).Source = source
		return true
	}
	x.find(it, code, problem.Error, wish, source)
	it.First = Never
	it.Limits = append(it.Limits, Limit{LimitPin, at})
	return false
}

// open reports whether the platform has a slot at a time that the item's dates
// allow.
func (x *expander) open(it *freeItem) bool {
	for at := range x.slot {
		if at.platform == it.Platform && at.at >= it.First && at.at <= it.Until {
			return true
		}
	}
	return false
}

// locked fixes an item that the agreed calendar has in the lock window, as
// long as its own dates and the rhythm of editions allow it.
func (x *expander) locked(it *freeItem, lock int) bool {
	a, ok := x.agreed[it.Key]
	if !ok {
		return false
	}
	at := x.minute(a.At)
	if at < x.inst.Now || at > lock || at < it.First || at > it.Until || !x.meets(it.Platform, at) {
		return false
	}
	x.fix(it.post, it.Platform, it.Key, at, WhyLocked).Source = a.Source
	return true
}

// wanted returns when somebody wants the item out, and where that is written.
// A date that is past is a warning and counts for nothing.
func (x *expander) wanted(it *freeItem) (civil.Moment, problem.Position, bool) {
	if a, ok := x.agreed[it.Key]; ok && a.Pin && x.minute(a.At) >= x.inst.Now {
		return civil.Moment{Local: x.in.Zone.DateTime(a.At), HasClock: true, Instant: a.At}, a.Source, true
	}
	if it.Key.Occurrence != 1 {
		return civil.Moment{}, problem.Position{}, false
	}
	wish, source := it.post.Pins[it.Key.Platform], it.post.PinSources[it.Key.Platform]
	if wish.IsZero() && x.isRoot(it) {
		wish, source = it.post.Pin, it.post.PinSource
	}
	if wish.IsZero() {
		return wish, source, false
	}
	if source == (problem.Position{}) {
		source = it.post.Source
	}
	if x.minute(x.endOf(wish)) < x.inst.Now {
		x.find(it, CodePinPast, problem.Warning, wish, source)
		return wish, source, false
	}
	return wish, source, true
}

func (x *expander) find(it *freeItem, code problem.Code, severity problem.Severity, wish civil.Moment, source problem.Position) {
	date := wish.Local.Date.String()
	if wish.HasClock {
		date = wish.Local.String()
	}
	params := problem.Params{"title": it.Title, "platform": it.Key.Platform, "date": date}
	switch code {
	case CodePinTooEarly:
		params["bound"] = x.in.Zone.DateTime(x.inst.Time(it.From)).String()
	case CodePinTooLate:
		params["bound"] = x.in.Zone.DateTime(x.inst.Time(it.Until)).String()
	}
	x.problems = append(x.problems, problem.Problem{Position: source, Code: code, Severity: severity, Params: params})
}

// isRoot reports whether the item's platform is the first of the post's that
// derives from none of its others.
func (x *expander) isRoot(it *freeItem) bool {
	return Root(it.post.Platforms, func(name string) (string, bool) {
		i, ok := x.platform[name]
		if !ok {
			return "", false
		}
		return x.rules[i].DerivesFrom, true
	}) == it.Key.Platform
}

// Root returns the platform that a post's own date is about: the first of its
// platforms that derives from none of the others, "" if there is none.
// derives says from which platform one derives, and whether it is known.
func Root(platforms []string, derives func(string) (string, bool)) string {
	for _, name := range platforms {
		from, ok := derives(name)
		for _, other := range platforms {
			ok = ok && other != from
		}
		if ok {
			return name
		}
	}
	return ""
}

// meets makes sure that there is a slot at the minute: the rhythm's, or one of
// the placement's own, but never an edition's. What lies after the horizon
// needs none, an edition only its day in the rhythm.
func (x *expander) meets(platform, at int) bool {
	if x.slot[place{platform, at}] {
		return true
	}
	t := x.inst.Time(at)
	if x.rules[platform].Edition != nil {
		return at >= x.inst.Horizon && x.editionAt(platform, t)
	}
	if at < x.inst.Horizon {
		s := x.newSlot(platform, at, rhythm.DefaultWeight)
		s.Own = true
		x.addSlot(s)
	}
	return true
}

func (x *expander) editionAt(platform int, t time.Time) bool {
	day := x.in.Zone.Date(t)
	slots, _ := x.rules[platform].Rhythm.Expand(x.in.Zone, day, day.AddDays(1), rhythm.Closed{})
	for _, s := range slots {
		if s.At.Equal(t) {
			return true
		}
	}
	return false
}
