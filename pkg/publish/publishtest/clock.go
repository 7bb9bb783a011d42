package publishtest

import (
	"time"

	"editorial/pkg/publish/platform"
)

// Clock is a case of looking for a post by when it went out, by the platform's
// clock: ours may be ahead of it, or have gone back.
type Clock struct {
	// Behind is how far the platform's clock is behind ours, At when the post went
	// out by it, Since the job's, both after the present.
	Behind, At, Since time.Duration
	// Other says that the post is another delivery's: it is in the job's Not.
	Other bool
	Want  platform.Whether
}

// Clocks are the cases by what they are.
func Clocks() map[string]Clock {
	return map[string]Clock{
		"behind by minutes":        {At: -4 * time.Minute, Want: platform.Found},
		"behind by hours":          {Behind: 3 * time.Hour, At: -3 * time.Hour, Want: platform.Found},
		"an old one":               {At: -3 * time.Hour, Want: platform.NotFound},
		"our clock went back":      {Since: time.Hour, At: -3 * time.Hour, Want: platform.Unknown},
		"it went back, and is out": {Since: time.Hour, Want: platform.Found},
		"another delivery's":       {Other: true, Want: platform.NotFound},
	}
}

// Of sets the job as the case has it; id is that of the post that is there.
func (c Clock) Of(job platform.Job, id string) platform.Job {
	job.Since = job.Now.Add(c.Since)
	if c.Other {
		job.Not = []string{id}
	}
	return job
}
