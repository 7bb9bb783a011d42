package facebook_test

import (
	"testing"

	"editorial/pkg/publish/facebook"
	"editorial/pkg/publish/publishtest"
)

// Posts carry the time of the platform's clock, and ours may be ahead of it; those
// of other deliveries are none of ours.
func TestLookup_mindsTheClocks(t *testing.T) {
	for name, c := range publishtest.Clocks() {
		t.Run(name, func(t *testing.T) {
			f := serve(t)
			p := publishtest.Post(facebook.Kind)
			p.Media = nil
			job, _ := jobOf(t, p)
			job, f.now = c.Of(job, ours+"_1"), job.Now.Add(-c.Behind)
			f.posts = []*entry{{id: ours + "_1", message: job.Message.Parts[0].Text, link: p.Link, published: true, made: job.Now.Add(c.At)}}
			got, err := f.publisher(f.Client()).Lookup(t.Context(), job)
			if err != nil || got.Whether != c.Want {
				t.Errorf("%+v %v, want %v", got, err, c.Want)
			}
		})
	}
}
