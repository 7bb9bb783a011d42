package x

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// TestLookup_mindsTheClocks: posts carry the time of X's clock, and ours may be
// ahead of it.
func TestLookup_mindsTheClocks(t *testing.T) {
	t.Parallel()
	for name, c := range publishtest.Clocks() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, via, account, _ := newFake(t)
			j := c.Of(job(t, nil, bare), "5")
			f.behind = c.Behind
			f.posts = []fakePost{{id: "5", text: j.Message.Parts[0].Text, at: j.Now.Add(c.At)}}
			got, err := New(account, via).Lookup(t.Context(), j)
			if err != nil || got.Whether != c.Want {
				t.Errorf("%+v %v, want %v", got, err, c.Want)
			}
		})
	}
}

// TestLookup_leavesOthersAlone: a post with the same words that is another
// delivery's is none of ours.
func TestLookup_leavesOthersAlone(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	j := job(t, nil, bare)
	j.Since, j.Not = j.Now, []string{"5"}
	f.posts = []fakePost{{id: "5", text: j.Message.Parts[0].Text, at: j.Now}}
	if got, err := New(account, via).Lookup(t.Context(), j); err != nil || got.Whether != platform.NotFound {
		t.Errorf("%+v %v", got, err)
	}
	f.posts = append(f.posts, fakePost{id: "6", text: j.Message.Parts[0].Text, at: j.Now})
	if got, err := New(account, via).Lookup(t.Context(), j); err != nil || got.Receipt.ID != "6" {
		t.Errorf("%+v %v", got, err)
	}
}

// refusing refuses the n-th request without a name.
type refusing struct {
	via *http.Client
	at  int
	n   *int
}

func (r refusing) Do(req *http.Request) (*http.Response, error) {
	if *r.n++; *r.n != r.at {
		return r.via.Do(req)
	}
	body := io.NopCloser(strings.NewReader(`{"type":"about:blank","title":"Forbidden","status":403}`))
	return &http.Response{StatusCode: http.StatusForbidden, Header: http.Header{}, Body: body, Request: req}, nil
}

// TestRefused_namelessIsADuplicateOfAPostAlone: elsewhere it is a right that the
// account lacks.
func TestRefused_namelessIsADuplicateOfAPostAlone(t *testing.T) {
	t.Parallel()
	for _, at := range []int{1, 2, 3} { // who we are, the upload, its end
		_, via, account, _ := newFake(t)
		_, err := New(account, refusing{via, at, new(int)}).Prepare(t.Context(), job(t, nil, nil))
		if platform.ClassOf(err) != platform.Permission {
			t.Errorf("request %d: %v", at, err)
		}
	}
}

// TestCommit_sendsNoPostWithoutItsFiles, whatever became of its handle.
func TestCommit_sendsNoPostWithoutItsFiles(t *testing.T) {
	t.Parallel()
	f, via, account, _ := newFake(t)
	j := job(t, nil, nil)
	p := New(account, via)
	if _, err := p.Commit(t.Context(), j); err != nil || len(f.posts) != 1 || len(f.posts[0].media) != 1 {
		t.Errorf("%v: %+v", err, f.posts)
	}
	j.Files = publishtest.Files{}
	j.Message.Parts[0].Text += " (2)"
	if _, err := p.Commit(t.Context(), j); err == nil || len(f.posts) != 1 {
		t.Errorf("%v: %+v", err, f.posts)
	}
}
