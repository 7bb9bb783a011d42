package facebook_test

import (
	"testing"
	"time"

	"editorial/pkg/publish/facebook"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// Posts carry the time of the platform's clock, and ours may be ahead of it; those
// of other deliveries are none of ours.
func TestLookup_mindsTheClocks(t *testing.T) {
	for name, c := range map[string]struct {
		behind, at, since time.Duration
		not               []string
		want              platform.Whether
	}{
		"behind by minutes":   {at: -4 * time.Minute, want: platform.Found},
		"behind by hours":     {behind: 3 * time.Hour, at: -3 * time.Hour, want: platform.Found},
		"an old one":          {at: -3 * time.Hour, want: platform.NotFound},
		"our clock went back": {since: time.Hour, at: -3 * time.Hour, want: platform.Unknown},
		"another delivery's":  {not: []string{ours + "_1"}, want: platform.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			f := serve(t)
			p := publishtest.Post(facebook.Kind)
			p.Media = nil
			job, _ := jobOf(t, p)
			job.Since, job.Not, f.now = job.Now.Add(c.since), c.not, job.Now.Add(-c.behind)
			f.posts = []*entry{{id: ours + "_1", message: job.Message.Parts[0].Text, link: p.Link, published: true, made: job.Now.Add(c.at)}}
			got, err := f.publisher(f.Client()).Lookup(t.Context(), job)
			if err != nil || got.Whether != c.want {
				t.Errorf("%+v %v, want %v", got, err, c.want)
			}
		})
	}
}
