package cli

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"editorial/internal/office"
	"editorial/pkg/calendar"
	"editorial/pkg/problem"
)

// othersShown is how many of those in the way are named.
const othersShown = 3

// reasonGroup are the slots that one thing closes.
type reasonGroup struct {
	key reasonKey
	// placed says that the item has a place: an open slot is then one that is
	// worth less.
	placed  bool
	reasons []office.Reason
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
	// lost says that the leader has no place at all.
	lost, held bool
}

// group puts together what one thing closes: what closes most comes first.
func group(reasons []office.Reason, placed bool) []reasonGroup {
	var groups []reasonGroup
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
		i := slices.IndexFunc(groups, func(g reasonGroup) bool { return g.key == k })
		if i < 0 {
			i = len(groups)
			groups = append(groups, reasonGroup{key: k, placed: placed})
		}
		groups[i].reasons = append(groups[i].reasons, r)
	}
	slices.SortStableFunc(groups, func(x, y reasonGroup) int { return cmp.Compare(len(y.reasons), len(x.reasons)) })
	return groups
}

// reasonText words a group after a prefix of keys; "" where that prefix says
// nothing of its rule.
func (a *app) reasonText(o *office.Office, prefix string, g reasonGroup) string {
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
		if g.key.more && a.words.Has(prefix+"full-more") {
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
	case calendar.RuleCapacity:
		if g.key.person == "" {
			name = "capacity-team"
		}
	}
	if !a.words.Has(prefix + name) {
		return ""
	}
	// What is least: the fewest hours, the first bound.
	least := slices.MinFunc(g.reasons, func(x, y office.Reason) int {
		return cmp.Or(x.Minutes-y.Minutes, x.At.Compare(y.At))
	})
	params := problem.Params{
		"others": a.others(g.reasons), "limit": strconv.Itoa(cmp.Or(g.key.cap, g.key.percent)), "name": g.key.share,
		"person": o.PersonName(g.key.person), "hours": a.words.Hours(least.Minutes), "week": strconv.Itoa(least.Week.Number),
		"n": strconv.Itoa(g.key.posts),
	}
	if !least.Bound.IsZero() {
		local := o.Zone.DateTime(least.Bound)
		params["date"] = a.words.Date(local.Date)
		if g.key.rule != calendar.RuleClosed {
			params["date"] = a.when(o, least.Bound)
		}
	}
	if least.Other != nil {
		params["platform"] = least.Other.Platform
		if g.key.rule == calendar.RuleLeader && !least.Other.At.IsZero() {
			params["date"] = a.when(o, least.Other.At)
		}
	}
	return a.words.Say(prefix+name, params)
}

// others names those in the way, each once.
func (a *app) others(reasons []office.Reason) string {
	var titles []string
	for _, r := range reasons {
		if r.Other != nil {
			if t := a.words.Say("why.title", problem.Params{"title": plainTitle(*r.Other)}); !slices.Contains(titles, t) {
				titles = append(titles, t)
			}
		}
	}
	if n := len(titles) - othersShown; n > 0 {
		return a.words.Say("why.others", problem.Params{"titles": strings.Join(titles[:othersShown], ", "), "n": strconv.Itoa(n)})
	}
	return strings.Join(titles, ", ")
}
