package instagram_test

import (
	"testing"

	"editorial/internal/need/containers"
	"editorial/pkg/publish/instagram"
	"editorial/pkg/publish/publishtest"
)

// Posts carry the time of the platform's clock, and ours may be ahead of it; those
// of other deliveries are none of ours.
func TestLookup_mindsTheClocks(t *testing.T) {
	for name, c := range publishtest.Clocks() {
		t.Run(name, func(t *testing.T) {
			s := serve(t)
			job, _ := jobOf(t, post(1, 1))
			job, s.Now = c.Of(job, "77"), job.Now.Add(-c.Behind)
			s.Out = []*containers.Post{{ID: "77", Text: job.Message.Parts[0].Text, At: job.Now.Add(c.At)}}
			got, err := instagram.New(account(s), s.Client()).Lookup(t.Context(), job)
			if err != nil || got.Whether != c.Want {
				t.Errorf("%+v %v, want %v", got, err, c.Want)
			}
		})
	}
}
