package week_test

import (
	"fmt"

	"editorial/pkg/civil"
	"editorial/pkg/publish/week"
	"editorial/pkg/words"
)

func Example() {
	tuesday := civil.Date{Year: 2026, Month: 10, Day: 20}
	pages, err := week.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	files, err := pages.Files(week.Calendar{
		Lang: words.English, Office: "The bike shed", Zone: "Europe/London", Today: tuesday, First: civil.WeekOf(tuesday), Weeks: 1,
		Verdict: "Feasible", Tone: week.Good, Platforms: []week.Platform{{Name: "blog"}},
		Entries: []week.Entry{{At: tuesday.At(civil.Clock{Hour: 9}), Platform: "blog", State: week.StateNew, Title: "Adjust your brakes"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range files {
		fmt.Println(f.Path, f.Private)
	}
	// Output:
	// plan/week.css true
	// plan/index.html true
	// plan/2026-W43.html true
	// plan/print.html true
}
