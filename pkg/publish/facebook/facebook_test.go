package facebook_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"editorial/pkg/publish/facebook"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

func TestPublisher_keepsTheContract(t *testing.T) {
	for name, files := range map[string]int{"with a picture": 1, "with a card": 0} {
		t.Run(name, func(t *testing.T) {
			f := serve(t)
			publishtest.Run(t, publishtest.Bench{
				New: func(via wire.Doer) platform.Publisher { return f.publisher(via) },
				Via: f.Client(),
				Post: func(n int) platform.Post {
					p := publishtest.Post(facebook.Kind)
					p.Key = platform.NewKey(fmt.Sprintf("post-%d", n), facebook.Kind, 1)
					p.Title = fmt.Sprintf("Freins (%d)", n)
					p.Link = fmt.Sprintf("https://velo.example/fr/freins-%d/?utm_source=facebook", n)
					p.Media = p.Media[:files]
					return p
				},
				Count: func(_ *testing.T, p platform.Post) int { return f.count(p.Link) },
			})
			for id, alt := range f.photos {
				if alt != publishtest.Picture().Alt {
					t.Errorf("photo %s says %q", id, alt)
				}
			}
		})
	}
}

// A commit is repeated with the id that was kept, not made once more.
func TestCommit_namesTheOnePost(t *testing.T) {
	f := serve(t)
	job, _ := jobOf(t, publishtest.Post(facebook.Kind))
	pub := f.publisher(f.Client())
	h, err := pub.Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	if f.count("") != 0 {
		t.Fatal("preparing published something")
	}
	job.Handle, job.Since = h, job.Now
	first, err := pub.Commit(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	again, err := pub.Commit(t.Context(), job)
	if err != nil || first.ID != again.ID || f.count("") != 1 || len(f.posts) != 1 {
		t.Errorf("%v then %v (%v), %d posts", first, again, err, len(f.posts))
	}
}

// A post that was there and is gone may have been seen: a person decides, and
// may have it sent anew.
func TestLookup_doesNotSendAgainWhatSomebodyTookAway(t *testing.T) {
	f := serve(t)
	job, kept := jobOf(t, publishtest.Post(facebook.Kind))
	pub := f.publisher(f.Client())
	h, err := pub.Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	f.posts = nil
	job.Handle, job.Since = h, job.Now
	if _, err := pub.Commit(t.Context(), job); platform.ClassOf(err) != platform.Duplicate {
		t.Fatalf("%v, want a look-up", err)
	}
	job.Handle = *kept
	if found, err := pub.Lookup(t.Context(), job); err != nil || found.Whether != platform.Unknown {
		t.Errorf("%+v (%v)", found, err)
	}
	if _, err := pub.Commit(t.Context(), job); err != nil || f.count("") != 1 {
		t.Errorf("sent again: %v, %d posts", err, f.count(""))
	}
}

// Without a handle the post is known by what it says.
func TestLookup_searchesAllPages(t *testing.T) {
	f := serve(t)
	p := publishtest.Post(facebook.Kind)
	p.Media = nil
	job, _ := jobOf(t, p)
	job.Since = job.Now
	other := func(n int, message, link string, at time.Time) {
		f.posts = append(f.posts, &entry{id: fmt.Sprintf("%s_%d", ours, n), message: message, link: link, published: true, made: at})
	}
	text := job.Message.Parts[0].Text
	look := func() platform.Finding {
		t.Helper()
		found, err := f.publisher(f.Client()).Lookup(t.Context(), job)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	other(1, text, p.Canonical, job.Now.Add(-24*time.Hour)) // the one of yesterday
	if got := look(); got.Whether != platform.NotFound {
		t.Errorf("yesterday's: %+v", got)
	}
	other(2, text, "https://velo.example/fr/autre/", job.Now)
	if got := look(); got.Whether != platform.Unknown {
		t.Errorf("the same words with another link: %+v", got)
	}
	other(3, text, p.Link, job.Now)
	for n := 4; n < 20; n++ {
		other(n, "autre chose", "", job.Now)
	}
	if got := look(); got.Whether != platform.Found || got.Receipt.ID != ours+"_3" || got.Receipt.Evidence != platform.ByLookup {
		t.Errorf("on a page far down: %+v", got)
	}
}

func TestHandOver_isReadBackAndFoundAtItsInstant(t *testing.T) {
	f := serve(t)
	job, kept := jobOf(t, publishtest.Post(facebook.Kind))
	job.Due = job.Now.Add(2 * time.Hour)
	pub := f.publisher(f.Client())
	h, err := pub.Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	job.Handle = h
	for range 2 { // it can be repeated
		r, err := pub.HandOver(t.Context(), job)
		if err != nil || !r.At.Equal(job.Due) || r.Evidence != platform.ByNative || f.count("") != 0 || len(f.posts) != 1 {
			t.Fatalf("%+v (%v), %d posts", r, err, len(f.posts))
		}
	}
	job.Handle = *kept
	_, err = pub.Lookup(t.Context(), job)
	if e := platform.As(err); e.Class != platform.Pending || !e.Until.Equal(job.Due.Add(time.Minute)) {
		t.Errorf("before its instant: %v", err)
	}
	lost := job
	lost.Handle = nil // as after a restored backup
	if _, err := pub.Lookup(t.Context(), lost); platform.ClassOf(err) != platform.Pending {
		t.Errorf("before its instant, found by its words: %v", err)
	}
	f.now, job.Now = job.Due.Add(time.Second), job.Due.Add(time.Minute)
	if found, err := pub.Lookup(t.Context(), job); err != nil || found.Whether != platform.Found || found.Receipt.Evidence != platform.ByNative {
		t.Errorf("afterwards: %+v (%v)", found, err)
	}
}

func TestHandOver_thatThePlatformForgets(t *testing.T) {
	f := serve(t)
	f.dead = true
	job, kept := jobOf(t, publishtest.Post(facebook.Kind))
	job.Due = job.Now.Add(2 * time.Hour)
	pub := f.publisher(f.Client())
	r, err := pub.HandOver(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	job.Handle, job.Now = *kept, job.Due.Add(time.Minute)
	if _, err := pub.Lookup(t.Context(), job); platform.ClassOf(err) != platform.Pending {
		t.Errorf("a minute late: %v", err)
	}
	job.Now = job.Due.Add(10 * time.Minute)
	found, err := pub.Lookup(t.Context(), job)
	if err != nil || found.Whether != platform.NotFound {
		t.Fatalf("%+v (%v)", found, err)
	}
	if err := pub.Recall(t.Context(), job, r); err != nil || len(f.posts) != 0 {
		t.Errorf("recalled: %v, %d posts", err, len(f.posts))
	}
	if err := pub.Recall(t.Context(), job, r); platform.ClassOf(err) != platform.Duplicate {
		t.Errorf("recalled again: %v", err)
	}
}

func TestHandOver_keepsWithinTheWindow(t *testing.T) {
	f := serve(t)
	for _, ahead := range []time.Duration{0, 11 * time.Minute, 30 * 24 * time.Hour} {
		job, _ := jobOf(t, publishtest.Post(facebook.Kind))
		job.Due = job.Now.Add(ahead)
		if _, err := f.publisher(f.Client()).HandOver(t.Context(), job); platform.ClassOf(err) != platform.Invalid {
			t.Errorf("%v ahead: %v", ahead, err)
		}
	}
	if len(f.posts) > 0 {
		t.Errorf("%d posts", len(f.posts))
	}
}

// What is out is not deleted, whoever published it.
func TestRecall_leavesWhatIsOut(t *testing.T) {
	f := serve(t)
	f.posts = []*entry{{id: ours + "_1", published: true}}
	job, _ := jobOf(t, publishtest.Post(facebook.Kind))
	err := f.publisher(f.Client()).Recall(t.Context(), job, platform.Receipt{ID: ours + "_1"})
	if platform.ClassOf(err) != platform.Duplicate || len(f.posts) != 1 {
		t.Errorf("%v, %d posts", err, len(f.posts))
	}
}

// Whichever request of it goes wrong, the comment stands there once.
func TestFollow_saysItOnce(t *testing.T) {
	p := publishtest.Post(facebook.Kind)
	p.FirstComment = "Le lien : https://velo.example/"
	for _, fault := range publishtest.Faults() {
		for at := range 4 {
			f := serve(t)
			e := &entry{id: ours + "_1", published: true}
			for n := range 3 { // on the second page, and not ours
				e.comments = append(e.comments, remark{fmt.Sprint(n), "77", p.FirstComment})
			}
			f.posts = []*entry{e}
			job, _ := jobOf(t, p)
			pub := f.publisher(&publishtest.Line{Via: f.Client(), Fault: fault, At: at, Now: publishtest.Now})
			for range 3 {
				_ = pub.Follow(t.Context(), job, platform.Receipt{ID: e.id})
			}
			if len(e.comments) != 4 {
				t.Errorf("%s at %d: %d comments", fault, at, len(e.comments)-3)
			}
		}
	}
}

func TestReaders_readPages(t *testing.T) {
	f := serve(t)
	e := &entry{id: ours + "_1", published: true, comments: []remark{{"1", "7", "un"}, {"2", "8", "\x1b[2Jdeux"}, {"3", "9", "trois"}}}
	f.posts = []*entry{e}
	pub := f.publisher(f.Client())
	m, err := pub.Metrics(t.Context(), platform.Receipt{ID: e.id})
	if err != nil || m["likes"] != 12 || m["replies"] != 3 || m["shares"] != 3 {
		t.Errorf("%v (%v)", m, err)
	}
	var got []string
	for cursor, n := "", 0; n == 0 || cursor != ""; n++ {
		some, next, err := pub.Comments(t.Context(), platform.Receipt{ID: e.id}, cursor)
		if err != nil || n > 3 {
			t.Fatal(n, err)
		}
		for _, c := range some {
			got = append(got, c.ID+c.Author+c.Text)
		}
		cursor = next
	}
	if strings.Join(got, " ") != "1N7un 2N8[2Jdeux 3N9trois" {
		t.Errorf("%q", got)
	}
}

func TestCheck_looksAtTheToken(t *testing.T) {
	for name, tc := range map[string]struct {
		debug   string
		class   platform.Class
		expires bool
		missing string
	}{
		"all is well":      {`{"data":{"is_valid":true,"expires_at":0,"scopes":["pages_manage_posts","pages_read_engagement"]}}`, "", false, ""},
		"it ends":          {`{"data":{"is_valid":true,"expires_at":1796115600,"scopes":["pages_manage_posts","pages_read_engagement"]}}`, "", true, ""},
		"a scope is gone":  {`{"data":{"is_valid":true,"scopes":["pages_read_engagement"]}}`, "", false, "pages_manage_posts"},
		"it is over":       {`{"data":{"is_valid":false,"error":{"code":190}}}`, platform.Auth, false, ""},
		"others may ask":   {`{"error":{"message":"(#100) You must provide an app access token ` + secret + `","code":100}}`, "", false, ""},
		"it cannot answer": {`{"error":{"message":"` + secret + `","code":2}}`, platform.Temporary, false, ""},
		"no JSON":          {secret, platform.Temporary, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := serve(t)
			f.debug = tc.debug
			s, err := f.publisher(f.Client()).Check(t.Context())
			if err != nil && (tc.class == "" || platform.ClassOf(err) != tc.class || strings.Contains(err.Error(), secret)) || err == nil && tc.class != "" {
				t.Fatalf("%v, want %q", err, tc.class)
			}
			if s.Expires.IsZero() == tc.expires || strings.Join(s.Missing, " ") != tc.missing {
				t.Errorf("%+v", s)
			}
			if s.Left != 72 || s.Quota != 100 || strings.Contains(s.Account, "\x1b") {
				t.Errorf("%+v", s)
			}
		})
	}
}

// What the platform says leads where it should, at each request of a delivery.
func TestPublisher_obeysErrors(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		state      journal.State
		reason     journal.Reason
	}{
		{"expired", `{"message":"` + secret + `","code":190,"error_subcode":463}`, journal.Held, journal.NeedsAccount},
		{"no permission", `{"message":"(#200)","code":200}`, journal.Failed, journal.NoPermission},
		{"rules", `{"message":"190","code":368}`, journal.Failed, journal.Refused},
		{"a parameter", `{"message":"x","code":100}`, journal.Failed, journal.Refused},
	} {
		for _, path := range []string{"/photos", "/feed", ours + "_"} {
			t.Run(tc.name+" "+path, func(t *testing.T) {
				f := serve(t)
				f.refuse = func(r *http.Request) string {
					if r.Method == http.MethodPost && strings.Contains(r.URL.Path, path) {
						return tc.body
					}
					return ""
				}
				job, _ := jobOf(t, publishtest.Post(facebook.Kind))
				end := publishtest.Drive(t.Context(), f.publisher(f.Client()), job, nil)
				if end.State != tc.state || end.Reason != tc.reason || f.count("") != 0 || strings.Contains(end.Last.Error(), secret) {
					t.Errorf("%+v: %v", end, end.Last)
				}
			})
		}
	}
}
