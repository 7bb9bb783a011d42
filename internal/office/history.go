package office

import (
	"slices"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// historyDays is how long before the first week of the plan something must
// have gone out for the plan to know nothing of it: longer than any spacing,
// any lag and any block of four weeks reach back.
const historyDays = 400

// history are the posts of which nothing is left to plan, because all that
// they were to be went out long ago: a plan of what is to come should not cost
// more with every year. It returns their placements, in no order, and whose
// they are.
func (o *Office) history() (placements []Placement, of map[string]bool) {
	before := o.Zone.Instant(civil.WeekOf(o.Zone.Date(o.Now)).Monday().AddDays(-historyDays).At(civil.Clock{}))
	agreedOf, open := map[string][]calendar.Outcome{}, map[string]bool{}
	for _, e := range o.Agreed.Entries {
		state := o.outcome(e)
		if state != calendar.StatePublished || !e.At.Instant.Before(before) {
			open[e.Key.Post] = true
		}
		agreedOf[e.Key.Post] = append(agreedOf[e.Key.Post], calendar.Outcome{Key: planKey(e.Key), State: state, At: e.At.Instant})
	}
	placements, of = make([]Placement, 0, len(o.Corpus.Posts)), make(map[string]bool, len(o.Corpus.Posts))
	for _, p := range o.Corpus.Posts {
		if p.HasErrors() || !p.Edition.IsZero() || p.Repeat.Times > 1 || open[p.ID] || o.byID[p.ID] != p {
			continue
		}
		var over bool
		if placements, over = o.longOut(placements, p, agreedOf[p.ID], before); over {
			of[p.ID] = true
		}
	}
	return placements, of
}

// longOut appends the placements of a post, if all are out and were before an
// instant.
func (o *Office) longOut(all []Placement, p *content.Post, agreed []calendar.Outcome, before time.Time) ([]Placement, bool) {
	if p.Date.Instant.After(before) {
		return all, false
	}
	first := len(all)
	add := func(key calendar.Key, at time.Time) {
		if !slices.ContainsFunc(all[first:], func(x Placement) bool { return x.Key == key }) {
			all = append(all, Placement{Key: key, Platform: key.Platform, At: o.local(at), State: StatePublished, Post: p})
		}
	}
	for _, name := range o.platformsOf(p) {
		if _, known := o.Config.Platforms[name]; !known {
			continue
		}
		at, ok := o.publishedOn(p, name)
		if !ok || !at.Before(before) {
			return all[:first], false
		}
		add(calendar.Key{Post: p.ID, Platform: name, Occurrence: 1}, at)
	}
	for _, out := range agreed {
		if _, known := o.Config.Platforms[out.Key.Platform]; known {
			add(out.Key, out.At.Truncate(time.Minute))
		}
	}
	return all, true
}
