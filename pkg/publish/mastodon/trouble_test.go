package mastodon_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"editorial/pkg/publish/journal"
	"editorial/pkg/publish/mastodon"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
)

// jobOf is a post on its way, kept as the worker keeps it.
func jobOf(t *testing.T, p platform.Post) (platform.Job, *platform.Handle) {
	t.Helper()
	return publishtest.KeptJob(t, mastodon.FormatOf(nil), p)
}

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
		{"token", 401, `{"error":"The access token is invalid"}`, nil, platform.Auth, "", time.Time{}},
		{"OAuth", 401, `{"error":"invalid_grant","error_description":"Revoked"}`, nil, platform.Auth, "invalid_grant", time.Time{}},
		{"scope", 403, `{"error":"This action is outside the authorized scopes"}`, nil, platform.Permission, "", time.Time{}},
		{"account gone", 410, `{}`, nil, platform.Permission, "", time.Time{}},
		{"limit with a date", 429, `{"error":"Too many requests"}`, map[string]string{"X-RateLimit-Reset": "2026-12-01T08:05:00.123456Z"}, platform.Rate, "", now.Add(5*time.Minute + 123456*time.Microsecond)},
		{"validation", 422, `{"error":"Validation failed: Text can't be blank"}`, nil, platform.Invalid, "", time.Time{}},
		{"fails", 500, `<html>`, nil, platform.Uncertain, "", time.Time{}},
		{"maintenance", 503, ``, map[string]string{"Retry-After": "60"}, platform.Uncertain, "", now.Add(time.Minute)},
		{"no JSON", 200, `<html>`, nil, platform.Uncertain, "unreadable-answer", time.Time{}},
		{"no id", 200, `{}`, nil, platform.Uncertain, "no-id", time.Time{}},
		{"leads elsewhere", 302, ``, nil, platform.Uncertain, "", time.Time{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := serve(t, honours)
			f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method != http.MethodPost {
					return false
				}
				for k, v := range tc.header {
					w.Header().Set(k, v)
				}
				w.WriteHeader(tc.status)
				fmt.Fprint(w, tc.body)
				return true
			}
			job, _ := jobOf(t, platform.Post{Key: "a#mastodon#1", At: now, Title: "Freins"})
			_, err := f.publisher().Commit(t.Context(), job)
			e := platform.As(err)
			if e.Class != tc.want || e.Code != tc.code || !e.Until.Equal(tc.until) {
				t.Errorf("%+v, want %s %q until %v", e, tc.want, tc.code, tc.until)
			}
			if strings.Contains(err.Error(), "tok-1") {
				t.Errorf("the error tells the token: %v", err)
			}
		})
	}
}

// A refusal of a status with files may mean that they hang on ours already: it is
// looked for, and what is refused again is no good.
func TestCommit_refusedWithFilesIsLookedForFirst(t *testing.T) {
	f := serve(t, ignores)
	f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPost && r.URL.Path == "/api/v1/statuses" {
			reply(w, 422, map[string]any{"error": "Validation failed: words"})
			return true
		}
		return false
	}
	job, _ := jobOf(t, publishtest.Post(mastodon.Kind))
	end := publishtest.Drive(t.Context(), f.publisher(), job, nil)
	if end.State != journal.Failed || end.Commits != 2 || end.Lookups == 0 || f.count("") != 0 {
		t.Errorf("%+v: %v", end, end.Last)
	}
}

// Whoever restores a backup has no handle of what went out since.
func TestLookup_findsWhatNobodyRecorded(t *testing.T) {
	for _, as := range faces() {
		f := serve(t, as)
		job, _ := jobOf(t, publishtest.Post(mastodon.Kind))
		end := publishtest.Drive(t.Context(), f.publisher(), job, nil)
		again, _ := jobOf(t, publishtest.Post(mastodon.Kind))
		again.Now = again.Due.Add(26 * time.Hour)
		found, err := f.publisher().Lookup(t.Context(), again)
		if err != nil || found.Whether != platform.Found || found.Receipt.ID != end.Receipt.ID {
			t.Errorf("%s: %+v (%v), want %s", as, found, err, end.Receipt.ID)
		}
	}
}

func TestLookup_tellsApart(t *testing.T) {
	p := publishtest.Post(mastodon.Kind)
	for _, tc := range []struct {
		name string
		// there is what the account said besides.
		there func(f *fake, text string)
		want  platform.Whether
	}{
		{"nothing", func(*fake, string) {}, platform.NotFound},
		{"the same, long ago", func(f *fake, text string) { f.say(text, -48*time.Hour, 1) }, platform.NotFound},
		{"the same, without its picture", func(f *fake, text string) { f.say(text, time.Minute, 0) }, platform.Unknown},
		{"another text on the same page", func(f *fake, _ string) { f.say("À lire : "+p.Link, time.Minute, 0) }, platform.Unknown},
		{"something else", func(f *fake, _ string) { f.say("Bonjour", time.Minute, 0) }, platform.NotFound},
		{"the same, said by somebody else and shared", func(f *fake, text string) { f.say(text, time.Minute, 1); f.statuses[0].shared = true }, platform.NotFound},
		{"the same, as an answer to somebody", func(f *fake, text string) { f.say(text, time.Minute, 1); f.statuses[0].replyTo = "77" }, platform.NotFound},
		{"the same", func(f *fake, text string) { f.say(text, time.Minute, 1) }, platform.Found},
		{"the same, below many", func(f *fake, text string) {
			f.say(text, time.Minute, 1)
			for i := range 90 {
				f.say(fmt.Sprint("n° ", i), time.Minute, 0)
			}
		}, platform.Found},
		{"too many to read", func(f *fake, text string) {
			f.say(text, time.Minute, 1)
			for i := range 500 {
				f.say(fmt.Sprint("n° ", i), time.Minute, 0)
			}
		}, platform.Unknown},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := serve(t, honours)
			job, _ := jobOf(t, p)
			job.Since = job.Now
			tc.there(f, job.Message.Parts[0].Text)
			got, err := f.publisher().Lookup(t.Context(), job)
			if err != nil || got.Whether != tc.want {
				t.Errorf("%v (%v), want %v", got.Whether, err, tc.want)
			}
		})
	}
}

// A server whose clock is an hour behind ours dates the post before the attempt.
func TestLookup_mindsTheServersClock(t *testing.T) {
	for _, behind := range []time.Duration{-3 * time.Hour, time.Hour, 26 * time.Hour} {
		f := serve(t, ignores)
		f.now = f.now.Add(-behind)
		p := publishtest.Post(mastodon.Kind)
		p.Media = nil
		job, _ := jobOf(t, p)
		line := &publishtest.Line{Via: f.Client(), Fault: publishtest.DropAfter, At: 2, Now: publishtest.Now}
		end := publishtest.Drive(t.Context(), mastodon.New(f.account(), line), job, nil)
		if end.State != journal.Published || end.Receipt.Evidence != platform.ByLookup || f.count("Régler") != 1 {
			t.Errorf("%v: %+v, %d posts: %v", behind, end, f.count("Régler"), end.Last)
		}
	}
}

// Our own clock was ahead when the post was sent, and was put right since: what
// is found counts, and what is not found means nothing.
func TestLookup_afterOurClockWentBack(t *testing.T) {
	f := serve(t, ignores)
	job, _ := jobOf(t, publishtest.Post(mastodon.Kind))
	job.Since = job.Now.Add(48 * time.Hour)
	got, err := f.publisher().Lookup(t.Context(), job)
	if err != nil || got.Whether != platform.Unknown {
		t.Errorf("%+v (%v), want unknown", got, err)
	}
	f.say(job.Message.Parts[0].Text, 0, 1)
	if got, err = f.publisher().Lookup(t.Context(), job); err != nil || got.Whether != platform.Found {
		t.Errorf("%+v (%v), want found", got, err)
	}
}

// say is a status that somebody wrote by hand.
func (f *fake) say(text string, after time.Duration, files int) {
	s := &toot{id: f.next(), text: text, html: f.html(text), at: publishtest.Now().Add(after), by: "velo", visibility: "public"}
	for range files {
		s.media = append(s.media, "x")
	}
	f.statuses = append(f.statuses, s)
}

// Files that hang on a status which is not there any more: somebody took it away
// again, and nobody may put it back by themselves.
func TestLookup_asksWhereSomebodyTookItAway(t *testing.T) {
	f := serve(t, honours)
	job, kept := jobOf(t, publishtest.Post(mastodon.Kind))
	publishtest.Drive(t.Context(), f.publisher(), job, nil)
	pub := f.publisher()
	h, err := preparedAgain(t, pub, job)
	if err != nil {
		t.Fatal(err)
	}
	*kept = h
	job.Handle, job.Since = h, job.Now
	if _, err := pub.Commit(t.Context(), job); err != nil { // the same key: the first status again, the files not attached
		t.Fatal(err)
	}
	f.statuses = nil
	for _, m := range f.media {
		m.attached = "gone"
	}
	got, err := pub.Lookup(t.Context(), job)
	if err != nil || got.Whether != platform.Unknown {
		t.Errorf("%+v (%v), want unknown", got, err)
	}
	job.Now = job.Now.Add(25 * time.Hour) // a day later the server has swept up what hung on nothing
	got, err = pub.Lookup(t.Context(), job)
	if err != nil || got.Whether != platform.NotFound {
		t.Errorf("a day later: %+v (%v), want not found", got, err)
	}
	job.Handle = got.Handle
	f.keys = map[string]*toot{}
	if end := publishtest.Drive(t.Context(), pub, job, nil); end.State != journal.Published || f.count("Régler") != 1 {
		t.Errorf("%+v: %v", end, end.Last)
	}
}

// preparedAgain goes on while files are pending.
func preparedAgain(t *testing.T, pub *mastodon.Publisher, job platform.Job) (platform.Handle, error) {
	t.Helper()
	var kept platform.Handle
	job.Save = func(_ context.Context, h platform.Handle) error { kept = h; return nil }
	for {
		h, err := pub.Prepare(t.Context(), job)
		if platform.ClassOf(err) != platform.Pending || err == nil {
			return h, err
		}
		if until := platform.As(err).Until; !until.After(job.Now) {
			t.Fatalf("pending until %v", until)
		}
		job.Handle, job.Now = kept, platform.As(err).Until
	}
}

func TestPrepare_sendsTheVeryFile(t *testing.T) {
	f := serve(t, honours)
	job, _ := jobOf(t, publishtest.Post(mastodon.Kind))
	if _, err := preparedAgain(t, f.publisher(), job); err != nil {
		t.Fatal(err)
	}
	if len(f.media) != 1 {
		t.Fatalf("%d files", len(f.media))
	}
	for _, m := range f.media {
		if string(m.data) != string(publishtest.Picture().Data) || m.alt != publishtest.Picture().Alt {
			t.Errorf("%d bytes, %q", len(m.data), m.alt)
		}
	}
	for name, files := range map[string]publishtest.Files{
		"file-changed": {publishtest.Picture().Path: []byte("another")}, "file-missing": {},
	} {
		job, _ := jobOf(t, publishtest.Post(mastodon.Kind))
		job.Files = files
		_, err := f.publisher().Prepare(t.Context(), job)
		if e := platform.As(err); e.Class != platform.Invalid || e.Code != name {
			t.Errorf("%v, want %s", err, name)
		}
	}
	if len(f.media) != 1 {
		t.Errorf("what changed was sent")
	}
}

func TestPrepare_refusesAnotherAccount(t *testing.T) {
	f := serve(t, honours)
	a := f.account()
	a.Name = "@cyclo@fake.example"
	job, _ := jobOf(t, publishtest.Post(mastodon.Kind))
	_, err := mastodon.New(a, f.Client()).Prepare(t.Context(), job)
	if e := platform.As(err); e.Class != platform.Auth || e.Code != "other-account" {
		t.Errorf("%v", err)
	}
}

// An address of the server that leads anywhere but to the web is not believed.
func TestReceipt_holdsNoScript(t *testing.T) {
	f := serve(t, honours)
	f.refuse = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPost {
			reply(w, 200, map[string]any{"id": "1", "url": "javascript:alert(1)", "uri": "https://fake.example/1"})
			return true
		}
		return false
	}
	job, _ := jobOf(t, platform.Post{Key: "a#mastodon#1", Title: "Freins"})
	r, err := f.publisher().Commit(t.Context(), job)
	if err != nil || r.URL != "https://fake.example/1" {
		t.Errorf("%+v (%v)", r, err)
	}
}

// What was uploaded for a message that is no more is not sent with another one.
func TestPrepare_uploadsForThisMessage(t *testing.T) {
	f := serve(t, ignores)
	p := publishtest.Post(mastodon.Kind)
	p.Media = append(p.Media, p.Media[0])
	job, _ := jobOf(t, p)
	h, err := f.publisher().Prepare(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	p.Media = p.Media[:1]
	p.Media[0].Alt = "Deux mains serrent un frein"
	job, _ = jobOf(t, p)
	job.Handle = h
	if end := publishtest.Drive(t.Context(), f.publisher(), job, nil); end.State != journal.Published {
		t.Fatalf("%+v: %v", end, end.Last)
	}
	if s := f.statuses[0]; len(s.media) != 1 || f.media[s.media[0]].alt != p.Media[0].Alt {
		t.Errorf("%v hang on it", s.media)
	}
}

func TestPublisher_needsAServer(t *testing.T) {
	job, _ := jobOf(t, publishtest.Post(mastodon.Kind))
	_, err := mastodon.New(platform.Account{Credentials: publishtest.Fixed("tok-1")}, http.DefaultClient).Prepare(t.Context(), job)
	if e := platform.As(err); e.Class != platform.Auth || e.Code != "no-server" {
		t.Errorf("%v", err)
	}
}
