package ical_test

import (
	"fmt"
	"strings"

	"editorial/pkg/calendar/ical"
	"editorial/pkg/civil"
)

func ExampleCalendar_Encode() {
	paris, err := civil.LoadZone("Europe/Paris")
	if err != nil {
		fmt.Println(err)
		return
	}
	start, _ := paris.ParseMoment("2026-12-01 9h")
	c := ical.Calendar{
		Name: "Blog", Zone: paris,
		Events: []ical.Event{{
			UID:     ical.UID("publish", "0f3c#blog#1"), // the key of the placement
			Start:   start.Instant,
			Summary: "Vélo-cargo : le guide",
			Status:  ical.Agreed,
		}},
	}
	for line := range strings.Lines(string(c.Encode())) {
		if strings.HasPrefix(line, "DTSTART;") || strings.HasPrefix(line, "SUMMARY") {
			fmt.Println(strings.TrimSpace(line))
		}
	}
	// Output:
	// DTSTART;TZID=Europe/Paris:20261201T090000
	// SUMMARY:Vélo-cargo : le guide
}
