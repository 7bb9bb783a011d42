package forecast_test

import (
	"fmt"
	"time"

	"editorial/pkg/calendar/forecast"
)

// The example of docs/forecast.md, which can be followed by hand: of twelve
// drafts six were ready after two days and four after six; two are still drafts
// after ten.
func example() (tracks []forecast.Track, now time.Time) {
	now = start().Add(days(10))
	for i := range 12 {
		t := forecast.Track{ID: fmt.Sprint(i), Seen: true, Steps: []forecast.Step{{At: start(), Stage: forecast.Draft}}}
		switch {
		case i < 6:
			t.Steps = append(t.Steps, forecast.Step{At: start().Add(days(2)), Stage: forecast.Ready})
		case i < 10:
			t.Steps = append(t.Steps, forecast.Step{At: start().Add(days(6)), Stage: forecast.Ready})
		}
		tracks = append(tracks, t)
	}
	return tracks, now
}

func ExampleModel_Curve() {
	tracks, now := example()
	model, enough := forecast.Fit(tracks, now)
	fmt.Println(model.Finished, "finished, enough:", enough)
	draft := forecast.Post{Stage: forecast.Draft, Age: days(1)}
	fmt.Printf("a draft of one day, ready in three: %.1f %%\n", 100*model.Curve(draft, 72)[72])
	// Output:
	// 10 finished, enough: true
	// a draft of one day, ready in three: 40.7 %
}

func ExampleModel_Simulate() {
	tracks, now := example()
	model, _ := forecast.Fit(tracks, now)
	slot := forecast.Slot{Platform: "blog", At: now.Add(days(3)), Due: now.Add(days(3)), Placed: []string{"brakes"}, Others: []string{"locks"}}
	posts := []forecast.Post{{ID: "brakes", Stage: forecast.Draft, Age: days(1)}, {ID: "locks", Stage: forecast.Draft}}
	chance := model.Simulate(now, posts, []forecast.Slot{slot})[0]
	fmt.Printf("%d of %d futures fill it\n", chance.Filled, forecast.Runs)
	// Output:
	// 1268 of 2000 futures fill it
}
