package calendar

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"editorial/pkg/civil"
)

// Input is what the calendar is made from.
type Input struct {
	Now       time.Time
	Zone      civil.Zone
	Weeks     int // of the horizon
	Platforms []Platform
	Posts     []Post
}

// Platform is a place where posts go, with its rhythm.
type Platform struct {
	Name  string
	Days  []time.Weekday
	Times []civil.Clock
}

// Post is what the calendar needs to know of a post.
type Post struct {
	ID        string
	Platforms []string
	Priority  int
}

// Instance is the planning problem in numbers. Minutes count from Start.
type Instance struct {
	Start   time.Time
	Now     int
	Horizon int
	Slots   []Slot
	Items   []Item
	Pairs   []Pair
}

// Slot is an instant at which a platform can take a post.
type Slot struct {
	Platform string
	At       int
}

// Item is one post wished on one platform.
type Item struct {
	ID, Post, Platform string
	Priority           int
}

// Pair is an item in a slot that may take it (indices), and what that is
// worth.
type Pair struct {
	Item, Slot int
	Value      int
}

// Plan is a proposal: who stands where.
type Plan struct {
	Placements []Placement
	// Left are the indices of the items that have no place.
	Left []int
}

// Placement is an item in a slot (indices).
type Placement struct{ Item, Slot int }

// Expand makes the Instance: from Monday of the present week, Weeks long.
func Expand(in Input) Instance {
	monday := civil.WeekOf(in.Zone.Date(in.Now)).Monday()
	start := in.Zone.Instant(monday.At(civil.Clock{}))
	end := in.Zone.Instant(monday.AddDays(7 * in.Weeks).At(civil.Clock{}))
	minute := func(t time.Time) int { return int(t.Sub(start) / time.Minute) }
	inst := Instance{Start: start, Now: minute(in.Now), Horizon: minute(end)}
	for _, p := range in.Platforms {
		for d := range 7 * in.Weeks {
			day := monday.AddDays(d)
			if !slices.Contains(p.Days, day.Weekday()) {
				continue
			}
			for _, c := range p.Times {
				if at := in.Zone.Instant(day.At(c)); !at.Before(in.Now) {
					inst.Slots = append(inst.Slots, Slot{p.Name, minute(at)})
				}
			}
		}
	}
	for _, p := range in.Posts {
		for _, name := range p.Platforms {
			item := len(inst.Items)
			inst.Items = append(inst.Items, Item{
				ID: fmt.Sprintf("%s#%s#1", p.ID, name), Post: p.ID, Platform: name, Priority: p.Priority,
			})
			for s, slot := range inst.Slots {
				if slot.Platform == name {
					worth := (1 << (p.Priority - 1)) * (1000 - 500*slot.At/inst.Horizon)
					inst.Pairs = append(inst.Pairs, Pair{item, s, worth})
				}
			}
		}
	}
	return inst
}

// Make plans: the pair worth most first, each item and each slot once.
func Make(inst Instance) Plan {
	pairs := slices.Clone(inst.Pairs)
	slices.SortStableFunc(pairs, func(a, b Pair) int { return b.Value - a.Value })
	placed, used := map[int]bool{}, map[int]bool{}
	var plan Plan
	for _, p := range pairs {
		if !placed[p.Item] && !used[p.Slot] {
			placed[p.Item], used[p.Slot] = true, true
			plan.Placements = append(plan.Placements, Placement{p.Item, p.Slot})
		}
	}
	slices.SortFunc(plan.Placements, func(a, b Placement) int {
		x, y := inst.Slots[a.Slot], inst.Slots[b.Slot]
		if x.At != y.At {
			return x.At - y.At
		}
		return strings.Compare(x.Platform, y.Platform)
	})
	for i := range inst.Items {
		if !placed[i] {
			plan.Left = append(plan.Left, i)
		}
	}
	return plan
}
