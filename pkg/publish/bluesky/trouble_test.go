package bluesky_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"editorial/pkg/publish/bluesky"
	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"

	"github.com/google/go-cmp/cmp"
)

func TestPublisher_mapsErrors(t *testing.T) {
	now := publishtest.Now()
	for _, tc := range []struct {
		name   string
		status int
		body   string
		header map[string]string
		want   platform.Class
		code   string
		until  time.Time
	}{
		{"a token that is over", 400, `{"error":"ExpiredToken","message":"Token has expired"}`, nil, platform.Auth, "ExpiredToken", time.Time{}},
		{"no token", 401, `{"error":"AuthenticationRequired"}`, nil, platform.Auth, "AuthenticationRequired", time.Time{}},
		{"a wrong record", 400, `{"error":"InvalidRequest","message":"Record/text must not be longer than 300 graphemes"}`, nil, platform.Invalid, "InvalidRequest", time.Time{}},
		{"the name is taken", 400, `{"error":"InvalidSwap"}`, nil, platform.Duplicate, "InvalidSwap", time.Time{}},
		{"an existing name, of createRecord", 500, `{"error":"InternalServerError","message":"Internal Server Error"}`, nil, platform.Uncertain, "InternalServerError", time.Time{}},
		{"behind it", 502, `{"error":"UpstreamFailure"}`, nil, platform.Uncertain, "UpstreamFailure", time.Time{}},
		{"a name that a failing server gives", 500, `{"error":"InvalidSwap"}`, nil, platform.Uncertain, "InvalidSwap", time.Time{}},
		{"taken down", 401, `{"error":"AccountTakedown"}`, nil, platform.Permission, "AccountTakedown", time.Time{}},
		{"deactivated", 403, `{"error":"AccountDeactivated"}`, nil, platform.Permission, "AccountDeactivated", time.Time{}},
		{"points used up", 429, `{"error":"RateLimitExceeded"}`, map[string]string{"RateLimit-Reset": fmt.Sprint(now.Add(time.Minute).Unix())}, platform.Rate, "RateLimitExceeded", now.Add(time.Minute)},
		{"the pictures are gone", 400, `{"error":"BlobNotFound"}`, nil, platform.Temporary, "BlobNotFound", time.Time{}},
		{"a sentence that only looks like a name", 400, `{"error":"InvalidRequest","message":"InvalidSwap"}`, nil, platform.Invalid, "InvalidRequest", time.Time{}},
		{"no JSON", 200, `<html>`, nil, platform.Uncertain, "unreadable-answer", time.Time{}},
		{"no address", 200, `{}`, nil, platform.Uncertain, "no-uri", time.Time{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := serve(t)
			f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
				if !strings.HasSuffix(r.URL.Path, "putRecord") {
					return false
				}
				for k, v := range tc.header {
					w.Header().Set(k, v)
				}
				w.WriteHeader(tc.status)
				fmt.Fprint(w, tc.body)
				return true
			}
			job, _ := jobOf(t, platform.Post{Key: "a#bluesky#1", At: now, Title: "Freins"})
			_, err := f.publisher().Commit(t.Context(), job)
			e := platform.As(err)
			if e.Class != tc.want || e.Code != tc.code || !e.Until.Equal(tc.until) {
				t.Errorf("%+v, want %s %q until %v", e, tc.want, tc.code, tc.until)
			}
			for _, secret := range []string{"app-pass-word", "secretaccess", "secretrefresh"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("the error tells %s: %v", secret, err)
				}
			}
		})
	}
}

// Sessions are few: one is begun, and then renewed, its tokens changing each
// time.
func TestSession_isKeptAndRenewed(t *testing.T) {
	f := serve(t)
	purse := passwordOnly(f.password)
	pub := bluesky.New(f.account(purse), f.Client())
	sent := func(n int, now time.Time) {
		t.Helper()
		f.now = now
		p := platform.Post{Key: platform.NewKey("p", "bluesky", n), At: now, Title: fmt.Sprint("N° ", n)}
		job, _ := jobOf(t, p)
		job.Now = now
		if end := publishtest.Drive(t.Context(), pub, job, nil); end.State != journal.Published {
			t.Fatalf("%+v: %v", end, end.Last)
		}
	}
	now := publishtest.Now()
	sent(1, now)
	sent(2, now.Add(time.Hour))                  // the same session
	sent(3, now.Add(2*time.Hour-time.Minute))    // about to end: renewed before it does
	sent(4, now.Add(200*24*time.Hour))           // both tokens are over: the password again
	purse.token.Expires = time.Time{}            // it does not say when it ends
	sent(5, now.Add(200*24*time.Hour+time.Hour)) // known to be good
	sent(6, now.Add(200*24*time.Hour+3*time.Hour))
	var got []string
	for _, c := range f.calls {
		if strings.HasSuffix(c, "eateSession") || strings.HasSuffix(c, "shSession") {
			got = append(got, strings.TrimPrefix(c, "com.atproto.server."))
		}
	}
	want := []string{"createSession", "refreshSession", "refreshSession", "createSession", "refreshSession"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if purse.token.Secret.Reveal() != f.password {
		t.Error("the password was not kept")
	}
}

// A password that is no good is asked once an attempt, and ends with a person.
func TestSession_wrongPassword(t *testing.T) {
	f := serve(t)
	pub := bluesky.New(f.account(passwordOnly("wrong")), f.Client())
	job, _ := jobOf(t, publishtest.Post(bluesky.Kind))
	end := publishtest.Drive(t.Context(), pub, job, nil)
	if end.State != journal.Held || end.Reason != journal.NeedsAccount || len(f.calls) != 1 {
		t.Errorf("%+v after %v: %v", end, f.calls, end.Last)
	}
}

// A server that fails does not cost the password's few sessions.
func TestSession_aFailureToRenewIsNoReasonToBeginAnew(t *testing.T) {
	f := serve(t)
	purse := passwordOnly(f.password)
	pub := bluesky.New(f.account(purse), f.Client())
	if _, err := pub.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.access = ""
	f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "refreshSession") {
			w.WriteHeader(http.StatusBadGateway)
			return true
		}
		return false
	}
	f.calls = nil
	_, err := pub.Check(t.Context())
	if platform.ClassOf(err) != platform.Temporary || len(f.calls) != 2 {
		t.Errorf("%v after %v", err, f.calls)
	}
}

// Pictures that the server threw away before they were used are uploaded again.
func TestCommit_uploadsAgainWhatIsGone(t *testing.T) {
	f := serve(t)
	job, _ := jobOf(t, publishtest.Post(bluesky.Kind))
	pub := f.publisher()
	h, err := pub.Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	clear(f.blobs)
	job.Handle = h
	end := publishtest.Drive(t.Context(), pub, job, nil)
	if end.State != journal.Published || end.Commits != 2 || f.count("Régler") != 1 {
		t.Errorf("%+v: %v", end, end.Last)
	}
	f.calls = nil
	job.Now, job.Handle = job.Now.Add(time.Hour), h // too old to be sure of
	if _, err := pub.Commit(t.Context(), job); err != nil || !strings.Contains(strings.Join(f.calls, " "), "uploadBlob") {
		t.Errorf("%v (%v)", f.calls, err)
	}
}

func TestPrepare_refusesAnotherAccount(t *testing.T) {
	f := serve(t)
	for name, want := range map[string]string{"autre.test": "other-account", "did:plc:autre": "other-account"} {
		a := f.account(passwordOnly(f.password))
		a.Name = "velo.test"
		purse := a.Credentials.(*purse)
		if _, err := bluesky.New(a, f.Client()).Check(t.Context()); err != nil { // a session as velo
			t.Fatal(err)
		}
		a.Name, a.Credentials = name, purse
		job, _ := jobOf(t, publishtest.Post(bluesky.Kind))
		_, err := bluesky.New(a, f.Client()).Prepare(t.Context(), job)
		if e := platform.As(err); e.Class != platform.Auth || e.Code != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReaders_askTheIndexWithoutTheSession(t *testing.T) {
	f := serve(t)
	pub := f.publisher()
	r := platform.Receipt{ID: "at://did:plc:velo/app.bsky.feed.post/3lc2mkz7zzz2c"}
	if _, err := pub.Metrics(t.Context(), r); platform.ClassOf(err) != platform.Invalid {
		t.Errorf("%v", err)
	}
	f.posts["app.bsky.feed.getPosts"] = map[string]any{"posts": []any{}}
	if _, err := pub.Metrics(t.Context(), r); platform.ClassOf(err) != platform.Pending {
		t.Errorf("not indexed yet: %v", err)
	}
	f.posts["app.bsky.feed.getPosts"] = map[string]any{"posts": []any{
		map[string]any{"uri": r.ID, "likeCount": 3, "repostCount": 2, "replyCount": 2, "quoteCount": 1},
		map[string]any{"uri": r.ID + "b", "likeCount": 1},
	}}
	r.Parts = []string{r.ID, r.ID + "b"}
	got, err := pub.Metrics(t.Context(), r)
	if d := cmp.Diff(map[string]int64{"likes": 4, "shares": 3, "replies": 1}, got); d != "" || err != nil {
		t.Errorf("%v %s", err, d)
	}
	post := func(uri, text string, replies ...any) map[string]any {
		return map[string]any{"$type": "app.bsky.feed.defs#threadViewPost", "replies": replies, "post": map[string]any{
			"uri": uri, "author": map[string]any{"handle": "awa.test"}, "record": map[string]any{"text": text}, "indexedAt": "2026-12-01T09:00:00.000Z",
		}}
	}
	f.posts["app.bsky.feed.getPostThread"] = map[string]any{"thread": post(r.ID, "a",
		post(r.Parts[1], "b", post("at://did:plc:awa/app.bsky.feed.post/z", "Sous la suite\x1b[2J")),
		post("at://did:plc:awa/app.bsky.feed.post/y", "Merci"),
		map[string]any{"$type": "app.bsky.feed.defs#notFoundPost", "uri": "at://x", "notFound": true},
	)}
	all, _, err := pub.Comments(t.Context(), r, "")
	if err != nil || len(all) != 2 {
		t.Fatalf("%v (%v)", all, err)
	}
	at := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	want := []platform.Comment{
		{ID: "at://did:plc:awa/app.bsky.feed.post/y", Author: "awa.test", Text: "Merci", URL: "https://bsky.app/profile/did:plc:awa/post/y", At: at},
		{ID: "at://did:plc:awa/app.bsky.feed.post/z", Author: "awa.test", Text: "Sous la suite[2J", URL: "https://bsky.app/profile/did:plc:awa/post/z", At: at},
	}
	if d := cmp.Diff(want, all); d != "" {
		t.Error(d)
	}
}

func TestCheck_saysWhatIsLeft(t *testing.T) {
	f := serve(t)
	got, err := f.publisher().Check(t.Context())
	want := platform.Standing{
		Account: "velo.test", Left: 2990, Quota: 3000, Resets: publishtest.Now().Add(time.Minute),
		Limits: map[string]int{"graphemes": 300, "bytes": 3000, "images": 4, "image_bytes": 2000000},
	}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v %s", err, d)
	}
}

// What was uploaded for a message that is no more is not sent with another one.
func TestPrepare_uploadsForThisMessage(t *testing.T) {
	f := serve(t)
	p := publishtest.Post(bluesky.Kind)
	other := publishtest.File{Path: "autre.png", Type: "image/png", Alt: "Autre", Data: []byte("another picture")}
	p.Media = []platform.Media{other.Media(), p.Media[0]}
	job, _ := jobOf(t, p)
	job.Files = publishtest.Files{other.Path: other.Data, publishtest.Picture().Path: publishtest.Picture().Data}
	h, err := f.publisher().Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	files := job.Files
	p.Media = p.Media[1:]
	job, _ = jobOf(t, p)
	job.Handle, job.Files = h, files
	if end := publishtest.Drive(t.Context(), f.publisher(), job, nil); end.State != journal.Published {
		t.Fatalf("%+v: %v", end, end.Last)
	}
	sum := publishtest.Picture().Media().Sum
	if f.count("bafkrei"+sum[:40]) != 1 || f.count("bafkrei"+other.Media().Sum[:40]) != 0 {
		t.Error("another picture hangs on it")
	}
}
