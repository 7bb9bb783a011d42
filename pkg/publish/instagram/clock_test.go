package instagram_test

import (
	"testing"
	"time"

	"editorial/internal/need/containers"
	"editorial/pkg/publish/instagram"
	"editorial/pkg/publish/platform"
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
		"another delivery's":  {not: []string{"77"}, want: platform.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t)
			job, _ := jobOf(t, post(1, 1))
			job.Since, job.Not, s.Now = job.Now.Add(c.since), c.not, job.Now.Add(-c.behind)
			s.Out = []*containers.Post{{ID: "77", Text: job.Message.Parts[0].Text, At: job.Now.Add(c.at)}}
			got, err := instagram.New(account(s), s.Client()).Lookup(t.Context(), job)
			if err != nil || got.Whether != c.want {
				t.Errorf("%+v %v, want %v", got, err, c.want)
			}
		})
	}
}
