package slack_test

import (
	"testing"
	"time"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// Messages carry the time of Slack's clock, and ours may be ahead of it.
func TestLookup_mindsTheClocks(t *testing.T) {
	for name, c := range map[string]struct {
		behind, since time.Duration
		lost          bool
		want          platform.Whether
	}{
		"by a quarter of an hour": {behind: 15 * time.Minute, want: platform.Found},
		"by hours":                {behind: 5 * time.Hour, want: platform.Found},
		"our clock went back":     {since: time.Hour, lost: true, want: platform.Unknown},
		"nothing":                 {lost: true, want: platform.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			f := serve(t)
			f.now = publishtest.Now().Add(-c.behind)
			pub := f.bot(f.Client())
			job := publishtest.Job(t, pub, post(1))
			if !c.lost {
				if _, err := pub.Commit(t.Context(), job); err != nil {
					t.Fatal(err)
				}
			}
			job.Since = job.Now.Add(c.since)
			if got, err := pub.Lookup(t.Context(), job); err != nil || got.Whether != c.want {
				t.Errorf("%+v %v, want %v", got, err, c.want)
			}
		})
	}
}

// There is more, and Slack does not say where: it may be there.
func TestLookup_moreWithoutACursor(t *testing.T) {
	f := serve(t)
	f.endless = true
	pub := f.bot(f.Client())
	if got, err := pub.Lookup(t.Context(), publishtest.Job(t, pub, post(1))); err != nil || got.Whether != platform.Unknown {
		t.Errorf("%+v %v", got, err)
	}
}
