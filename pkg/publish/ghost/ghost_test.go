package ghost_test

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"editorial/pkg/problem"
	"editorial/pkg/publish/ghost"
	"editorial/pkg/publish/platform"
	"editorial/pkg/publish/publishtest"
	"editorial/pkg/publish/wire"
)

// creds is a token that stays.
type creds platform.Token

func (c creds) Token(context.Context) (platform.Token, error) { return platform.Token(c), nil }

func (c creds) Renew(context.Context, platform.Token, func(context.Context, platform.Token) (platform.Token, error)) (platform.Token, error) {
	return platform.Token(c), nil
}

func account(server, key string) platform.Account {
	return platform.Account{Server: server, Credentials: creds{Access: platform.Hidden(key)}, Options: map[string]string{"newsletter": "lettre"}}
}

func job(t *testing.T, p platform.Post) platform.Job { return publishtest.Job(t, ghost.Format(), p) }

func TestPublisher_keepsTheContract(t *testing.T) {
	t.Parallel()
	f, address := start(t)
	publishtest.Run(t, publishtest.Bench{
		New: func(via wire.Doer) platform.Publisher { return ghost.New(account(address, keyID+":"+secret), via) },
		Via: http.DefaultClient,
		Count: func(_ *testing.T, p platform.Post) int {
			f.mu.Lock()
			defer f.mu.Unlock()
			n := 0
			for _, q := range f.posts {
				if q.Title == p.Title && q.Status == "published" {
					n++
				}
			}
			return n
		},
	})
	f.mu.Lock()
	defer f.mu.Unlock()
	out := 0
	for _, p := range f.posts {
		if p.Status == "published" {
			out++
		}
		if p.Image == "" || p.Alt != publishtest.Picture().Alt {
			t.Errorf("%s: picture %q %q", p.Slug, p.Image, p.Alt)
		}
	}
	if f.mails != out {
		t.Errorf("%d mails for %d posts", f.mails, out)
	}
}

// TestCommit_afterSomebodyDeletedTheDraft: another is made, and one post goes out.
func TestCommit_afterSomebodyDeletedTheDraft(t *testing.T) {
	t.Parallel()
	f, address := start(t)
	pub := ghost.New(account(address, keyID+":"+secret), http.DefaultClient)
	j := job(t, publishtest.Post("ghost"))
	var kept platform.Handle
	j.Save = func(_ context.Context, h platform.Handle) error { kept = slices.Clone(h); return nil }
	var err error
	if j.Handle, err = pub.Prepare(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	f.mu.Lock()
	f.posts = nil
	f.mu.Unlock()
	if _, err := pub.Commit(t.Context(), j); platform.ClassOf(err) != platform.Temporary || platform.As(err).Code != "draft-gone" {
		t.Fatalf("%v", err)
	}
	j.Handle = kept
	if r, err := pub.Commit(t.Context(), j); err != nil || len(f.posts) != 1 || r.ID != f.posts[0].ID {
		t.Errorf("%+v %v: %d posts", r, err, len(f.posts))
	}
}

func TestLookup_ofAnAddressThatIsTaken(t *testing.T) {
	t.Parallel()
	f, address := start(t)
	f.posts = []*thing{{ID: strings.Repeat("a", 24), Slug: "freins", Status: "published", HTML: "somebody's"}}
	pub := ghost.New(account(address, keyID+":"+secret), http.DefaultClient)
	j := job(t, publishtest.Post("ghost"))
	find := func(want platform.Whether) platform.Finding {
		t.Helper()
		got, err := pub.Lookup(t.Context(), j)
		if err != nil || got.Whether != want {
			t.Fatalf("%+v, %v; want %v", got, err, want)
		}
		return got
	}
	find(platform.NotFound)
	h, err := pub.Prepare(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	if got := find(platform.NotFound); !strings.Contains(string(got.Handle), f.posts[1].ID) {
		t.Errorf("the draft is not taken up: %s", got.Handle)
	}
	// A text that was written anew goes into the same draft, and none goes out
	// that was prepared for another.
	p := publishtest.Post("ghost")
	p.HTML = "<p>Autrement dit.</p>"
	k := job(t, p)
	k.Handle = h
	if _, err := pub.Commit(t.Context(), k); platform.As(err).Code != "not-prepared" {
		t.Errorf("one message prepared, another sent: %v", err)
	}
	if h, err = pub.Prepare(t.Context(), k); err != nil || len(f.posts) != 2 || !strings.Contains(f.posts[1].HTML, "Autrement dit.") {
		t.Errorf("%v: %+v", err, f.posts)
	}
	j = k
	j.Handle = h
	r, err := pub.Commit(t.Context(), j)
	if err != nil || r.URL != "https://velo.example/freins-2/" {
		t.Fatalf("%+v, %v", r, err)
	}
	j.Handle = nil
	if got := find(platform.Found); got.Receipt.ID != r.ID {
		t.Errorf("%+v", got)
	}
	// Somebody gives it another address.
	f.posts[1].Slug = "tout-autre"
	find(platform.Found)
	// Deleted by somebody: it is not there.
	f.posts = f.posts[:1]
	find(platform.NotFound)
}

func TestCommit_ofWhatWasPlannedGivesItTheDateOfNow(t *testing.T) {
	t.Parallel()
	f, address := start(t)
	pub := ghost.New(account(address, keyID+":"+secret), http.DefaultClient)
	j := job(t, publishtest.Post("ghost"))
	j.Save = func(_ context.Context, h platform.Handle) error { j.Handle = h; return nil }
	if _, err := pub.Prepare(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	if _, err := pub.HandOver(t.Context(), j); platform.ClassOf(err) != platform.Invalid {
		t.Errorf("handed over for now: %v", err)
	}
	j.Due = j.Now.Add(time.Hour)
	r, err := pub.HandOver(t.Context(), j)
	if err != nil || r.Evidence != platform.ByNative || !r.At.Equal(j.Due) {
		t.Fatalf("%+v, %v", r, err)
	}
	if got, err := pub.Lookup(t.Context(), j); err != nil || got.Whether != platform.Unknown {
		t.Errorf("%+v, %v", got, err)
	}
	if err := pub.Recall(t.Context(), j, r); err != nil || f.posts[0].Status != "draft" || f.posts[0].Published != nil {
		t.Fatalf("%+v, %v", f.posts[0], err)
	}
	if _, err := pub.HandOver(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	if r, err = pub.Commit(t.Context(), j); err != nil || r.At.After(j.Now.Add(time.Minute)) {
		t.Errorf("%+v, %v", r, err)
	}
	if err := pub.Recall(t.Context(), j, r); platform.ClassOf(err) != platform.Duplicate {
		t.Errorf("%v", err)
	}
}

// racing changes a post between every look and every change of ours.
type racing struct{ f *fake }

func (l racing) Do(r *http.Request) (*http.Response, error) {
	if r.Method == "PUT" {
		l.f.mu.Lock()
		for _, p := range l.f.posts {
			p.Updated = p.Updated.Add(time.Minute)
		}
		l.f.mu.Unlock()
	}
	return http.DefaultClient.Do(r)
}

func TestCommit_overtakenWasNotDone(t *testing.T) {
	t.Parallel()
	f, address := start(t)
	pub := ghost.New(account(address, keyID+":"+secret), http.DefaultClient)
	j := job(t, publishtest.Post("ghost"))
	h, err := pub.Prepare(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	j.Handle = h
	_, err = ghost.New(account(address, keyID+":"+secret), racing{f}).Commit(t.Context(), j)
	if e := platform.As(err); e.Class != platform.Temporary || e.Code != "UpdateCollisionError" || f.posts[0].Status != "draft" {
		t.Errorf("%v", err)
	}
}

func TestPrepare_takesLongerThanATokenLasts(t *testing.T) {
	t.Parallel()
	f, address := start(t)
	pub := ghost.New(account(address, keyID+":"+secret), later{f})
	if _, err := pub.Prepare(t.Context(), job(t, publishtest.Post("ghost"))); err != nil {
		t.Errorf("%v", err)
	}
}

// later lets four minutes pass with every request.
type later struct{ f *fake }

func (l later) Do(r *http.Request) (*http.Response, error) {
	l.f.mu.Lock()
	l.f.clock = l.f.clock.Add(4 * time.Minute)
	l.f.mu.Unlock()
	return http.DefaultClient.Do(r)
}

func TestCheck(t *testing.T) {
	t.Parallel()
	f, address := start(t)
	f.clock = time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC) // whatever clock it has
	if s, err := ghost.New(account(address, keyID+":"+secret), http.DefaultClient).Check(t.Context()); err != nil || s.Account != "Le Vélo" {
		t.Errorf("%+v, %v", s, err)
	}
	for _, key := range []string{"", "geheim", keyID + ":xyz", keyID + ":" + strings.Repeat("ab", 32), strings.Repeat("b", 24) + ":" + secret} {
		_, err := ghost.New(account(address, key), http.DefaultClient).Check(t.Context())
		if platform.ClassOf(err) != platform.Auth || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%q: %v", key, err)
		}
	}
}

// answers gives one answer to every change, and a draft to who asks for it.
type answers struct {
	status int
	body   string
}

func (a answers) Do(r *http.Request) (*http.Response, error) {
	if r.Method == "GET" {
		a = answers{200, `{"posts":[{"id":"7","status":"draft","updated_at":"2026-12-01T08:00:00.000Z","published_at":null}]}`}
	}
	return &http.Response{StatusCode: a.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(a.body)), Request: r}, nil
}

func TestCommit_mapsAnswers(t *testing.T) {
	t.Parallel()
	say := func(kind, code string) string {
		return `{"errors":[{"type":"` + kind + `","code":"` + code + `","message":"m","context":null}]}`
	}
	for name, c := range map[string]struct {
		answers
		class platform.Class
		code  string
	}{
		"token expired":   {answers{401, say("UnauthorizedError", "INVALID_JWT")}, platform.Auth, "INVALID_JWT"},
		"token malformed": {answers{400, say("BadRequestError", "INVALID_JWT")}, platform.Auth, "INVALID_JWT"},
		"not allowed":     {answers{403, say("NoPermissionError", "")}, platform.Permission, "NoPermissionError"},
		"limit of plan":   {answers{403, say("HostLimitError", "")}, platform.Permission, "HostLimitError"},
		"bad field":       {answers{422, say("ValidationError", "")}, platform.Invalid, "ValidationError"},
		"gone":            {answers{404, say("NotFoundError", "")}, platform.Invalid, "NotFoundError"},
		"maintenance":     {answers{503, say("MaintenanceError", "")}, platform.Temporary, "MaintenanceError"},
		"too fast":        {answers{429, say("TooManyRequestsError", "")}, platform.Rate, "TooManyRequestsError"},
		"failed":          {answers{500, say("InternalServerError", "")}, platform.Uncertain, "InternalServerError"},
		"old":             {answers{406, say("VersionMismatchError", "")}, platform.Auth, "VersionMismatchError"},
		"a list of two":   {answers{200, `{"posts":[{"id":"7","status":"published"},{"id":"8","status":"published"}]}`}, platform.Uncertain, "unreadable-answer"},
		"still a draft":   {answers{200, `{"posts":[{"id":"7","status":"draft"}]}`}, platform.Uncertain, "other-status"},
		"proxy":           {answers{301, ""}, platform.Auth, "moved"},
	} {
		j := job(t, publishtest.Post("ghost"))
		j.Handle = platform.Handle(`{"post":"7"}`)
		_, err := ghost.New(account("https://velo.example", keyID+":"+secret), c.answers).Commit(t.Context(), j)
		if e := platform.As(err); err == nil || e.Class != c.class || e.Code != c.code || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %v, want %s %s", name, err, c.class, c.code)
		}
	}
}

func TestValidate_title(t *testing.T) {
	t.Parallel()
	p := publishtest.Post("ghost")
	p.Title = strings.Repeat("é", 255)
	if all := ghost.Format().Validate(p); len(all) != 0 {
		t.Errorf("%v", all)
	}
	p.Title += "é"
	all := ghost.Format().Validate(p)
	if len(all) != 1 || all[0].Code != "blog-title-too-long" || problem.Errors(all) != 1 {
		t.Errorf("%v", all)
	}
}
