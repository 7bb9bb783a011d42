package main

import (
	"slices"
	"time"

	"editorial/pkg/calendar"
)

// changes is how many times one post of an office is changed.
const changes = 20

// replans changes one post of a planned office at a time, and plans again. It
// returns the median time that takes, and how many placements of other posts
// move, in the median and at worst.
func replans(in calendar.Input, inst calendar.Instance, plan calendar.Plan) (took time.Duration, median, worst int) {
	var was []calendar.Placed
	for _, p := range plan.Placements {
		was = append(was, calendar.Placed{Key: inst.Items[p.Item].Key, At: inst.Time(inst.Slots[p.Slot].At)})
	}
	var times []time.Duration
	var counts []int
	for k := range changes {
		post := k * len(in.Posts) / changes
		next, _ := calendar.Expand(altered(in, post, k))
		begun := cpu()
		again := calendar.Again(next, was)
		times = append(times, cpu()-begun)
		counts = append(counts, moved(was, &next, again, in.Posts[post].ID))
	}
	slices.Sort(times)
	slices.Sort(counts)
	return times[changes/2], counts[changes/2], counts[changes-1]
}

// altered is an office with one post changed, in one of four ways.
func altered(in calendar.Input, post, way int) calendar.Input {
	in.Posts = slices.Clone(in.Posts)
	p := &in.Posts[post]
	switch way % 4 {
	case 0:
		p.Priority = 5
	case 1:
		p.Archived = true
	case 2:
		p.NotBefore = in.Zone.Day(in.Zone.Date(in.Now).AddDays(20))
	default:
		p.Need, p.Ready = map[string]int{p.Assignee: 300}, false
	}
	return in
}

// moved counts the placements, but for those of one post, that are in one plan
// and not at the same place in the other.
func moved(was []calendar.Placed, inst *calendar.Instance, plan calendar.Plan, but string) int {
	then := map[calendar.Key]time.Time{}
	for _, p := range was {
		then[p.Key] = p.At
	}
	n := 0
	for _, p := range plan.Placements {
		key := inst.Items[p.Item].Key
		at, ok := then[key]
		delete(then, key)
		if key.Post != but && (!ok || !at.Equal(inst.Time(inst.Slots[p.Slot].At))) {
			n++
		}
	}
	for key := range then {
		if key.Post != but {
			n++ // it lost its place
		}
	}
	return n
}
