package civil_test

import (
	"errors"
	"fmt"

	"editorial/pkg/civil"
)

func ExampleZone_Instant() {
	paris, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		fmt.Println(err)
		return
	}
	night := civil.Date{Year: 2026, Month: 3, Day: 29}.At(civil.Clock{Hour: 2, Minute: 30})
	fmt.Println(paris.Instant(night), paris.Skips(night))
	// Output: 2026-03-29 03:30:00 +0200 CEST true
}

func ExampleZone_ParseMoment() {
	paris, _ := civil.LoadZone("Europe/Paris")
	for _, s := range []string{"1er août 2026 à 9h30", "2026-07-14", "04/05/2026"} {
		m, err := paris.ParseMoment(s)
		var pe *civil.ParseError
		if errors.As(err, &pe) {
			fmt.Println(pe.Reason)
			continue
		}
		fmt.Println(m)
	}
	// Output:
	// 2026-08-01T09:30:00+02:00
	// 2026-07-14
	// ambiguous
}

func ExampleZone_ParseZoned() {
	// Written when Paris was thought to stay on summer time.
	m, moved, _ := civil.UTC().ParseZoned("2026-12-01T09:00+02:00[Europe/Paris]")
	fmt.Println(m.Zoned(), moved)
	// Output: 2026-12-01T09:00+01:00[Europe/Paris] 1h0m0s
}
