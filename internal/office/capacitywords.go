package office

import (
	"slices"
	"strconv"
	"strings"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/change"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// fixesInVerdict is how many fixes the verdict names.
const fixesInVerdict = 2

// SayCapacity words the verdict: whether it is feasible, or by how much it is
// short, and what mends that.
func (o *Office) SayCapacity(w *words.Words, c Capacity) string {
	p := problem.Params{"last": w.Date(c.Last.Monday().AddDays(6)), "person": o.PersonName(c.Person)}
	key := "capacity.verdict-" + c.Verdict
	if c.Person != "" && w.Has(key+"-person") {
		key += "-person"
	}
	switch c.Verdict {
	case CapacityFeasible:
		tight, ok := c.tightest()
		if !ok {
			return w.Say("capacity.idle", p)
		}
		p["week"], p["hours"] = strconv.Itoa(tight.Week.Number), w.Hours(tight.Spare)
		if c.Person == "" && tight.Person != "" {
			key, p["person"] = key+"-tight", o.PersonName(tight.Person)
		}
	case CapacityShort:
		p["week"], p["hours"] = strconv.Itoa(c.Present.Worst.Number), w.Hours(c.Present.WorstShort)
		if who := c.lacking(); c.Person == "" && who != "" {
			key, p["person"] = key+"-person", o.PersonName(who)
		}
	}
	parts := []string{w.Say(key, p)}
	for i, f := range c.Fixes {
		key := "capacity.then"
		if i == 0 {
			key = "capacity.cheapest"
			switch {
			case !c.Mends:
				key = "capacity.helps"
			case slices.ContainsFunc(c.Fixes, func(g Fix) bool { return g.Loss < f.Loss }):
				key = "capacity.first"
			}
		}
		if i == fixesInVerdict {
			parts = append(parts, w.Say("capacity.then-more", problem.Params{"n": strconv.Itoa(len(c.Fixes) - i)}))
			break
		}
		if f.Saves <= 0 {
			key = "capacity.with"
		}
		parts = append(parts, w.Say(key, problem.Params{"fix": o.SayFix(w, f), "hours": w.Hours(f.Saves)}))
	}
	return strings.Join(parts, w.Say("capacity.between", nil))
}

// tightest is who has least to spare in a week in which work is due, in doubt
// the team; false if none is due.
func (c Capacity) tightest() (best Hours, ok bool) {
	for _, h := range c.Weeks {
		if h.Needed > 0 && (!ok || h.Spare < best.Spare || h.Spare == best.Spare && h.Person == "" && best.Person != "") {
			best, ok = h, true
		}
	}
	return best, ok
}

// lacking is the one person who lacks all that is missing in the worst week,
// "" if it is the team or several.
func (c Capacity) lacking() string {
	for _, h := range c.Missing {
		if h.Week == c.Present.Worst && h.Minutes == c.Present.WorstShort {
			return h.Person
		}
	}
	return ""
}

// SayFix words a fix.
func (o *Office) SayFix(w *words.Words, f Fix) string {
	c := f.Changes[0]
	p := problem.Params{"platform": c.Platform, "week": strconv.Itoa(c.Week.Number)}
	key := "capacity.fix-" + string(c.Kind)
	switch c.Kind {
	case change.Without:
		p["platform"] = sayPlatforms(w, f.Changes)
	case change.Drop:
		title, _ := headline(o.post(c.Post), c.Post)
		p["title"] = title
	case change.Halve:
		after := change.Apply(f.before, c)
		i := slices.IndexFunc(after.Platforms, func(p calendar.Platform) bool { return p.Name == c.Platform })
		n, every := pace(after.Platforms[i].Rhythm)
		p["n"], p["every"] = strconv.Itoa(n), strconv.Itoa(every)
		switch {
		case n == 0:
			key += "-half"
		case every == 1:
			key += "-weekly"
		case n == 1 && every == 2:
			key += "-two"
		default:
			key += "-every"
		}
	}
	return w.Say(key, p)
}

// sayPlatforms lists the platforms that are left out together.
func sayPlatforms(w *words.Words, changes []change.Change) string {
	text := changes[0].Platform
	for i, c := range changes[1:] {
		if i == len(changes)-2 {
			return w.Say("capacity.fix-without-and", problem.Params{"list": text, "platform": c.Platform})
		}
		text += ", " + c.Platform
	}
	return text
}

// pace is how many slots a rhythm has every so many weeks; 0 where that cannot
// be said so.
func pace(r rhythm.Rhythm) (n, every int) {
	if len(r.Rules) > 0 {
		return 0, 0
	}
	for _, s := range r.Spaced {
		n, every = n+s.N, 1
	}
	for _, t := range r.Times {
		turn := max(1, t.Every)
		if every > 0 && turn != every {
			return 0, 0
		}
		every = turn
		n += max(1, len(t.At)) * max(1, len(t.Days))
	}
	return n, every
}
