package config

import (
	"editorial/pkg/civil"
)

// Default returns the configuration of an office that says nothing.
func Default() Config {
	var c Config
	fillDefaults(&c)
	return c
}

// fillDefaults sets the defaults of a new Config, or of a new element of one
// of its lists and maps.
func fillDefaults(v any) {
	switch v := v.(type) {
	case *Config:
		v.Site = Site{URL: "http://localhost:8080/", Lang: "en", Zone: "UTC", Permalink: "/:slug/", Pages: true, Robots: RobotsAll}
		v.Content = Content{Tags: TagCommas}
		v.Strategy = Strategy{Currency: "EUR"}
		v.Plan = Plan{Weeks: 13, Lock: civil.Span{Minutes: 48 * 60}, Reserve: 200, Priority: 3}
		v.Feeds = Feeds{Window: Window{Count: 20}, Full: true, ByLang: true, TTL: civil.Span{Minutes: 60}}
		v.Newsletter = Newsletter{Subject: ":title", Archive: true, SMTP: SMTP{Port: 465, Security: "tls"}}
		v.Delivery = Delivery{WatchFeed: true}
	case *Platform:
		v.UTM = true
		v.Rhythm = Rhythm{Every: 1, Weight: 1000, PerWeek: PerWeek{
			Between: civil.Clock{Hour: 9}, And: civil.Clock{Hour: 18}, On: week(1, 5),
		}}
		v.Late = Late{Within: civil.Span{Minutes: 6 * 60}, Then: Hold}
	case *Share:
		v.Max = 1000
	case *Person:
		v.Days = week(1, 5)
	case *Handle:
		v.State = "owned"
	}
}

// week returns some days of a week by their number, Monday 1 to Sunday 7.
func week(first, last int) []Weekday {
	var days []Weekday
	for n := first; n <= last; n++ {
		days = append(days, Weekday(n%7))
	}
	return days
}
