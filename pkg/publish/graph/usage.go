package graph

import (
	"encoding/json"
	"time"

	"editorial/pkg/publish/wire"
)

// longest is the most that an answer can make anybody wait.
const longest = 24 * time.Hour

// used is one count, in percent of what is allowed.
type used struct {
	Calls   float64 `json:"call_count"`
	Time    float64 `json:"total_time"`
	CPUTime float64 `json:"total_cputime"`
	// Regain is in minutes.
	Regain float64 `json:"estimated_time_to_regain_access"`
}

// Usage is how much of the allowance is used, in percent, at most 100, and how
// long it takes until requests are taken again. The headers are X-App-Usage,
// X-Page-Usage and X-Business-Use-Case-Usage; without any, it is 0.
func Usage(a wire.Answer) (percent int, wait time.Duration) {
	var most float64
	take := func(u used) {
		most = max(most, u.Calls, u.Time, u.CPUTime)
		if d := time.Duration(min(max(u.Regain, 0), longest.Minutes()) * float64(time.Minute)); d > wait {
			wait = d
		}
	}
	for _, name := range []string{"X-App-Usage", "X-Page-Usage"} {
		var u used
		if json.Unmarshal([]byte(a.Header.Get(name)), &u) == nil {
			take(u)
		}
	}
	var cases map[string][]used
	if json.Unmarshal([]byte(a.Header.Get("X-Business-Use-Case-Usage")), &cases) == nil {
		for _, all := range cases {
			for _, u := range all {
				take(u)
			}
		}
	}
	return int(min(most, 100)), wait
}

// until is when to come again: as the answer says, in the way of all or in that
// of Meta; zero where it says nothing.
func until(a wire.Answer, now time.Time) time.Time {
	if at := a.Until(now); !at.IsZero() {
		return at
	}
	if _, wait := Usage(a); wait > 0 {
		return now.Add(wait)
	}
	return time.Time{}
}
