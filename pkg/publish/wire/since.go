package wire

import (
	"net/http"
	"time"

	"editorial/pkg/publish/platform"
)

// margin is how far the clock of a platform may be behind ours without its
// answers saying so, and how late a request may have been counted.
const margin = 10 * time.Minute

// Since is from when on the post of a job is looked for among those of a
// platform, which carry the time of its own clock: the earliest of the first
// commit, the instant of the job and the present, with a margin. At is when an
// answer of the platform says it was made ([Answer.At]), by which a clock that is
// behind ours is known; zero where no answer came yet.
func Since(job platform.Job, at time.Time) time.Time {
	from := job.Now
	for _, t := range []time.Time{job.Since, job.Due} {
		if !t.IsZero() && t.Before(from) {
			from = t
		}
	}
	return from.Add(-margin - Behind(job.Now, at))
}

// Behind is how far the clock of an answer is behind ours; what the margin of
// [Since] has room for, as every answer that took its time, is none.
func Behind(now, at time.Time) time.Duration {
	if behind := now.Sub(at); !at.IsZero() && behind > time.Minute {
		return behind
	}
	return 0
}

// Blind reports whether our clock went back since the first commit: then nobody
// knows from where on to look, and not to find a post means nothing.
func Blind(job platform.Job) bool { return job.Since.After(job.Now) }

// Dated is a line that remembers when the last answer says it was made.
type Dated struct {
	Via Doer
	// At is that instant; zero where no answer said.
	At time.Time
}

// Do sends a request.
func (d *Dated) Do(r *http.Request) (*http.Response, error) {
	resp, err := d.Via.Do(r)
	if err == nil {
		if at, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
			d.At = at
		}
	}
	return resp, err
}
