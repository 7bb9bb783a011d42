package wire

import (
	"math"
	"net/http"
	"strconv"
	"time"
)

// farthest is the longest that an answer can make anybody wait.
const farthest = 31 * 24 * time.Hour

// Until is when the answer says to come again, by any of the headers that
// platforms use: Retry-After in seconds or as a date, and the reset of a limit as
// seconds from now, as seconds since 1970 or as a time. Zero where it says
// nothing that can be believed.
func (a Answer) Until(now time.Time) time.Time {
	if now.IsZero() { // whoever asks has no clock
		return time.Time{}
	}
	if v := a.Header.Get("Retry-After"); v != "" {
		if at := moment(v, now, false); !at.IsZero() {
			return at
		}
	}
	for _, name := range []string{"X-RateLimit-Reset-After", "RateLimit-Reset", "X-RateLimit-Reset", "X-Rate-Limit-Reset"} {
		if v := a.Header.Get(name); v != "" {
			if at := moment(v, now, true); !at.IsZero() {
				return at
			}
		}
	}
	return time.Time{}
}

// moment reads a number of seconds, a date of HTTP, or a time of RFC 3339. epoch
// lets a large number be seconds since 1970.
func moment(v string, now time.Time, epoch bool) time.Time {
	var at time.Time
	if n, err := strconv.ParseFloat(v, 64); err == nil {
		switch {
		case math.IsNaN(n) || n < 0:
			return time.Time{}
		case epoch && n > 1e9 && n < 1e11:
			at = time.Unix(int64(math.Ceil(n)), 0)
		case n > farthest.Seconds():
			return time.Time{}
		default:
			at = now.Add(time.Duration(math.Ceil(n*1000)) * time.Millisecond)
		}
	} else if at, err = http.ParseTime(v); err != nil {
		if at, err = time.Parse(time.RFC3339, v); err != nil {
			return time.Time{}
		}
	}
	if at.Before(now) || at.Sub(now) > farthest {
		return time.Time{}
	}
	return at
}
