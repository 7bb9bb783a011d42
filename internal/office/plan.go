package office

import (
	"maps"
	"slices"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/rhythm"
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
		days, times := o.Config.Platforms[name].Rhythm()
		in.Platforms = append(in.Platforms, calendar.Platform{
			Name: name, Rhythm: rhythm.Rhythm{Times: []rhythm.Times{{Days: days, At: times}}},
		})
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
