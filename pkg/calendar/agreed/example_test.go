package agreed_test

import (
	"fmt"

	"editorial/pkg/calendar/agreed"
	"editorial/pkg/civil"
)

func ExampleDiff() {
	paris, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		fmt.Println(err)
		return
	}
	before, _ := agreed.Parse("calendar.txt", []byte("2026-12-01T09:00 blog 0f3c#blog#1 # velo-cargo\n"), paris)
	after, _ := agreed.Parse("calendar.txt", []byte("2026-12-04T12:30 blog 0f3c#blog#1 # velo-cargo\n"), paris)
	for _, c := range agreed.Diff(before, after) {
		fmt.Println(c.Kind, c.To.Note, c.From.At.Zoned(), "to", c.To.At.Zoned())
	}
	// Output: moved velo-cargo 2026-12-01T09:00+01:00[Europe/Paris] to 2026-12-04T12:30+01:00[Europe/Paris]
}
