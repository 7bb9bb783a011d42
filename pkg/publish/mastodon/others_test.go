package mastodon_test

import (
	"testing"

	"editorial/pkg/publish/mastodon"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// A status with the same words that is another delivery's is none of ours.
func TestLookup_leavesOthersAlone(t *testing.T) {
	f := serve(t, ignores)
	p := publishtest.Post(mastodon.Kind)
	p.Media = nil
	job, _ := jobOf(t, p)
	f.say(job.Message.Parts[0].Text, 0, 0)
	job.Since = job.Now
	got, err := f.publisher().Lookup(t.Context(), job)
	if err != nil || got.Whether != platform.Found {
		t.Fatalf("%+v %v", got, err)
	}
	job.Not = []string{got.Receipt.ID}
	if got, err = f.publisher().Lookup(t.Context(), job); err != nil || got.Whether != platform.NotFound {
		t.Errorf("%+v %v", got, err)
	}
}
