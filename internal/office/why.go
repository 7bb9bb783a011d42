package office

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/problem"
	"editorial/pkg/words"
)

// othersShown is how many of those in the way are named.
const othersShown = 3

// ReasonGroup are the slots that one thing closes.
type ReasonGroup struct {
	Reasons []Reason

	key reasonKey
	// placed says that the item has a place: an open slot is then one that is
	// worth less.
	placed bool
}

// reasonKey is what the slots of a group have in common.
type reasonKey struct {
	rule    calendar.Rule
	limit   calendar.LimitCode
	person  string
	share   string
	below   bool
	percent int
	cap     int
	weekly  bool
	posts   int
	// more says that who stands there is worth more, of calendar.RuleFull.
	more bool
	// chained is the leader, or the follower: each stands at its own time. lost
	// says that a leader has no place at all.
	chained    calendar.Key
	lost, held bool
}

// GroupReasons puts together what one thing closes: what closes most comes first.
// placed says that the item has a place.
func GroupReasons(reasons []Reason, placed bool) []ReasonGroup {
	var groups []ReasonGroup
	for _, r := range reasons {
		k := reasonKey{rule: r.Rule, limit: r.Limit, person: r.Person, share: r.Share, below: r.Below, percent: r.Percent, cap: r.Cap, posts: r.Posts}
		switch r.Rule {
		case calendar.RuleCap:
			k.weekly = r.Week.Number != 0
		case calendar.RuleFull:
			k.more = r.Other != nil && r.Worth >= r.Value
		case calendar.RuleLeader:
			k.lost, k.held = r.Bound.IsZero(), r.Held
		}
		if (r.Rule == calendar.RuleLeader || r.Rule == calendar.RuleFollower) && r.Other != nil {
			k.chained = r.Other.Key
		}
		i := slices.IndexFunc(groups, func(g ReasonGroup) bool { return g.key == k })
		if i < 0 {
			i = len(groups)
			groups = append(groups, ReasonGroup{key: k, placed: placed})
		}
		groups[i].Reasons = append(groups[i].Reasons, r)
	}
	slices.SortStableFunc(groups, func(x, y ReasonGroup) int { return cmp.Compare(len(y.Reasons), len(x.Reasons)) })
	return groups
}

// SayClosed words what closes the slots of a group.
func (o *Office) SayClosed(w *words.Words, g ReasonGroup) string { return o.sayReason(w, "why.by-", g) }

// WhyLeft says in a few words what keeps a post out: the rule that closes most
// of the slots that its own dates leave open, else the dates.
func (o *Office) WhyLeft(w *words.Words, p *Proposal, l Left) string {
	if g, ok := mainGroup(o.Reasons(p, l.Item)); ok {
		return o.SayClosed(w, g)
	}
	return w.Say("why.no-slot", nil)
}

// SayKept says what keeps a post out, as a sentence: what the cheapest change
// opens, if there is one, else the rule that closes most of the slots that its
// own dates leave open. A date that closes slots is told beside a rule, and a
// rule beside a date.
func (o *Office) SayKept(w *words.Words, reasons []Reason, a Answer) string {
	groups := GroupReasons(reasons, false)
	main, ok := mainGroup(reasons)
	if !ok {
		return w.Say("why.kept", problem.Params{"reason": w.Say("why.kept-no-slot", nil)})
	}
	if len(a.Found) > 0 {
		main = groupAt(groups, a.Found[0].At, main)
	}
	said := o.sayReason(w, "why.kept-", main)
	for _, g := range groups {
		if (g.key.limit == "") != (main.key.limit == "") {
			said = w.Say("why.kept-both", problem.Params{"rule": said, "other": o.sayReason(w, "why.kept-", g)})
			break
		}
	}
	return w.Say("why.kept", problem.Params{"reason": said})
}

// groupAt is the group of the slot at an instant, else the other one.
func groupAt(groups []ReasonGroup, at time.Time, other ReasonGroup) ReasonGroup {
	for _, g := range groups {
		if slices.ContainsFunc(g.Reasons, func(r Reason) bool { return r.At.Equal(at) }) {
			return g
		}
	}
	return other
}

// mainGroup is what closes most of the slots that the item's own dates leave
// open, else the date that closes most.
func mainGroup(reasons []Reason) (ReasonGroup, bool) {
	groups := GroupReasons(reasons, false)
	for _, g := range groups {
		if g.key.limit == "" {
			return g, true
		}
	}
	if len(groups) == 0 {
		return ReasonGroup{}, false
	}
	return groups[0], true
}

// sayReason words a group after a prefix of keys.
func (o *Office) sayReason(w *words.Words, prefix string, g ReasonGroup) string {
	name := string(g.key.rule)
	switch g.key.rule {
	case "":
		name = "free"
		if g.placed {
			name = "open"
		}
	case calendar.RuleClosed:
		name = string(g.key.limit)
	case calendar.RuleFull:
		if g.key.more && w.Has(prefix+"full-more") {
			name = "full-more"
		}
	case calendar.RuleLeader:
		switch {
		case g.key.held:
			name = "leader-held"
		case g.key.lost:
			name = "leader-none"
		}
	case calendar.RuleCap:
		name = "cap-day"
		if g.key.weekly {
			name = "cap-week"
		}
	case calendar.RuleMix:
		name = "mix-above"
		if g.key.below {
			name = "mix-below"
		}
		if g.key.posts > 0 && w.Has(prefix+name+"-first") {
			name += "-first"
		}
	case calendar.RuleCapacity:
		if g.key.person == "" {
			name = "capacity-team"
		}
	}
	// What is least: the fewest hours, the first bound.
	least := slices.MinFunc(g.Reasons, func(x, y Reason) int {
		return cmp.Or(x.Minutes-y.Minutes, x.At.Compare(y.At))
	})
	params := problem.Params{
		"others": others(w, g.Reasons), "limit": strconv.Itoa(cmp.Or(g.key.cap, g.key.percent)), "name": g.key.share,
		"person": o.PersonName(g.key.person), "hours": w.Hours(least.Minutes), "week": strconv.Itoa(least.Week.Number),
		"n": strconv.Itoa(g.key.posts),
	}
	if !least.Bound.IsZero() {
		local := o.Zone.DateTime(least.Bound)
		params["date"] = w.Date(local.Date)
		if g.key.rule != calendar.RuleClosed {
			params["date"] = o.when(w, least.Bound)
		}
	}
	if least.Other != nil {
		params["platform"] = least.Other.Platform
		if g.key.rule == calendar.RuleLeader && !least.Other.At.IsZero() {
			params["date"] = o.when(w, least.Other.At)
		}
	}
	return w.Say(prefix+name, params)
}

// SayYielding names what would stand in an item's place; "" if nothing would.
func (o *Office) SayYielding(w *words.Words, yielding []Placement) string {
	if len(yielding) == 0 {
		return ""
	}
	return w.Say("why.yielding", problem.Params{"others": titles(w, yielding)})
}

// others names those in the way, each once.
func others(w *words.Words, reasons []Reason) string {
	var all []Placement
	for _, r := range reasons {
		if r.Other != nil {
			all = append(all, *r.Other)
		}
	}
	return titles(w, all)
}

// titles names posts, each once and not too many.
func titles(w *words.Words, all []Placement) string {
	var names []string
	for _, x := range all {
		if t := w.Say("why.title", problem.Params{"title": TitleOf(x)}); !slices.Contains(names, t) {
			names = append(names, t)
		}
	}
	if n := len(names) - othersShown; n > 0 {
		return w.Say("why.others", problem.Params{"titles": strings.Join(names[:othersShown], ", "), "n": strconv.Itoa(n)})
	}
	return strings.Join(names, ", ")
}

// TitleOf is how a placement is called: not yet safe for a terminal.
func TitleOf(x Placement) string {
	title, _ := headline(x.Post, x.Key.String())
	return title
}

// when words an instant: "Tue 3 Nov, 09:00".
func (o *Office) when(w *words.Words, t time.Time) string {
	local := o.Zone.DateTime(t)
	return w.ShortDate(local.Date) + ", " + local.Clock.String()
}
