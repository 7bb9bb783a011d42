package office

import (
	"slices"
	"strings"

	"editorial/pkg/calendar/forecast"
)

// took says how long posts took, and what was logged of them.
func (o *Office) took(past *Past, tracks []forecast.Track) []ForecastTook {
	logged, planned := map[string][]int{}, map[string][]int{}
	for _, l := range past.lives {
		finished := slices.ContainsFunc(l.steps, func(s forecast.Step) bool { return s.Stage == forecast.Ready })
		if !finished || l.last.logged == 0 || l.last.letter {
			continue
		}
		for _, kind := range kinds(l.last.kind) {
			logged[kind] = append(logged[kind], l.last.logged)
			planned[kind] = append(planned[kind], l.last.effort)
		}
	}
	var all []ForecastTook
	for _, d := range forecast.Took(tracks, o.Now) {
		t := ForecastTook{Durations: d, Logged: len(logged[d.Kind]), LoggedHalf: half(logged[d.Kind]), PlannedHalf: half(planned[d.Kind])}
		t.Format, _ = strings.CutPrefix(d.Kind, kindFormat)
		if pillar, ok := strings.CutPrefix(d.Kind, kindPillar); ok {
			t.Format, t.Pillar = "", pillar
		}
		all = append(all, t)
	}
	return all
}

// kinds are the groups that a post counts in: all posts, and its kind.
func kinds(kind string) []string {
	if kind == "" {
		return []string{""}
	}
	return []string{"", kind}
}

// half is the middle of some numbers, 0 of none.
func half(ns []int) int {
	if len(ns) == 0 {
		return 0
	}
	ns = slices.Sorted(slices.Values(ns))
	return (ns[(len(ns)-1)/2] + ns[len(ns)/2]) / 2
}
