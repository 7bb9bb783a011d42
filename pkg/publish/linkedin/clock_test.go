package linkedin

import (
	"testing"

	"editorial/pkg/publish/publishtest"
)

// TestLookup_mindsTheClocks: posts carry the time of LinkedIn's clock, and ours may
// be ahead of it; those of other deliveries are none of ours.
func TestLookup_mindsTheClocks(t *testing.T) {
	t.Parallel()
	for name, c := range publishtest.Clocks() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, via, account, _ := newFake(t, organisation)
			j := job(t, nil)
			w, err := thaw(j.Message)
			if err != nil {
				t.Fatal(err)
			}
			j, f.behind = c.Of(j, "urn:li:share:1"), c.Behind
			f.posts = []fakePost{{id: "urn:li:share:1", commentary: w.Commentary, at: j.Now.Add(c.At)}}
			got, err := New(account, via).Lookup(t.Context(), j)
			if err != nil || got.Whether != c.Want {
				t.Errorf("%+v %v, want %v", got, err, c.Want)
			}
		})
	}
}

// TestCommit_sendsNoPostWithoutItsPictures, whatever became of its handle.
func TestCommit_sendsNoPostWithoutItsPictures(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t, organisation)
	j := job(t, nil)
	j.Files = publishtest.Files{}
	p := New(account, via)
	if _, err := p.Commit(t.Context(), j); err == nil || len(f.posts) != 0 {
		t.Errorf("%v: %+v", err, f.posts)
	}
	j.Files = publishtest.Album()
	if _, err := p.Commit(t.Context(), j); err != nil || len(f.posts) != 1 || f.posts[0].content.Media.ID == "" {
		t.Errorf("%v: %+v", err, f.posts)
	}
}
