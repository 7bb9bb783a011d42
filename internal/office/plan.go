package office

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"editorial/internal/config"
	"editorial/pkg/calendar"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
	"editorial/pkg/content"
)

// Placement is a post in a slot of the plan.
type Placement struct {
	Platform string
	At       time.Time
	Post     *content.Post
}

// Plan is the calendar that the office proposes.
type Plan struct {
	Placements []Placement
	Left       []*content.Post
}

// Plan plans the office from its posts, its platforms and now.
func (o *Office) Plan() Plan {
	in := calendar.Input{Now: o.Now, Zone: o.Zone, Weeks: o.Config.Plan.Weeks, Lock: calendar.DefaultLock()}
	names := slices.Sorted(maps.Keys(o.Config.Platforms))
	for _, name := range names {
		in.Platforms = append(in.Platforms, calendar.Platform{Name: name, Rhythm: slots(o.Config.Platforms[name].Rhythm)})
	}
	posts := map[string]*content.Post{}
	for _, p := range o.Corpus.Posts {
		if p.HasErrors() || o.isOut(p) {
			continue
		}
		wished := p.Platforms
		if wished == nil {
			wished = names
		}
		posts[p.ID] = p
		in.Posts = append(in.Posts, calendar.Post{
			ID: p.ID, Title: p.Title, Slug: p.Slug, Ready: p.Stage == content.Ready, Platforms: wished, Priority: p.Priority,
		})
	}
	inst, _ := calendar.Expand(in)
	made := calendar.Make(inst)
	var plan Plan
	for _, p := range made.Placements {
		slot := inst.Slots[p.Slot]
		plan.Placements = append(plan.Placements, Placement{
			Platform: inst.Platforms[slot.Platform].Name,
			At:       inst.Time(slot.At).In(o.Zone.Location()),
			Post:     posts[inst.Items[p.Item].Key.Post],
		})
	}
	for _, i := range made.Left {
		plan.Left = append(plan.Left, posts[inst.Items[i].Key.Post])
	}
	return plan
}

// isOut reports whether the post is public at now.
func (o *Office) isOut(p *content.Post) bool {
	return p.Stage == content.Published && !p.Date.IsZero() && !p.Date.Instant.After(o.Now)
}

// slots is a platform's rhythm as the calendar takes it.
func slots(r config.Rhythm) rhythm.Rhythm {
	var out rhythm.Rhythm
	weight := func(w config.Weight) int { return int(cmp.Or(w, r.Weight)) }
	for _, t := range r.Times {
		out.Times = append(out.Times, rhythm.Times{
			Days: []time.Weekday{time.Weekday(t.At.Day)}, At: []civil.Clock{t.At.Clock},
			Every: r.Every, Anchor: r.Anchor, Weight: weight(t.Weight),
		})
	}
	if p := r.PerWeek; p.N > 0 {
		spaced := rhythm.Spaced{N: p.N, From: p.Between, To: p.And, Weight: weight(0)}
		for _, d := range p.On {
			spaced.Days = append(spaced.Days, time.Weekday(d))
		}
		out.Spaced = append(out.Spaced, spaced)
	}
	if r.RRule != "" {
		out.Rules = append(out.Rules, rhythm.Rule{Text: r.RRule, Start: r.Start(), Weight: weight(0)})
	}
	return out
}
