package calendar_test

import (
	"fmt"
	"time"

	"editorial/pkg/calendar"
	"editorial/pkg/calendar/rhythm"
	"editorial/pkg/civil"
)

func Example() {
	zone := civil.UTC()
	inst, _ := calendar.Expand(calendar.Input{
		Now: zone.Instant(civil.Date{Year: 2026, Month: time.October, Day: 19}.At(civil.Clock{Hour: 8})), Zone: zone, Weeks: 1,
		Platforms: []calendar.Platform{{Name: "blog", Rhythm: rhythm.Rhythm{Times: []rhythm.Times{
			{Days: []time.Weekday{time.Tuesday}, At: []civil.Clock{{Hour: 9}}},
		}}}},
		Posts: []calendar.Post{
			{ID: "brakes", Title: "Set your brakes", Ready: true, Platforms: []string{"blog"}, Priority: 4},
			{ID: "locks", Title: "Where to lock it", Ready: true, Platforms: []string{"blog"}},
		},
	})
	plan := calendar.Make(inst)
	for _, p := range plan.Placements {
		fmt.Println(inst.Items[p.Item].Title, "goes out at", inst.Time(inst.Slots[p.Slot].At).Format(time.DateTime))
	}
	for _, i := range plan.Left {
		b := calendar.NewExplainer(&inst, plan).Explain(i)[0].Block
		fmt.Println(inst.Items[i].Title, "is left out:", b.Rule, "by", inst.Items[b.Item].Title)
	}
	// Output:
	// Set your brakes goes out at 2026-10-20 09:00:00
	// Where to lock it is left out: full by Set your brakes
}
